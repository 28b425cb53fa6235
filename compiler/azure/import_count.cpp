// SPDX-License-Identifier: MIT
// Counts over fields and over values. Source: docs/azure-policy-semantics.md, "count".
#include "azure/rule_reader.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::azure {

using ir::NodeId;

namespace {

constexpr std::string_view kDefaultCountName = "default";

bool is_count_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

std::uint16_t stars_in(std::string_view name) {
  std::uint16_t stars = 0;
  for (std::size_t at = name.find("[*]"); at != std::string_view::npos; at = name.find("[*]", at + 3))
    ++stars;
  return stars;
}

} // namespace

NodeId RuleReader::count(const JsonNode& node) {
  if (!node.is(JsonKind::Object))
    return fail(Code::MalformedPolicyCount, node.span,
                fmt::format("`count` must be an object, not {}", kind_name(node.kind)));
  if (const JsonMember* repeated = find_repeated_key(node))
    return fail(Code::RepeatedPolicyMember, repeated->key_span,
                fmt::format("`{}` is given twice", repeated->key));
  for (const JsonMember& member : node.members) {
    const std::string key = lower_ascii(member.key);
    if (key == "field" || key == "value" || key == "name" || key == "where") continue;
    Diagnostic diagnostic(Code::MalformedPolicyCount, member.key_span,
                          fmt::format("`{}` is no member of `count`", member.key));
    if (find_operator(member.key))
      diagnostic.notes.emplace_back("the operator stands beside `count`, not inside it");
    return fail(std::move(diagnostic));
  }
  const JsonNode* over_field = node.find("field");
  const JsonNode* over_value = node.find("value");
  const JsonNode* name = node.find("name");
  const JsonNode* where = node.find("where");
  if ((over_field == nullptr) == (over_value == nullptr))
    return fail(Code::MalformedPolicyCount, node.span, "`count` needs either `field` or `value`");
  Scope scope;
  NodeId collection;
  if (over_field) {
    collection = counted_field(*over_field, name, scope);
  } else {
    collection = operand(*over_value);
    if (!value_scope(node, name, scope)) collection = {};
  }
  NodeId inner;
  if (where) {
    scopes_.push_back(scope);
    inner = condition(*where);
    scopes_.pop_back();
    if (!inner.valid()) return {};
  }
  const std::string_view hint = over_value ? std::string_view(scope.name) : std::string_view();
  return collection.valid() ? graph_.count(collection, inner, hint) : NodeId{};
}

NodeId RuleReader::counted_field(const JsonNode& node, const JsonNode* name, Scope& scope) {
  if (!node.is(JsonKind::String))
    return fail(Code::MalformedPolicyCondition, node.span,
                fmt::format("`field` must be a string, not {}", kind_name(node.kind)));
  if (name) return fail(Code::MalformedPolicyCount, name->span, "`name` belongs to counts over a `value`");
  std::string_view text = node.text;
  if (classify_string(text) == StringClass::Expression)
    return fail(Code::MalformedPolicyCount, node.span, "the field of a count must not be an expression");
  if (classify_string(text) == StringClass::EscapedLiteral) text.remove_prefix(1);
  scope.by_field = true;
  scope.name = lower_ascii(text);
  scope.stars = stars_in(text);
  if (!text.ends_with("[*]"))
    return fail(Diagnostic(Code::MalformedPolicyCount, node.span, "the field of a count must end in `[*]`")
                    .edit({node.span.end - 1, node.span.end - 1}, "[*]"));
  const auto found = field(text, node.span);
  if (!found) return {};
  const Binding binding = bind(text, *found);
  return graph_.field(*found, binding.binder, binding.level);
}

bool RuleReader::value_scope(const JsonNode& node, const JsonNode* name, Scope& scope) {
  scope.name = kDefaultCountName;
  if (name) {
    if (!name->is(JsonKind::String) || !is_count_name(name->text)) {
      fail(Code::MalformedPolicyCount, name->span, "the name of a count is made of letters and digits");
      return false;
    }
    scope.name = lower_ascii(name->text);
  } else if (!scopes_.empty()) {
    fail(Code::MalformedPolicyCount, node.span, "a count over a `value` inside another count needs a `name`");
    return false;
  }
  for (const Scope& outer : scopes_)
    if (!outer.by_field && outer.name == scope.name) {
      fail(Code::MalformedPolicyCount, name ? name->span : node.span,
           fmt::format("an enclosing count is called `{}` already", scope.name));
      return false;
    }
  return true;
}

} // namespace writ::azure
