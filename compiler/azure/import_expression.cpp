// SPDX-License-Identifier: MIT
// Literals and template expressions as operands.
// Source: docs/azure-policy-semantics.md, "Template expressions", "Deep evaluation of literals".
#include "azure/rule_reader.h"
#include "writ/semantics/functions.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::azure {

using ir::NodeId;

namespace {

constexpr std::size_t kMaxCalls = most(Limit::Functions);
/// A literal whose strings need no evaluation: no expression, no escape, in values and keys.
bool is_plain_literal(const JsonNode& node) {
  if (node.is(JsonKind::String)) return classify_string(node.text) == StringClass::Literal;
  return std::all_of(node.elements.begin(), node.elements.end(), is_plain_literal) &&
         std::all_of(node.members.begin(), node.members.end(), [](const JsonMember& member) {
           return classify_string(member.key) == StringClass::Literal && is_plain_literal(member.value);
         });
}

std::string_view arity_text(const FunctionInfo& function, std::string& buffer) {
  if (function.function == Function::CreateObject) return "pairs of a name and a value";
  if (function.max_args == 255)
    buffer = fmt::format("at least {} argument{}", function.min_args, function.min_args == 1 ? "" : "s");
  else if (function.min_args == function.max_args)
    buffer = function.min_args == 0
                 ? "no arguments"
                 : fmt::format("{} argument{}", function.min_args, function.min_args == 1 ? "" : "s");
  else
    buffer = fmt::format("{} to {} arguments", function.min_args, function.max_args);
  return buffer;
}

} // namespace

Span RuleReader::span_of(std::uint32_t begin, std::uint32_t end, const Place& place) const {
  // A value of a definition block has no string of its own: its position is that of the expression.
  if (!sources_.text_of(place.string->span).starts_with('"')) return place.string->span;
  return {offset_in_source(sources_, *place.string, begin), offset_in_source(sources_, *place.string, end)};
}

Span RuleReader::span_of(const TemplateNode& node, const Place& place) const {
  return span_of(node.begin, node.end, place);
}

NodeId RuleReader::operand(const JsonNode& node) {
  if (node.is(JsonKind::String)) return string_operand(node);
  if (is_plain_literal(node)) return literal(node);
  if (is_nested_deeper(node, kMaxValueDepth)) return too_deep(node);
  std::vector<NodeId> parts;
  bool ok = true;
  for (const JsonNode& element : node.elements) {
    parts.push_back(operand(element));
    ok = ok && parts.back().valid();
  }
  for (const JsonMember& member : node.members) {
    JsonNode key;
    key.kind = JsonKind::String;
    key.text = member.key;
    key.span = member.key_span;
    parts.push_back(string_operand(key));
    parts.push_back(operand(member.value));
    ok = ok && parts.back().valid() && parts[parts.size() - 2].valid();
  }
  if (!ok) return {};
  return node.is(JsonKind::Array) ? graph_.list(parts) : graph_.record(parts);
}

NodeId RuleReader::literal(const JsonNode& node) {
  return is_nested_deeper(node, kMaxValueDepth) ? too_deep(node) : graph_.literal(to_value(arena_, node));
}

NodeId RuleReader::too_deep(const JsonNode& node) {
  return fail(Code::PolicyDefinitionLimit, {node.span.begin, node.span.begin + 1},
              fmt::format("a value is nested more than {} deep", kMaxValueDepth));
}

NodeId RuleReader::string_operand(const JsonNode& node) {
  switch (classify_string(node.text)) {
  case StringClass::Literal:
    return graph_.literal_text(node.text);
  case StringClass::EscapedLiteral:
    return graph_.literal_text(node.text.substr(1));
  case StringClass::Expression:
    break;
  }
  const Place place{&node};
  const auto parsed = parse_template(node.text);
  if (const auto* error = std::get_if<TemplateError>(&parsed)) {
    const bool limit = error->code == "limit-exceeded";
    return fail(limit ? Code::PolicyDefinitionLimit : Code::TemplateSyntax,
                span_of(error->begin, error->end, place), error->message);
  }
  return expression(std::get<TemplateNode>(parsed), place);
}

