// SPDX-License-Identifier: MIT
#include "definition.h"

#include "applicability.h"
#include "related.h"
#include "text.h"
#include "value.h"

#include <initializer_list>

namespace writ::reference {
namespace {

const json kNoResource = json::object();

Failure bad_definition(const std::string& message) { return {"bad-definition", message}; }

/// The first recognised member that occurs twice ignoring case.
std::optional<Failure> find_twice(const json& object, std::initializer_list<std::string_view> names) {
  for (auto name : names) {
    int found = 0;
    for (const auto& member : object.items())
      if (equal_ascii(member.key(), name) && ++found > 1)
        return Failure{"duplicate-key", "'" + std::string(name) + "' is given twice"};
  }
  return std::nullopt;
}

Verdict plain_verdict(std::string word, std::string reason) {
  Verdict v;
  v.verdict = std::move(word);
  v.reason = std::move(reason);
  return v;
}

Verdict not_applicable(std::string reason) {
  Verdict v = plain_verdict("not-applicable", std::move(reason));
  v.applicable = false;
  return v;
}

Verdict error_verdict(const Failure& failure) {
  return plain_verdict("error", failure.code + ": " + failure.message);
}

} // namespace

std::variant<std::unique_ptr<Definition>, Failure>
Definition::load(const json& document, const Catalogue& catalogue, const Options& options) {
  std::unique_ptr<Definition> definition(new Definition(catalogue, options));
  if (auto failure = definition->read(document)) return *failure;
  return definition;
}

std::optional<Failure> Definition::read(const json& document) {
  if (!document.is_object()) return bad_definition("a definition must be an object");
  if (auto failure = find_twice(document, {"properties"})) return failure;
  const json* body = find_member(document, "properties");
  if (body == nullptr || !body->is_object()) body = &document;
  if (find_member(*body, "policyRule") == nullptr && find_member(*body, "if") != nullptr &&
      find_member(*body, "then") != nullptr)
    return read_rule(*body);

  if (auto failure =
          find_twice(*body, {"displayName", "description", "mode", "metadata", "parameters", "policyRule"}))
    return failure;
  auto declarations = read_parameters(find_member(*body, "parameters"));
  if (auto* failure = std::get_if<Failure>(&declarations)) return *failure;
  declarations_ = std::get<ParameterDeclarations>(std::move(declarations));
  is_static_ = equal_ascii(string_member(*body, "policyType"), "Static");
  if (const json* mode = find_member(*body, "mode"); !is_absent(mode)) {
    if (!mode->is_string()) return bad_definition("'mode' must be a string");
    mode_ = find_mode(mode->get<std::string>());
  } else {
    mode_ = options_.missing_mode_is_all ? ModeKind::All : ModeKind::Indexed;
  }
  const json* rule = find_member(*body, "policyRule");
  if (rule == nullptr || !rule->is_object()) return bad_definition("'policyRule' must be an object");
  return read_rule(*rule);
}

std::optional<Failure> Definition::read_rule(const json& rule) {
  if (auto failure = find_twice(rule, {"if", "then"})) return failure;
  condition_ = find_member(rule, "if");
  const json* then = find_member(rule, "then");
  if (condition_ == nullptr) return bad_definition("'if' is missing");
  if (then == nullptr || !then->is_object()) return bad_definition("'then' must be an object");
  if (auto failure = find_twice(*then, {"effect", "details"})) return failure;
  effect_ = find_member(*then, "effect");
  if (effect_ == nullptr || !effect_->is_string()) return bad_definition("'effect' must be a string");
  details_ = find_member(*then, "details");
  if (details_ != nullptr && details_->is_null()) details_ = nullptr;
  if (details_ != nullptr && details_->is_object())
    if (auto failure = find_twice(*details_, {"existenceCondition"})) return failure;

  const std::set<std::string> names = lower_names(declarations_);
  ConditionChecker checker(catalogue_, options_, cache_, &names);
  auto failure = checker.check_condition(*condition_);
  if (failure && failure->code == "unknown-alias" && options_.unknown_alias == UnknownAlias::Skip) {
    is_skipped_ = true;
    return std::nullopt;
  }
  if (failure) return failure;
  if (auto problem = checker.check_literal(*effect_)) return problem;
  mentions_location_ = mentions_location(*condition_, cache_);
  return check_effect();
}

std::optional<Failure> Definition::check_effect() {
  std::optional<Effect> literal;
  if (!is_expression(*effect_)) {
    literal = find_effect(literal_text(effect_->get_ref<const std::string&>()));
    if (!literal)
      return Failure{"unknown-effect", "effect '" + effect_->get<std::string>() + "' is not known"};
    if (!fits_mode(*literal, mode_)) return Failure{"effect-mode", "the effect does not fit the mode"};
    if (auto failure = check_details(*literal, details_, catalogue_, options_)) return failure;
  }
  const bool ignored = literal == Effect::Audit || literal == Effect::Deny || literal == Effect::Disabled;
  if (details_ == nullptr || (ignored && is_resource_manager(mode_))) return std::nullopt;
  const std::set<std::string> names = lower_names(declarations_);
  ConditionChecker checker(catalogue_, options_, cache_, &names);
  if (auto failure = check_details_expressions(*details_, checker)) return failure;
  if (!details_->is_object()) return std::nullopt;
  const json* deployment = find_member(*details_, "deployment");
  const json* properties = deployment == nullptr ? nullptr : find_member(*deployment, "properties");
  const json* parameters = properties == nullptr ? nullptr : find_member(*properties, "parameters");
  if (parameters != nullptr && mentions_location(*parameters, cache_)) mentions_location_ = true;
  return std::nullopt;
}

BoundDefinition Definition::bind(const json& given, const std::optional<std::string>& effect_override) {
  BoundDefinition bound;
  auto values = bind_parameters(declarations_, given);
  if (auto* failure = std::get_if<Failure>(&values)) {
    bound.failure = *failure;
    return bound;
  }
  bound.parameters = std::get<ParameterValues>(std::move(values));
  if (effect_override) {
    bound.effect_text = *effect_override;
  } else {
    const Context no_context;
    Environment env{&kNoResource, &kNoResource, &bound.parameters, &catalogue_, &no_context,
                    &options_,    &cache_};
    const Outcome text = evaluate_json(*effect_, env);
    if (text.is_error()) {
      bound.failure = text.failure;
      return bound;
    }
    if (text.value.is_string()) bound.effect_text = text.value.get<std::string>();
  }
  bound.effect = find_effect(bound.effect_text);
  if (!bound.effect)
    bound.failure = Failure{"unknown-effect", "effect '" + bound.effect_text + "' is not known"};
  else if (!fits_mode(*bound.effect, mode_))
    bound.failure = Failure{"effect-mode", "the effect does not fit the mode"};
  else
    bound.failure = check_details(*bound.effect, details_, catalogue_, options_);
  return bound;
}

bool Definition::changes_identity() const {
  const json* operations = details_ == nullptr ? nullptr : find_member(*details_, "operations");
  if (operations == nullptr || !operations->is_array()) return false;
  for (const json& operation : *operations)
    if (equal_ascii(string_member(operation, "field"), "identity.type")) return true;
  return false;
}

std::optional<std::string> Definition::not_applicable_reason(Effect effect, Environment& env) {
  const json& resource = *env.subject;
  if (auto reason = outside_of_mode(mode_, resource, catalogue_)) return reason;
  if (effect == Effect::Disabled) return "disabled";
  if (effect == Effect::EnforceRegoPolicy || effect == Effect::EnforceSetting || mode_ == ModeKind::Provider)
    return "evaluated by the provider";
  if (is_resource_manager(mode_)) {
    if (mentions_location_ && is_subscription(resource)) return "a location condition on a subscription";
    const std::string type = string_member(resource, "type");
    if (effect == Effect::Modify && changes_identity() &&
        !equal_ascii(type, "Microsoft.Compute/virtualMachines") &&
        !equal_ascii(type, "Microsoft.Compute/virtualMachineScaleSets"))
      return "identity can be modified on virtual machines only";
  }
  if (looks_for_related(effect) || mode_ == ModeKind::Kubernetes)
    return std::nullopt; // the whole condition decides
  const bool applies = is_resource_manager(mode_)
                           ? may_apply(*condition_, env)
                           : may_apply_by(*condition_, true, mode_ == ModeKind::Network, env);
  if (!applies) return "the rule is about other resources";
  return std::nullopt;
}

Verdict Definition::evaluate(const BoundDefinition& bound, const EvaluationInput& input) {
  if (is_static_) return not_applicable("static");
  if (is_skipped_) return not_applicable("unknown alias");
  if (bound.failure) return error_verdict(*bound.failure);
  Environment env{&input.resource, &input.resource, &bound.parameters, &catalogue_,
                  &input.context,  &options_,       &cache_,           &input.snapshot};
  if (auto reason = not_applicable_reason(*bound.effect, env)) return not_applicable(*reason);
  return evaluate_applicable(bound, input, env);
}

Verdict Definition::evaluate_applicable(const BoundDefinition& bound, const EvaluationInput& input,
                                        Environment& env) {
  const Effect effect = *bound.effect;
  if (effect == Effect::Manual) {
    std::string state = details_ == nullptr ? "" : string_member(*details_, "defaultState");
    if (input.attested_state) state = *input.attested_state;
    if (equal_ascii(state, "Compliant")) return plain_verdict("compliant", "attestation");
    if (equal_ascii(state, "NonCompliant") || equal_ascii(state, "Non-compliant")) {
      Verdict v = noncompliant(bound, env);
      v.reason = "attestation";
      return v;
    }
    return plain_verdict("unknown", "attestation");
  }
  const Judgement j = judge(*condition_, env);
  if (j.truth == Truth::Error) return error_verdict(j.failure);
  if (j.truth == Truth::Unknown) return plain_verdict("unknown", "the input does not tell");
  const bool whole_condition = looks_for_related(effect) || mode_ == ModeKind::Kubernetes;
  if (j.truth == Truth::False) {
    if (whole_condition || effect == Effect::AddToNetworkGroup)
      return not_applicable("the condition does not hold");
    return plain_verdict("compliant", "");
  }
  if (mode_ == ModeKind::Kubernetes) return plain_verdict("unknown", "not evaluable here: Rego template");
  switch (effect) {
  case Effect::AuditIfNotExists:
  case Effect::DeployIfNotExists:
    return evaluate_related(bound, env);
  case Effect::DenyAction:
    return plain_verdict("compliant", "protected");
  case Effect::AuditAction:
    return plain_verdict("compliant", "the action is audited");
  case Effect::AddToNetworkGroup:
    return plain_verdict("compliant", "member");
  default:
    return noncompliant(bound, env);
  }
}

Verdict Definition::evaluate_related(const BoundDefinition& bound, Environment& env) {
  std::string why = "the input does not tell";
  const Judgement j = find_satisfying(*details_, env, why);
  switch (j.truth) {
  case Truth::Error:
    return error_verdict(j.failure);
  case Truth::Unknown:
    return plain_verdict("unknown", why);
  case Truth::True:
    return plain_verdict("compliant", "");
  case Truth::False:
    break;
  }
  return noncompliant(bound, env);
}

Verdict Definition::noncompliant(const BoundDefinition& bound, Environment& env) {
  Verdict v = plain_verdict("noncompliant", "");
  v.effect = bound.effect_text;
  const Effect effect = *bound.effect;
  const bool none = effect == Effect::Audit || effect == Effect::Deny;
  if (details_ == nullptr || (none && is_resource_manager(mode_))) return v;
  const Outcome details = resolve_details(effect, *details_, env);
  if (details.is_error()) return error_verdict(details.failure);
  if (details.is_value()) v.details = details.value;
  return v;
}

} // namespace writ::reference
