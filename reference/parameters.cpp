// SPDX-License-Identifier: MIT
#include "parameters.h"

#include "dates.h"
#include "text.h"
#include "value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace writ::reference {
namespace {

constexpr std::array<std::pair<std::string_view, ParameterType>, 7> kTypes{{
    {"string", ParameterType::String},
    {"array", ParameterType::Array},
    {"object", ParameterType::Object},
    {"boolean", ParameterType::Boolean},
    {"integer", ParameterType::Integer},
    {"float", ParameterType::Float},
    {"dateTime", ParameterType::DateTime},
}};

bool is_kind(ParameterType type, const json& value) {
  switch (type) {
  case ParameterType::String:
    return value.is_string();
  case ParameterType::Array:
    return value.is_array();
  case ParameterType::Object:
    return value.is_object();
  case ParameterType::Boolean:
    return value.is_boolean();
  case ParameterType::Integer:
    return is_int(value);
  case ParameterType::Float:
    return value.is_number();
  case ParameterType::DateTime:
    break;
  }
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  return text.find('T') != std::string::npos && text.ends_with('Z') &&
         parse_comparable_date(text).has_value();
}

template <typename Number> std::optional<json> number_from(const std::string& text) {
  Number number{};
  const auto* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, number);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  return json(number);
}

/// Files carry strings where the service takes typed JSON.
std::optional<json> coerce(ParameterType type, const json& value) {
  if (is_kind(type, value)) return value;
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (type == ParameterType::Integer) return number_from<std::int64_t>(text);
    if (type == ParameterType::Float) return number_from<double>(text);
    if (type == ParameterType::Boolean && equal_ascii(text, "true")) return json(true);
    if (type == ParameterType::Boolean && equal_ascii(text, "false")) return json(false);
  }
  if (type == ParameterType::Integer && is_float(value)) {
    const double number = as_double(value);
    if (std::trunc(number) == number && std::abs(number) < 9.0e15)
      return json(static_cast<std::int64_t>(number));
  }
  return std::nullopt;
}

bool is_listed(const json& list, const json& value) {
  return std::any_of(list.begin(), list.end(),
                     [&](const json& entry) { return structurally_equal(entry, value); });
}

bool is_allowed(const ParameterDeclaration& declaration, const json& value) {
  if (!declaration.allowed_values || is_listed(*declaration.allowed_values, value)) return true;
  return declaration.type == ParameterType::Array &&
         std::all_of(value.begin(), value.end(),
                     [&](const json& e) { return is_listed(*declaration.allowed_values, e); });
}

Failure not_allowed(const std::string& name) {
  return {"parameter-not-allowed", "the value of '" + name + "' is not among its allowed values"};
}

std::optional<Failure> read_one(const std::string& name, const json& body, ParameterDeclaration& out) {
  const std::string type = string_member(body, "type");
  const auto row =
      std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& r) { return equal_ascii(r.first, type); });
  if (row == kTypes.end()) return Failure{"parameter-type", "parameter '" + name + "' has no known type"};
  out.name = name;
  out.type = row->second;
  // Published definitions carry empty lists, which restrict nothing.
  if (const json* allowed = find_member(body, "allowedValues");
      allowed != nullptr && allowed->is_array() && !allowed->empty())
    out.allowed_values = *allowed;
  const json* given = find_member(body, "defaultValue");
  if (is_absent(given)) return std::nullopt;
  if (!is_kind(out.type, *given))
    return Failure{"parameter-type", "the default of '" + name + "' has another type"};
  if (!is_allowed(out, *given)) return not_allowed(name);
  out.default_value = *given;
  return std::nullopt;
}

} // namespace

std::variant<ParameterDeclarations, Failure> read_parameters(const json* declarations) {
  ParameterDeclarations out;
  if (is_absent(declarations)) return out;
  if (!declarations->is_object()) return Failure{"bad-definition", "'parameters' must be an object"};
  for (const auto& member : declarations->items()) {
    for (const ParameterDeclaration& earlier : out)
      if (equal_ascii(earlier.name, member.key()))
        return Failure{"duplicate-key", "parameter '" + member.key() + "' is declared twice"};
    ParameterDeclaration& declaration = out.emplace_back();
    if (auto problem = read_one(member.key(), member.value(), declaration)) return *problem;
  }
  return out;
}

std::set<std::string> lower_names(const ParameterDeclarations& declarations) {
  std::set<std::string> out;
  for (const ParameterDeclaration& declaration : declarations)
    out.insert(lower_ascii(declaration.name));
  return out;
}

std::variant<ParameterValues, Failure> bind_parameters(const ParameterDeclarations& declarations,
                                                       const json& given) {
  ParameterValues out;
  if (given.is_object()) {
    const std::set<std::string> known = lower_names(declarations);
    for (const auto& member : given.items())
      if (!known.contains(lower_ascii(member.key())))
        return Failure{"unknown-parameter", "parameter '" + member.key() + "' is not declared"};
  }
  for (const ParameterDeclaration& declaration : declarations) {
    const json* value = find_member(given, declaration.name);
    std::optional<json> bound = declaration.default_value;
    if (!is_absent(value)) {
      bound = coerce(declaration.type, *value);
      if (!bound)
        return Failure{"parameter-type", "the value of '" + declaration.name + "' has another type"};
      if (!is_allowed(declaration, *bound)) return not_allowed(declaration.name);
    }
    if (!bound) return Failure{"parameter-missing", "parameter '" + declaration.name + "' has no value"};
    out.emplace(lower_ascii(declaration.name), std::move(*bound));
  }
  return out;
}

} // namespace writ::reference
