// SPDX-License-Identifier: MIT
#include "engine/join_keys.h"

#include "engine/evaluator.h"
#include "vm/place_ids.h"
#include "writ/semantics/number_text.h"
#include "writ/text.h"

#include <cmath>
#include <span>

namespace writ {

namespace {

using relate::JoinKeyBuilder;
using relate::JoinKeys;

enum class Side : std::uint8_t { Inner, Outer };

/// A value as a text, equal for values that `equals` finds equal. False when it is no single value.
bool append_key(std::vector<std::string>& texts, const Value& value) {
  std::string text;
  switch (value.kind()) {
  case ValueKind::String:
    text = fold_case(value.as_string());
    break;
  case ValueKind::Bool:
    text = value.as_bool() ? "true" : "false";
    break;
  case ValueKind::Int:
    append_integer(text, value.as_int());
    break;
  case ValueKind::Float: {
    // 1.0 equals 1, so both have one text.
    const double number = value.as_number();
    if (number == std::floor(number) && std::abs(number) < 9e15)
      append_integer(text, static_cast<std::int64_t>(number));
    else
      append_double(text, number, true);
    break;
  }
  default:
    return false;
  }
  texts.push_back(std::move(text));
  return true;
}

void add_value(JoinKeyBuilder& out, const Value& value, bool list, bool location = false) {
  if (value.is(ValueKind::Error)) {
    out.fail(reason_text(value.as_error()));
    return out.add_open({});
  }
  if (value.is(ValueKind::Unknown)) return out.add_open("a compared property is unknown");
  if (value.absent()) return out.add_nothing();
  std::vector<std::string> texts;
  if (list && !value.is(ValueKind::Array)) {
    out.fail("bad-operand: a list of keys is no list");
    return out.add_open({});
  }
  if (list) {
    for (const Value& element : value.as_array()) {
      if (element.is(ValueKind::Error) || element.is(ValueKind::Unknown))
        return add_value(out, element, false);
      append_key(texts, element); // a list of containers has no element that equals a text
    }
  } else if (!append_key(texts, value)) {
    out.fail("bad-operand: an array or object is compared with a property of another resource");
    return out.add_open({});
  }
  if (location)
    for (std::string& text : texts)
      std::erase(text, ' ');
  out.add(texts);
}

std::string group_key(std::string_view subscription_id, std::string_view group) {
  return lower_ascii(subscription_id) + "/resourcegroups/" + lower_ascii(group);
}

void add_id(JoinKeyBuilder& out, std::string_view part) {
  if (part.empty()) return out.add_nothing();
  out.add({lower_ascii(part)});
}

void add_named_group(JoinKeyBuilder& out, const Value& name, std::string_view id) {
  const std::string_view subscription = vm::subscription_id_of(id);
  if (name.is(ValueKind::String) && !name.as_string().empty() && !subscription.empty())
    return out.add({group_key(subscription, name.as_string())});
  if (name.is(ValueKind::Error) || name.is(ValueKind::Unknown)) return add_value(out, name, false);
  out.add_nothing();
}

void add_place(JoinKeyBuilder& out, vm::Machine& machine, const bc::JoinInfo& join, std::string_view id,
               Side side) {
  if (join.place == bc::JoinPlace::Anywhere) return;
  if (id.empty()) return out.add_open("a resource without id has no place");
  switch (join.place) {
  case bc::JoinPlace::Below: {
    std::vector<std::string> above;
    if (side == Side::Outer)
      above.push_back(lower_ascii(id));
    else
      for (const std::string_view one : vm::resources_above(id))
        above.push_back(lower_ascii(one));
    return out.add(above);
  }
  case bc::JoinPlace::NamedResourceGroup:
    if (side == Side::Outer) return add_named_group(out, machine.run_value(join.group), id);
    return add_id(out, vm::resource_group_id_of(id));
  case bc::JoinPlace::ResourceGroup:
    return add_id(out, vm::resource_group_id_of(id));
  default:
    return add_id(out, vm::subscription_id_of(id));
  }
}

JoinKeys keys_of(vm::Machine& machine, const bc::Program& program, const bc::JoinInfo& join,
                 std::string_view id, Side side) {
  JoinKeyBuilder out;
  add_place(out, machine, join, id, side);
  for (const bc::JoinKey& key : std::span(program.join_keys).subspan(join.first_key, join.key_count)) {
    const bool inner = side == Side::Inner;
    add_value(out, machine.run_value(inner ? key.inner : key.outer), inner ? key.inner_list : key.outer_list,
              key.location);
  }
  return out.take();
}

} // namespace

JoinKeys inner_keys(vm::Machine& machine, const bc::Program& program, const bc::JoinInfo& join,
                    std::string_view id) {
  return keys_of(machine, program, join, id, Side::Inner);
}

JoinKeys outer_keys(vm::Machine& machine, const bc::Program& program, const bc::JoinInfo& join,
                    std::string_view id) {
  return keys_of(machine, program, join, id, Side::Outer);
}

Truth passes_filter(vm::Machine& machine, const bc::JoinInfo& join, std::string& reason) {
  if (join.filter == bc::kNone) return Truth::True;
  const Truth truth = machine.run_truth(join.filter);
  if (!decided(truth)) reason = reason_text(machine.reason());
  return truth;
}

} // namespace writ
