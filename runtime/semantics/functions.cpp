// SPDX-License-Identifier: MIT
// The table of functions, made from functions.def, and what every call has in common: arity, undecided
// arguments, limits.
#include "writ/semantics/functions.h"

#include "call.h"
#include "utf16.h"
#include "writ/text.h"

#include <algorithm>
#include <array>

namespace writ {

namespace {

constexpr std::array kFunctions = {
#define WRIT_FUNCTION(name, azure, min_args, max_args, flags, doc)                                           \
  FunctionInfo{Function::name, azure, min_args, max_args, flags, doc},
#include "writ/semantics/functions.def"
#undef WRIT_FUNCTION
};

constexpr std::array<fn::Implementation, kFunctions.size()> kImplementations = {
#define WRIT_FUNCTION(name, azure, min_args, max_args, flags, doc) &fn::name,
#include "writ/semantics/functions.def"
#undef WRIT_FUNCTION
};

/// Functions of the deployment language that a policy rule may not call, without the list… family.
constexpr std::array<std::string_view, 28> kForbidden = {
    "copyIndex",
    "dateTimeAdd",
    "dateTimeFromEpoch",
    "dateTimeToEpoch",
    "deployment",
    "environment",
    "extensionResourceId",
    "filter",
    "groupBy",
    "lambda",
    "lambdaVariables",
    "managementGroup",
    "managementGroupResourceId",
    "map",
    "mapValues",
    "newGuid",
    "pickZones",
    "providers",
    "reduce",
    "reference",
    "references",
    "resourceId",
    "sort",
    "subscriptionResourceId",
    "tenant",
    "tenantResourceId",
    "toObject",
    "variables",
};

/// Counts values and nesting; false as soon as a bound is passed.
bool within_bounds(const Value& value, std::size_t depth, std::size_t& nodes) {
  if (++nodes > kMaxFunctionNodes) return false;
  if (value.is(ValueKind::Array)) {
    if (depth >= kMaxFunctionDepth) return false;
    for (const Value& element : value.as_array())
      if (!within_bounds(element, depth + 1, nodes)) return false;
  } else if (value.is(ValueKind::Object)) {
    if (depth >= kMaxFunctionDepth) return false;
    for (const Member& member : value.as_object())
      if (!within_bounds(member.value, depth + 1, nodes)) return false;
  }
  return true;
}

bool within_limits(const Value& value) {
  std::size_t nodes = 0;
  return within_bounds(value, 0, nodes);
}

bool string_within_limits(const Value& value) {
  const std::string_view text = value.as_string();
  return text.size() <= kMaxFunctionString || detail::utf16_length(text) <= kMaxFunctionString;
}

} // namespace

std::span<const FunctionInfo> all_functions() { return kFunctions; }

const FunctionInfo& info(Function function) { return kFunctions[static_cast<std::size_t>(function)]; }

std::optional<Function> find_function(std::string_view name) {
  for (const FunctionInfo& row : kFunctions)
    if (equal_ascii_fold(row.name, name)) return row.function;
  return std::nullopt;
}

bool accepts_arity(Function function, std::size_t arguments) {
  const FunctionInfo& row = info(function);
  if (arguments < row.min_args || (row.max_args != 255 && arguments > row.max_args)) return false;
  return function != Function::CreateObject || arguments % 2 == 0;
}

bool is_forbidden_function(std::string_view name) {
  if (name.size() >= 4 && equal_ascii_fold(name.substr(0, 4), "list")) return true;
  if (name.find('.') != std::string_view::npos) return true; // user-defined: namespace.function
  return std::any_of(kForbidden.begin(), kForbidden.end(),
                     [name](std::string_view row) { return equal_ascii_fold(row, name); });
}

Value call_function(Function function, std::span<const Value> arguments, const EvaluationContext& context,
                    Arena& arena, const SemanticsOptions& options) {
  const fn::Call call{function, arguments, context, arena, options};
  if (!accepts_arity(function, arguments.size())) return call.fail("arity", "wrong number of arguments");
  const bool sees_undecided = (info(function).flags & (kSeesUndecided | kLazy)) != 0;
  // Whatever an unknown argument is, the call fails when another one has failed.
  const Value* unknown = nullptr;
  for (const Value& argument : arguments) {
    if (argument.is(ValueKind::Error) && !sees_undecided) return argument;
    if (argument.is(ValueKind::Unknown) && !sees_undecided && unknown == nullptr) unknown = &argument;
    if (!within_limits(argument)) return call.fail("limit-exceeded", "an argument is too large");
  }
  if (unknown != nullptr) return *unknown;
  const Value result = kImplementations[static_cast<std::size_t>(function)](call);
  if (result.is(ValueKind::String) ? !string_within_limits(result) : !within_limits(result))
    return call.too_large();
  return result;
}

} // namespace writ
