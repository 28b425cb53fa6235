// SPDX-License-Identifier: MIT
// Functions on objects and the set functions on both kinds of container; property access. Source:
// "Functions".
#include "call.h"

#include "deep_equal.h"
#include "json_text.h"
#include "writ/text.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace writ {

namespace {

/// Exact name first, then the first one that differs in case only; null pointer when there is none.
const Member* member_named(const Value& object, std::string_view key) {
  const Member* folded = nullptr;
  for (const Member& member : object.as_object()) {
    if (member.key == key) return &member;
    if (folded == nullptr && equal_fold(member.key, key)) folded = &member;
  }
  return folded;
}

const Value* element_at(const Value& array, std::int64_t index) {
  const auto elements = array.as_array();
  if (index < 0 || index >= static_cast<std::int64_t>(elements.size())) return nullptr;
  return &elements[static_cast<std::size_t>(index)];
}

} // namespace

Value access_member(const Value& object, const Value& key, Arena& arena) {
  if (object.undecided()) return object;
  if (key.undecided()) return key;
  switch (object.kind()) {
  case ValueKind::Object: {
    if (!key.is(ValueKind::String)) return make_error(arena, "bad-key", "a property name must be a string");
    if (const Member* member = member_named(object, key.as_string())) return member->value;
    return make_error(arena, "missing-property",
                      std::string("there is no property `").append(key.as_string()).append("`"));
  }
  case ValueKind::Array:
    if (!key.is(ValueKind::Int)) return make_error(arena, "bad-key", "an array index must be an integer");
    if (key.as_int() != static_cast<std::int32_t>(key.as_int()))
      return make_error(arena, "overflow", "an index must fit 32 bits");
    if (const Value* element = element_at(object, key.as_int())) return *element;
    return make_error(arena, "index-range", "the index is outside the array");
  case ValueKind::Missing:
  case ValueKind::Null:
    return make_error(arena, "null-dereference", "null has no properties");
  default:
    return make_error(arena, "not-selectable",
                      std::string(fn::kind_phrase(object)).append(" has no properties"));
  }
}