NodeId RuleReader::expression(const TemplateNode& node, const Place& place) {
  switch (node.kind) {
  case TemplateNode::Kind::String:
    return graph_.literal_text(node.text);
  case TemplateNode::Kind::Integer:
    return graph_.literal(Value::integer(node.integer));
  case TemplateNode::Kind::Float:
    return graph_.literal(Value::floating(node.number));
  case TemplateNode::Kind::Call:
    return call(node, place);
  case TemplateNode::Kind::Member:
    break;
  }
  const NodeId container = expression(node.children[0], place);
  const NodeId key = expression(node.children[1], place);
  return container.valid() && key.valid() ? graph_.member(container, key) : NodeId{};
}

NodeId RuleReader::call(const TemplateNode& node, const Place& place) {
  if (++calls_ == kMaxCalls + 1)
    return fail(Code::PolicyDefinitionLimit, span_of(node, place),
                fmt::format("a definition has at most {} calls", kMaxCalls));
  const Span name_span =
      span_of(node.begin, node.begin + static_cast<std::uint32_t>(node.text.size()), place);
  const std::optional<Function> function = find_function(node.text);
  if (!function) {
    if (is_forbidden_function(node.text))
      return fail(Code::TemplateFunction, name_span,
                  fmt::format("the function `{}` is not allowed in policy rules", node.text));
    std::vector<std::string_view> known;
    for (const FunctionInfo& row : all_functions())
      known.push_back(row.name);
    Diagnostic diagnostic(Code::TemplateFunction, name_span,
                          fmt::format("there is no function `{}`", node.text));
    for (const std::string& near : nearest(node.text, known))
      diagnostic.notes.push_back(fmt::format("did you mean `{}`?", near));
    return fail(std::move(diagnostic));
  }
  const FunctionInfo& row = info(*function);
  if (row.flags & kNotInPolicy)
    return fail(Code::TemplateFunction, name_span,
                fmt::format("the function `{}` is not allowed in policy rules", row.name));
  if (!accepts_arity(*function, node.children.size())) {
    std::string buffer;
    return fail(
        Code::TemplateFunction, span_of(node, place),
        fmt::format("`{}` takes {}, not {}", row.name, arity_text(row, buffer), node.children.size()));
  }
  if (row.flags & kUnverifiedInPolicy)
    diagnostics_.add(Diagnostic(Code::UnverifiedTemplateFunction, name_span,
                                fmt::format("`{}` may not exist in policy rules", row.name)));
  switch (*function) {
  case Function::Parameters:
    return parameters_call(node, place);
  case Function::Field:
    return field_call(node, place);
  case Function::Current:
    return current_call(node, place);
  default:
    break;
  }
  std::vector<NodeId> arguments;
  bool ok = true;
  for (const TemplateNode& child : node.children) {
    arguments.push_back(expression(child, place));
    ok = ok && arguments.back().valid();
  }
  return ok ? graph_.call(*function, arguments) : NodeId{};
}

std::optional<Value> RuleReader::constant_of(NodeId operand) {
  const ir::Node& node = graph_.node(operand);
  if (node.kind == ir::NodeKind::Literal) return graph_.constant_value(operand);
  if (node.kind != ir::NodeKind::Call || (info(node.function).flags & (kContext | kLazy | kSpecial)) != 0)
    return std::nullopt;
  std::vector<Value> arguments;
  for (NodeId child : graph_.children(operand)) {
    const std::optional<Value> value = constant_of(child);
    if (!value) return std::nullopt;
    arguments.push_back(*value);
  }
  const Value value = call_function(node.function, arguments, {}, arena_, {});
  return value.undecided() ? std::nullopt : std::optional(value);
}

