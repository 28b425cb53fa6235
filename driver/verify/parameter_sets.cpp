// SPDX-License-Identifier: MIT
#include "verify/parameter_sets.h"
#include "verify/boundary_values.h"
#include "writ/text.h"

#include <algorithm>

namespace writ::driver::verify {

namespace {

std::string type_of(const json& declaration) {
  const bool given =
      declaration.is_object() && declaration.contains("type") && declaration["type"].is_string();
  return given ? lower_ascii(declaration["type"].get<std::string>()) : "string";
}

/// A value for a parameter without a default: the first allowed one, or one of its type.
json plausible_value(const std::string& type, const json& allowed) {
  if (!allowed.empty()) return type == "array" ? json::array({allowed[0]}) : allowed[0];
  if (type == "array") return json::array({"alpha", "Beta"});
  if (type == "object") return json::object({{"key", "alpha"}});
  if (type == "boolean") return true;
  if (type == "integer") return 3;
  if (type == "float") return 2.5;
  if (type == "datetime") return "2026-01-01T00:00:00Z";
  return "alpha";
}

std::vector<json> other_lists(const json& normal, const json& allowed) {
  std::vector<json> out{json::array()};
  if (allowed.empty() && normal.empty()) out.push_back(json::array({"alpha"}));
  const json& elements = allowed.empty() ? normal : allowed;
  for (const json& element : elements)
    out.push_back(json::array({element}));
  if (normal.is_array() && normal.size() > 1) {
    json shorter = normal;
    shorter.erase(shorter.size() - 1);
    out.push_back(std::move(shorter));
  }
  if (!allowed.empty()) out.push_back(allowed);
  return out;
}

std::vector<json> other_values(const std::string& type, const json& normal, const json& allowed) {
  if (type == "array") return other_lists(normal, allowed);
  if (!allowed.empty()) return {allowed.begin(), allowed.end()};
  if (type == "boolean") return {true, false};
  if (type == "integer" && normal.is_number_integer())
    return {normal.get<std::int64_t>() - 1, normal.get<std::int64_t>() + 1, 0};
  if (type == "float" && normal.is_number()) return {normal.get<double>() + 0.5};
  if (type == "string" && normal.is_string()) return {"", flip_case(normal.get<std::string>()), "alpha"};
  return {};
}

} // namespace

std::string ParameterSet::text() const {
  std::string out;
  for (const auto& [name, value] : values.items())
    out += (out.empty() ? "" : ", ") + name + " = " + value.dump();
  return out;
}

std::vector<ParameterSet> parameter_sets(const json& declarations, const std::vector<json>& examples) {
  std::vector<ParameterSet> out(1);
  if (!declarations.is_object()) return out;
  const auto declared = [](const json& declaration, const char* member) {
    return declaration.is_object() && declaration.contains(member) ? declaration[member] : json();
  };
  for (const auto& [name, declaration] : declarations.items())
    if (declared(declaration, "defaultValue").is_null())
      out[0].values[name] = plausible_value(type_of(declaration), declared(declaration, "allowedValues"));
  for (const auto& [name, declaration] : declarations.items()) {
    const std::string type = type_of(declaration);
    const json allowed = declared(declaration, "allowedValues");
    json normal = declared(declaration, "defaultValue");
    if (normal.is_null()) normal = out[0].values[name];
    std::vector<json> values = other_values(type, normal, allowed);
    for (const json& example : examples)
      if (example.contains(name)) values.push_back(example[name]);
    for (json& value : values) {
      if (value == normal) continue;
      ParameterSet set = out[0];
      set.values[name] = std::move(value);
      const bool known = std::any_of(out.begin(), out.end(),
                                     [&](const ParameterSet& one) { return one.values == set.values; });
      if (!known) out.push_back(std::move(set));
    }
  }
  return out;
}

} // namespace writ::driver::verify
