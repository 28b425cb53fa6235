// SPDX-License-Identifier: MIT
// Checks of `details` against the resolved effect.
#include "effects.h"
#include "fields.h"
#include "text.h"
#include "value.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace writ::reference {
namespace {

using Problem = std::optional<Failure>;

Failure bad_details(const std::string& message) { return {"bad-details", message}; }

bool is_one_of(const json& value, std::initializer_list<std::string_view> words) {
  return value.is_string() && std::any_of(words.begin(), words.end(), [&](auto word) {
           return equal_ascii(value.get_ref<const std::string&>(), word);
         });
}

/// An optional member that, unless it is an expression, must be one of the words.
Problem check_word(const json& details, const char* key, std::initializer_list<std::string_view> words) {
  const json* value = find_member(details, key);
  if (value == nullptr || is_expression(*value) || is_one_of(*value, words)) return std::nullopt;
  return bad_details(std::string(key) + " has an unknown value");
}

Problem check_roles(const json& details) {
  const json* roles = find_member(details, "roleDefinitionIds");
  if (roles != nullptr && (is_expression(*roles) || (roles->is_array() && !roles->empty())))
    return std::nullopt;
  return bad_details("roleDefinitionIds is required");
}

Problem check_target(const json* field, const Catalogue& catalogue, const Options& options) {
  if (field == nullptr || !field->is_string()) return bad_details("'field' must be a string");
  if (is_expression(*field)) return std::nullopt;
  return check_field_name(literal_text(field->get_ref<const std::string&>()), catalogue, options);
}

Problem check_append(const json& details, const Catalogue& catalogue, const Options& options) {
  json list = details.is_object() ? json::array() : details;
  if (details.is_object()) list.push_back(details);
  if (!list.is_array() || list.empty()) return bad_details("append needs pairs of field and value");
  for (const json& pair : list) {
    if (auto problem = check_target(find_member(pair, "field"), catalogue, options)) return problem;
    if (find_member(pair, "value") == nullptr) return bad_details("append needs a value");
  }
  return std::nullopt;
}

Problem check_operation(const json& operation, const Catalogue& catalogue, const Options& options) {
  const json* kind = find_member(operation, "operation");
  const json* field = find_member(operation, "field");
  if (kind == nullptr || !(is_expression(*kind) || is_one_of(*kind, {"add", "addOrReplace", "remove"})))
    return bad_details("operation must be add, addOrReplace or remove");
  if (auto problem = check_target(field, catalogue, options)) return problem;
  if (is_one_of(*kind, {"add", "addOrReplace"}) && find_member(operation, "value") == nullptr)
    return bad_details("an operation that adds needs a value");
  if (is_one_of(*kind, {"remove"}) && !is_expression(*field) &&
      !starts_with_ascii(field->get_ref<const std::string&>(), "tags"))
    return bad_details("only tags can be removed");
  return std::nullopt;
}

Problem check_modify(const json& details, const Catalogue& catalogue, const Options& options) {
  if (!details.is_object()) return bad_details("details must be an object");
  if (auto problem = check_roles(details)) return problem;
  const json* operations = find_member(details, "operations");
  if (operations == nullptr || !operations->is_array() || operations->empty())
    return bad_details("operations must be an array that is not empty");
  for (const json& operation : *operations)
    if (auto problem = check_operation(operation, catalogue, options)) return problem;
  return check_word(details, "conflictEffect", {"audit", "deny", "disabled"});
}

/// `PT30M`, `PT1H`, … up to six hours.
bool is_delay(const json& value) {
  if (is_one_of(value, {"AfterProvisioning", "AfterProvisioningSuccess", "AfterProvisioningFailure"}))
    return true;
  if (!value.is_string()) return false;
  std::string_view text = value.get_ref<const std::string&>();
  if (!starts_with_ascii(text, "PT") || text.size() < 4) return false;
  text.remove_prefix(2);
  long minutes = 0;
  while (!text.empty()) {
    long number = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
    const auto used = static_cast<std::size_t>(parsed.ptr - text.data());
    if (parsed.ec != std::errc() || number < 0 || number > 100000 || used == text.size()) return false;
    const char unit = text[used];
    if (unit == 'H' || unit == 'h')
      minutes += number * 60;
    else if (unit == 'M' || unit == 'm')
      minutes += number;
    else
      return false;
    text.remove_prefix(used + 1);
  }
  return minutes <= 360;
}

Problem check_related(Effect effect, const json* details) {
  if (details == nullptr || !details->is_object()) return bad_details("details must be an object");
  const json* type = find_member(*details, "type");
  if (type == nullptr || !type->is_string() || type->get_ref<const std::string&>().empty())
    return bad_details("type is required");
  if (auto problem = check_word(*details, "existenceScope", {"ResourceGroup", "Subscription"}))
    return problem;
  const json* delay = find_member(*details, "evaluationDelay");
  if (delay != nullptr && !is_expression(*delay) && !is_delay(*delay))
    return bad_details("evaluationDelay is no delay of at most 360 minutes");
  if (effect == Effect::AuditIfNotExists) return std::nullopt;

  if (auto problem = check_roles(*details)) return problem;
  if (auto problem = check_word(*details, "deploymentScope", {"ResourceGroup", "Subscription"}))
    return problem;
  const json* deployment = find_member(*details, "deployment");
  const json* properties = deployment == nullptr ? nullptr : find_member(*deployment, "properties");
  if (properties == nullptr || !properties->is_object())
    return bad_details("deployment.properties is required");
  const json* scope = find_member(*details, "deploymentScope");
  if (scope != nullptr && is_one_of(*scope, {"Subscription"}) &&
      find_member(*deployment, "location") == nullptr)
    return bad_details("a deployment to a subscription needs a location");
  return std::nullopt;
}

Problem check_actions(const json* details) {
  const json* names = details == nullptr ? nullptr : find_member(*details, "actionNames");
  if (names == nullptr || !names->is_array() || names->empty()) return bad_details("actionNames is required");
  for (const json& name : *names)
    if (!is_one_of(name, {"delete"})) return bad_details("only the action delete can be denied");
  return std::nullopt;
}

} // namespace

