// SPDX-License-Identifier: MIT
#include "verify/mutations.h"
#include "verify/mutation_support.h"

#include <array>
#include <functional>

namespace writ::driver::verify {

namespace {

struct Operator {
  Mutation row;
  Variants (*apply)(const json& subject, const MutationSite& site);
};

constexpr std::array kOperators = {
#define WRIT_MUTATION(name, family, models)                                                                  \
  Operator{{#name, MutationFamily::family, models}, &mutation::name},
#include "verify/mutations.def"
#undef WRIT_MUTATION
};

constexpr auto kRows = [] {
  std::array<Mutation, kOperators.size()> rows{};
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i] = kOperators[i].row;
  return rows;
}();

using Pointer = json::json_pointer;

void visit_conditions(const json& node, const Pointer& at, const std::function<void(const Pointer&)>& visit) {
  if (!node.is_object()) return;
  visit(at);
  for (const char* key : {"allOf", "anyOf"})
    if (node.contains(key) && node[key].is_array())
      for (std::size_t i = 0; i < node[key].size(); ++i)
        visit_conditions(node[key][i], at / key / i, visit);
  if (node.contains("not")) visit_conditions(node["not"], at / "not", visit);
  if (node.contains("count") && node["count"].is_object() && node["count"].contains("where"))
    visit_conditions(node["count"]["where"], at / "count" / "where", visit);
}

/// Texts that are or could be expressions; deployment templates have a language of their own.
void visit_expressions(const json& node, const Pointer& at,
                       const std::function<void(const Pointer&)>& visit) {
  if (node.is_string()) {
    if (node.get_ref<const std::string&>().starts_with('[')) visit(at);
    return;
  }
  if (!node.is_structured()) return;
  for (const auto& [key, member] : node.items())
    if (key != "template")
      visit_expressions(member, node.is_array() ? at / std::stoul(key) : at / key, visit);
}

std::vector<Pointer> places_of(MutationFamily family, const json& definition) {
  std::vector<Pointer> out;
  const auto note = [&](const Pointer& at) { out.push_back(at); };
  const Pointer rule("/properties/policyRule");
  switch (family) {
  case MutationFamily::Definition:
    out.emplace_back();
    break;
  case MutationFamily::Expression:
    if (definition.contains(rule)) visit_expressions(definition.at(rule), rule, note);
    break;
  case MutationFamily::Condition:
    for (const Pointer& condition : {rule / "if", rule / "then" / "details" / "existenceCondition"})
      if (definition.contains(condition)) visit_conditions(definition.at(condition), condition, note);
  }
  return out;
}

void collect_types(const json& node, std::vector<std::string>& out) {
  if (node.is_structured())
    for (const json& member : node)
      collect_types(member, out);
  if (!node.is_object() || field_of(node) != "type") return;
  const std::string op = operator_of(node);
  if (op.empty()) return;
  const json& right = node[op];
  if (right.is_string()) out.push_back(right.get<std::string>());
  if (right.is_array())
    for (const json& type : right)
      if (type.is_string()) out.push_back(type.get<std::string>());
}

} // namespace

std::span<const Mutation> all_mutations() { return kRows; }

const json& MutationSite::parameters() const {
  static const json none = json::object();
  const Pointer at("/properties/parameters");
  return definition.contains(at) && definition.at(at).is_object() ? definition.at(at) : none;
}

std::vector<Mutant> mutants_of(const json& definition, const Catalog& catalog) {
  MutationSite site{catalog, definition, {}};
  collect_types(definition, site.types);
  std::vector<Mutant> out;
  for (std::size_t i = 0; i < kOperators.size(); ++i)
    for (const Pointer& place : places_of(kOperators[i].row.family, definition))
      for (json& variant : kOperators[i].apply(definition.at(place), site)) {
        Mutant mutant{i, place.to_string(), definition};
        mutant.definition[place] = std::move(variant);
        // A text is compared as well: for what the order of members is, equality is blind.
        if (mutant.definition.dump() != definition.dump()) out.push_back(std::move(mutant));
      }
  return out;
}

} // namespace writ::driver::verify
