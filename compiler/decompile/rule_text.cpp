// SPDX-License-Identifier: MIT
#include "decompile/rule_text.h"
#include "decompile/names.h"
#include "writ/semantics/value.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::decompile {

using azure::JsonKind;
using azure::JsonMember;
using azure::JsonNode;
using azure::StringClass;

namespace {

constexpr std::size_t kLineWidth = 118;
/// As an indentation: everything on one line, whatever its length.
constexpr std::size_t kFlat = 100'000;

struct OperatorText {
  std::string_view azure;
  std::string_view writ;
};
constexpr std::array<OperatorText, 18> kOperators = {{{"equals", "=="},
                                                      {"notEquals", "!="},
                                                      {"less", "<"},
                                                      {"lessOrEquals", "<="},
                                                      {"greater", ">"},
                                                      {"greaterOrEquals", ">="},
                                                      {"in", "in"},
                                                      {"notIn", "not in"},
                                                      {"like", "like"},
                                                      {"notLike", "not like"},
                                                      {"matchInsensitively", "matches"},
                                                      {"notMatchInsensitively", "not matches"},
                                                      {"match", "matches exactly"},
                                                      {"notMatch", "not matches exactly"},
                                                      {"contains", "contains"},
                                                      {"notContains", "not contains"},
                                                      {"containsKey", "has key"},
                                                      {"notContainsKey", "has no key"}}};
constexpr std::array<std::string_view, 8> kWellKnown = {"name", "type",     "kind", "location",
                                                        "id",   "fullName", "tags", "identity.type"};

bool fits(std::string_view text, std::size_t indent) {
  return text.find('\n') == std::string_view::npos && indent + text.size() <= kLineWidth;
}

std::string blanks(std::size_t count) { return std::string(count, ' '); }

bool is_expression(const JsonNode& node) {
  return node.is(JsonKind::String) && azure::classify_string(node.text) == StringClass::Expression;
}

/// a.b.c, every step a name.
bool is_path(std::string_view text) {
  while (true) {
    const std::size_t dot = text.find('.');
    if (!is_member_name(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

std::string key_text(std::string_view key) { return is_member_name(key) ? std::string(key) : quoted(key); }

/// 1E+99 is a number of JSON; a source writes it 1.0E+99.
std::string float_text(double number) {
  std::string out = to_json(Value::floating(number));
  const std::size_t exponent = out.find_first_of("eE");
  if (exponent != std::string::npos && out.find('.') == std::string::npos) out.insert(exponent, ".0");
  return out;
}

std::string number_text(const JsonNode& node) {
  return node.is(JsonKind::Int) ? std::to_string(node.integer) : float_text(node.number);
}

/// An array or object on one line when it fits, else a part a line.
template <typename Each>
std::string bracketed(char open, char close, std::size_t count, std::size_t indent, Each each) {
  if (count == 0) return std::string(1, open) + close;
  const bool braces = open == '{';
  std::string flat(1, open);
  if (braces) flat += ' ';
  for (std::size_t i = 0; i < count; ++i)
    flat += (i == 0 ? "" : ", ") + each(i, kFlat);
  flat += braces ? " }" : std::string(1, close);
  if (indent >= kFlat || fits(flat, indent)) return flat;
  std::string out(1, open);
  for (std::size_t i = 0; i < count; ++i)
    out += "\n" + blanks(indent + 2) + each(i, indent + 2) + (i + 1 == count ? "" : ",");
  return out + "\n" + blanks(indent) + close;
}

} // namespace

// --- conditions

std::string RuleText::condition(const JsonNode& node, std::size_t indent) {
  return condition_text(node, indent).text;
}

std::string RuleText::conjunction(std::span<const JsonNode> parts, std::size_t indent) {
  if (parts.size() == 1) {
    // A lone `and` would be taken for parts of the rule's own list, which means the same.
    return condition_text(parts[0], indent).text;
  }
  return junction(parts, "and", 2, indent).text;
}

ExpressionText RuleText::condition_text(const JsonNode& node, std::size_t indent) {
  if (!named_.empty() && elements_.empty() && node.is(JsonKind::Object)) {
    const std::string json = to_json_text(node);
    for (const auto& [text, name] : named_)
      if (text == json) return {name, 9};
  }
  if (node.is(JsonKind::Object) && node.members.size() == 1) {
    const JsonMember& only = node.members[0];
    const bool all = equal_ascii_fold(only.key, "allOf");
    if ((all || equal_ascii_fold(only.key, "anyOf")) && only.value.is(JsonKind::Array) &&
        !only.value.elements.empty()) {
      if (only.value.elements.size() == 1) return condition_text(only.value.elements[0], indent);
      return junction(only.value.elements, all ? "and" : "or", all ? 2 : 1, indent);
    }
    if (equal_ascii_fold(only.key, "not") && only.value.is(JsonKind::Object)) {
      const ExpressionText inner = condition_text(only.value, indent + 5);
      return {"not (" + inner.text + ")", 3};
    }
  }
  return leaf(node, indent);
}

ExpressionText RuleText::junction(std::span<const JsonNode> parts, const char* word, int strength,
                                  std::size_t indent) {
  std::vector<std::string> texts;
  std::string flat;
  for (const JsonNode& part : parts) {
    ExpressionText one = condition_text(part, indent + 4);
    // A part of the same kind keeps its brackets: it is a list of its own.
    if (one.strength <= strength || (strength == 1 && one.strength == 2)) one.text = "(" + one.text + ")";
    flat += (flat.empty() ? "" : fmt::format(" {} ", word)) + one.text;
    texts.push_back(std::move(one.text));
  }
  if (fits(flat, indent)) return {flat, strength};
  std::string out;
  for (std::size_t i = 0; i < texts.size(); ++i)
    out += i == 0 ? texts[i] : fmt::format("\n{}{} {}", blanks(indent), word, texts[i]);
  return {out, strength};
}

ExpressionText RuleText::raw_condition(const JsonNode& node, std::size_t indent) {
  return {"condition(" + data(node, indent) + ")", 9};
}

ExpressionText RuleText::leaf(const JsonNode& node, std::size_t indent) {
  if (!node.is(JsonKind::Object) || node.members.size() != 2) return raw_condition(node, indent);
  const JsonMember* subject = nullptr;
  const JsonMember* test = nullptr;
  for (const JsonMember& member : node.members) {
    const bool is_subject = equal_ascii_fold(member.key, "field") || equal_ascii_fold(member.key, "value") ||
                            equal_ascii_fold(member.key, "count");
    (is_subject ? subject : test) = &member;
  }
  if (!subject || !test) return raw_condition(node, indent);
  const std::string kind = lower_ascii(subject->key);
  if (kind == "field" && !subject->value.is(JsonKind::String)) return raw_condition(node, indent);
  if (kind == "count" && !subject->value.is(JsonKind::Object)) return raw_condition(node, indent);
  const std::string left = left_side(subject->value, kind, indent);
  if (left.empty()) return raw_condition(node, indent);
  if (equal_ascii_fold(test->key, "exists")) {
    const bool yes =
        test->value.is(JsonKind::Bool) ? test->value.truth : equal_ascii_fold(test->value.text, "true");
    const bool no =
        test->value.is(JsonKind::Bool) ? !test->value.truth : equal_ascii_fold(test->value.text, "false");
    if (!yes && !no) return raw_condition(node, indent);
    return {left + (yes ? " exists" : " not exists"), 5};
  }
  for (const OperatorText& op : kOperators)
    if (equal_ascii_fold(op.azure, test->key))
      return {fmt::format("{} {} {}", left, op.writ, value(test->value, indent)), 5};
  return raw_condition(node, indent);
}

std::string RuleText::left_side(const JsonNode& node, std::string_view kind, std::size_t indent) {
  if (kind == "count") return counted(node, indent);
  if (kind == "value") {
    const std::string text = value(node, indent);
    // What would be read as the name of a field, a count or a negative number in front of an operator.
    const bool plain = !is_expression(node) && !node.is(JsonKind::Object) && !node.is(JsonKind::Array);
    if (plain) return text;
    return "value(" + text + ")";
  }
  if (!is_expression(node)) return field(node.text);
  const auto parsed = azure::parse_template(node.text);
  std::string name;
  const auto* tree = std::get_if<azure::TemplateNode>(&parsed);
  if (!tree || tree->kind == azure::TemplateNode::Kind::String || !expression(*tree, name)) return {};
  return "field(" + name + ")";
}

std::string RuleText::binder_name(const std::string& wanted) const {
  for (int number = 1;; ++number) {
    std::string name = number == 1 ? wanted : wanted + std::to_string(number);
    const bool taken =
        name == subject_ || parameters_.contains(name) ||
        std::any_of(elements_.begin(), elements_.end(), [&](const Element& e) { return e.name == name; }) ||
        std::any_of(named_.begin(), named_.end(), [&](const auto& n) { return n.second == name; });
    if (!taken) return name;
  }
}

std::string RuleText::counted(const JsonNode& count, std::size_t indent) {
  const JsonNode* over_field = count.find("field");
  const JsonNode* over_value = count.find("value");
  const JsonNode* name = count.find("name");
  const JsonNode* where = count.find("where");
  for (const JsonMember& member : count.members)
    if (&member.value != over_field && &member.value != over_value && &member.value != name &&
        &member.value != where)
      return {};
  if ((over_field == nullptr) == (over_value == nullptr) || (over_field && name)) return {};
  std::string collection;
  Element element;
  if (over_field) {
    if (!over_field->is(JsonKind::String) || is_expression(*over_field)) return {};
    const std::string alias(over_field->text);
    const std::string inner =
        alias.ends_with("[*]") ? place(std::string_view(alias).substr(0, alias.size() - 3)) : "";
    collection = inner.empty() ? "field(" + quoted(alias) + ")" : inner;
    element.alias = alias;
    std::string_view last =
        std::string_view(alias).substr(0, alias.size() - (alias.ends_with("[*]") ? 3 : 0));
    last = last.substr(last.find_last_of("./") + 1);
    element.name = binder_name(singular_of(last));
  } else {
    collection = value(*over_value, indent);
    if (is_expression(*over_value)) collection = "value(" + collection + ")";
    if (name && (!name->is(JsonKind::String) || !is_name(name->text))) return {};
    element.given = name ? std::string(name->text) : std::string();
    element.name = element.given;
    const bool hidden = parameters_.contains(element.name) || element.name == subject_ ||
                        std::any_of(elements_.begin(), elements_.end(),
                                    [&](const Element& e) { return e.name == element.name; });
    if (name && hidden) return {};
    if (where && !name) return {}; // its elements cannot be told apart from those around
  }
  if (!where && !(over_value && name)) return "count(" + collection + ")";
  if (!where) return {};
  std::string out = fmt::format("count({} in {}", element.name, collection);
  elements_.push_back(element);
  const std::string condition = condition_text(*where, indent + 4).text;
  elements_.pop_back();
  return out + " where " + condition + ")";
}

std::string RuleText::place(std::string_view field) const {
  // The innermost element whose alias the field continues.
  for (auto it = elements_.rbegin(); it != elements_.rend(); ++it) {
    if (it->alias.empty() || field.size() < it->alias.size() ||
        !equal_ascii_fold(field.substr(0, it->alias.size()), it->alias))
      continue;
    if (field.substr(0, it->alias.size()) != it->alias) return {}; // another spelling is kept
    if (field.size() == it->alias.size()) return it->name;
    const std::string_view rest = field.substr(it->alias.size());
    return rest[0] == '.' && is_path(rest.substr(1)) ? it->name + std::string(rest) : std::string();
  }
  if (subject_.empty() || in_existence_) return {};
  const bool shadowed =
      std::any_of(elements_.begin(), elements_.end(), [&](const Element& e) { return e.name == subject_; });
  if (shadowed) return {};
  if (std::find(kWellKnown.begin(), kWellKnown.end(), field) != kWellKnown.end())
    return subject_ + "." + std::string(field);
  if (field.starts_with("tags['") && field.ends_with("']")) {
    const std::string_view tag = field.substr(6, field.size() - 8);
    if (tag.find('\'') == std::string_view::npos) return fmt::format("{}.tags[{}]", subject_, quoted(tag));
  }
  const std::string prefix = type_ + "/";
  if (!field.starts_with(prefix)) return {};
  const std::string_view rest = field.substr(prefix.size());
  if (!is_path(rest)) return {};
  const std::string_view first = rest.substr(0, rest.find('.'));
  const bool built_in = std::any_of(kWellKnown.begin(), kWellKnown.end(), [&](std::string_view known) {
    return known.substr(0, known.find('.')) == first;
  });
  return built_in ? std::string() : subject_ + "." + std::string(rest);
}

std::string RuleText::field(std::string_view name) const {
  std::string found = place(name);
  return found.empty() ? "field(" + quoted(name) + ")" : found;
}

// --- values

std::string RuleText::value(const JsonNode& node, std::size_t indent) {
  switch (node.kind) {
  case JsonKind::String: {
    switch (azure::classify_string(node.text)) {
    case StringClass::Literal:
      return quoted(node.text);
    case StringClass::EscapedLiteral:
      return quoted(node.text.substr(1));
    case StringClass::Expression:
      break;
    }
    const auto parsed = azure::parse_template(node.text);
    const auto* tree = std::get_if<azure::TemplateNode>(&parsed);
    std::string text;
    const bool part = tree && (tree->kind == azure::TemplateNode::Kind::Call ||
                               tree->kind == azure::TemplateNode::Kind::Member);
    // true() and its like would be read as JSON's own.
    const bool constant = part &&
                          (equal_ascii_fold(tree->text, "true") || equal_ascii_fold(tree->text, "false") ||
                           equal_ascii_fold(tree->text, "null")) &&
                          tree->children.empty();
    if (part && !constant && expression(*tree, text)) return text;
    return "arm(" + quoted(node.text) + ")";
  }
  case JsonKind::Array:
    return bracketed('[', ']', node.elements.size(), indent,
                     [&](std::size_t i, std::size_t at) { return value(node.elements[i], at); });
  case JsonKind::Object:
    return bracketed('{', '}', node.members.size(), indent, [&](std::size_t i, std::size_t at) {
      return key_text(node.members[i].key) + ": " + value(node.members[i].value, at);
    });
  default:
    return data(node, indent);
  }
}

std::string RuleText::data(const JsonNode& node, std::size_t indent) {
  switch (node.kind) {
  case JsonKind::Null:
    return "null";
  case JsonKind::Bool:
    return node.truth ? "true" : "false";
  case JsonKind::Int:
  case JsonKind::Float:
    return number_text(node);
  case JsonKind::String:
    return quoted(node.text);
  case JsonKind::Array:
    return bracketed('[', ']', node.elements.size(), indent,
                     [&](std::size_t i, std::size_t at) { return data(node.elements[i], at); });
  case JsonKind::Object:
    return bracketed('{', '}', node.members.size(), indent, [&](std::size_t i, std::size_t at) {
      return key_text(node.members[i].key) + ": " + data(node.members[i].value, at);
    });
  }
  return "null";
}

std::string RuleText::details(const JsonNode& node, std::size_t indent) {
  return details_at(node, indent, {});
}

std::string RuleText::details_at(const JsonNode& node, std::size_t indent, std::vector<std::string> path) {
  static const std::vector<std::string> kTemplate = {"deployment", "properties", "template"};
  if (path == kTemplate) return data(node, indent);
  if (!node.is(JsonKind::Object)) return value(node, indent);
  std::vector<const JsonMember*> members;
  for (const JsonMember& member : node.members)
    if (!path.empty() || !equal_ascii_fold(member.key, "existenceCondition")) members.push_back(&member);
  return bracketed('{', '}', members.size(), indent, [&](std::size_t i, std::size_t at) {
    std::vector<std::string> below = path;
    below.push_back(lower_ascii(members[i]->key));
    const bool on_the_way =
        below.size() <= kTemplate.size() && std::equal(below.begin(), below.end(), kTemplate.begin());
    return key_text(members[i]->key) + ": " +
           (on_the_way ? details_at(members[i]->value, at, below) : value(members[i]->value, at));
  });
}

// --- template expressions

bool RuleText::expression(const azure::TemplateNode& node, std::string& out) const {
  using Kind = azure::TemplateNode::Kind;
  switch (node.kind) {
  case Kind::String:
    out = quoted(node.text);
    return true;
  case Kind::Integer:
    out = std::to_string(node.integer);
    return true;
  case Kind::Float:
    out = float_text(node.number);
    return true;
  case Kind::Call:
    return call(node, out);
  case Kind::Member: {
    const azure::TemplateNode& container = node.children[0];
    const azure::TemplateNode& key = node.children[1];
    std::string base;
    if (!expression(container, base)) return false;
    // A place with something behind it would be another place.
    const bool is_call = container.kind == Kind::Call;
    if (is_call && equal_ascii_fold(container.text, "field")) base = "value(" + base + ")";
    if (is_call && equal_ascii_fold(container.text, "current")) {
      const bool element = std::any_of(elements_.begin(), elements_.end(),
                                       [&](const Element& e) { return e.alias.empty() && e.name == base; });
      if (!element && base.find('(') == std::string::npos) base = "value(" + base + ")";
    }
    if (is_call && base.starts_with("(")) return false;
    if (key.kind == Kind::String && is_member_name(key.text)) {
      out = base + "." + key.text;
      return true;
    }
    std::string index;
    if (!expression(key, index)) return false;
    out = base + "[" + index + "]";
    return true;
  }
  }
  return false;
}

bool RuleText::call(const azure::TemplateNode& node, std::string& out) const {
  const std::string function = lower_ascii(node.text);
  const bool one_string =
      node.children.size() == 1 && node.children[0].kind == azure::TemplateNode::Kind::String;
  if (function == "parameters" && one_string) {
    const std::string& name = node.children[0].text;
    const bool hidden =
        std::any_of(elements_.begin(), elements_.end(), [&](const Element& e) { return e.name == name; });
    if (is_name(name) && parameters_.contains(name) && name != subject_ && !hidden) {
      out = name;
      return true;
    }
  }
  if (function == "field" && one_string) {
    // Inside a count the names of elements stand for current(), which is another value.
    const bool bound = std::any_of(elements_.begin(), elements_.end(), [&](const Element& e) {
      return !e.alias.empty() && node.children[0].text.size() >= e.alias.size() &&
             equal_ascii_fold(std::string_view(node.children[0].text).substr(0, e.alias.size()), e.alias);
    });
    const std::string found = bound || in_existence_ ? std::string() : place(node.children[0].text);
    out = found.empty() ? "field(" + quoted(node.children[0].text) + ")" : found;
    return true;
  }
  if (function == "current" && one_string) {
    const std::string& name = node.children[0].text;
    for (auto it = elements_.rbegin(); it != elements_.rend(); ++it)
      if (it->alias.empty() && it->given == name) {
        out = it->name;
        return true;
      }
    const std::string found = place(name);
    const bool element = !found.empty() && (subject_.empty() || !found.starts_with(subject_ + "."));
    out = element ? found : "current(" + quoted(name) + ")";
    return true;
  }
  if ((function == "true" || function == "false" || function == "null") && node.children.empty()) {
    out = function;
    return true;
  }
  if (function == "and" || function == "or" || function == "not") return false;
  std::vector<std::string> arguments;
  for (const azure::TemplateNode& child : node.children) {
    arguments.emplace_back();
    if (!expression(child, arguments.back())) return false;
  }
  if (function == "if") {
    if (arguments.size() != 3) return false;
    out = fmt::format("(if {} then {} else {})", arguments[0], arguments[1], arguments[2]);
    return true;
  }
  if (!is_member_name(node.text) ||
      (!is_name(node.text) && function != "contains" && function != "field" && function != "current"))
    return false;
  out = node.text + "(";
  for (std::size_t i = 0; i < arguments.size(); ++i)
    out += (i == 0 ? "" : ", ") + arguments[i];
  out += ")";
  return true;
}

} // namespace writ::decompile