Problem check_details(Effect effect, const json* details, const Catalogue& catalogue,
                      const Options& options) {
  switch (effect) {
  // A missing block is a finding of the validator, but the rule still evaluates by its condition.
  case Effect::Append:
    return details == nullptr ? Problem() : check_append(*details, catalogue, options);
  case Effect::Modify:
    return details == nullptr ? Problem() : check_modify(*details, catalogue, options);
  case Effect::AuditIfNotExists:
  case Effect::DeployIfNotExists:
    return check_related(effect, details);
  case Effect::DenyAction:
    return check_actions(details);
  case Effect::Manual:
    if (details == nullptr || !details->is_object()) return std::nullopt;
    return check_word(*details, "defaultState", {"Unknown", "Compliant", "NonCompliant", "Non-compliant"});
  default:
    return std::nullopt;
  }
}

Problem check_details_expressions(const json& details, ConditionChecker& checker) {
  if (!details.is_object()) return checker.check_literal(details);
  for (const auto& member : details.items()) {
    if (equal_ascii(member.key(), "existenceCondition")) {
      if (auto problem = checker.check_condition(member.value())) return problem;
    } else if (equal_ascii(member.key(), "deployment") && member.value().is_object()) {
      for (const auto& part : member.value().items()) {
        json checked = part.value();
        if (checked.is_object())
          for (const char* key : {"template", "Template"})
            checked.erase(key);
        if (auto problem = checker.check_literal(checked)) return problem;
      }
    } else if (auto problem = checker.check_literal(member.value())) {
      return problem;
    }
  }
  return std::nullopt;
}

} // namespace writ::reference
