// SPDX-License-Identifier: MIT
#include "reference.h"

#include "text.h"

namespace writ::reference {
namespace {

ParameterValues plain_values(const json& parameters) {
  ParameterValues out;
  if (parameters.is_object())
    for (const auto& member : parameters.items())
      out.emplace(lower_ascii(member.key()), member.value());
  return out;
}

std::set<std::string> names_of(const ParameterValues& values) {
  std::set<std::string> out;
  for (const auto& entry : values)
    out.insert(entry.first);
  return out;
}

} // namespace

Truth evaluate_condition(const json& condition, const json& resource, const json& parameters,
                         const Catalogue& catalogue, const Context& context, const Options& options,
                         std::string* error) {
  const ParameterValues values = plain_values(parameters);
  const std::set<std::string> names = names_of(values);
  ExpressionCache cache;
  ConditionChecker checker(catalogue, options, cache, &names);
  if (auto failure = checker.check_condition(condition)) {
    if (error != nullptr) *error = "definition error " + failure->code + ": " + failure->message;
    return Truth::Error;
  }
  Environment env{&resource, &resource, &values, &catalogue, &context, &options, &cache};
  const Judgement j = judge(condition, env);
  if (error != nullptr && j.truth == Truth::Error) *error = j.failure.code + ": " + j.failure.message;
  return j.truth;
}

Outcome evaluate_expression(const json& value, const json& resource, const json& parameters,
                            const Catalogue& catalogue, const Context& context, const Options& options) {
  const ParameterValues values = plain_values(parameters);
  const std::set<std::string> names = names_of(values);
  ExpressionCache cache;
  ConditionChecker checker(catalogue, options, cache, &names);
  if (auto failure = checker.check_literal(value)) return Outcome::error(*failure);
  Environment env{&resource, &resource, &values, &catalogue, &context, &options, &cache};
  return evaluate_json(value, env);
}

std::optional<Failure> check_condition(const json& condition, const Catalogue& catalogue,
                                       const Options& options) {
  ExpressionCache cache;
  return ConditionChecker(catalogue, options, cache, nullptr).check_condition(condition);
}

std::variant<Verdict, Failure> evaluate_definition(const json& definition, const json& parameters,
                                                   const json& resource, const Snapshot& snapshot,
                                                   const Catalogue& catalogue, const Context& context,
                                                   const Options& options) {
  auto loaded = Definition::load(definition, catalogue, options);
  if (auto* failure = std::get_if<Failure>(&loaded)) return *failure;
  auto& rule = *std::get<std::unique_ptr<Definition>>(loaded);
  return rule.evaluate(rule.bind(parameters), {resource, snapshot, context, std::nullopt});
}

} // namespace writ::reference
