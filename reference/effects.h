// SPDX-License-Identifier: MIT
// Effects, modes, and what `details` must hold for each. Source: "Effects at a glance", "Effects in detail".
#pragma once

#include "condition_check.h"
#include "evaluator.h"

#include <optional>
#include <string_view>

namespace writ::reference {

enum class Effect {
  Disabled,
  Audit,
  Deny,
  Append,
  Modify,
  AuditIfNotExists,
  DeployIfNotExists,
  DenyAction,
  Manual,
  Mutate,
  AddToNetworkGroup,
  EnforceRegoPolicy,
  EnforceSetting,
  AuditAction
};

std::optional<Effect> find_effect(std::string_view name);
inline bool looks_for_related(Effect e) {
  return e == Effect::AuditIfNotExists || e == Effect::DeployIfNotExists;
}

/// How a mode decides what is evaluated.
enum class ModeKind {
  All,
  Indexed,
  Kubernetes,    ///< Rego decides; applicable when the whole condition holds
  TypeComponent, ///< data-plane components selected by their type
  Network,       ///< by type and name
  Provider,      ///< known, evaluated by its provider only
  Unsupported
};
ModeKind find_mode(std::string_view mode);
inline bool is_resource_manager(ModeKind mode) { return mode == ModeKind::All || mode == ModeKind::Indexed; }
bool fits_mode(Effect effect, ModeKind mode);

/// The definition error of `details` (nullptr = absent) for a resolved effect.
std::optional<Failure> check_details(Effect effect, const json* details, const Catalogue& catalogue,
                                     const Options& options);
/// Expressions and conditions in `details`, except the deployment template.
std::optional<Failure> check_details_expressions(const json& details, ConditionChecker& checker);

/// Resolved `details` as a verdict reports them; an Error outcome when an expression fails.
Outcome resolve_details(Effect effect, const json& details, Environment& env);

} // namespace writ::reference
