// SPDX-License-Identifier: MIT
#include "check/parameter.h"

#include <algorithm>

namespace writ::check {

namespace {

void allowed_values(const syntax::Expr& list, const Type& type, Lowering& lowering, const ScopePtr& scope,
                    Diagnostics& diagnostics, ir::PolicyParameter& out) {
  if (list.kind != syntax::ExprKind::Array || list.children.empty()) {
    diagnostics.add(Diagnostic(Code::InvalidParameter, list.span, "allowed values are a list in brackets"));
    return;
  }
  // Every element of an array parameter must be allowed.
  const Type element = type.kind == TypeKind::Array && type.element ? *type.element : type;
  for (const syntax::Expr& child : list.children)
    if (const auto value = lowering.literal(child, element, scope)) out.allowed.push_back(*value);
}

void check_default(const syntax::ParamDecl& decl, const ir::PolicyParameter& out, const ir::Graph& graph,
                   Diagnostics& diagnostics) {
  if (!out.default_value || out.allowed.empty()) return;
  const Value& value = graph.constant_value(*out.default_value);
  auto is_allowed = [&](const Value& one) {
    return std::any_of(out.allowed.begin(), out.allowed.end(),
                       [&](ir::NodeId id) { return structurally_equal(graph.constant_value(id), one); });
  };
  bool ok = is_allowed(value);
  if (!ok && value.is(ValueKind::Array))
    ok = std::all_of(value.as_array().begin(), value.as_array().end(), is_allowed);
  if (!ok)
    diagnostics.add(Diagnostic(Code::InvalidParameter, decl.default_value->span,
                               "the default is not among the allowed values")
                        .label(decl.allowed->span, "allowed"));
}

ir::ParameterType azure_type(TypeKind kind) {
  switch (kind) {
  case TypeKind::Int:
    return ir::ParameterType::Integer;
  case TypeKind::Float:
    return ir::ParameterType::Float;
  case TypeKind::Bool:
    return ir::ParameterType::Boolean;
  case TypeKind::Array:
    return ir::ParameterType::Array;
  case TypeKind::Object:
  case TypeKind::Any:
    return ir::ParameterType::Object;
  case TypeKind::DateTime:
    return ir::ParameterType::DateTime;
  default:
    return ir::ParameterType::String;
  }
}

} // namespace

std::string one_line(std::string_view doc) {
  std::string out;
  for (char c : doc)
    out += c == '\n' ? ' ' : c;
  return out;
}

Type check_parameter(const syntax::ParamDecl& decl, Lowering& lowering, const ScopePtr& scope,
                     ir::Graph& graph, Diagnostics& diagnostics, ir::PolicyParameter& out) {
  out.name = decl.name.text;
  out.description = one_line(decl.doc);
  out.span = decl.span;
  Type type = lowering.declared_type(decl.type).value_or(Type{});
  out.type = azure_type(type.kind);
  if (type.kind == TypeKind::Duration)
    diagnostics.add(Diagnostic(Code::InvalidParameter, decl.type.span,
                               "Azure Policy has no durations: take a number of days"));
  for (const auto& [key, text] : decl.settings) {
    if (key.text == "description")
      out.description = text;
    else if (key.text == "display_name")
      out.display_name = text;
    else if (key.text == "strong_type")
      out.strong_type = text;
    else
      diagnostics.add(Diagnostic(Code::InvalidMetadata, key.span,
                                 "a parameter has description, display_name and strong_type"));
  }
  if (type.kind == TypeKind::Effect) {
    if (out.display_name.empty()) out.display_name = "Effect";
    if (out.description.empty()) out.description = "Enable or disable the execution of the policy";
  }
  if (decl.default_value) out.default_value = lowering.literal(*decl.default_value, type, scope);
  if (decl.allowed) allowed_values(*decl.allowed, type, lowering, scope, diagnostics, out);
  check_default(decl, out, graph, diagnostics);
  if (type.kind == TypeKind::String || type.kind == TypeKind::Effect) {
    if (!out.allowed.empty()) type.allowed.clear();
    for (ir::NodeId value : out.allowed)
      if (graph.constant_value(value).is(ValueKind::String))
        type.allowed.emplace_back(graph.constant_value(value).as_string());
  }
  return type;
}

} // namespace writ::check
