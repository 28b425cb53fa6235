// SPDX-License-Identifier: MIT
// A map by names that differ only in case, searched without allocation.
#pragma once

#include "writ/text.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace writ {

struct FoldHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (const char c : text)
      hash = (hash ^ static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c)) *
             0x100000001b3ull;
    return static_cast<std::size_t>(hash ^ (hash >> 31));
  }
};
struct FoldEqual {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const { return equal_ascii_fold(a, b); }
};
template <class T> using FoldMap = std::unordered_map<std::string, T, FoldHash, FoldEqual>;

} // namespace writ
