// SPDX-License-Identifier: MIT
// Arrays and objects. Source: "Array and object functions".
#include "function_support.h"
#include "json_text.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <vector>

namespace writ::reference {
namespace {

Outcome call_array(Arguments args) {
  if (args[0].value.is_array()) return Outcome::of(args[0].value);
  json out = json::array();
  out.push_back(args[0].value);
  return Outcome::of(std::move(out));
}

Outcome call_create_array(Arguments args) {
  json out = json::array();
  for (const Outcome& argument : args)
    out.push_back(argument.value);
  return Outcome::of(std::move(out));
}

Outcome call_create_object(Arguments args) {
  json out = json::object();
  for (std::size_t i = 0; i < args.size(); i += 2) {
    if (!args[i].value.is_string()) return bad_argument(i, "a string");
    const auto key = args[i].value.get<std::string>();
    if (out.contains(key)) return Outcome::error("duplicate-key", "key '" + key + "' is given twice");
    out[key] = args[i + 1].value;
  }
  return Outcome::of(std::move(out));
}

/// Checks that all arguments are arrays, or all objects.
std::optional<Outcome> check_one_kind(Arguments args) {
  const bool arrays = args[0].value.is_array();
  for (std::size_t i = 0; i < args.size(); ++i)
    if (arrays ? !args[i].value.is_array() : !args[i].value.is_object())
      return bad_argument(i, "an array or an object like the others");
  return std::nullopt;
}

bool holds(const json& list, const json& element) {
  return std::any_of(list.begin(), list.end(),
                     [&](const json& e) { return function_equal(e, element, false); });
}

void merge_into(json& target, const json& source) {
  for (const auto& member : source.items()) {
    json* present = nullptr;
    for (auto& candidate : target.get_ref<json::object_t&>())
      if (present == nullptr && equal_folded(candidate.first, member.key())) present = &candidate.second;
    if (present == nullptr)
      target[member.key()] = member.value();
    else if (present->is_object() && member.value().is_object())
      merge_into(*present, member.value());
    else
      *present = member.value();
  }
}

Outcome call_union(Arguments args) {
  if (auto error = check_one_kind(args)) return *error;
  json out = args[0].value.is_array() ? json::array() : json::object();
  for (const Outcome& argument : args) {
    if (out.is_object()) {
      merge_into(out, argument.value);
      continue;
    }
    for (const json& element : argument.value)
      if (!holds(out, element)) out.push_back(element);
  }
  return Outcome::of(std::move(out));
}

Outcome call_intersection(Arguments args) {
  if (auto error = check_one_kind(args)) return *error;
  const json& first = args[0].value;
  json out = first.is_array() ? json::array() : json::object();
  if (first.is_array()) {
    for (const json& element : first) {
      const bool everywhere =
          std::all_of(args.begin(), args.end(), [&](const Outcome& a) { return holds(a.value, element); });
      if (everywhere && !holds(out, element)) out.push_back(element);
    }
    return Outcome::of(std::move(out));
  }
  for (const auto& member : first.items()) {
    const bool everywhere = std::all_of(args.begin(), args.end(), [&](const Outcome& a) {
      const auto other = a.value.find(member.key());
      return other != a.value.end() && function_equal(*other, member.value(), false);
    });
    if (everywhere) out[member.key()] = member.value();
  }
  return Outcome::of(std::move(out));
}

Outcome call_items(Arguments args) {
  if (!args[0].value.is_object()) return bad_argument(0, "an object");
  std::vector<std::pair<std::string, json>> members;
  for (const auto& member : args[0].value.items())
    members.emplace_back(member.key(), member.value());
  std::stable_sort(members.begin(), members.end(), [](const auto& a, const auto& b) {
    return code_points(to_upper(a.first)) < code_points(to_upper(b.first));
  });
  json out = json::array();
  for (const auto& [key, value] : members) {
    json entry = json::object();
    entry["key"] = key;
    entry["value"] = value;
    out.push_back(std::move(entry));
  }
  return Outcome::of(std::move(out));
}

Outcome call_range(Arguments args) {
  for (std::size_t i = 0; i < 2; ++i) {
    if (!is_int(args[i].value)) return bad_argument(i, "an integer");
    if (!fits_int32(as_int(args[i].value)))
      return Outcome::error("overflow", "the number does not fit 32 bits");
  }
  constexpr std::int64_t kMaxCount = 10000;
  const std::int64_t start = as_int(args[0].value);
  const std::int64_t count = as_int(args[1].value);
  if (count < 0 || count > kMaxCount) return Outcome::error("index-range", "the count must be 0 to 10000");
  if (count > 0 && !fits_int32(start + count - 1))
    return Outcome::error("index-range", "the last element does not fit 32 bits");
  json out = json::array();
  for (std::int64_t i = 0; i < count; ++i)
    out.push_back(start + i);
  return Outcome::of(std::move(out));
}

/// The first step of tryGet: null where an ordinary access would fail.
json try_step(const json& object, const json& key) {
  const bool fits = (object.is_object() && key.is_string()) || (object.is_array() && is_int(key));
  if (!fits) return nullptr;
  const Outcome step = access_member(object, key);
  return step.is_value() ? step.value : json(nullptr);
}

Outcome call_try_get(Arguments args) {
  for (std::size_t i = 1; i < args.size(); ++i)
    if (!args[i].value.is_string() && !is_int(args[i].value))
      return Outcome::error("bad-argument-type", "a key must be a string or an integer");
  Outcome current = Outcome::of(try_step(args[0].value, args[1].value));
  if (current.value.is_null()) return current;
  for (std::size_t i = 2; i < args.size(); ++i) {
    current = access_member(current.value, args[i].value);
    if (!current.is_value()) return current;
  }
  return current;
}

Outcome call_json(Arguments args) {
  if (args[0].value.is_null()) return Outcome::of(json::object());
  if (!args[0].value.is_string()) return bad_argument(0, "a string");
  auto parsed = parse_json_text(args[0].value.get_ref<const std::string&>());
  return parsed ? Outcome::of(std::move(*parsed)) : Outcome::error("bad-json", "the text is no JSON value");
}

template <bool safe> Outcome call_index_from_end(Arguments args) {
  if (!args[0].value.is_array()) {
    if (safe && args[0].value.is_null()) return Outcome::of(nullptr);
    return bad_argument(0, "an array");
  }
  if (!is_int(args[1].value)) return bad_argument(1, "an integer");
  const std::int64_t index = as_int(args[1].value);
  const auto size = static_cast<std::int64_t>(args[0].value.size());
  if (index < 1 || index > size)
    return safe ? Outcome::of(nullptr) : Outcome::error("index-range", "the index is out of range");
  return Outcome::of(args[0].value[static_cast<std::size_t>(size - index)]);
}

constexpr std::array<FunctionRow, 11> kCollectionFunctions{{
    {"array", 1, 1, call_array},
    {"createArray", 0, -1, call_create_array},
    {"createObject", 0, -1, call_create_object, Special::None, true},
    {"union", 2, -1, call_union},
    {"intersection", 2, -1, call_intersection},
    {"items", 1, 1, call_items},
    {"range", 2, 2, call_range},
    {"tryGet", 2, -1, call_try_get},
    {"json", 1, 1, call_json},
    {"indexFromEnd", 2, 2, call_index_from_end<false>},
    {"tryIndexFromEnd", 2, 2, call_index_from_end<true>},
}};

} // namespace

std::span<const FunctionRow> collection_functions() { return kCollectionFunctions; }

} // namespace writ::reference
