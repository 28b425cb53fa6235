// SPDX-License-Identifier: MIT
#include "azure/block_expression.h"
#include "azure/template_text.h"
#include "writ/semantics/value.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::azure {

using syntax::Expr;
using syntax::ExprKind;

namespace {

/// Azure's operators, in the order of BinaryOperator.
constexpr std::array<std::string_view, 18> kOperators = {"equals",
                                                         "notEquals",
                                                         "less",
                                                         "lessOrEquals",
                                                         "greater",
                                                         "greaterOrEquals",
                                                         "in",
                                                         "notIn",
                                                         "like",
                                                         "notLike",
                                                         "matchInsensitively",
                                                         "notMatchInsensitively",
                                                         "match",
                                                         "notMatch",
                                                         "contains",
                                                         "notContains",
                                                         "containsKey",
                                                         "notContainsKey"};

/// Fields that every resource has.
constexpr std::array<std::string_view, 6> kWellKnown = {"name", "type", "kind", "location", "id", "fullName"};

std::string template_string(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    out += c;
    if (c == '\'') out += '\'';
  }
  return out + "'";
}

} // namespace

const std::string* quoted_argument(const Expr& e, std::string_view function) {
  const bool fits = e.kind == ExprKind::Call && e.text == function && e.children.size() == 1 &&
                    e.children[0].kind == ExprKind::String;
  return fits ? &e.children[0].text : nullptr;
}

BlockWriter::BlockWriter(const syntax::DefinitionDecl& decl, Arena& arena, Diagnostics& diagnostics)
    : decl_(decl), arena_(arena), diagnostics_(diagnostics) {}

JsonNode BlockWriter::text(std::string_view text, Span span) {
  JsonNode out;
  out.kind = JsonKind::String;
  out.text = arena_.copy(text);
  out.span = span;
  return out;
}

JsonNode BlockWriter::array(const std::vector<JsonNode>& elements, Span span) {
  JsonNode out;
  out.kind = JsonKind::Array;
  const auto copy = arena_.array<JsonNode>(elements.size());
  std::copy(elements.begin(), elements.end(), copy.begin());
  out.elements = copy;
  out.span = span;
  return out;
}

JsonNode BlockWriter::object(const std::vector<std::pair<std::string, JsonNode>>& members, Span span) {
  JsonNode out;
  out.kind = JsonKind::Object;
  const auto copy = arena_.array<JsonMember>(members.size());
  for (std::size_t i = 0; i < members.size(); ++i)
    copy[i] = {arena_.copy(members[i].first), members[i].second.span, members[i].second};
  out.members = copy;
  out.span = span;
  return out;
}

JsonNode BlockWriter::report(Span span, std::string message) {
  diagnostics_.add(Diagnostic(Code::InvalidDefinitionBlock, span, std::move(message)));
  JsonNode out;
  out.span = span;
  return out;
}

const Expr* BlockWriter::let(const std::string& name) const {
  for (const syntax::LetDecl& one : decl_.lets)
    if (one.name.text == name) return &one.value;
  return nullptr;
}

const BlockWriter::Element* BlockWriter::element(const std::string& name) const {
  for (auto it = elements_.rbegin(); it != elements_.rend(); ++it)
    if (it->name == name) return &*it;
  return nullptr;
}

// --- conditions

JsonNode BlockWriter::junction(const char* key, const Expr& e) {
  std::vector<JsonNode> parts;
  for (const Expr& child : e.children)
    parts.push_back(condition(child));
  return object({{key, array(parts, e.span)}}, e.span);
}

JsonNode BlockWriter::condition(const Expr& e) {
  switch (e.kind) {
  case ExprKind::And:
    return junction("allOf", e);
  case ExprKind::Or:
    return junction("anyOf", e);
  case ExprKind::Not:
    return object({{"not", condition(e.children[0])}}, e.span);
  case ExprKind::Exists: {
    JsonNode wanted;
    wanted.kind = JsonKind::Bool;
    wanted.truth = !e.boolean;
    wanted.span = e.span;
    return test(e, "exists", e.children[0], wanted);
  }
  case ExprKind::Binary:
    return test(e, kOperators[static_cast<std::size_t>(e.op)], e.children[0], value(e.children[1]));
  case ExprKind::Call:
    if (e.text == "condition" && e.children.size() == 1) return data(e.children[0]);
    break;
  case ExprKind::Name:
    if (const Expr* body = let(e.text)) {
      if (std::find(open_lets_.begin(), open_lets_.end(), e.text) != open_lets_.end())
        return report(e.span, fmt::format("`{}` refers to itself", e.text));
      open_lets_.push_back(e.text);
      JsonNode out = condition(*body);
      open_lets_.pop_back();
      return out;
    }
    break;
  default:
    break;
  }
  return report(e.span, "this is not a condition of Azure Policy");
}

