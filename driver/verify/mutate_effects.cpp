// SPDX-License-Identifier: MIT
// Mutations of effects and their details.
#include "verify/mutation_support.h"
#include "writ/text.h"

#include <array>

namespace writ::driver::verify::mutation {

namespace {

json& then_of(json& definition) { return definition["properties"]["policyRule"]["then"]; }

/// The operations of modify, or the pairs of append.
json* operations_of(json& details) {
  if (details.is_array()) return &details;
  return details.is_object() && details.contains("operations") && details["operations"].is_array()
             ? &details["operations"]
             : nullptr;
}

/// A variant for each operation that `change` changes.
template <typename Change> Variants each_operation(const json& definition, const Change& change) {
  Variants out;
  json details = details_of(definition);
  const json* operations = operations_of(details);
  for (std::size_t i = 0; operations && i < operations->size(); ++i)
    for (json& variant :
         with_details(definition, [&](json& changed) { return change(*operations_of(changed), i); }))
      out.push_back(std::move(variant));
  return out;
}

/// `deployment.properties` of details, or null.
json* deployment_of(json& details) {
  if (!details.is_object() || !details.contains("deployment")) return nullptr;
  json& deployment = details["deployment"];
  return deployment.is_object() && deployment.contains("properties") ? &deployment["properties"] : nullptr;
}

/// A variant for each parameter of the deployment that `change` changes.
template <typename Change> Variants each_deployment_parameter(const json& definition, const Change& change) {
  Variants out;
  json details = details_of(definition);
  const json* deployment = deployment_of(details);
  if (!deployment || !deployment->contains("parameters")) return out;
  for (const auto& parameter : (*deployment)["parameters"].items())
    for (json& variant : with_details(definition, [&](json& changed) {
           change((*deployment_of(changed))["parameters"], parameter.key());
           return true;
         }))
      out.push_back(std::move(variant));
  return out;
}

/// Exchanges a member's value for another.
Variants exchanged(const json& definition, const char* member, const char* one, const char* other) {
  return with_details(definition, [&](json& details) {
    if (!details.is_object()) return false;
    const bool is_other = details.contains(member) && details[member].is_string() &&
                          equal_ascii_fold(details[member].get<std::string>(), other);
    details[member] = is_other ? one : other;
    return true;
  });
}

bool looks_for_related(const json& definition) {
  return details_of(definition).is_object() && details_of(definition).contains("type");
}

json changed_value(const json& value) {
  if (value.is_boolean()) return !value.get<bool>();
  if (value.is_number_integer()) return value.get<std::int64_t>() + 1;
  if (value.is_string()) return value.get<std::string>() == "x" ? "y" : "x";
  return "x";
}

} // namespace

Variants effect_renamed(const json& subject, const MutationSite&) {
  Variants out;
  const json& then = subject["properties"]["policyRule"]["then"];
  for (const char* effect : {"Audit", "Deny", "Disabled"}) {
    if (then.contains("effect") && then["effect"] == effect) continue;
    json copy = subject;
    then_of(copy)["effect"] = effect;
    out.push_back(std::move(copy));
  }
  return out;
}

Variants effect_inlined(const json& subject, const MutationSite& site) {
  const json& effect = subject["properties"]["policyRule"]["then"]["effect"];
  for (const auto& [name, declaration] : site.parameters().items())
    if (effect == "[parameters('" + name + "')]" && declaration.contains("defaultValue")) {
      json copy = subject;
      then_of(copy)["effect"] = declaration["defaultValue"];
      return {copy};
    }
  return {};
}

Variants effect_disabled(const json& subject, const MutationSite& site) {
  const json& effect = subject["properties"]["policyRule"]["then"]["effect"];
  for (const auto& [name, declaration] : site.parameters().items())
    if (effect == "[parameters('" + name + "')]") {
      json copy = subject;
      copy["properties"]["parameters"][name]["defaultValue"] = "Disabled";
      return {copy};
    }
  return {};
}

Variants mode_changed(const json& subject, const MutationSite&) {
  json copy = subject;
  json& mode = copy["properties"]["mode"];
  mode = mode == "All" ? "Indexed" : "All";
  return {copy};
}

Variants details_lost(const json& subject, const MutationSite&) {
  if (details_of(subject).is_null()) return {};
  json copy = subject;
  then_of(copy).erase("details");
  return {copy};
}

Variants existence_condition_dropped(const json& subject, const MutationSite&) {
  return with_details(
      subject, [](json& details) { return details.is_object() && details.erase("existenceCondition") > 0; });
}

Variants related_type_changed(const json& subject, const MutationSite&) {
  if (!looks_for_related(subject)) return {};
  return with_details(subject, [](json& details) {
    details["type"] = "Microsoft.Resources/deployments";
    return true;
  });
}

Variants related_name_changed(const json& subject, const MutationSite&) {
  if (!looks_for_related(subject)) return {};
  return with_details(subject, [](json& details) {
    if (details.erase("name") == 0) details["name"] = "default";
    return true;
  });
}

Variants existence_scope_changed(const json& subject, const MutationSite&) {
  if (!looks_for_related(subject)) return {};
  return exchanged(subject, "existenceScope", "ResourceGroup", "Subscription");
}

Variants evaluation_delay_changed(const json& subject, const MutationSite&) {
  if (!looks_for_related(subject)) return {};
  return exchanged(subject, "evaluationDelay", "AfterProvisioning", "PT5M");
}

Variants role_lost(const json& subject, const MutationSite&) {
  return with_details(subject, [](json& details) {
    if (!details.is_object() || !details.contains("roleDefinitionIds")) return false;
    json& roles = details["roleDefinitionIds"];
    if (roles.is_array() && roles.size() > 1)
      roles.erase(roles.size() - 1);
    else
      details.erase("roleDefinitionIds");
    return true;
  });
}

Variants role_changed(const json& subject, const MutationSite&) {
  return with_details(subject, [](json& details) {
    if (!details.is_object() || !details.contains("roleDefinitionIds")) return false;
    details["roleDefinitionIds"][0] =
        "/providers/Microsoft.Authorization/roleDefinitions/00000000-0000-0000-0000-000000000000";
    return true;
  });
}

Variants conflict_effect_changed(const json& subject, const MutationSite&) {
  json details = details_of(subject);
  if (!details.is_object() || !details.contains("operations")) return {};
  return exchanged(subject, "conflictEffect", "audit", "deny");
}

Variants operation_dropped(const json& subject, const MutationSite&) {
  return each_operation(subject, [](json& operations, std::size_t i) {
    operations.erase(i);
    return true;
  });
}

Variants operation_value_changed(const json& subject, const MutationSite&) {
  return each_operation(subject, [](json& operations, std::size_t i) {
    if (!operations[i].contains("value")) return false;
    operations[i]["value"] = changed_value(operations[i]["value"]);
    return true;
  });
}

Variants operation_field_changed(const json& subject, const MutationSite&) {
  return each_operation(subject, [](json& operations, std::size_t i) {
    operations[i]["field"] = "tags['another']";
    return true;
  });
}

Variants operation_kind_changed(const json& subject, const MutationSite&) {
  return each_operation(subject, [](json& operations, std::size_t i) {
    json& operation = operations[i];
    if (!operation.contains("operation") || !operation["operation"].is_string()) return false;
    const bool add = equal_ascii_fold(operation["operation"].get<std::string>(), "add");
    operation["operation"] = add ? "addOrReplace" : "add";
    return true;
  });
}

Variants operation_condition_lost(const json& subject, const MutationSite&) {
  return each_operation(subject,
                        [](json& operations, std::size_t i) { return operations[i].erase("condition") > 0; });
}

Variants deployment_parameter_lost(const json& subject, const MutationSite&) {
  return each_deployment_parameter(subject,
                                   [](json& parameters, const std::string& name) { parameters.erase(name); });
}

Variants deployment_parameter_changed(const json& subject, const MutationSite&) {
  return each_deployment_parameter(subject, [](json& parameters, const std::string& name) {
    parameters[name] = {{"value", "x"}};
  });
}

Variants deployment_resource_lost(const json& subject, const MutationSite&) {
  return with_details(subject, [](json& details) {
    json* deployment = deployment_of(details);
    if (!deployment || !deployment->contains("template")) return false;
    json& resources = (*deployment)["template"]["resources"];
    if (!resources.is_array() || resources.empty()) return false;
    resources.erase(resources.size() - 1);
    return true;
  });
}

Variants deployment_mode_changed(const json& subject, const MutationSite&) {
  return with_details(subject, [](json& details) {
    json* deployment = deployment_of(details);
    if (!deployment) return false;
    (*deployment)["mode"] = "complete";
    return true;
  });
}

Variants action_changed(const json& subject, const MutationSite&) {
  return with_details(subject, [](json& details) {
    if (!details.is_object() || !details.contains("actionNames")) return false;
    if (details.erase("cascadeBehaviors") == 0) details["actionNames"] = json::array({"another/action"});
    return true;
  });
}

} // namespace writ::driver::verify::mutation
