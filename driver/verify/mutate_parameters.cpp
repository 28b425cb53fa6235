// SPDX-License-Identifier: MIT
// Mutations of declared parameters and of what nobody evaluates.
#include "verify/mutation_support.h"

namespace writ::driver::verify::mutation {

namespace {

/// A variant for each parameter that `change` changes.
template <typename Change>
Variants each_parameter(const json& definition, const MutationSite& site, const Change& change) {
  Variants out;
  for (const auto& [name, declaration] : site.parameters().items()) {
    json copy = definition;
    if (change(copy["properties"]["parameters"], name)) out.push_back(std::move(copy));
  }
  return out;
}

json other_default(const json& declaration) {
  const json& normal = declaration["defaultValue"];
  if (declaration.contains("allowedValues") && declaration["allowedValues"].is_array() && !normal.is_array())
    for (const json& allowed : declaration["allowedValues"])
      if (allowed != normal) return allowed;
  if (normal.is_boolean()) return !normal.get<bool>();
  if (normal.is_number_integer()) return normal.get<std::int64_t>() + 1;
  if (normal.is_string()) return normal.get<std::string>() + "x";
  if (normal.is_array() && !normal.empty()) return json::array();
  if (normal.is_array() && !declaration.contains("allowedValues")) return json::array({"x"});
  return normal;
}

} // namespace

Variants default_lost(const json& subject, const MutationSite& site) {
  return each_parameter(subject, site, [](json& parameters, const std::string& name) {
    return parameters[name].erase("defaultValue") > 0;
  });
}

Variants default_changed(const json& subject, const MutationSite& site) {
  return each_parameter(subject, site, [](json& parameters, const std::string& name) {
    if (!parameters[name].contains("defaultValue")) return false;
    parameters[name]["defaultValue"] = other_default(parameters[name]);
    return true;
  });
}

Variants allowed_value_dropped(const json& subject, const MutationSite& site) {
  return each_parameter(subject, site, [](json& parameters, const std::string& name) {
    json& declaration = parameters[name];
    if (!declaration.contains("allowedValues") || declaration["allowedValues"].size() < 2) return false;
    json& allowed = declaration["allowedValues"];
    for (std::size_t i = allowed.size(); i-- > 0;)
      if (!declaration.contains("defaultValue") || allowed[i] != declaration["defaultValue"]) {
        allowed.erase(i);
        return true;
      }
    return false;
  });
}

Variants allowed_values_lost(const json& subject, const MutationSite& site) {
  return each_parameter(subject, site, [](json& parameters, const std::string& name) {
    return parameters[name].erase("allowedValues") > 0;
  });
}

Variants parameter_type_changed(const json& subject, const MutationSite& site) {
  return each_parameter(subject, site, [](json& parameters, const std::string& name) {
    json& type = parameters[name]["type"];
    type = type == "Integer" ? "Float" : type == "String" ? "DateTime" : "String";
    return true;
  });
}

Variants parameter_lost(const json& subject, const MutationSite& site) {
  return each_parameter(subject, site,
                        [](json& parameters, const std::string& name) { return parameters.erase(name) > 0; });
}

Variants parameter_added(const json& subject, const MutationSite&) {
  json out = subject;
  out["properties"]["parameters"]["surplus"] = {{"type", "String"}, {"defaultValue", "x"}};
  return {out};
}

Variants display_name_changed(const json& subject, const MutationSite&) {
  json out = subject;
  out["properties"]["displayName"] = "Another title";
  out["properties"]["description"] = "Another description.";
  return {out};
}

Variants metadata_changed(const json& subject, const MutationSite&) {
  json out = subject;
  out["properties"]["metadata"] = {{"version", "9.9.9"}, {"category", "Another"}};
  return {out};
}

Variants keys_reordered(const json& subject, const MutationSite&) {
  json out = subject;
  const json rule = subject["properties"]["policyRule"];
  json turned;
  if (rule.contains("then")) turned["then"] = rule["then"];
  turned["if"] = rule["if"];
  out["properties"]["policyRule"] = std::move(turned);
  return {out};
}

} // namespace writ::driver::verify::mutation