JsonNode BlockWriter::test(const Expr& e, std::string_view op, const Expr& left, JsonNode right) {
  std::pair<std::string, JsonNode> subject;
  if (left.kind == ExprKind::Count) {
    subject = {"count", counted(left)};
  } else if (const auto field = field_name(left)) {
    subject = {"field", text(*field, left.span)};
  } else if (left.kind == ExprKind::Call && left.text == "field" && left.children.size() == 1) {
    subject = {"field", text("[" + expression(left.children[0]) + "]", left.span)};
  } else if (left.kind == ExprKind::Call && left.text == "value" && left.children.size() == 1) {
    subject = {"value", value(left.children[0])};
  } else {
    subject = {"value", value(left)};
  }
  return object({std::move(subject), {std::string(op), right}}, e.span);
}

JsonNode BlockWriter::counted(const Expr& e) {
  std::vector<std::pair<std::string, JsonNode>> members;
  const Expr& collection = e.children[0];
  Element bound{e.text, {}};
  if (const std::string* given = quoted_argument(collection, "field")) {
    bound.alias = *given;
    members.emplace_back("field", text(*given, collection.span));
  } else if (const auto field = place(collection)) {
    bound.alias = *field + "[*]";
    members.emplace_back("field", text(bound.alias, collection.span));
  } else {
    const bool wrapped =
        collection.kind == ExprKind::Call && collection.text == "value" && collection.children.size() == 1;
    members.emplace_back("value", value(wrapped ? collection.children[0] : collection));
    if (!e.text.empty()) members.emplace_back("name", text(e.text, e.name_span));
  }
  if (e.children.size() > 1) {
    elements_.push_back(std::move(bound));
    members.emplace_back("where", condition(e.children[1]));
    elements_.pop_back();
  }
  return object(members, e.span);
}

std::optional<std::string> BlockWriter::field_name(const Expr& e) {
  if (const std::string* given = quoted_argument(e, "field")) return *given;
  return place(e);
}

/// `account.networkAcls.defaultAction`, `account.tags["a"]`, `rule.value`.
std::optional<std::string> BlockWriter::place(const Expr& e) {
  if (e.kind == ExprKind::Name) {
    const Element* bound = element(e.text);
    if (bound && !bound->alias.empty()) return bound->alias;
    return std::nullopt;
  }
  if (e.kind == ExprKind::Index && e.children[1].kind == ExprKind::String) {
    const Expr& tags = e.children[0];
    const bool of_subject = tags.kind == ExprKind::Member && tags.text == "tags" &&
                            tags.children[0].kind == ExprKind::Name && decl_.subject &&
                            tags.children[0].text == decl_.subject->text && !element(decl_.subject->text);
    if (of_subject) return "tags[" + template_string(e.children[1].text) + "]";
    return std::nullopt;
  }
  if (e.kind != ExprKind::Member) return std::nullopt;
  std::string suffix = e.text;
  const Expr* base = &e.children[0];
  for (; base->kind == ExprKind::Member; base = &base->children[0])
    suffix = base->text + "." + suffix;
  if (base->kind != ExprKind::Name) return std::nullopt;
  if (const Element* bound = element(base->text)) {
    if (bound->alias.empty()) return std::nullopt;
    return bound->alias + "." + suffix;
  }
  if (!decl_.subject || base->text != decl_.subject->text) return std::nullopt;
  const bool plain = std::find(kWellKnown.begin(), kWellKnown.end(), suffix) != kWellKnown.end() ||
                     suffix == "tags" || suffix == "identity.type";
  return plain ? suffix : decl_.type->text + "/" + suffix;
}

// --- values

JsonNode BlockWriter::value(const Expr& e) {
  switch (e.kind) {
  case ExprKind::String:
    return text(escape_literal(e.text), e.span);
  case ExprKind::Array: {
    std::vector<JsonNode> parts;
    for (const Expr& child : e.children)
      parts.push_back(value(child));
    return array(parts, e.span);
  }
  case ExprKind::Object: {
    std::vector<std::pair<std::string, JsonNode>> members;
    for (std::size_t i = 0; i < e.children.size(); ++i)
      members.emplace_back(e.keys[i].text, value(e.children[i]));
    return object(members, e.span);
  }
  case ExprKind::Integer:
  case ExprKind::Float:
  case ExprKind::Boolean:
  case ExprKind::Null:
    return data(e);
  default:
    if (const std::string* given = quoted_argument(e, "arm")) return text(*given, e.span);
    if (e.kind == ExprKind::Name)
      if (const Expr* body = let(e.text); body && !element(e.text)) return value(*body);
    return text("[" + expression(e) + "]", e.span);
  }
}

