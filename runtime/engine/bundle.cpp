// SPDX-License-Identifier: MIT
#include "writ/bundle.h"
#include "engine/bundle_state.h"
#include "writ/bytecode/bundle.h"
#include "writ/semantics/compare.h"
#include "writ/semantics/datetime.h"
#include "writ/text.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

namespace writ {

namespace {

/// Order of ir::ParameterType.
enum class ParameterKind : std::uint8_t { String, Integer, Float, Boolean, Array, Object, DateTime };

/// The whole text as a number, or nothing.
std::optional<Value> number_in(std::string_view text) {
  Arena scratch;
  Value value;
  JsonError error;
  if (!parse_json(scratch, text, value, error) || !value.is_number()) return std::nullopt;
  return value;
}

/// The value as the declared type, or nothing when it does not fit. Source: "Parameters", coercion of
/// supplied values.
std::optional<Value> coerced(ParameterKind kind, const Value& value, std::string_view given) {
  const std::string_view text = value.is(ValueKind::String) ? value.as_string() : std::string_view();
  switch (kind) {
  case ParameterKind::String:
    if (value.is_number() || value.is(ValueKind::Bool)) return Value::string(given);
    break;
  case ParameterKind::Integer: {
    const auto number = value.is(ValueKind::String) ? number_in(text) : std::optional(value);
    if (!number || !number->is_number()) return std::nullopt;
    if (number->is(ValueKind::Int)) return number;
    const double whole = number->as_float();
    constexpr double kExact = 9007199254740992.0; // beyond, doubles skip integers
    if (std::trunc(whole) != whole || std::abs(whole) > kExact) return std::nullopt;
    return Value::integer(static_cast<std::int64_t>(whole));
  }
  case ParameterKind::Float: {
    const auto number = value.is(ValueKind::String) ? number_in(text) : std::optional(value);
    return number && number->is_number() ? number : std::nullopt;
  }
  case ParameterKind::Boolean:
    if (value.is(ValueKind::Bool)) return value;
    if (equal_ascii_fold(text, "true")) return Value::boolean(true);
    if (equal_ascii_fold(text, "false")) return Value::boolean(false);
    return std::nullopt;
  case ParameterKind::Array:
    return value.is(ValueKind::Array) ? std::optional(value) : std::nullopt;
  case ParameterKind::Object:
    return value.is(ValueKind::Object) ? std::optional(value) : std::nullopt;
  case ParameterKind::DateTime:
    if (!parse_date(text)) return std::nullopt;
    break;
  }
  return value.is(ValueKind::String) ? std::optional(value) : std::nullopt;
}

bool allowed_value(const Value& allowed, const Value& value) {
  auto listed = [&](const Value& one) {
    for (const Value& entry : allowed.as_array())
      if (structurally_equal(entry, one)) return true;
    return false;
  };
  if (listed(value)) return true;
  if (!value.is(ValueKind::Array)) return false;
  for (const Value& element : value.as_array())
    if (!listed(element)) return false;
  return true;
}

std::string hash_text(const bc::Program& program) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx",
                static_cast<unsigned long long>(bc::content_hash(bc::store_program(program))));
  return text.data();
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
    state.controls.push_back(ref);
  }
}

} // namespace

Result<Bundle> Bundle::load(std::span<const std::byte> bytes, const std::string& name) {
  Result<bc::Program> program = bc::load_program(bytes, name);
  if (!program.ok()) return program.take_error();
  auto state = std::make_shared<State>(std::move(*program), name);
  state->hash = hash_text(state->image.program());
  describe_controls(*state);
  return Bundle(std::move(state));
}

Result<Bundle> Bundle::from_program(bc::Program program, const std::string& name) {
  if (Status status = bc::verify(program); !status.ok()) return status.take_error();
  auto state = std::make_shared<State>(std::move(program), name);
  state->hash = hash_text(state->image.program());
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
      const std::optional<Value> value = coerced(static_cast<ParameterKind>(info.type), given, text);
      if (!value)
        return Diagnostic(Code::ParameterNotAllowed, {}, where + " does not take " + to_json(given));
      if (info.allowed != bc::kNone && !allowed_value(program.constants[info.allowed], *value))
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