namespace fn {

namespace {

using detail::ValueSet;

enum class ContainerKind { Arrays, Objects, Neither };

/// Whether all arguments are arrays or all are objects.
ContainerKind container_kind(const Call& call, Value& error) {
  const ValueKind kind = call[0].kind();
  if (kind != ValueKind::Array && kind != ValueKind::Object) {
    error = call.bad_argument(0, "an array or object");
    return ContainerKind::Neither;
  }
  for (std::size_t i = 1; i < call.size(); ++i) {
    if (call[i].is(kind)) continue;
    error = call.bad_argument(i, kind == ValueKind::Array ? "an array" : "an object");
    return ContainerKind::Neither;
  }
  return kind == ValueKind::Array ? ContainerKind::Arrays : ContainerKind::Objects;
}

Value merge_objects(const Call& call, const Value& left, const Value& right);

/// What union makes of a key that both objects have.
Value merge_values(const Call& call, const Value& earlier, const Value& later) {
  if (earlier.is(ValueKind::Object) && later.is(ValueKind::Object))
    return merge_objects(call, earlier, later);
  // An unknown earlier object would have been merged with the later one.
  if (earlier.is(ValueKind::Unknown) && later.is(ValueKind::Object)) return Value::unknown();
  return later;
}

Value merge_objects(const Call& call, const Value& left, const Value& right) {
  std::vector<Member> members;
  std::unordered_map<std::string, std::size_t> index;
  for (const Value* source : {&left, &right}) {
    for (const Member& member : source->as_object()) {
      const auto [place, fresh] = index.emplace(fold_case(member.key), members.size());
      if (fresh) {
        members.push_back(member);
      } else if (source == &right) { // in one object the first of two like keys counts
        Value& value = members[place->second].value;
        value = merge_values(call, value, member.value);
      }
    }
  }
  return call.object(members);
}

Value intersect_arrays(const Call& call) {
  std::vector<ValueSet> others(call.size() - 1);
  for (std::size_t i = 1; i < call.size(); ++i)
    for (const Value& element : call[i].as_array())
      others[i - 1].insert(element);
  ValueSet result;
  for (const Value& element : call[0].as_array())
    if (std::all_of(others.begin(), others.end(), [&](const ValueSet& set) { return set.contains(element); }))
      result.insert(element);
  return call.array(result.values());
}

Value intersect_objects(const Call& call) {
  using ExactMembers = std::unordered_map<std::string_view, const Value*>;
  std::vector<ExactMembers> others(call.size() - 1);
  for (std::size_t i = 1; i < call.size(); ++i)
    for (const Member& member : call[i].as_object())
      others[i - 1].emplace(member.key, &member.value);
  std::vector<Member> result;
  for (const Member& member : call[0].as_object()) {
    const auto has_it = [&](const ExactMembers& object) {
      const auto found = object.find(member.key);
      return found != object.end() &&
             detail::deep_equal(*found->second, member.value, detail::NumberEquality::ByKind) == Truth::True;
    };
    if (std::all_of(others.begin(), others.end(), has_it)) result.push_back(member);
  }
  return call.object(result);
}

/// One step of tryGet. `miss` is set when it leads nowhere; the result is then not meant.
Value safe_step(const Value& container, const Value& key, bool& miss) {
  miss = true;
  if (container.is(ValueKind::Object) && key.is(ValueKind::String)) {
    if (const Member* member = member_named(container, key.as_string())) {
      miss = false;
      return member->value;
    }
  } else if (container.is(ValueKind::Array) && key.is(ValueKind::Int)) {
    if (const Value* element = element_at(container, key.as_int())) {
      miss = false;
      return *element;
    }
  }
  return Value::null();
}

Value parse_text(const Call& call, std::string_view text) {
  Value result;
  JsonError problem;
  switch (detail::read_json(call.arena, text, detail::JsonQuotes::SingleToo, result, problem)) {
  case detail::JsonOutcome::Ok:
    return result;
  case detail::JsonOutcome::TooDeep:
    return call.fail("limit-exceeded", "the JSON text is nested too deeply");
  case detail::JsonOutcome::Invalid:
    break;
  }
  return call.fail("bad-json", problem.reason.append(" at byte ").append(std::to_string(problem.offset)));
}

} // namespace

Value CreateObject(const Call& call) {
  std::vector<Member> members;
  std::unordered_set<std::string_view> keys;
  for (std::size_t i = 0; i < call.size(); i += 2) {
    if (!call[i].is(ValueKind::String)) return call.bad_argument(i, "a string, the key of a member");
    if (!keys.insert(call[i].as_string()).second)
      return call.fail("duplicate-key",
                       std::string("the key `").append(call[i].as_string()).append("` comes twice"));
    members.push_back({call[i].as_string(), call[i + 1]});
  }
  return call.object(members);
}

Value Union(const Call& call) {
  Value error;
  switch (container_kind(call, error)) {
  case ContainerKind::Neither:
    return error;
  case ContainerKind::Objects: {
    Value merged = call[0];
    for (std::size_t i = 1; i < call.size(); ++i)
      merged = merge_objects(call, merged, call[i]);
    return merged;
  }
  case ContainerKind::Arrays:
    break;
  }
  ValueSet result;
  for (const Value& argument : call.arguments) {
    if (const Value inner = undecided_inside(argument); !inner.is(ValueKind::Missing)) return inner;
    for (const Value& element : argument.as_array())
      result.insert(element);
  }
  return call.array(result.values());
}

Value Intersection(const Call& call) {
  Value error;
  const ContainerKind kind = container_kind(call, error);
  if (kind == ContainerKind::Neither) return error;
  for (const Value& argument : call.arguments)
    if (const Value inner = undecided_inside(argument); !inner.is(ValueKind::Missing)) return inner;
  return kind == ContainerKind::Arrays ? intersect_arrays(call) : intersect_objects(call);
}

Value Items(const Call& call) {
  if (!call[0].is(ValueKind::Object)) return call.bad_argument(0, "an object");
  std::vector<std::pair<std::string, const Member*>> sorted;
  for (const Member& member : call[0].as_object())
    sorted.emplace_back(fold_case(member.key), &member);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Value> items;
  items.reserve(sorted.size());
  for (const auto& [folded, member] : sorted) {
    const Member pair[] = {{"key", Value::string(member->key)}, {"value", member->value}};
    items.push_back(call.object(pair));
  }
  return call.array(items);
}

Value TryGet(const Call& call) {
  const auto first_undecided = std::find_if(call.arguments.begin(), call.arguments.end(),
                                            [](const Value& argument) { return argument.undecided(); });
  if (first_undecided != call.arguments.end() && first_undecided->is(ValueKind::Error))
    return *first_undecided;
  for (std::size_t i = 1; i < call.size(); ++i)
    if (!call[i].undecided() && !call[i].is(ValueKind::String) && !call[i].is(ValueKind::Int))
      return call.bad_argument(i, "a string or an integer");
  Value value = call[0];
  if (value.undecided()) return value;
  for (std::size_t i = 1; i < call.size(); ++i) {
    const Value& key = call[i];
    if (key.undecided()) return key; // after a miss an unknown key does not matter any more
    if (i > 1) {
      value = access_member(value, key, call.arena);
    } else {
      bool miss = false;
      value = safe_step(value, key, miss);
      if (miss || value.absent()) return Value::null();
    }
    if (value.undecided()) return value;
  }
  return value;
}

Value Json(const Call& call) {
  if (call[0].absent()) return Value::object({});
  if (!call[0].is(ValueKind::String)) return call.bad_argument(0, "a string");
  return parse_text(call, call[0].as_string());
}

Value Base64ToJson(const Call& call) {
  const Value decoded = Base64ToString(call);
  return decoded.is(ValueKind::String) ? parse_text(call, decoded.as_string()) : decoded;
}

} // namespace fn

} // namespace writ
