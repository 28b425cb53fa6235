// SPDX-License-Identifier: MIT
#include "check/control_effects.h"

#include <algorithm>
#include <array>

namespace writ::check {

namespace {

bool asks_for_others(const syntax::Expr& e) {
  return e.kind == syntax::ExprKind::Related ||
         std::any_of(e.children.begin(), e.children.end(), asks_for_others);
}

} // namespace

const syntax::Expr* required_relation(const syntax::ControlDecl& control) {
  if (control.requires_.size() != 1) return nullptr;
  // Azure Policy asks for one kind of related resources, and not in front of the effect.
  if (std::any_of(control.where.begin(), control.where.end(), asks_for_others)) return nullptr;
  const syntax::Expr& condition = control.requires_.front().condition;
  const bool asks = condition.kind == syntax::ExprKind::Related &&
                    condition.related->quantity == syntax::RelatedQuantity::Some &&
                    condition.related->place != syntax::RelatedPlace::Anywhere;
  return asks ? &condition : nullptr;
}

ControlShape shape_of(const syntax::ControlDecl& control) {
  for (const syntax::ActionDecl& action : control.actions)
    if (action.word.text == "deny") return ControlShape::DenyAction;
  for (const syntax::BlockDecl& block : control.blocks)
    if (block.word.text == "manual") return ControlShape::Manual;
  for (const syntax::RemediateDecl& remediation : control.remediations) {
    if (remediation.kind.text == "modify") return ControlShape::Modify;
    if (remediation.kind.text == "append") return ControlShape::Append;
    if (remediation.kind.text == "deploy") return ControlShape::Deploy;
  }
  return required_relation(control) ? ControlShape::Existence : ControlShape::Plain;
}

std::span<const std::string_view> effects_of(ControlShape shape) {
  static constexpr std::array<std::string_view, 3> kPlain = {"Audit", "Deny", "Disabled"};
  static constexpr std::array<std::string_view, 2> kExistence = {"AuditIfNotExists", "Disabled"};
  static constexpr std::array<std::string_view, 4> kModify = {"Modify", "Audit", "Deny", "Disabled"};
  static constexpr std::array<std::string_view, 4> kAppend = {"Append", "Audit", "Deny", "Disabled"};
  static constexpr std::array<std::string_view, 3> kDeploy = {"DeployIfNotExists", "AuditIfNotExists",
                                                              "Disabled"};
  static constexpr std::array<std::string_view, 2> kDenyAction = {"DenyAction", "Disabled"};
  static constexpr std::array<std::string_view, 2> kManual = {"Manual", "Disabled"};
  switch (shape) {
  case ControlShape::Plain:
    return kPlain;
  case ControlShape::Existence:
    return kExistence;
  case ControlShape::Modify:
    return kModify;
  case ControlShape::Append:
    return kAppend;
  case ControlShape::Deploy:
    return kDeploy;
  case ControlShape::DenyAction:
    return kDenyAction;
  case ControlShape::Manual:
    return kManual;
  }
  return kPlain;
}

std::string_view description_of(ControlShape shape) {
  switch (shape) {
  case ControlShape::Plain:
    return "a control that only requires";
  case ControlShape::Existence:
    return "a control that requires a related resource";
  case ControlShape::Modify:
    return "a control with `remediate modify`";
  case ControlShape::Append:
    return "a control with `remediate append`";
  case ControlShape::Deploy:
    return "a control with `remediate deploy`";
  case ControlShape::DenyAction:
    return "a control with `deny action`";
  case ControlShape::Manual:
    return "a control with `manual`";
  }
  return "a control";
}

} // namespace writ::check
