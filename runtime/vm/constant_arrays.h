// SPDX-License-Identifier: MIT
// What can be known of the arrays among a program's constants before anything is compared with them.
#pragma once

#include "writ/semantics/value.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::vm {

/// A set of ASCII texts, any case. Built once, then searched by length and hash.
class TextSet {
public:
  explicit TextSet(std::span<const Value> texts);
  [[nodiscard]] bool contains(std::string_view text) const;

private:
  std::vector<std::string_view> places_; ///< open addressing; no data = empty
};

class ConstantArrays {
public:
  /// Longer lists of texts are searched by hash.
  static constexpr std::size_t kLongList = 8;

  explicit ConstantArrays(std::span<const Value> constants);
  /// Whether an ASCII text is in the array by the relation of `in`; nothing when `array` is no constant, or
  /// no long list of ASCII texts.
  [[nodiscard]] std::optional<bool> contains(const Value& array, std::string_view ascii_text) const {
    if (array.as_array().size() < kLongList) return std::nullopt;
    const auto found = facts_.find(array.as_array().data());
    if (found == facts_.end() || found->second.texts == nullptr) return std::nullopt;
    return found->second.texts->contains(ascii_text);
  }
  /// Whether the array is a constant whose elements are written as normalised locations are.
  [[nodiscard]] bool is_normal_location(const Value& array) const {
    const auto found = facts_.find(array.as_array().data());
    return found != facts_.end() && found->second.normal_location;
  }

private:
  struct Facts {
    bool normal_location = false;
    std::unique_ptr<TextSet> texts;
  };
  std::unordered_map<const Value*, Facts> facts_; ///< by first element
};

/// Already what normalize_location would give: no blanks, no upper case, ASCII.
bool is_normal_location(const Value& value);

} // namespace writ::vm
