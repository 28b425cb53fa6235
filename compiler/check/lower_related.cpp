// SPDX-License-Identifier: MIT
// `some T of x as r where …`: the related resources of an effect.
// Source: docs/azure-policy-semantics.md, "Related resources".
#include "check/lower.h"
#include "writ/semantics/extension_types.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::check {

using syntax::Expr;
using syntax::ExprKind;
using syntax::RelatedPlace;

const ResourceTypeInfo* Lowering::related_type(const syntax::RelatedShape& shape) {
  if (const ResourceTypeInfo* known = catalog_.find_type(shape.type.text)) return known;
  Diagnostic d(Code::UnknownResourceType, shape.type.span,
               fmt::format("no resource type `{}`", shape.type.text));
  if (const auto near = catalog_.nearest_types(shape.type.text); !near.empty())
    d.edits.push_back({shape.type.span, near.front()});
  else
    d.notes.emplace_back(
        "types beyond the built-in catalogue come from --aliases, or from a `record` declaration");
  diagnostics_.add(std::move(d));
  return nullptr;
}

bool Lowering::check_place_subject(const Expr& e, const ScopePtr& scope) {
  const syntax::RelatedShape& shape = *e.related;
  const Expr& of = e.children[static_cast<std::size_t>(shape.subject)];
  Binding* binding = of.kind == ExprKind::Name ? scope->find(of.text) : nullptr;
  if (!binding || binding->kind != BindingKind::Subject || binding->related) {
    diagnostics_.add(Diagnostic(Code::InvalidRelation, of.span,
                                fmt::format("related resources are those of `{}`", subject_.name)));
    return false;
  }
  binding->used = true;
  return true;
}

bool Lowering::check_place(const Expr& e, const ResourceTypeInfo& type, const ScopePtr& scope) {
  const syntax::RelatedShape& shape = *e.related;
  if (!check_place_subject(e, scope)) return false;
  if (shape.place == RelatedPlace::Below) return true;
  const bool child =
      std::any_of(subject_.types.begin(), subject_.types.end(), [&](const ResourceTypeInfo* subject) {
        return lower_ascii(type.name).starts_with(lower_ascii(subject->name) + "/");
      });
  if (!child && !is_known_extension(type.name)) return true;
  diagnostics_.add(
      Diagnostic(Code::InvalidRelation, shape.type.span,
                 fmt::format("{} is {} type: Azure Policy looks for it below the resource only", type.name,
                             child ? "a child" : "an extension"))
          .note(fmt::format("write `of {}`, or leave the place out to join by what `where` compares",
                            subject_.name)));
  return false;
}

bool Lowering::related_text(const Expr& e, int child, const char* what, const ScopePtr& scope,
                            ir::NodeId& out) {
  if (child < 0) return true;
  const Expr& part = e.children[static_cast<std::size_t>(child)];
  const Term term = expression(part, scope);
  if (term.failed) return false;
  if (!term.value.valid() || !(is_text(term.type.kind) || term.type.kind == TypeKind::Any)) {
    diagnostics_.add(Diagnostic(Code::InvalidRelation, part.span, fmt::format("{} is a text", what)));
    return false;
  }
  out = term.value;
  return true;
}

std::optional<ir::Existence> Lowering::existence(const Expr& e, const ScopePtr& scope) {
  const syntax::RelatedShape& shape = *e.related;
  const ResourceTypeInfo* type = related_type(shape);
  if (!type || !check_place(e, *type, scope)) return std::nullopt;
  ir::Existence out;
  out.type = graph_.literal_text(type->name);
  if (!related_text(e, shape.named, "the name of a resource", scope, out.name) ||
      !related_text(e, shape.kind, "the kind of a resource", scope, out.kind) ||
      !related_text(e, shape.group, "the name of a resource group", scope, out.resource_group))
    return std::nullopt;
  if (shape.place == RelatedPlace::Subscription) out.scope = graph_.literal_text("Subscription");
  if (shape.where < 0) return out;

  Subject other;
  other.name = e.text;
  other.types.push_back(type);
  auto inner = std::make_shared<Scope>(scope);
  Binding binding;
  binding.kind = BindingKind::Subject;
  binding.span = e.name_span;
  binding.related = true;
  binding.used = true;
  inner->declare(e.text, binding);
  Lowering lowering(graph_, catalog_, diagnostics_, node_spans_, other, &subject_);
  out.condition = lowering.condition(e.children[static_cast<std::size_t>(shape.where)], inner);
  if (!out.condition.valid()) return std::nullopt;
  return out;
}

} // namespace writ::check
