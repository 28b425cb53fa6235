// SPDX-License-Identifier: MIT
// Breaks emitted definitions on purpose: what `writ verify` must notice.
#pragma once

#include "writ/catalog.h"

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace writ::driver::verify {

using json = nlohmann::ordered_json;

enum class MutationFamily : std::uint8_t { Condition, Expression, Definition };

/// A row of mutations.def.
struct Mutation {
  std::string_view name;
  MutationFamily family;
  std::string_view models;
};
std::span<const Mutation> all_mutations();

/// What an operator may look at beside what it changes.
struct MutationSite {
  const Catalog& catalog;
  const json& definition;
  std::vector<std::string> types; ///< resource types that the rule names
  [[nodiscard]] const json& parameters() const;
};

struct Mutant {
  std::size_t mutation = 0; ///< into all_mutations()
  std::string place;        ///< JSON pointer of what was changed
  json definition;
};
/// Every mutant of a definition, in the order of the table; those that leave it as it is are left out.
std::vector<Mutant> mutants_of(const json& definition, const Catalog& catalog);

} // namespace writ::driver::verify
