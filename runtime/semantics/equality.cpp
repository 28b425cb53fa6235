// SPDX-License-Identifier: MIT
// The relation EQ of the operators equals and in, and structural equality of containers below it.
#include "writ/semantics/compare.h"

#include "writ/semantics/number_text.h"
#include "writ/text.h"

#include <algorithm>
#include <vector>

namespace writ {

namespace {

Truth structural_truth(const Value& a, const Value& b);

bool numbers_equal(const Value& a, const Value& b) {
  if (a.is(ValueKind::Int) && b.is(ValueKind::Int)) return a.as_int() == b.as_int();
  return a.as_number() == b.as_number();
}

Truth arrays_equal(std::span<const Value> a, std::span<const Value> b) {
  if (a.size() != b.size()) return Truth::False;
  Truth all = Truth::True;
  for (std::size_t i = 0; i < a.size() && all != Truth::False; ++i)
    all = truth_and(all, structural_truth(a[i], b[i]));
  return all;
}

/// Members by folded key, in key order; of keys that differ only in case the first one.
std::vector<std::pair<std::string, Value>> members_by_key(std::span<const Member> members) {
  std::vector<std::pair<std::string, Value>> out;
  out.reserve(members.size());
  for (const Member& member : members)
    out.emplace_back(lower_ascii(member.key), member.value);
  const auto less = [](const auto& x, const auto& y) { return x.first < y.first; };
  const auto same = [](const auto& x, const auto& y) { return x.first == y.first; };
  std::stable_sort(out.begin(), out.end(), less);
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}

Truth objects_equal(std::span<const Member> a, std::span<const Member> b) {
  const auto left = members_by_key(a);
  const auto right = members_by_key(b);
  if (left.size() != right.size()) return Truth::False;
  Truth all = Truth::True;
  for (std::size_t i = 0; i < left.size() && all != Truth::False; ++i) {
    if (left[i].first != right[i].first) return Truth::False;
    all = truth_and(all, structural_truth(left[i].second, right[i].second));
  }
  return all;
}

Truth structural_truth(const Value& a, const Value& b) {
  if (a.is(ValueKind::Error) || b.is(ValueKind::Error)) return Truth::Error;
  if (a.is(ValueKind::Unknown) || b.is(ValueKind::Unknown)) return Truth::Unknown;
  if (a.is_number() && b.is_number()) return truth_of(numbers_equal(a, b));
  if (a.absent() && b.absent()) return Truth::True;
  if (a.kind() != b.kind()) return Truth::False;
  switch (a.kind()) {
  case ValueKind::Bool:
    return truth_of(a.as_bool() == b.as_bool());
  case ValueKind::String:
    return truth_of(a.as_string() == b.as_string());
  case ValueKind::Array:
    return arrays_equal(a.as_array(), b.as_array());
  case ValueKind::Object:
    return objects_equal(a.as_object(), b.as_object());
  default:
    return Truth::False;
  }
}

bool string_equals_bool(std::string_view text, bool b) {
  return equal_ascii_fold(text, b ? "true" : "false");
}

bool string_equals_number(std::string_view text, const Value& number, const SemanticsOptions& options) {
  if (options.numeric_strings) {
    const auto parsed = parse_decimal(text);
    return parsed && *parsed == number.as_number();
  }
  std::string canonical;
  if (number.is(ValueKind::Int))
    append_integer(canonical, number.as_int());
  else
    append_double(canonical, number.as_float(), true);
  return equal_fold(text, canonical);
}

} // namespace

bool structurally_equal(const Value& a, const Value& b) { return structural_truth(a, b) == Truth::True; }

Truth values_equal(const Value& left, const Value& right, const SemanticsOptions& options) {
  if (left.is(ValueKind::Error) || right.is(ValueKind::Error)) return Truth::Error;
  if (left.is(ValueKind::Unknown) || right.is(ValueKind::Unknown)) return Truth::Unknown;
  if (left.absent() || right.absent()) {
    const Value& other = left.absent() ? right : left;
    return truth_of(other.absent() || (other.is(ValueKind::String) && other.as_string().empty()));
  }
  if (left.is(ValueKind::String)) {
    const std::string_view text = left.as_string();
    if (right.is(ValueKind::String)) return truth_of(equal_fold(text, right.as_string()));
    if (right.is(ValueKind::Bool)) return truth_of(string_equals_bool(text, right.as_bool()));
    return truth_of(right.is_number() && string_equals_number(text, right, options));
  }
  if (right.is(ValueKind::String)) return values_equal(right, left, options);
  return structural_truth(left, right);
}

} // namespace writ
