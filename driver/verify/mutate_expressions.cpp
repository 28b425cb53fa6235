// SPDX-License-Identifier: MIT
// Mutations of template expressions.
#include "verify/mutation_support.h"
#include "writ/text.h"

#include <array>
#include <fmt/format.h>

namespace writ::driver::verify::mutation {

namespace {

bool is_expression(const std::string& text) { return text.starts_with('[') && !text.starts_with("[["); }

std::string with_arguments(const std::string& expression, const CallText& call,
                           const std::vector<std::string>& arguments) {
  return expression.substr(0, call.begin) + fmt::format("{}", fmt::join(arguments, ", ")) +
         expression.substr(call.end);
}

/// The name that a call of parameters() reads, or "".
std::string parameter_of(const CallText& call) {
  if (!equal_ascii_fold(call.name, "parameters") || call.arguments.size() != 1) return {};
  const std::string& text = call.arguments.front();
  return text.size() > 2 && text.starts_with('\'') && text.ends_with('\'') ? text.substr(1, text.size() - 2)
                                                                           : std::string();
}

const json& declaration_of(const std::string& name, const MutationSite& site) {
  static const json none;
  for (const auto& [key, declaration] : site.parameters().items())
    if (equal_ascii_fold(key, name)) return declaration;
  return none;
}

std::string text_member(const json& object, const char* member) {
  return object.is_object() && object.contains(member) && object[member].is_string()
             ? object[member].get<std::string>()
             : std::string();
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kExchanged = {{
    {"toLower", "toUpper"},
    {"first", "last"},
    {"min", "max"},
    {"add", "sub"},
    {"less", "lessOrEquals"},
    {"greater", "greaterOrEquals"},
    {"startsWith", "endsWith"},
    {"union", "intersection"},
    {"and", "or"},
}};

} // namespace

Variants arguments_swapped(const json& subject, const MutationSite&) {
  const std::string text = subject.get<std::string>();
  Variants out;
  if (!is_expression(text)) return out;
  for (const CallText& call : calls_of(text)) {
    if (call.arguments.size() < 2) continue;
    std::vector<std::string> arguments = call.arguments;
    std::swap(arguments[0], arguments[1]);
    out.emplace_back(with_arguments(text, call, arguments));
  }
  return out;
}

Variants argument_dropped(const json& subject, const MutationSite&) {
  const std::string text = subject.get<std::string>();
  Variants out;
  if (!is_expression(text)) return out;
  for (const CallText& call : calls_of(text)) {
    if (call.arguments.size() < 2) continue;
    std::vector<std::string> arguments = call.arguments;
    arguments.pop_back();
    out.emplace_back(with_arguments(text, call, arguments));
  }
  return out;
}

Variants parameter_inlined(const json& subject, const MutationSite& site) {
  const std::string text = subject.get<std::string>();
  for (const CallText& call : calls_of(text)) {
    const std::string name = parameter_of(call);
    // The whole expression only: what a literal inside of one looks like is another matter.
    if (name.empty() || text != fmt::format("[parameters('{}')]", name)) continue;
    const json& declaration = declaration_of(name, site);
    if (declaration.is_object() && declaration.contains("defaultValue")) return {declaration["defaultValue"]};
  }
  return {};
}

Variants parameter_exchanged(const json& subject, const MutationSite& site) {
  const std::string text = subject.get<std::string>();
  Variants out;
  if (!is_expression(text)) return out;
  for (const CallText& call : calls_of(text)) {
    const std::string name = parameter_of(call);
    if (name.empty()) continue;
    const std::string type = text_member(declaration_of(name, site), "type");
    for (const auto& [other, declaration] : site.parameters().items()) {
      if (equal_ascii_fold(other, name) || text_member(declaration, "type") != type) continue;
      out.emplace_back(with_arguments(text, call, {fmt::format("'{}'", other)}));
      break;
    }
  }
  return out;
}

Variants escape_lost(const json& subject, const MutationSite&) {
  const std::string text = subject.get<std::string>();
  return text.starts_with("[[") ? Variants{text.substr(1)} : Variants{};
}

Variants expression_as_text(const json& subject, const MutationSite&) {
  const std::string text = subject.get<std::string>();
  return is_expression(text) ? Variants{"[" + text} : Variants{};
}

Variants function_changed(const json& subject, const MutationSite&) {
  const std::string text = subject.get<std::string>();
  Variants out;
  if (!is_expression(text)) return out;
  for (const CallText& call : calls_of(text))
    for (const auto& [one, other] : kExchanged) {
      const bool first = equal_ascii_fold(call.name, one);
      if (!first && !equal_ascii_fold(call.name, other)) continue;
      const std::size_t begin = call.begin - 1 - call.name.size();
      out.emplace_back(text.substr(0, begin) + std::string(first ? other : one) +
                       text.substr(begin + call.name.size()));
    }
  return out;
}

} // namespace writ::driver::verify::mutation
