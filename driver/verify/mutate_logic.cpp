// SPDX-License-Identifier: MIT
// Mutations of allOf, anyOf and not.
#include "verify/mutation_support.h"

#include <algorithm>

namespace writ::driver::verify::mutation {

namespace {

/// One variant for each member of the junction `key` that is left out.
Variants without_members(const json& subject, const char* key) {
  Variants out;
  if (junction_of(subject) != key || subject[key].size() < 2) return out;
  for (std::size_t i = 0; i < subject[key].size(); ++i) {
    if (field_of(subject[key][i]) == "type") continue; // type_lost
    out.push_back(subject);
    out.back()[key].erase(i);
  }
  return out;
}

Variants renamed(const json& subject, const char* from, const char* to) {
  if (junction_of(subject) != from || subject[from].size() < 2) return {};
  json out = subject;
  out[to] = out[from];
  out.erase(from);
  return {out};
}

const char* other_junction(const std::string& key) { return key == "allOf" ? "anyOf" : "allOf"; }

/// `not` around a junction, pushed to its members.
json pushed(const json& junction, const std::string& key, const char* new_key, std::size_t spared) {
  json members = json::array();
  for (std::size_t i = 0; i < junction[key].size(); ++i)
    members.push_back(i < spared ? junction[key][i] : negation(junction[key][i]));
  return {{new_key, std::move(members)}};
}

bool negates_junction(const json& subject) {
  return subject.contains("not") && !junction_of(subject["not"]).empty();
}

} // namespace

Variants guard_dropped(const json& subject, const MutationSite&) { return without_members(subject, "allOf"); }

Variants alternative_dropped(const json& subject, const MutationSite&) {
  return without_members(subject, "anyOf");
}

Variants and_to_or(const json& subject, const MutationSite&) { return renamed(subject, "allOf", "anyOf"); }

Variants or_to_and(const json& subject, const MutationSite&) { return renamed(subject, "anyOf", "allOf"); }

Variants not_dropped(const json& subject, const MutationSite&) {
  return subject.contains("not") ? Variants{subject["not"]} : Variants{};
}

Variants not_added(const json& subject, const MutationSite&) {
  return operator_of(subject).empty() ? Variants{} : Variants{negation(subject)};
}

Variants de_morgan_wrong(const json& subject, const MutationSite&) {
  if (!negates_junction(subject)) return {};
  const std::string key = junction_of(subject["not"]);
  return {pushed(subject["not"], key, key.c_str(), 0)};
}

Variants de_morgan_half(const json& subject, const MutationSite&) {
  if (!negates_junction(subject)) return {};
  const std::string key = junction_of(subject["not"]);
  return {pushed(subject["not"], key, other_junction(key), 1)};
}

Variants condition_constant(const json& subject, const MutationSite&) {
  if (operator_of(subject).empty() || field_of(subject) == "type") return {};
  return {{{"value", true}, {"equals", true}}};
}

Variants double_negation(const json& subject, const MutationSite&) {
  return operator_of(subject).empty() ? Variants{} : Variants{negation(negation(subject))};
}

Variants members_reordered(const json& subject, const MutationSite&) {
  const std::string key = junction_of(subject);
  if (key.empty()) return {};
  json out = subject;
  std::reverse(out[key].begin(), out[key].end());
  return {out};
}

Variants member_repeated(const json& subject, const MutationSite&) {
  const std::string key = junction_of(subject);
  if (key.empty() || subject[key].empty()) return {};
  json out = subject;
  out[key].push_back(json(subject[key].front()));
  return {out};
}

} // namespace writ::driver::verify::mutation
