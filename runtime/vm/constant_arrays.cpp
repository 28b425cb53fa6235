// SPDX-License-Identifier: MIT
#include "vm/constant_arrays.h"

#include "writ/text.h"

#include <algorithm>
#include <bit>

namespace writ::vm {

namespace {

std::size_t hash_folded(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ull ^ text.size();
  for (const char c : text)
    hash = (hash ^ (static_cast<unsigned char>(c) | 0x20u)) *
           0x100000001b3ull; // letters fold; the rest compares
  return static_cast<std::size_t>(hash ^ (hash >> 29));
}

} // namespace

TextSet::TextSet(std::span<const Value> texts) : places_(std::bit_ceil(2 * texts.size())) {
  const std::size_t mask = places_.size() - 1;
  for (const Value& text : texts) {
    std::size_t at = hash_folded(text.as_string()) & mask;
    while (places_[at].data() != nullptr && !equal_ascii_fold(places_[at], text.as_string()))
      at = (at + 1) & mask;
    places_[at] = text.as_string().data() == nullptr ? std::string_view("") : text.as_string();
  }
}

bool TextSet::contains(std::string_view text) const {
  const std::size_t mask = places_.size() - 1;
  for (std::size_t at = hash_folded(text) & mask; places_[at].data() != nullptr; at = (at + 1) & mask)
    if (equal_ascii_fold(places_[at], text)) return true;
  return false;
}

ConstantArrays::ConstantArrays(std::span<const Value> constants) {
  for (const Value& constant : constants) {
    if (!constant.is(ValueKind::Array) || constant.as_array().empty()) continue;
    const auto elements = constant.as_array();
    Facts facts;
    facts.normal_location = writ::vm::is_normal_location(constant);
    const bool texts = std::all_of(elements.begin(), elements.end(), [](const Value& element) {
      return element.is(ValueKind::String) && is_ascii(element.as_string());
    });
    if (texts && elements.size() >= kLongList) facts.texts = std::make_unique<TextSet>(elements);
    facts_.emplace(elements.data(), std::move(facts));
  }
}

bool is_normal_location(const Value& value) {
  if (value.is(ValueKind::String))
    return std::none_of(value.as_string().begin(), value.as_string().end(), [](char c) {
      return c == ' ' || c == '\t' || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80u;
    });
  if (value.is(ValueKind::Array))
    return std::all_of(value.as_array().begin(), value.as_array().end(), is_normal_location);
  return true;
}

} // namespace writ::vm