NodeId RuleReader::parameters_call(const TemplateNode& node, const Place& place) {
  const TemplateNode& name = node.children[0];
  if (name.kind == TemplateNode::Kind::String) {
    for (const std::string& declared : parameters_)
      if (equal_ascii_fold(declared, name.text)) return graph_.parameter(declared);
    Diagnostic diagnostic(Code::TemplateReference, span_of(name, place),
                          fmt::format("no parameter `{}` is declared", name.text));
    for (const std::string& near : nearest(name.text, {parameters_.begin(), parameters_.end()}))
      diagnostic.notes.push_back(fmt::format("did you mean `{}`?", near));
    return fail(std::move(diagnostic));
  }
  // A computed name chooses among the declared ones; any other is an error when it is evaluated.
  const NodeId key = expression(name, place);
  if (!key.valid()) return {};
  NodeId chosen = graph_.call(Function::Parameters, {key});
  const NodeId folded = graph_.call(Function::ToLower, {key});
  for (const std::string& declared : parameters_)
    chosen = graph_.call(Function::If,
                         {graph_.call(Function::Equals, {folded, graph_.literal_text(lower_ascii(declared))}),
                          graph_.parameter(declared), chosen});
  return chosen;
}

NodeId RuleReader::field_call(const TemplateNode& node, const Place& place) {
  const TemplateNode& name = node.children[0];
  if (name.kind != TemplateNode::Kind::String) {
    const NodeId computed = expression(name, place);
    return computed.valid() ? graph_.dynamic_field_value(computed, existence_) : NodeId{};
  }
  const auto found = field(name.text, span_of(name, place));
  if (!found) return {};
  // Inside an existence condition the counts run over the candidate, field() reads the other resource.
  if (existence_) return graph_.field_value(*found, ir::kUnbound, 0, true);
  const Binding binding = bind(name.text, *found);
  return graph_.field_value(*found, binding.binder, binding.level);
}

NodeId RuleReader::current_call(const TemplateNode& node, const Place& place) {
  if (scopes_.empty())
    return fail(Code::TemplateReference, span_of(node, place), "current() stands outside of every `where`");
  if (!node.children.empty()) return current_named(node.children[0], place);
  if (scopes_.size() > 1 && !options_.innermost_current)
    return fail(Code::TemplateReference, span_of(node, place),
                "current() in a count inside a count needs the name of one");
  return graph_.current(0, scopes_.back().stars);
}

NodeId RuleReader::current_named(const TemplateNode& name, const Place& place) {
  if (name.kind != TemplateNode::Kind::String)
    return fail(Code::TemplateReference, span_of(name, place),
                "the argument of current() must be a plain string");
  const std::string key = lower_ascii(name.text);
  for (std::size_t i = 0; i < scopes_.size(); ++i) {
    const Scope& scope = scopes_[scopes_.size() - 1 - i];
    const auto binder = static_cast<std::uint16_t>(i);
    if (!scope.by_field) {
      if (key == scope.name) return graph_.current(binder, 1);
      continue;
    }
    // The element itself, the owner of the element, or a member below one of them.
    std::string_view prefix = scope.name;
    for (std::uint16_t level = scope.stars; level > 0; --level) {
      if (key == prefix) return graph_.current(binder, level);
      if (key.size() > prefix.size() && key.starts_with(prefix) && key[prefix.size()] == '.') {
        // An array behind the element that is not counted itself fails when it is evaluated.
        const auto member = field(name.text, span_of(name, place));
        if (!member) return {};
        const Binding binding = bind(name.text, *member);
        return binding.binder == ir::kUnbound ? graph_.current(binder, level)
                                              : graph_.current(binding.binder, binding.level, *member);
      }
      const std::size_t end =
          prefix.size() < 3 ? std::string_view::npos : prefix.rfind("[*]", prefix.size() - 4);
      if (end == std::string_view::npos) break;
      prefix = prefix.substr(0, end + 3);
    }
  }
  return fail(Code::TemplateReference, span_of(name, place),
              fmt::format("no running count is `{}`", name.text));
}

} // namespace writ::azure
