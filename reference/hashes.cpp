// SPDX-License-Identifier: MIT
#include "hashes.h"

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace writ::reference {
namespace {

using Word = std::uint32_t;

constexpr Word kMixA = 0xAB0E9789U;
constexpr Word kMixB = 0x239B961BU;

Word read_word(std::string_view bytes, std::size_t at, std::size_t count) {
  Word word = 0;
  for (std::size_t i = 0; i < count; ++i)
    word |= static_cast<Word>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
  return word;
}

Word mix_x(Word x) { return std::rotl(x * kMixB, 15) * kMixA; }
Word mix_y(Word y) { return std::rotl(y * kMixA, 17) * kMixB; }

Word finalise(Word v) {
  v ^= v >> 16;
  v *= 0x85EBCA6BU;
  v ^= v >> 13;
  v *= 0xC2B2AE35U;
  return v ^ (v >> 16);
}

std::array<std::uint8_t, 20> sha1(const std::vector<std::uint8_t>& input) {
  std::array<Word, 5> h{0x67452301U, 0xEFCDAB89U, 0x98BADCFEU, 0x10325476U, 0xC3D2E1F0U};
  std::vector<std::uint8_t> data = input;
  const std::uint64_t bits = static_cast<std::uint64_t>(data.size()) * 8;
  data.push_back(0x80);
  while (data.size() % 64 != 56)
    data.push_back(0);
  for (int shift = 56; shift >= 0; shift -= 8)
    data.push_back(static_cast<std::uint8_t>(bits >> shift));

  for (std::size_t block = 0; block < data.size(); block += 64) {
    std::array<Word, 80> w{};
    for (std::size_t i = 0; i < 16; ++i)
      for (std::size_t k = 0; k < 4; ++k)
        w[i] = (w[i] << 8) | data[block + 4 * i + k];
    for (std::size_t i = 16; i < 80; ++i)
      w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    auto [a, b, c, d, e] = h;
    for (std::size_t i = 0; i < 80; ++i) {
      Word f = b ^ c ^ d;
      Word k = i < 40 ? 0x6ED9EBA1U : 0xCA62C1D6U;
      if (i < 20) {
        f = (b & c) | (~b & d);
        k = 0x5A827999U;
      } else if (i >= 40 && i < 60) {
        f = (b & c) | (b & d) | (c & d);
        k = 0x8F1BBCDCU;
      }
      const Word next = std::rotl(a, 5) + f + e + k + w[i];
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
  std::array<std::uint8_t, 20> out{};
  for (std::size_t i = 0; i < 20; ++i)
    out[i] = static_cast<std::uint8_t>(h[i / 4] >> (24 - 8 * (i % 4)));
  return out;
}

} // namespace

std::string unique_string(std::string_view bytes) {
  Word h1 = 0;
  Word h2 = 0;
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    h1 ^= mix_x(read_word(bytes, at, 4));
    h1 = (std::rotl(h1, 19) + h2) * 5 + 0x561CCD1BU;
    h2 ^= mix_y(read_word(bytes, at + 4, 4));
    h2 = (std::rotl(h2, 13) + h1) * 5 + 0x0BCAA747U;
  }
  const std::size_t tail = bytes.size() - at;
  if (tail > 0) h1 ^= mix_x(read_word(bytes, at, tail < 4 ? tail : 4));
  if (tail > 4) h2 ^= mix_y(read_word(bytes, at + 4, tail - 4));

  h2 ^= static_cast<Word>(bytes.size());
  h1 ^= static_cast<Word>(bytes.size());
  h1 += h2;
  h2 += h1;
  h1 = finalise(h1);
  h2 = finalise(h2);
  h1 += h2;
  h2 += h1;

  std::uint64_t hash = (static_cast<std::uint64_t>(h2) << 32) | h1;
  std::string out;
  for (int i = 0; i < 13; ++i) {
    out.push_back("abcdefghijklmnopqrstuvwxyz234567"[hash >> 59]);
    hash <<= 5;
  }
  return out;
}

std::string name_based_guid(std::string_view bytes) {
  constexpr std::array<std::uint8_t, 16> kNamespace{0x11, 0xFB, 0x06, 0xFB, 0x71, 0x2D, 0x4D, 0xDD,
                                                    0x98, 0xC7, 0xE7, 0x1B, 0xBD, 0x58, 0x88, 0x30};
  std::vector<std::uint8_t> input(kNamespace.begin(), kNamespace.end());
  for (char c : bytes)
    input.push_back(static_cast<std::uint8_t>(c));
  auto digest = sha1(input);
  digest[6] = static_cast<std::uint8_t>((digest[6] & 0x0FU) | 0x50U);
  digest[8] = static_cast<std::uint8_t>((digest[8] & 0x3FU) | 0x80U);
  std::string out;
  for (std::size_t i = 0; i < 16; ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) out.push_back('-');
    out.push_back("0123456789abcdef"[digest[i] >> 4]);
    out.push_back("0123456789abcdef"[digest[i] & 0x0FU]);
  }
  return out;
}

} // namespace writ::reference
