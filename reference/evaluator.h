// SPDX-License-Identifier: MIT
// Evaluation of template expressions and of literals that contain them.
// Source: "Deep evaluation of literals", "Evaluation order and laziness", "Context functions".
#pragma once

#include "environment.h"
#include "outcome.h"

namespace writ::reference {

Outcome evaluate(const Expression& expression, Environment& env);
/// A JSON value of the definition: expressions inside are evaluated at any depth, also in keys.
Outcome evaluate_json(const json& value, Environment& env);
/// True for a string that is an expression.
bool is_expression(const json& value);
/// True when an expression stands anywhere inside.
bool has_expression(const json& value);

} // namespace writ::reference
