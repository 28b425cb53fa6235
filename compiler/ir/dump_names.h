// SPDX-License-Identifier: MIT
// Words of the dump that its writer and its reader share.
#pragma once

#include "ir/policy.h"

#include <array>
#include <string>
#include <string_view>

namespace writ::ir {

inline constexpr std::array<std::string_view, 15> kFieldKindWords = {
    "name",  "fullName",   "type",     "kind",           "location",
    "id",    "apiVersion", "identity", "tags",           "tag",
    "alias", "raw",        "parentId", "subscriptionId", "resourceGroupId"};
static_assert(kFieldKindWords.size() == static_cast<std::size_t>(FieldKind::ResourceGroupId) + 1);

inline constexpr std::array<std::string_view, 7> kParameterTypeWords = {
    "string", "integer", "float", "boolean", "array", "object", "dateTime"};
static_assert(kParameterTypeWords.size() == static_cast<std::size_t>(ParameterType::DateTime) + 1);

/// Plain texts of a policy, in the order of the dump; empty ones are left out.
struct PolicyText {
  std::string_view word;
  std::string Policy::*text;
};
inline constexpr std::array<PolicyText, 12> kPolicyTexts = {{
    {"symbol", &Policy::symbol},
    {"title", &Policy::title},
    {"description", &Policy::description},
    {"severity", &Policy::severity},
    {"category", &Policy::category},
    {"version", &Policy::version},
    {"fix", &Policy::fix},
    {"link", &Policy::link},
    {"mode", &Policy::mode},
    {"policy-type", &Policy::policy_type},
    {"metadata-json", &Policy::metadata_json},
    {"not-evaluable", &Policy::not_evaluable},
}};

struct ParameterText {
  std::string_view word;
  std::string PolicyParameter::*text;
};
inline constexpr std::array<ParameterText, 4> kParameterTexts = {{
    {"display-name", &PolicyParameter::display_name},
    {"description", &PolicyParameter::description},
    {"strong-type", &PolicyParameter::strong_type},
    {"metadata-json", &PolicyParameter::metadata_json},
}};

/// Operands of an existence clause.
struct ExistencePart {
  std::string_view word;
  NodeId Existence::*node;
};
inline constexpr std::array<ExistencePart, 6> kExistenceParts = {{
    {"type", &Existence::type},
    {"name", &Existence::name},
    {"kind", &Existence::kind},
    {"resource-group", &Existence::resource_group},
    {"scope", &Existence::scope},
    {"condition", &Existence::condition},
}};

struct OperationPart {
  std::string_view word;
  NodeId Operation::*node;
};
inline constexpr std::array<OperationPart, 4> kOperationParts = {{
    {"operation", &Operation::operation},
    {"field", &Operation::field},
    {"value", &Operation::value},
    {"condition", &Operation::condition},
}};

} // namespace writ::ir
