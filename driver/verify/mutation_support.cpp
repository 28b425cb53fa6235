// SPDX-License-Identifier: MIT
#include "verify/mutation_support.h"

#include <array>
#include <utility>

namespace writ::driver::verify {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kOpposites = {{
    {"equals", "notEquals"},
    {"like", "notLike"},
    {"match", "notMatch"},
    {"matchInsensitively", "notMatchInsensitively"},
    {"contains", "notContains"},
    {"in", "notIn"},
    {"containsKey", "notContainsKey"},
    {"", ""},
}};
constexpr std::array<std::string_view, 5> kOthers = {"exists", "less", "lessOrEquals", "greater",
                                                     "greaterOrEquals"};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
}

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

/// Reads the arguments from behind an opening bracket.
CallText read_call(const std::string& expression, std::size_t begin) {
  CallText out;
  out.begin = begin;
  std::size_t depth = 0;
  std::size_t from = begin;
  for (std::size_t i = begin; i < expression.size(); ++i) {
    const char c = expression[i];
    if (c == '\'') {
      for (++i; i < expression.size() && expression[i] != '\''; ++i) {
      }
    } else if (c == '(' || c == '[') {
      ++depth;
    } else if (c == ']' && depth > 0) {
      --depth;
    } else if (c == ',' && depth == 0) {
      out.arguments.push_back(trimmed(std::string_view(expression).substr(from, i - from)));
      from = i + 1;
    } else if (c == ')') {
      if (depth == 0) {
        const std::string last = trimmed(std::string_view(expression).substr(from, i - from));
        if (!last.empty() || !out.arguments.empty()) out.arguments.push_back(last);
        out.end = i;
        return out;
      }
      --depth;
    }
  }
  return out;
}

} // namespace

std::string operator_of(const json& node) {
  if (!node.is_object()) return {};
  for (const auto& [one, other] : kOpposites)
    for (std::string_view op : {one, other})
      if (!op.empty() && node.contains(op)) return std::string(op);
  for (std::string_view op : kOthers)
    if (node.contains(op)) return std::string(op);
  return {};
}

json with_operator(const json& node, std::string_view op, const json& right) {
  json out = node;
  out.erase(operator_of(node));
  out[std::string(op)] = right;
  return out;
}

std::string_view opposite_of(std::string_view op) {
  for (const auto& [one, other] : kOpposites) {
    if (op == one) return other;
    if (op == other) return one;
  }
  return {};
}

json negation(const json& condition) { return {{"not", condition}}; }

bool is_field_leaf(const json& node) { return !operator_of(node).empty() && !field_of(node).empty(); }

std::string field_of(const json& node) {
  if (!node.is_object() || !node.contains("field") || !node["field"].is_string()) return {};
  std::string name = node["field"].get<std::string>();
  return name.starts_with('[') ? std::string() : name;
}

std::string junction_of(const json& node) {
  for (const char* key : {"allOf", "anyOf"})
    if (node.is_object() && node.contains(key) && node[key].is_array()) return key;
  return {};
}

const json& details_of(const json& definition) {
  static const json none;
  const json::json_pointer at("/properties/policyRule/then/details");
  return definition.contains(at) ? definition.at(at) : none;
}

std::vector<CallText> calls_of(const std::string& expression) {
  std::vector<CallText> out;
  for (std::size_t i = 0; i < expression.size(); ++i) {
    if (expression[i] == '\'') {
      for (++i; i < expression.size() && expression[i] != '\''; ++i) {
      }
      continue;
    }
    if (expression[i] != '(') continue;
    CallText call = read_call(expression, i + 1);
    if (call.end == 0) continue;
    std::size_t name = i;
    while (name > 0 && is_name(expression[name - 1]))
      --name;
    call.name = expression.substr(name, i - name);
    out.push_back(std::move(call));
  }
  return out;
}

} // namespace writ::driver::verify
