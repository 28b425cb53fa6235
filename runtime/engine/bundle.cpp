// SPDX-License-Identifier: MIT
#include "writ/bundle.h"
#include "engine/bundle_state.h"
#include "writ/bytecode/bundle.h"
#include "writ/semantics/parameter_value.h"
#include "writ/text.h"

#include <array>
#include <cstdio>
#include <optional>

namespace writ {

namespace {

/// A word on the command line for a text parameter is text even when it looks like JSON.
std::optional<Value> coerced(ParameterType type, const Value& value, std::string_view given) {
  if (type == ParameterType::String && (value.is_number() || value.is(ValueKind::Bool)))
    return Value::string(given);
  return coerce(type, value);
}

/// Of the bytes of a bundle file.
std::string hash_text(std::string_view bytes) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx",
                static_cast<unsigned long long>(bc::content_hash(bytes)));
  return text.data();
}

void describe_instance(const bc::Program& program, const bc::Instance& instance, ControlRef& ref) {
  if (instance.initiative != bc::kNone)
    ref.initiative = program.strings[program.initiatives[instance.initiative].name];
  if (instance.assignment != bc::kNone) {
    const bc::Assignment& assignment = program.assignments[instance.assignment];
    ref.assignment = program.strings[assignment.id];
    if (ref.assignment.empty()) ref.assignment = program.strings[assignment.name];
    ref.do_not_enforce = assignment.do_not_enforce;
  }
  for (const bc::StringId group :
       std::span(program.texts).subspan(instance.first_group, instance.group_count))
    ref.groups.emplace_back(program.strings[group]);
}

void describe_controls(Bundle::State& state) {
  const bc::Program& program = state.image.program();
  for (const bc::Control& control : program.controls) {
    ControlRef ref;
    auto text = [&](bc::StringId id) { return std::string_view(program.strings[id]); };
    ref.id = text(control.id);
    ref.symbol = text(control.symbol);
    ref.title = text(control.title);
    ref.severity = text(control.severity);
    ref.category = text(control.category);
    ref.description = text(control.description);
    ref.fix = text(control.fix);
    ref.link = text(control.link);
    ref.mappings = text(control.mappings);
    ref.file = text(control.file);
    ref.line = control.line;
    if (control.instance != bc::kNone) describe_instance(program, program.instances[control.instance], ref);
    state.controls.push_back(ref);
  }
}

} // namespace

Result<Bundle> Bundle::load(std::span<const std::byte> bytes, const std::string& name) {
  Result<bc::Program> program = bc::load_program(bytes, name);
  if (!program.ok()) return program.take_error();
  auto state = std::make_shared<State>(std::move(*program), name);
  state->hash = hash_text({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  describe_controls(*state);
  return Bundle(std::move(state));
}

Result<Bundle> Bundle::from_program(bc::Program program, const std::string& name) {
  if (Status status = bc::verify(program); !status.ok()) return status.take_error();
  auto state = std::make_shared<State>(std::move(program), name);
  state->hash = hash_text(bc::store_program(state->image.program()));
  describe_controls(*state);
  return Bundle(std::move(state));
}

std::size_t Bundle::control_count() const { return state_->controls.size(); }
const ControlRef& Bundle::control(std::size_t index) const { return state_->controls[index]; }
const std::string& Bundle::hash() const { return state_->hash; }

std::vector<OpenParameter> Bundle::open_parameters() const {
  const bc::Program& program = state_->image.program();
  std::vector<OpenParameter> open;
  for (const bc::Control& control : program.controls)
    for (std::uint32_t p = control.first_parameter; p < control.first_parameter + control.parameter_count;
         ++p) {
      const bc::ParameterInfo& info = program.parameters[p];
      if (info.bound) continue;
      open.push_back({program.strings[control.id], program.strings[info.name],
                      info.value == bc::kNone ? std::string() : to_json(program.constants[info.value])});
    }
  return open;
}

Status Bundle::set_parameter(std::string_view control_id, std::string_view name, std::string_view json_text) {
  const bc::Program& program = state_->image.program();
  Value given;
  JsonError error;
  const std::string_view text = state_->parameter_values.copy(json_text);
  // A word that is no JSON is taken as a string: --param effect=Deny.
  if (!parse_json(state_->parameter_values, text, given, error)) given = Value::string(text);
  bool found = false;
  for (const bc::Control& control : program.controls) {
    if (!control_id.empty() && !equal_ascii_fold(program.strings[control.id], control_id)) continue;
    for (std::uint32_t p = control.first_parameter; p < control.first_parameter + control.parameter_count;
         ++p) {
      const bc::ParameterInfo& info = program.parameters[p];
      if (info.bound || !equal_ascii_fold(program.strings[info.name], name)) continue;
      found = true;
      const std::string where =
          "parameter `" + program.strings[info.name] + "` of `" + program.strings[control.id] + "`";
      if (given.is(ValueKind::Null)) continue; // as if it were not given
      const std::optional<Value> value = coerced(static_cast<ParameterType>(info.type), given, text);
      if (!value)
        return Diagnostic(Code::ParameterNotAllowed, {}, where + " does not take " + to_json(given));
      if (info.allowed != bc::kNone && !is_allowed(program.constants[info.allowed].as_array(), *value))
        return Diagnostic(Code::ParameterNotAllowed, {}, where + " does not allow " + to_json(*value))
            .note("allowed: " + to_json(program.constants[info.allowed]));
      state_->image.set_parameter(p, *value);
    }
  }
  if (!found)
    return Diagnostic(Code::UnknownParameter, {},
                      "no control has an open parameter `" + std::string(name) + "`");
  return Done{};
}

} // namespace writ
