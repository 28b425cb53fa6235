// SPDX-License-Identifier: MIT
#include "value.h"

#include "text.h"

#include <array>
#include <charconv>
#include <limits>

namespace writ::reference {

bool is_int(const json& value) {
  if (!value.is_number_integer()) return false;
  return !value.is_number_unsigned() ||
         value.get<std::uint64_t>() <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
}

bool is_float(const json& value) { return value.is_number() && !is_int(value); }

std::int64_t as_int(const json& value) { return value.get<std::int64_t>(); }

double as_double(const json& value) { return value.get<double>(); }

std::partial_ordering compare_numbers(const json& a, const json& b) {
  if (is_int(a) && is_int(b)) return as_int(a) <=> as_int(b);
  // A long double holds every int64 and every double exactly on the platforms we test on.
  const auto exact = [](const json& n) {
    return is_int(n) ? static_cast<long double>(as_int(n)) : static_cast<long double>(as_double(n));
  };
  return exact(a) <=> exact(b);
}

const json* find_member(const json& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  for (const auto& member : object.get_ref<const json::object_t&>())
    if (equal_ascii(member.first, key)) return &member.second;
  return nullptr;
}

std::string string_member(const json& object, std::string_view key) {
  const json* member = find_member(object, key);
  return member != nullptr && member->is_string() ? member->get<std::string>() : std::string();
}

std::string number_text(const json& number) {
  std::array<char, 400> buffer{};
  if (is_int(number)) {
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), as_int(number)).ptr;
    return {buffer.data(), end};
  }
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), as_double(number)).ptr;
  std::string text(buffer.data(), end);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

std::optional<std::string> text_of(const json* value) {
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) return value->get<std::string>();
  if (value->is_boolean()) return value->get<bool>() ? "true" : "false";
  if (value->is_number()) return number_text(*value);
  return std::nullopt;
}

bool structurally_equal(const json& a, const json& b) {
  if (a.is_number() && b.is_number()) return compare_numbers(a, b) == std::partial_ordering::equivalent;
  if (a.is_array() && b.is_array()) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!structurally_equal(a[i], b[i])) return false;
    return true;
  }
  if (a.is_object() && b.is_object()) {
    if (a.size() != b.size()) return false;
    for (const auto& member : a.items()) {
      const json* other = find_member(b, member.key());
      if (other == nullptr || !structurally_equal(member.value(), *other)) return false;
    }
    return true;
  }
  return a.type() == b.type() && a == b;
}

std::string compact(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

} // namespace writ::reference
