// SPDX-License-Identifier: MIT
#include "engine/details.h"

#include "writ/json_writer.h"
#include "writ/text.h"

namespace writ {

namespace {

/// Values as JSON, without the members named by a path and with failures as null.
class DetailsWriter {
public:
  DetailsWriter(std::string& out, std::string& problem) : json(out), problem_(problem) {}
  JsonWriter json;

  void value(const Value& value) {
    if (value.is(ValueKind::Error) && problem_.empty()) problem_ = describe(value.as_error());
    if (value.is(ValueKind::Object)) {
      json.begin_object();
      for (const Member& member : value.as_object()) {
        json.key(member.key);
        this->value(member.value);
      }
      json.end_object();
    } else if (value.is(ValueKind::Array)) {
      json.begin_array();
      for (const Value& element : value.as_array())
        this->value(element);
      json.end_array();
    } else if (value.undecided()) {
      json.null();
    } else {
      json.raw(to_json(value));
    }
  }

  /// `deployment`, whose member properties.template is dropped.
  void deployment(const Value& value) {
    if (!value.is(ValueKind::Object)) return this->value(value);
    json.begin_object();
    for (const Member& member : value.as_object()) {
      json.key(member.key);
      if (!equal_ascii_fold(member.key, "properties") || !member.value.is(ValueKind::Object)) {
        this->value(member.value);
        continue;
      }
      json.begin_object();
      for (const Member& property : member.value.as_object()) {
        if (equal_ascii_fold(property.key, "template")) continue;
        json.key(property.key);
        this->value(property.value);
      }
      json.end_object();
    }
    json.end_object();
  }

  void operations(vm::Machine& machine, const bc::Program& program, const bc::Control& control) {
    json.begin_array();
    for (std::uint32_t o = control.first_operation; o < control.first_operation + control.operation_count;
         ++o) {
      const bc::OperationInfo& operation = program.operations[o];
      if (operation.condition != bc::kNone && is_false_condition(machine.run_value(operation.condition)))
        continue;
      json.begin_object();
      const auto part = [&](std::string_view name, std::uint32_t block) {
        if (block == bc::kNone) return;
        json.key(name);
        value(machine.run_value(block));
      };
      part("operation", operation.operation);
      part("field", operation.field);
      part("value", operation.value);
      json.end_object();
    }
    json.end_array();
  }

private:
  static std::string describe(const EvaluationError& error) {
    std::string text = std::string(kUnresolvedDetails) + std::string(error.code);
    if (!error.detail.empty()) text += ": " + std::string(error.detail);
    return text;
  }
  std::string& problem_;
};

} // namespace

bool is_false_condition(const Value& value) {
  return (value.is(ValueKind::Bool) && !value.as_bool()) ||
         (value.is(ValueKind::String) && equal_ascii_fold(value.as_string(), "false"));
}

std::string details_json(vm::Machine& machine, const PreparedBundle& bundle, std::uint32_t index, bool full,
                         std::string& problem) {
  const bc::Program& program = bundle.program();
  const bc::Control& control = program.controls[index];
  const EffectKind effect = bundle.controls[index].effect;
  const bool changes =
      (effect == EffectKind::Append || effect == EffectKind::Modify) && control.operation_count > 0;
  // Source: "Effect resolution": details of another effect are ignored.
  const bool used = changes || (control.details != bc::kNone && effect != EffectKind::Report);
  if (!used && (control.details == bc::kNone || control.origin == bc::Origin::AzureDefinition)) return {};
  std::string text;
  DetailsWriter writer(text, problem);
  if (changes && effect == EffectKind::Append) {
    writer.operations(machine, program, control);
    return text;
  }
  const Value base = control.details == bc::kNone ? Value::object({}) : machine.run_value(control.details);
  if (!base.is(ValueKind::Object)) {
    if (base.absent()) return {};
    writer.value(base);
    return base.undecided() ? std::string() : text;
  }
  writer.json.begin_object();
  for (const Member& member : base.as_object()) {
    if (changes && equal_ascii_fold(member.key, "operations")) continue;
    writer.json.key(member.key);
    if (!full && equal_ascii_fold(member.key, "deployment"))
      writer.deployment(member.value);
    else
      writer.value(member.value);
  }
  if (changes) {
    writer.json.key("operations");
    writer.operations(machine, program, control);
  }
  writer.json.end_object();
  return text;
}

} // namespace writ
