// SPDX-License-Identifier: MIT
#include "counts.h"

#include "evaluator.h"
#include "fields.h"
#include "text.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace writ::reference {
namespace {

constexpr std::size_t kMaxValueIterations = 100;
/// Larger than any collection: stands for "very many".
constexpr std::int64_t kVeryMany = std::int64_t{1} << 53;

CountResult aborted(Failure failure) {
  CountResult r;
  r.failed = r.aborted = true;
  r.failure = std::move(failure);
  return r;
}

/// Adds one member, whose scope is the innermost of `env`.
void add_member(CountResult& result, const json* where, Environment& env) {
  Judgement j{Truth::True, {}};
  if (where != nullptr) j = judge(*where, env);
  if (j.truth == Truth::True) ++result.low;
  if (j.truth != Truth::False) ++result.high;
  if (j.truth == Truth::Error && !result.failed) {
    result.failed = true;
    result.failure = std::move(j.failure);
  }
}

/// The alias up to its n-th `[*]`, lower case; empty when it has fewer.
std::string prefix_to_star(const std::string& alias, std::size_t n) {
  std::size_t at = 0;
  for (std::size_t seen = 0; seen < n; ++seen) {
    at = alias.find("[*]", at);
    if (at == std::string::npos) return {};
    at += 3;
  }
  return alias.substr(0, at);
}

CountResult count_field(const json& name, const json* where, Environment& env) {
  const std::string alias = lower_ascii(literal_text(name.get_ref<const std::string&>()));
  const FieldName field = classify_field(alias, *env.options);
  ResolvedAlias resolved{ResolvedAlias::Kind::Found, parse_path(alias), {}};
  if (field.kind == FieldKind::Alias) resolved = resolve_alias(alias, *env.subject, env);
  CountResult result;
  if (resolved.kind == ResolvedAlias::Kind::Unknown)
    return aborted({"unknown-alias", "'" + alias + "' is no known alias"});
  if (resolved.kind == ResolvedAlias::Kind::Foreign) return result;

  Scope scope;
  const json* start = env.subject;
  std::size_t from = 0;
  std::size_t bound_stars = 0;
  if (const auto binding = find_binding(alias, env.scopes)) {
    start = binding->element;
    bound_stars = binding->stars;
    from = after_star(resolved.path, bound_stars);
    scope.bindings.assign(binding->scope->bindings.begin(),
                          binding->scope->bindings.begin() + static_cast<std::ptrdiff_t>(bound_stars));
  } else if (is_untold(*env.subject, resolved.path)) {
    result.unbounded = true;
    return result;
  }
  Chain chain;
  walk_elements(start, resolved.path, from, chain, [&](const Chain& elements) {
    Scope here = scope;
    for (std::size_t k = 0; k < elements.size(); ++k)
      here.bindings.push_back({prefix_to_star(alias, bound_stars + k + 1), elements[k]});
    if (!here.bindings.empty()) here.bindings.back().alias = alias;
    here.element = elements.empty() ? start : elements.back();
    env.scopes.push_back(std::move(here));
    add_member(result, where, env);
    env.scopes.pop_back();
  });
  return result;
}

CountResult count_value(const json& value, const json* name, const json* where, Environment& env) {
  const Outcome collection = evaluate_json(value, env);
  CountResult result;
  if (collection.is_error()) return aborted(collection.failure);
  if (collection.is_unknown()) {
    result.unbounded = true;
    return result;
  }
  if (collection.value.is_null()) return result;
  if (!collection.value.is_array()) return aborted({"count-not-array", "a count over values needs an array"});
  const std::size_t outer = env.value_iterations;
  env.value_iterations = outer * std::max<std::size_t>(1, collection.value.size());
  if (env.value_iterations > kMaxValueIterations) {
    env.value_iterations = outer;
    return aborted({"limit-exceeded", "too many iterations of counts over values"});
  }
  for (const json& element : collection.value) {
    Scope scope;
    scope.by_value = true;
    scope.name = name == nullptr ? "default" : lower_ascii(name->get<std::string>());
    scope.element = &element;
    env.scopes.push_back(std::move(scope));
    add_member(result, where, env);
    env.scopes.pop_back();
  }
  env.value_iterations = outer;
  return result;
}

/// Numbers that stand for all possible ones: the operator can change its answer only near the right side.
std::vector<std::int64_t> possible_counts(const CountResult& count, Operator op, const json& right,
                                          bool lenient) {
  std::vector<std::int64_t> out;
  if (!count.unbounded) {
    for (std::int64_t n = count.low; n <= count.high; ++n)
      out.push_back(n);
    return out;
  }
  const bool ordering = op.relation == Relation::Less || op.relation == Relation::LessOrEquals ||
                        op.relation == Relation::Greater || op.relation == Relation::GreaterOrEquals;
  // No number can be ordered against a text.
  if (ordering && !right.is_number() && !lenient) return {0};
  const bool numeric = right.is_number() && op.relation != Relation::In;
  if (!numeric && op.relation != Relation::Exists) return out;
  out = {0, 1, kVeryMany};
  if (right.is_number() && std::abs(as_double(right)) < static_cast<double>(kVeryMany)) {
    const auto near = static_cast<std::int64_t>(std::floor(as_double(right)));
    for (std::int64_t n = near - 1; n <= near + 2; ++n)
      if (n >= 0) out.push_back(n);
  }
  return out;
}

} // namespace

CountResult evaluate_count(const json& count, Environment& env) {
  const json* field = find_member(count, "field");
  const json* where = find_member(count, "where");
  if (field != nullptr) return count_field(*field, where, env);
  return count_value(*find_member(count, "value"), find_member(count, "name"), where, env);
}

Judgement compare_count(const CountResult& count, Operator op, const json& right, const Environment& env) {
  const Judgement undecided{count.failed ? Truth::Error : Truth::Unknown, count.failure};
  if (count.aborted) return undecided;
  std::optional<Judgement> answer;
  for (const std::int64_t n : possible_counts(count, op, right, env.options->lenient_ordering)) {
    Judgement j;
    const json left = n;
    j.truth = apply(op, &left, right, *env.options, &j.failure);
    if (answer && answer->truth != j.truth) return undecided;
    answer = std::move(j);
  }
  return answer ? *answer : undecided;
}

} // namespace writ::reference
