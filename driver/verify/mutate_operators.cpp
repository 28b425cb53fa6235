// SPDX-License-Identifier: MIT
// Mutations of the operators of leaf conditions.
#include "verify/mutation_support.h"

#include <array>
#include <utility>

namespace writ::driver::verify::mutation {

namespace {

bool is_plain_text(const json& value) {
  return value.is_string() && !value.get_ref<const std::string&>().starts_with('[');
}

/// Another operator with the same right side.
Variants exchanged(const json& subject, std::string_view from, std::string_view to) {
  if (operator_of(subject) != from) return {};
  return {with_operator(subject, to, subject[std::string(from)])};
}

/// The same, and the other way round, and for the negated operators.
Variants exchanged_pairs(const json& subject,
                         std::span<const std::pair<std::string_view, std::string_view>> pairs) {
  const std::string op = operator_of(subject);
  for (const auto& [one, other] : pairs) {
    if (op == one) return {with_operator(subject, other, subject[op])};
    if (op == other) return {with_operator(subject, one, subject[op])};
  }
  return {};
}

} // namespace

Variants operator_negated(const json& subject, const MutationSite&) {
  const std::string op = operator_of(subject);
  const std::string_view opposite = opposite_of(op);
  if (opposite.empty()) return {};
  return {with_operator(subject, opposite, subject[op])};
}

Variants exists_flipped(const json& subject, const MutationSite&) {
  if (operator_of(subject) != "exists" || !subject["exists"].is_boolean()) return {};
  return {with_operator(subject, "exists", !subject["exists"].get<bool>())};
}

Variants equals_to_match(const json& subject, const MutationSite&) {
  if (operator_of(subject) == "equals" && is_plain_text(subject["equals"]))
    return exchanged(subject, "equals", "match");
  if (operator_of(subject) == "notEquals" && is_plain_text(subject["notEquals"]))
    return exchanged(subject, "notEquals", "notMatch");
  return {};
}

Variants match_case(const json& subject, const MutationSite&) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> pairs = {
      {{"match", "matchInsensitively"}, {"notMatch", "notMatchInsensitively"}}};
  return exchanged_pairs(subject, pairs);
}

Variants equals_to_contains(const json& subject, const MutationSite&) {
  if (operator_of(subject) == "equals" && is_plain_text(subject["equals"]))
    return exchanged(subject, "equals", "contains");
  if (operator_of(subject) == "notEquals" && is_plain_text(subject["notEquals"]))
    return exchanged(subject, "notEquals", "notContains");
  return {};
}

Variants contains_to_equals(const json& subject, const MutationSite&) {
  Variants out = exchanged(subject, "contains", "equals");
  return out.empty() ? exchanged(subject, "notContains", "notEquals") : out;
}

Variants equals_to_prefix(const json& subject, const MutationSite&) {
  const std::string op = operator_of(subject);
  if ((op != "equals" && op != "notEquals") || !is_plain_text(subject[op])) return {};
  return {with_operator(subject, op == "equals" ? "like" : "notLike", subject[op].get<std::string>() + "*")};
}

Variants wildcard_dropped(const json& subject, const MutationSite&) {
  const std::string op = operator_of(subject);
  if ((op != "like" && op != "notLike") || !is_plain_text(subject[op])) return {};
  Variants out;
  const std::string pattern = subject[op].get<std::string>();
  for (std::size_t at = pattern.find('*'); at != std::string::npos; at = pattern.find('*', at + 1))
    out.push_back(with_operator(subject, op, std::string(pattern).erase(at, 1)));
  return out;
}

Variants like_to_equals(const json& subject, const MutationSite&) {
  Variants out = exchanged(subject, "like", "equals");
  return out.empty() ? exchanged(subject, "notLike", "notEquals") : out;
}

Variants in_to_equals(const json& subject, const MutationSite&) {
  const std::string op = operator_of(subject);
  if ((op != "in" && op != "notIn") || !subject[op].is_array() || subject[op].empty()) return {};
  return {with_operator(subject, op == "in" ? "equals" : "notEquals", subject[op].front())};
}

Variants bound_moved(const json& subject, const MutationSite&) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> pairs = {
      {{"less", "lessOrEquals"}, {"greater", "greaterOrEquals"}}};
  return exchanged_pairs(subject, pairs);
}

Variants direction_turned(const json& subject, const MutationSite&) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> pairs = {
      {{"less", "greater"}, {"lessOrEquals", "greaterOrEquals"}}};
  return exchanged_pairs(subject, pairs);
}

Variants order_negation_pushed(const json& subject, const MutationSite&) {
  if (!subject.contains("not")) return {};
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> pairs = {
      {{"less", "greaterOrEquals"}, {"greater", "lessOrEquals"}}};
  return exchanged_pairs(subject["not"], pairs);
}

} // namespace writ::driver::verify::mutation
