// SPDX-License-Identifier: MIT
// Which effects a control can have, by what it says besides `require`. Private to check/.
#pragma once

#include "syntax/ast.h"

#include <span>
#include <string_view>

namespace writ::check {

/// What makes a control more than a plain requirement.
enum class ControlShape : std::uint8_t {
  Plain,     ///< only requires
  Existence, ///< requires some related resource
  Modify,    ///< remediate modify
  Append,    ///< remediate append
  Deploy,    ///< requires some related resource, remediate deploy
  DenyAction,
  Manual
};

/// The one `require some T of x …` that asks for an existing resource, or null: then every requirement is a
/// condition.
const syntax::Expr* required_relation(const syntax::ControlDecl& control);

ControlShape shape_of(const syntax::ControlDecl& control);

/// Effects in customary spelling, the usual one first. Source: docs/azure-policy-semantics.md, "Effects".
std::span<const std::string_view> effects_of(ControlShape shape);

/// "a control that remediates by modify", for messages.
std::string_view description_of(ControlShape shape);

} // namespace writ::check
