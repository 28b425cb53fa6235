// SPDX-License-Identifier: MIT
#include "deep_equal.h"

#include <algorithm>
#include <functional>
#include <string_view>

namespace writ::detail {

namespace {

std::vector<const Member*> members_by_exact_key(std::span<const Member> members) {
  std::vector<const Member*> out;
  out.reserve(members.size());
  for (const Member& member : members)
    out.push_back(&member);
  std::stable_sort(out.begin(), out.end(), [](const Member* a, const Member* b) { return a->key < b->key; });
  return out;
}

Truth deep_equal_objects(std::span<const Member> a, std::span<const Member> b, NumberEquality numbers) {
  if (a.size() != b.size()) return Truth::False;
  const auto left = members_by_exact_key(a);
  const auto right = members_by_exact_key(b);
  Truth all = Truth::True;
  for (std::size_t i = 0; i < left.size() && all != Truth::False; ++i) {
    if (left[i]->key != right[i]->key) return Truth::False;
    all = truth_and(all, deep_equal(left[i]->value, right[i]->value, numbers));
  }
  return all;
}

Truth deep_equal_arrays(std::span<const Value> a, std::span<const Value> b, NumberEquality numbers) {
  if (a.size() != b.size()) return Truth::False;
  Truth all = Truth::True;
  for (std::size_t i = 0; i < a.size() && all != Truth::False; ++i)
    all = truth_and(all, deep_equal(a[i], b[i], numbers));
  return all;
}

/// Equal values have equal hashes; members are added up because their order does not matter.
std::uint64_t hash_value(const Value& value) {
  constexpr std::uint64_t kPrime = 0x100000001B3;
  const auto kind = static_cast<std::uint64_t>(value.absent() ? ValueKind::Null : value.kind());
  std::uint64_t hash = (0xCBF29CE484222325 ^ kind) * kPrime;
  switch (value.kind()) {
  case ValueKind::Bool:
    return hash + (value.as_bool() ? 1 : 0);
  case ValueKind::Int:
    return hash ^ std::hash<std::int64_t>()(value.as_int());
  case ValueKind::Float:
    return hash ^ std::hash<double>()(value.as_float());
  case ValueKind::String:
    return hash ^ std::hash<std::string_view>()(value.as_string());
  case ValueKind::Array:
    for (const Value& element : value.as_array())
      hash = (hash ^ hash_value(element)) * kPrime;
    return hash;
  case ValueKind::Object:
    for (const Member& member : value.as_object())
      hash += (std::hash<std::string_view>()(member.key) ^ hash_value(member.value)) * kPrime;
    return hash;
  default:
    return hash;
  }
}

} // namespace

Truth deep_equal(const Value& a, const Value& b, NumberEquality numbers) {
  if (a.is(ValueKind::Error) || b.is(ValueKind::Error)) return Truth::Error;
  if (a.is(ValueKind::Unknown) || b.is(ValueKind::Unknown)) return Truth::Unknown;
  if (a.absent() && b.absent()) return Truth::True;
  if (a.is_number() && b.is_number() && (numbers == NumberEquality::ByValue || a.kind() == b.kind()))
    return truth_of(a.is(ValueKind::Int) && b.is(ValueKind::Int) ? a.as_int() == b.as_int()
                                                                 : a.as_number() == b.as_number());
  if (a.kind() != b.kind()) return Truth::False;
  switch (a.kind()) {
  case ValueKind::Bool:
    return truth_of(a.as_bool() == b.as_bool());
  case ValueKind::String:
    return truth_of(a.as_string() == b.as_string());
  case ValueKind::Array:
    return deep_equal_arrays(a.as_array(), b.as_array(), numbers);
  case ValueKind::Object:
    return deep_equal_objects(a.as_object(), b.as_object(), numbers);
  default:
    return Truth::False;
  }
}

bool ValueSet::insert(const Value& value) {
  if (contains(value)) return false;
  index_.emplace(hash_value(value), values_.size());
  values_.push_back(value);
  return true;
}

bool ValueSet::contains(const Value& value) const {
  const auto [begin, end] = index_.equal_range(hash_value(value));
  return std::any_of(begin, end, [&](const auto& entry) {
    return deep_equal(values_[entry.second], value, NumberEquality::ByKind) == Truth::True;
  });
}

} // namespace writ::detail
