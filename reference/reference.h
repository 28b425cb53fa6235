// SPDX-License-Identifier: MIT
// The reference interpreter: a second, deliberately simple evaluator of Azure Policy JSON over a JSON tree.
// It shares no code with the compiler or the virtual machine and exists to disagree with them.
#pragma once

#include "definition.h"

#include <string>
#include <variant>

namespace writ::reference {

/// Checks and evaluates one condition tree. `parameters`: object name → value, taken as they are. On
/// Truth::Error, `error` receives `<code>: <message>`; a definition error reads `definition error <code>: …`.
Truth evaluate_condition(const json& condition, const json& resource, const json& parameters,
                         const Catalogue& catalogue, const Context& context, const Options& options,
                         std::string* error);

/// Checks and evaluates one literal or expression string.
Outcome evaluate_expression(const json& value, const json& resource, const json& parameters,
                            const Catalogue& catalogue, const Context& context, const Options& options);

/// The definition error of a condition tree, if any. Parameter names are not checked.
std::optional<Failure> check_condition(const json& condition, const Catalogue& catalogue,
                                       const Options& options);

/// Loads, binds and evaluates in one go. A definition error comes back as its Failure. To evaluate many
/// resources, use Definition itself.
std::variant<Verdict, Failure> evaluate_definition(const json& definition, const json& parameters,
                                                   const json& resource, const Snapshot& snapshot,
                                                   const Catalogue& catalogue, const Context& context,
                                                   const Options& options);

} // namespace writ::reference
