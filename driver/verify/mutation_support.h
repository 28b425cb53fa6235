// SPDX-License-Identifier: MIT
// The functions of mutations.def, and what they share. Each gives every changed version of what it receives.
#pragma once

#include "verify/mutations.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::driver::verify {

using Variants = std::vector<json>;

namespace mutation {
#define WRIT_MUTATION(name, family, models) Variants name(const json& subject, const MutationSite& site);
#include "verify/mutations.def"
#undef WRIT_MUTATION
} // namespace mutation

/// The operator of a leaf condition, or "".
std::string operator_of(const json& node);
/// The same condition with another operator and right side.
json with_operator(const json& node, std::string_view op, const json& right);
/// The opposite of an operator by the negation law, or "".
std::string_view opposite_of(std::string_view op);
json negation(const json& condition);
bool is_field_leaf(const json& node);
/// The name of the field that a leaf reads, or "".
std::string field_of(const json& node);

/// "allOf" or "anyOf" of a node, or "".
std::string junction_of(const json& node);

/// `then.details` of a definition; null when there is none.
const json& details_of(const json& definition);
/// A copy of the definition with its details changed; nothing when it has none.
template <typename Change> Variants with_details(const json& definition, const Change& change) {
  if (details_of(definition).is_null()) return {};
  json copy = definition;
  if (!change(copy["properties"]["policyRule"]["then"]["details"])) return {};
  return {copy};
}

/// The arguments of a call in a template expression: text between the brackets, cut at the commas outside of
/// nested calls and strings.
struct CallText {
  std::size_t begin = 0; ///< of the first argument, an offset into the expression
  std::size_t end = 0;   ///< of the closing bracket
  std::string name;
  std::vector<std::string> arguments;
};
std::vector<CallText> calls_of(const std::string& expression);

} // namespace writ::driver::verify
