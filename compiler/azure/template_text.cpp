// SPDX-License-Identifier: MIT
#include "azure/template_text.h"
#include "writ/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace writ::azure {

using nlohmann::ordered_json;

namespace {

std::string quote_template_string(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    out += c;
    if (c == '\'') out += '\'';
  }
  return out + "'";
}

bool is_template_identifier(std::string_view text) {
  if (text.empty()) return false;
  auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  if (!letter(text.front())) return false;
  for (char c : text)
    if (!letter(c) && (c < '0' || c > '9')) return false;
  return true;
}

/// Literals inside literals need the escape too.
ordered_json escaped_json(const Value& value) {
  switch (value.kind()) {
  case ValueKind::String:
    return escape_literal(value.as_string());
  case ValueKind::Array: {
    ordered_json array = ordered_json::array();
    for (const Value& element : value.as_array())
      array.push_back(escaped_json(element));
    return array;
  }
  case ValueKind::Object: {
    ordered_json object = ordered_json::object();
    for (const Member& member : value.as_object())
      object[escape_literal(member.key)] = escaped_json(member.value);
    return object;
  }
  default:
    return to_ordered_json(value);
  }
}

} // namespace

std::string escape_literal(std::string_view text) {
  // Only a text in brackets would be read as an expression (or lose a bracket); anything else is a literal
  // already.
  if (text.size() >= 2 && text.front() == '[' && text.back() == ']') return "[" + std::string(text);
  return std::string(text);
}

ordered_json to_ordered_json(const Value& value) {
  switch (value.kind()) {
  case ValueKind::Bool:
    return value.as_bool();
  case ValueKind::Int:
    return value.as_int();
  case ValueKind::Float:
    return value.as_float();
  case ValueKind::String:
    return std::string(value.as_string());
  case ValueKind::Array: {
    ordered_json array = ordered_json::array();
    for (const Value& element : value.as_array())
      array.push_back(to_ordered_json(element));
    return array;
  }
  case ValueKind::Object: {
    ordered_json object = ordered_json::object();
    for (const Member& member : value.as_object())
      object[std::string(member.key)] = to_ordered_json(member.value);
    return object;
  }
  default:
    return nullptr;
  }
}

void TemplateWriter::fail(ir::NodeId node, std::string reason) {
  for (const NotExpressible& known : failures_)
    if (known.node == node) return;
  failures_.push_back({node, std::move(reason)});
}

const CountScope* TemplateWriter::scope(std::uint16_t binder, ir::NodeId id) {
  if (binder < scopes_.size()) return &scopes_[scopes_.size() - 1 - binder];
  fail(id, "an element is used outside of its count");
  return nullptr;
}

std::string TemplateWriter::field_name(const ir::Node& node, ir::NodeId id) {
  const ir::Field& field = graph_.field_info(node.field);
  if (field.kind == ir::FieldKind::Raw) {
    fail(id,
         fmt::format("`{}` is a raw path: Azure Policy reads properties only through aliases", field.name));
    return {};
  }
  if (field.kind >= ir::FieldKind::ParentId) {
    fail(id, fmt::format("`{}` is computed from the id of the resource, which Azure Policy does not do",
                         field.name));
    return {};
  }
  // Azure binds a field to the innermost count whose array is a prefix of its name. Say so only when that is
  // what the IR means; a field that would be captured by a count it does not belong to has no spelling.
  const CountScope* captured_by = nullptr;
  std::size_t captured_index = 0;
  for (std::size_t i = 0; i < scopes_.size(); ++i) {
    const CountScope& candidate = scopes_[scopes_.size() - 1 - i];
    if (!candidate.is_field || field.name.size() < candidate.name.size()) continue;
    if (equal_ascii_fold(std::string_view(field.name).substr(0, candidate.name.size()), candidate.name)) {
      captured_by = &candidate;
      captured_index = i;
      break;
    }
  }
  if (node.binder == ir::kUnbound && captured_by)
    fail(id,
         fmt::format("inside a count over `{}` the name `{}` means the current element, not the whole array",
                     captured_by->name, field.name));
  if (node.binder != ir::kUnbound) {
    const CountScope* bound = scope(node.binder, id);
    // Binding to an outer star of a deeper array (count over A[*].B[*], field A[*].q) is Azure's reading as
    // well.
    const bool outer_star = bound && bound->is_field && !captured_by;
    if (!outer_star && (!captured_by || captured_index != node.binder))
      fail(id, fmt::format("`{}` cannot be tied to the intended element in Azure Policy", field.name));
  }
  return field.name;
}

std::string TemplateWriter::parameter_expression(std::string_view name) {
  for (const std::string& declared : parameters_)
    if (equal_ascii_fold(declared, name)) name = declared;
  return fmt::format("parameters({})", quote_template_string(name));
}

