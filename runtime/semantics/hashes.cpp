// SPDX-License-Identifier: MIT
#include "hashes.h"

#include <array>
#include <bit>
#include <cstdint>

namespace writ::detail {

namespace {

using Digest = std::array<std::uint8_t, 20>;

/// SHA-1 (FIPS 180-4) of a whole message. Names are short, so the padded message is simply built.
Digest sha1(std::string message) {
  const std::uint64_t bits = static_cast<std::uint64_t>(message.size()) * 8;
  message += static_cast<char>(0x80);
  while (message.size() % 64 != 56)
    message += '\0';
  for (int shift = 56; shift >= 0; shift -= 8)
    message += static_cast<char>((bits >> shift) & 0xFF);

  std::array<std::uint32_t, 5> h = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  for (std::size_t block = 0; block < message.size(); block += 64) {
    std::array<std::uint32_t, 80> w{};
    for (std::size_t i = 0; i < 16; ++i)
      for (std::size_t j = 0; j < 4; ++j)
        w[i] = (w[i] << 8) | static_cast<std::uint8_t>(message[block + i * 4 + j]);
    for (std::size_t i = 16; i < 80; ++i)
      w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    auto [a, b, c, d, e] = h;
    for (std::size_t i = 0; i < 80; ++i) {
      std::uint32_t f = b ^ c ^ d;
      std::uint32_t k = i < 40 ? 0x6ED9EBA1 : 0xCA62C1D6;
      if (i < 20) {
        f = (b & c) | (~b & d);
        k = 0x5A827999;
      } else if (i >= 40 && i < 60) {
        f = (b & c) | (b & d) | (c & d);
        k = 0x8F1BBCDC;
      }
      const std::uint32_t next = std::rotl(a, 5) + f + e + k + w[i];
      e = d;
      d = c;
      c = std::rotl(b, 30);
      b = a;
      a = next;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
  }
  Digest out{};
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<std::uint8_t>(h[i / 4] >> (24 - 8 * (i % 4)));
  return out;
}

/// Up to four bytes from `at`, little-endian, missing ones zero.
std::uint32_t word_at(std::string_view text, std::size_t at) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < 4 && at + i < text.size(); ++i)
    word |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(text[at + i])) << (8 * i);
  return word;
}

constexpr std::uint32_t kMixA = 0xAB0E9789;
constexpr std::uint32_t kMixB = 0x239B961B;

std::uint32_t mix_first(std::uint32_t word) { return std::rotl(word * kMixB, 15) * kMixA; }
std::uint32_t mix_second(std::uint32_t word) { return std::rotl(word * kMixA, 17) * kMixB; }

std::uint32_t finalise(std::uint32_t v) {
  v = (v ^ (v >> 16)) * 0x85EBCA6B;
  v = (v ^ (v >> 13)) * 0xC2B2AE35;
  return v ^ (v >> 16);
}

std::uint64_t template_hash(std::string_view text) {
  std::uint32_t h1 = 0;
  std::uint32_t h2 = 0;
  const std::size_t blocks = text.size() / 8;
  for (std::size_t block = 0; block < blocks; ++block) {
    h1 ^= mix_first(word_at(text, block * 8));
    h1 = (std::rotl(h1, 19) + h2) * 5 + 0x561CCD1B;
    h2 ^= mix_second(word_at(text, block * 8 + 4));
    h2 = (std::rotl(h2, 13) + h1) * 5 + 0x0BCAA747;
  }
  const std::string_view tail = text.substr(blocks * 8);
  if (!tail.empty()) h1 ^= mix_first(word_at(tail, 0));
  if (tail.size() > 4) h2 ^= mix_second(word_at(tail, 4));

  const auto size = static_cast<std::uint32_t>(text.size());
  h2 ^= size;
  h1 ^= size;
  h1 += h2;
  h2 += h1;
  h1 = finalise(h1);
  h2 = finalise(h2);
  h1 += h2;
  h2 += h1;
  return (static_cast<std::uint64_t>(h2) << 32) | h1;
}

} // namespace

std::string name_based_guid(std::string_view name) {
  // 11fb06fb-712d-4ddd-98c7-e71bbd588830
  constexpr std::array<std::uint8_t, 16> kNameSpace = {0x11, 0xFB, 0x06, 0xFB, 0x71, 0x2D, 0x4D, 0xDD,
                                                       0x98, 0xC7, 0xE7, 0x1B, 0xBD, 0x58, 0x88, 0x30};
  std::string message;
  for (std::uint8_t byte : kNameSpace)
    message += static_cast<char>(byte);
  Digest digest = sha1(message.append(name));
  digest[6] = static_cast<std::uint8_t>((digest[6] & 0x0F) | 0x50); // version 5
  digest[8] = static_cast<std::uint8_t>((digest[8] & 0x3F) | 0x80); // RFC 4122 variant
  constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
    out += kHex[digest[i] >> 4];
    out += kHex[digest[i] & 15];
  }
  return out;
}

std::string unique_string(std::string_view text) {
  constexpr char kAlphabet[] = "abcdefghijklmnopqrstuvwxyz234567";
  std::uint64_t hash = template_hash(text);
  std::string out;
  for (int i = 0; i < 13; ++i) {
    out += kAlphabet[hash >> 59];
    hash <<= 5;
  }
  return out;
}

} // namespace writ::detail
