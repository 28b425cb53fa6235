// SPDX-License-Identifier: MIT
// Values for parameters: given, defaults, checked against the declarations.
// Source: docs/azure-policy-semantics.md, "Parameters", "Parameter flow in an initiative".
#pragma once

#include "ir/policy.h"

#include <optional>
#include <string>
#include <vector>

namespace writ::assign {

/// Why a value does not fit. `code` is the word of the semantics page.
struct Misfit {
  std::string code; ///< unknown-parameter, parameter-type, parameter-not-allowed, parameter-missing …
  std::string text;
  Span span; ///< of the value, or empty
  [[nodiscard]] std::string reason() const { return code + ": " + text; }
};

/// The value as the parameter takes it, a literal; nothing when it is of another type or not allowed, and
/// then `misfit` says so.
std::optional<ir::NodeId> fit(ir::Graph& graph, const ir::PolicyParameter& parameter,
                              const ir::Argument& argument, Misfit& misfit);

/// Checks literal arguments against declarations and converts them. Stops at the first that does not fit.
std::optional<Misfit> fit_all(ir::Graph& graph, const std::vector<ir::PolicyParameter>& parameters,
                              std::vector<ir::Argument>& arguments);

/// The parameter of this name, any case; null when there is none.
const ir::PolicyParameter* find_parameter(const std::vector<ir::PolicyParameter>& parameters,
                                          std::string_view name);
/// The first parameter without default that no argument names; null when there is none.
const ir::PolicyParameter* find_missing(const std::vector<ir::PolicyParameter>& parameters,
                                        const std::vector<ir::Argument>& arguments);

} // namespace writ::assign
