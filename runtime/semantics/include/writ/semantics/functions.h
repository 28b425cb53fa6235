// SPDX-License-Identifier: MIT
// The functions of the template language, from functions.def. Pure: everything they depend on is an argument.
#pragma once

#include "writ/semantics/compare.h"
#include "writ/semantics/value.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace writ {

/// Row numbers of functions.def. The order is part of the bundle format: append only.
enum class Function : std::uint16_t {
#define WRIT_FUNCTION(name, azure, min_args, max_args, flags, doc) name,
#include "writ/semantics/functions.def"
#undef WRIT_FUNCTION
};

/// How a function is evaluated and where it may stand.
enum FunctionFlags : std::uint8_t {
  kPure = 0,                ///< depends on its arguments only: may be folded
  kContext = 1,             ///< reads the EvaluationContext (utcNow, subscription, …): folded never
  kLazy = 2,                ///< compiled to jumps, never called (if, and, or, coalesce)
  kSpecial = 4,             ///< has its own IR node (field, current, parameters): not called; parameters
                            ///< only with a name that no parameter has
  kNotInPolicy = 8,         ///< exists for .writ only, cannot be emitted
  kUnverifiedInPolicy = 16, ///< accepted on import with a warning, never emitted
  kSeesUndecided = 32       ///< decides itself what Unknown and Error arguments mean (tryGet)
};

struct FunctionInfo {
  Function function;
  std::string_view name; ///< canonical Azure spelling
  std::uint8_t min_args;
  std::uint8_t max_args; ///< 255 = any number
  std::uint8_t flags;
  std::string_view doc; ///< one sentence
};
std::span<const FunctionInfo> all_functions();
const FunctionInfo& info(Function function);
/// By name, ignoring ASCII case.
std::optional<Function> find_function(std::string_view name);
/// Whether a call with this many arguments is well formed: the bounds of the table, and pairs for
/// createObject.
bool accepts_arity(Function function, std::size_t arguments);
/// True for names that Azure forbids in policy rules (copyIndex, reference, resourceId, …).
bool is_forbidden_function(std::string_view name);

/// What a live request would supply. Values must outlive the evaluation. Missing = not supplied: a function
/// that needs it fails with "context-unavailable".
struct EvaluationContext {
  Value now;             ///< String yyyy-MM-ddTHH:mm:ss.fffffffZ
  Value subscription;    ///< Object
  Value resource_group;  ///< Object
  Value request_context; ///< Object
  Value policy;          ///< Object
};

/// Bounds on what a function may take and return; past them the result is the error "limit-exceeded".
inline constexpr std::size_t kMaxFunctionString = 131072; ///< UTF-16 units of a returned string
inline constexpr std::size_t kMaxFunctionDepth = 128;     ///< nesting of an array or object
inline constexpr std::size_t kMaxFunctionNodes = 32768;   ///< values in an array or object, itself included

/// Calls a function. New text and containers live in the arena; parts of arguments are shared, so they must
/// live as long as the result. The first undecided argument (left to right) is the result, except where the
/// function says otherwise (tryGet, and the lazy ones). Lazy functions get arguments that were all evaluated:
/// and, or and coalesce stop at the deciding one, or look at every one with options.eager_logic; if picks a
/// branch. Special ones are the error "context-unavailable". A wrong number of arguments is the error
/// "arity".
Value call_function(Function function, std::span<const Value> arguments, const EvaluationContext& context,
                    Arena& arena, const SemanticsOptions& options);

/// Property or index access `object.key` / `object[key]` of the template language.
Value access_member(const Value& object, const Value& key, Arena& arena);

} // namespace writ
