// SPDX-License-Identifier: MIT
#include "applicability.h"

#include "conditions.h"
#include "functions.h"
#include "text.h"
#include "value.h"

#include <algorithm>

namespace writ::reference {
namespace {

/// Which leaves count: as a set of classes.
struct LeafClasses {
  bool type = false;
  bool name = false;
  bool kind = false;
  bool other = false;
};

enum class LeafClass { Type, Name, Kind, Other };

LeafClass class_of(const Leaf& leaf, Environment& env) {
  if (leaf.field == nullptr) return LeafClass::Other;
  std::string name = literal_text(leaf.field->get_ref<const std::string&>());
  if (is_expression(*leaf.field)) {
    const Outcome evaluated = evaluate_json(*leaf.field, env);
    if (!evaluated.is_value() || !evaluated.value.is_string()) return LeafClass::Other;
    name = evaluated.value.get<std::string>();
  }
  if (equal_ascii(name, "type")) return LeafClass::Type;
  if (equal_ascii(name, "name")) return LeafClass::Name;
  if (equal_ascii(name, "kind")) return LeafClass::Kind;
  return LeafClass::Other;
}

void collect_classes(const json& condition, LeafClasses& out, Environment& env) {
  const LogicalNode node = split_logical(condition);
  if (node.kind == Logical::Not) return collect_classes(*node.operand, out, env);
  if (node.kind != Logical::None) {
    for (const json& child : *node.operand)
      collect_classes(child, out, env);
    return;
  }
  switch (class_of(split_leaf(condition), env)) {
  case LeafClass::Type:
    out.type = true;
    break;
  case LeafClass::Name:
    out.name = true;
    break;
  case LeafClass::Kind:
    out.kind = true;
    break;
  case LeafClass::Other:
    out.other = true;
    break;
  }
}

/// Without an `other` leaf only the type is looked at, and where there is no type either, nothing is.
LeafClasses considered(LeafClasses present) {
  if (!present.other) {
    present.name = false;
    present.kind = false;
  }
  return present;
}

bool may(const json& condition, bool positive, const LeafClasses& looked_at, Environment& env) {
  const LogicalNode node = split_logical(condition);
  switch (node.kind) {
  case Logical::Not:
    return !may(*node.operand, !positive, looked_at, env);
  case Logical::AllOf:
    return std::all_of(node.operand->begin(), node.operand->end(),
                       [&](const json& child) { return may(child, positive, looked_at, env); });
  case Logical::AnyOf:
    return std::any_of(node.operand->begin(), node.operand->end(),
                       [&](const json& child) { return may(child, positive, looked_at, env); });
  case Logical::None:
    break;
  }
  const LeafClass leaf = class_of(split_leaf(condition), env);
  const bool looked = (leaf == LeafClass::Type && looked_at.type) ||
                      (leaf == LeafClass::Name && looked_at.name) ||
                      (leaf == LeafClass::Kind && looked_at.kind);
  if (!looked) return positive;
  const Judgement j = judge(condition, env);
  if (j.truth == Truth::Error || j.truth == Truth::Unknown) return positive;
  return j.truth == Truth::True;
}

bool calls_field_location(const Expression& expression) {
  if (expression.kind == Expression::Kind::Call && expression.function->special == Special::Field) {
    const Expression& name = expression.parts[0];
    if (name.kind == Expression::Kind::Literal && name.literal.is_string() &&
        equal_ascii(name.literal.get_ref<const std::string&>(), "location"))
      return true;
  }
  return std::any_of(expression.parts.begin(), expression.parts.end(), calls_field_location);
}

} // namespace

bool may_apply(const json& condition, Environment& env) {
  LeafClasses present;
  collect_classes(condition, present, env);
  return may(condition, true, considered(present), env);
}

bool may_apply_by(const json& condition, bool by_type, bool by_name, Environment& env) {
  return may(condition, true, {by_type, by_name, false, false}, env);
}

bool is_subscription(const json& resource) {
  return equal_ascii(string_member(resource, "type"), "Microsoft.Resources/subscriptions");
}

bool is_resource_group(const json& resource) {
  const std::string type = string_member(resource, "type");
  return equal_ascii(type, "Microsoft.Resources/subscriptions/resourceGroups") ||
         equal_ascii(type, "Microsoft.Resources/resourceGroups");
}

std::optional<std::string> outside_of_mode(ModeKind mode, const json& resource, const Catalogue& catalogue) {
  if (mode == ModeKind::Unsupported) return "unsupported mode";
  if (!is_resource_manager(mode)) return std::nullopt;
  const bool container = is_subscription(resource) || is_resource_group(resource);
  const std::string type = string_member(resource, "type");
  if (!container && starts_with_ascii(type, "Microsoft.Resources/"))
    return "resource type is never evaluated";
  if (mode == ModeKind::All) return std::nullopt;
  if (container) return "mode Indexed does not look at subscriptions and resource groups";
  const bool indexed = catalogue.is_indexed(type).value_or(!string_member(resource, "location").empty());
  if (!indexed) return "mode Indexed looks at types with tags and location only";
  return std::nullopt;
}

bool mentions_location(const json& node, ExpressionCache& cache) {
  if (is_expression(node)) {
    const auto& entry = cache.find(node.get_ref<const std::string&>());
    return entry.expression != nullptr && calls_field_location(*entry.expression);
  }
  if (node.is_object()) {
    const json* field = find_member(node, "field");
    if (field != nullptr && field->is_string() &&
        equal_ascii(field->get_ref<const std::string&>(), "location"))
      return true;
  }
  return node.is_structured() && std::any_of(node.begin(), node.end(), [&](const json& child) {
           return mentions_location(child, cache);
         });
}

} // namespace writ::reference
