// SPDX-License-Identifier: MIT
// XXH64 (public algorithm by Yann Collet): finds damage at several bytes per cycle; no protection against
// forgery.
#include "bytes.h"
#include "writ/bytecode/bundle.h"

#include <bit>

namespace writ::bc {

namespace {

constexpr std::uint64_t kPrime1 = 0x9E3779B185EBCA87ull;
constexpr std::uint64_t kPrime2 = 0xC2B2AE3D27D4EB4Full;
constexpr std::uint64_t kPrime3 = 0x165667B19E3779F9ull;
constexpr std::uint64_t kPrime4 = 0x85EBCA77C2B2AE63ull;
constexpr std::uint64_t kPrime5 = 0x27D4EB2F165667C5ull;

std::uint64_t hash_round(std::uint64_t state, std::uint64_t input) {
  return std::rotl(state + input * kPrime2, 31) * kPrime1;
}

std::uint64_t merge_lane(std::uint64_t hash, std::uint64_t lane) {
  return (hash ^ hash_round(0, lane)) * kPrime1 + kPrime4;
}

} // namespace

std::uint64_t content_hash(std::string_view bytes) {
  std::size_t at = 0;
  std::uint64_t hash = 0;
  if (bytes.size() >= 32) {
    std::uint64_t lanes[4] = {kPrime1 + kPrime2, kPrime2, 0, 0 - kPrime1};
    for (; bytes.size() - at >= 32; at += 32)
      for (std::size_t lane = 0; lane < 4; ++lane)
        lanes[lane] = hash_round(lanes[lane], number_at<std::uint64_t>(bytes, at + 8 * lane));
    hash =
        std::rotl(lanes[0], 1) + std::rotl(lanes[1], 7) + std::rotl(lanes[2], 12) + std::rotl(lanes[3], 18);
    for (const std::uint64_t lane : lanes)
      hash = merge_lane(hash, lane);
  } else {
    hash = kPrime5;
  }
  hash += bytes.size();
  for (; bytes.size() - at >= 8; at += 8)
    hash = std::rotl(hash ^ hash_round(0, number_at<std::uint64_t>(bytes, at)), 27) * kPrime1 + kPrime4;
  if (bytes.size() - at >= 4) {
    hash = std::rotl(hash ^ (number_at<std::uint32_t>(bytes, at) * kPrime1), 23) * kPrime2 + kPrime3;
    at += 4;
  }
  for (; at < bytes.size(); ++at)
    hash = std::rotl(hash ^ (static_cast<unsigned char>(bytes[at]) * kPrime5), 11) * kPrime1;
  hash = (hash ^ (hash >> 33)) * kPrime2;
  hash = (hash ^ (hash >> 29)) * kPrime3;
  return hash ^ (hash >> 32);
}

} // namespace writ::bc