std::string TemplateWriter::literal_expression(const Value& value) {
  switch (value.kind()) {
  case ValueKind::Bool:
    return value.as_bool() ? "true()" : "false()";
  case ValueKind::Int:
    return std::to_string(value.as_int());
  case ValueKind::Float:
    return fmt::format("float({})", quote_template_string(to_json(value)));
  case ValueKind::String:
    return quote_template_string(value.as_string());
  case ValueKind::Array:
    if (value.as_array().empty()) return "createArray()";
    [[fallthrough]];
  case ValueKind::Object:
    return fmt::format("json({})", quote_template_string(to_json(value)));
  default:
    return "null()";
  }
}

std::string TemplateWriter::current_expression(const ir::Node& node, ir::NodeId id) {
  const CountScope* bound = scope(node.binder, id);
  if (!bound) return {};
  if (node.field.valid())
    return fmt::format("current({})", quote_template_string(graph_.field_info(node.field).name));
  if (bound->is_field) {
    // A level below the last star names the owner of the element: only the alias prefix up to that star says
    // so.
    std::size_t end = 0;
    for (std::uint16_t level = 0; level < node.level && end != std::string::npos; ++level) {
      end = bound->name.find("[*]", end);
      if (end != std::string::npos) end += 3;
    }
    return fmt::format("current({})", quote_template_string(bound->name.substr(0, end)));
  }
  return fmt::format("current({})", quote_template_string(bound->name));
}

std::string TemplateWriter::member_expression(ir::NodeId id) {
  const auto children = graph_.children(id);
  std::string container = expression(children[0]);
  const ir::Node& key = graph_.node(children[1]);
  if (key.kind == ir::NodeKind::Literal) {
    const Value& value = graph_.constant_value(children[1]);
    if (value.is(ValueKind::String) && is_template_identifier(value.as_string()))
      return container + "." + std::string(value.as_string());
  }
  return container + "[" + expression(children[1]) + "]";
}

std::string TemplateWriter::expression(ir::NodeId id) {
  const ir::Node& node = graph_.node(id);
  auto call_text = [&](std::string_view name) {
    std::string out(name);
    out += '(';
    bool first = true;
    for (ir::NodeId child : graph_.children(id)) {
      if (!first) out += ", ";
      out += expression(child);
      first = false;
    }
    return out + ")";
  };
  switch (node.kind) {
  case ir::NodeKind::Literal:
    return literal_expression(graph_.constant_value(id));
  case ir::NodeKind::Parameter:
    return parameter_expression(graph_.name_of(id));
  case ir::NodeKind::FieldValue:
    if (in_existence_ && !node.of_primary)
      fail(id, "a property of a related resource stands on the left of a comparison only");
    return fmt::format("field({})", quote_template_string(field_name(node, id)));
  case ir::NodeKind::DynamicFieldValue:
    return fmt::format("field({})", expression(graph_.children(id)[0]));
  case ir::NodeKind::Current:
    return current_expression(node, id);
  case ir::NodeKind::Call:
    if (info(node.function).flags & (kNotInPolicy | kUnverifiedInPolicy))
      fail(id, fmt::format("Azure Policy has no function `{}`", info(node.function).name));
    return call_text(info(node.function).name);
  case ir::NodeKind::Member:
    return member_expression(id);
  case ir::NodeKind::List:
    return call_text("createArray");
  case ir::NodeKind::Record:
    return call_text("createObject");
  case ir::NodeKind::Count:
    fail(id, "a count can only stand on the left side of a comparison");
    return {};
  case ir::NodeKind::Join:
    fail(id, fmt::format("the number of other resources ({}) is known locally only: Azure Policy asks for "
                         "related resources as the one requirement of a control",
                         graph_.constant_value(graph_.children(id)[0]).as_string()));
    return {};
  case ir::NodeKind::Text:
    fail(id, "interpolated text has no spelling in a policy rule");
    return {};
  default:
    fail(id, fmt::format("a {} cannot stand inside an expression", info(node.kind).name));
    return {};
  }
}

ordered_json TemplateWriter::value(ir::NodeId id) {
  const ir::Node& node = graph_.node(id);
  switch (node.kind) {
  case ir::NodeKind::Literal:
    return escaped_json(graph_.constant_value(id));
  case ir::NodeKind::List: {
    ordered_json array = ordered_json::array();
    for (ir::NodeId child : graph_.children(id))
      array.push_back(value(child));
    return array;
  }
  case ir::NodeKind::Record: {
    ordered_json object = ordered_json::object();
    const auto children = graph_.children(id);
    for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
      const ordered_json key = value(children[i]);
      object[key.is_string() ? key.get<std::string>() : key.dump()] = value(children[i + 1]);
    }
    return object;
  }
  default:
    return "[" + expression(id) + "]";
  }
}

} // namespace writ::azure
