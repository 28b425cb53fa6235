// SPDX-License-Identifier: MIT
// The condition operators of Azure Policy on single values. One meaning for folding, VM and importer.
// Source: docs/azure-policy-semantics.md, "Operators".
#pragma once

#include "writ/semantics/truth.h"
#include "writ/semantics/value.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace writ {

enum class Operator : std::uint8_t {
#define WRIT_OPERATOR(name, azure, negated) name,
#include "writ/semantics/operators.def"
#undef WRIT_OPERATOR
};

struct OperatorInfo {
  Operator op;
  std::string_view azure_name; ///< canonical spelling in a policy rule
  Operator negated;            ///< exact negation on one value, or `op` itself when there is none
};
std::span<const OperatorInfo> all_operators();
const OperatorInfo& info(Operator op);
/// By Azure spelling, ignoring ASCII case.
std::optional<Operator> find_operator(std::string_view azure_name);

/// Readings of Azure Policy that differ between sources; all off is the default reading.
/// Source: docs/azure-policy-semantics.md, "Compatibility switches".
struct SemanticsOptions {
  bool like_question_mark = false; ///< `?` in `like` matches one character
  bool lenient_ordering = false; ///< numeric strings order against numbers; other mixes are false, not errors
  bool numeric_strings = false;  ///< equals parses a string to compare it with a number
  bool vacuous_missing = false;  ///< `[*]` over a missing array selects nothing
  bool eager_logic = false;      ///< functions and/or/coalesce evaluate every argument
  bool innermost_current = false; ///< current() in nested counts is the innermost element
};

/// Applies one operator. An Error operand gives Truth::Error, an Unknown operand Truth::Unknown (Error wins),
/// except that `exists`-like outcomes that do not depend on the unknown part stay decided.
/// When the result is Error and `why` is given, it receives the reason (static text).
Truth apply_operator(Operator op, const Value& left, const Value& right, const SemanticsOptions& options,
                     EvaluationError* why = nullptr);

/// The relation EQ behind equals and in.
Truth values_equal(const Value& left, const Value& right, const SemanticsOptions& options);
/// Deep equality of containers: strings exact, numbers by value, keys ignoring ASCII case, no coercion.
bool structurally_equal(const Value& a, const Value& b);

/// Removes blanks and folds case: how `location` compares. Strings only; arrays element by element; others as
/// is.
Value normalize_location(Arena& arena, const Value& value);

/// The text of a value for pattern operators: strings, booleans, numbers. Nothing for absent values and
/// containers. `buffer` holds the text of numbers.
std::optional<std::string_view> text_of(const Value& value, std::string& buffer);

} // namespace writ