JsonNode BlockWriter::data(const Expr& e) {
  JsonNode out;
  out.span = e.span;
  switch (e.kind) {
  case ExprKind::String:
    return text(e.text, e.span);
  case ExprKind::Integer:
    out.kind = JsonKind::Int;
    out.integer = e.integer;
    return out;
  case ExprKind::Float:
    out.kind = JsonKind::Float;
    out.number = e.number;
    return out;
  case ExprKind::Boolean:
    out.kind = JsonKind::Bool;
    out.truth = e.boolean;
    return out;
  case ExprKind::Null:
    return out;
  case ExprKind::Array: {
    std::vector<JsonNode> parts;
    for (const Expr& child : e.children)
      parts.push_back(data(child));
    return array(parts, e.span);
  }
  case ExprKind::Object: {
    std::vector<std::pair<std::string, JsonNode>> members;
    for (std::size_t i = 0; i < e.children.size(); ++i)
      members.emplace_back(e.keys[i].text, data(e.children[i]));
    return object(members, e.span);
  }
  default:
    return report(e.span, "only constants stand here");
  }
}

JsonNode BlockWriter::details(const Expr& e) { return details_at(e, {}); }

JsonNode BlockWriter::details_at(const Expr& e, const std::vector<std::string>& path) {
  static const std::vector<std::string> kTemplate = {"deployment", "properties", "template"};
  if (path == kTemplate) return data(e);
  if (e.kind != ExprKind::Object) return value(e);
  std::vector<std::pair<std::string, JsonNode>> members;
  for (std::size_t i = 0; i < e.children.size(); ++i) {
    std::vector<std::string> below = path;
    below.push_back(lower_ascii(e.keys[i].text));
    const bool on_the_way =
        below.size() <= kTemplate.size() && std::equal(below.begin(), below.end(), kTemplate.begin());
    members.emplace_back(e.keys[i].text,
                         on_the_way ? details_at(e.children[i], below) : value(e.children[i]));
  }
  return object(members, e.span);
}

// --- template expressions

std::string BlockWriter::name(const Expr& e) {
  if (const Element* bound = element(e.text))
    return fmt::format("current({})", template_string(bound->alias.empty() ? bound->name : bound->alias));
  for (const syntax::ParamDecl& param : decl_.params)
    if (param.name.text == e.text) return fmt::format("parameters({})", template_string(e.text));
  if (const Expr* body = let(e.text)) {
    if (std::find(open_lets_.begin(), open_lets_.end(), e.text) != open_lets_.end()) {
      report(e.span, fmt::format("`{}` refers to itself", e.text));
      return {};
    }
    open_lets_.push_back(e.text);
    std::string out = expression(*body);
    open_lets_.pop_back();
    return out;
  }
  report(e.span, fmt::format("no `{}` in this definition", e.text));
  return {};
}

std::string BlockWriter::call(const Expr& e) {
  if (e.text == "value" && e.children.size() == 1) return expression(e.children[0]);
  if (e.text == "arm" || e.text == "condition") {
    report(e.span, fmt::format("`{}` is a whole value, not a part of one", e.text));
    return {};
  }
  std::string out = e.text + "(";
  for (std::size_t i = 0; i < e.children.size(); ++i)
    out += (i == 0 ? "" : ", ") + expression(e.children[i]);
  return out + ")";
}

std::string BlockWriter::expression(const Expr& e) {
  if (const auto field = place(e)) {
    // Inside a count its own elements are read by current(), the rest of the resource by field().
    const Expr* base = &e;
    while (base->kind == ExprKind::Member)
      base = &base->children[0];
    const bool bound = base->kind == ExprKind::Name && element(base->text);
    return fmt::format("{}({})", bound ? "current" : "field", template_string(*field));
  }
  switch (e.kind) {
  case ExprKind::String:
    return template_string(e.text);
  case ExprKind::Integer:
    return std::to_string(e.integer);
  case ExprKind::Float:
    return to_json(Value::floating(e.number));
  case ExprKind::Boolean:
    return e.boolean ? "true()" : "false()";
  case ExprKind::Null:
    return "null()";
  case ExprKind::Name:
    return name(e);
  case ExprKind::Call:
    return call(e);
  case ExprKind::Member:
    return fmt::format("{}.{}", expression(e.children[0]), e.text);
  case ExprKind::Index:
    return fmt::format("{}[{}]", expression(e.children[0]), expression(e.children[1]));
  case ExprKind::If:
    return fmt::format("if({}, {}, {})", expression(e.children[0]), expression(e.children[1]),
                       expression(e.children[2]));
  default:
    report(e.span, "Azure Policy has no such expression");
    return {};
  }
}

} // namespace writ::azure
