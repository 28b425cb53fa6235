// SPDX-License-Identifier: MIT
// The table of functions and the pure ones among them. Source: "Function reference".
#pragma once

#include "options.h"
#include "outcome.h"

#include <span>
#include <string_view>

namespace writ::reference {

/// Functions that the evaluator treats itself: they are lazy or read the context.
enum class Special {
  None,
  If,
  And,
  Or,
  Coalesce,
  Parameters,
  Field,
  Current,
  RequestContext,
  Policy,
  Subscription,
  ResourceGroup,
  UtcNow
};

using Arguments = std::span<const Outcome>;
using PureFunction = Outcome (*)(Arguments);

struct FunctionRow {
  std::string_view name;
  int min_arguments;
  int max_arguments; ///< -1: any number
  PureFunction call; ///< nullptr for special ones
  Special special = Special::None;
  bool pairs = false; ///< the number of arguments must be even
};

const FunctionRow* find_function(std::string_view name);
bool is_forbidden_function(std::string_view name);
bool accepts_arity(const FunctionRow& function, std::size_t arguments);

/// `object.key` and `object[key]`.
Outcome access_member(const json& object, const json& key);

// The rows of each file.
std::span<const FunctionRow> text_functions();
std::span<const FunctionRow> encoding_functions();
std::span<const FunctionRow> collection_functions();
std::span<const FunctionRow> scalar_functions();

} // namespace writ::reference
