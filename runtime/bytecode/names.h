// SPDX-License-Identifier: MIT
// Words of assembly for enums that have no table of their own, and the order of operands on a line.
#pragma once

#include "writ/bytecode/program.h"

#include <array>
#include <span>
#include <string_view>

namespace writ::bc {

template <class T> std::span<const std::string_view> choice_names() { return {}; }

template <> inline std::span<const std::string_view> choice_names<FieldKind>() {
  static constexpr std::array<std::string_view, 15> kNames = {
      "Name",  "FullName",   "Type",     "Kind",           "Location",
      "Id",    "ApiVersion", "Identity", "Tags",           "Tag",
      "Alias", "Raw",        "ParentId", "SubscriptionId", "ResourceGroupId"};
  return kNames;
}
template <> inline std::span<const std::string_view> choice_names<Origin>() {
  static constexpr std::array<std::string_view, 2> kNames = {"Control", "AzureDefinition"};
  return kNames;
}

template <> inline std::span<const std::string_view> choice_names<SelectorKind>() {
  static constexpr std::array<std::string_view, 4> kNames = {"ResourceType", "ResourceLocation",
                                                             "ResourceWithoutLocation", "Principal"};
  return kNames;
}
template <> inline std::span<const std::string_view> choice_names<JoinPlace>() {
  static constexpr std::array<std::string_view, 5> kNames = {"Anywhere", "Below", "ResourceGroup",
                                                             "NamedResourceGroup", "Subscription"};
  return kNames;
}
template <> inline std::span<const std::string_view> choice_names<JoinTermKind>() {
  static constexpr std::array<std::string_view, 5> kNames = {"Condition", "Compare", "Not", "All", "Any"};
  return kNames;
}

/// What an operand starts with; operators and functions are written by name.
constexpr std::string_view operand_prefix(Place place) {
  switch (place) {
  case Place::Level:
    return "^";
  case Place::Flags:
    return "!";
  case Place::Out:
  case Place::In:
  case Place::Both:
    return "v";
  case Place::TruthOut:
  case Place::TruthIn:
  case Place::TruthBoth:
    return "t";
  case Place::Binder:
    return "b";
  case Place::Argc:
    return "*";
  case Place::Constant:
    return "c";
  case Place::Parameter:
    return "p";
  case Place::Field:
    return "f";
  case Place::Test:
    return "test";
  case Place::Join:
    return "join";
  case Place::Target:
  case Place::Back:
    return "@";
  case Place::None:
  case Place::Operator:
  case Place::Function:
    break;
  }
  return "";
}

} // namespace writ::bc
