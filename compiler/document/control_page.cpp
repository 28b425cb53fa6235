// SPDX-License-Identifier: MIT
#include "document/control_page.h"
#include "document/markdown.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::document {

namespace {

constexpr std::array<std::string_view, 7> kTypeWords = {"String", "Int",    "Float",   "Bool",
                                                        "[Any]",  "Object", "DateTime"};

std::string literal(const ir::Graph& graph, ir::NodeId node) {
  return node.valid() ? to_json(graph.constant_value(node)) : std::string();
}

std::string list_of(const ir::Graph& graph, const std::vector<ir::NodeId>& values) {
  std::string out;
  for (ir::NodeId value : values)
    out += (out.empty() ? "" : ", ") + code(literal(graph, value));
  return out;
}

/// The text of a declaration without the indentation that all its lines share.
std::string dedented(std::string_view text) {
  std::string out(text);
  while (!out.empty() && (out.back() == '\n' || out.back() == ' '))
    out.pop_back();
  return out;
}

std::string effects_of(const Input& input, const ir::Policy& policy) {
  const ir::Node& node = input.graph->node(policy.effect.name);
  if (node.kind == ir::NodeKind::Literal)
    return code(input.graph->constant_value(policy.effect.name).as_string());
  for (const ir::PolicyParameter& parameter : policy.parameters) {
    if (node.kind != ir::NodeKind::Parameter || parameter.name != input.graph->name_of(policy.effect.name))
      continue;
    std::string out;
    for (ir::NodeId allowed : parameter.allowed) {
      out += (out.empty() ? "" : ", ") + code(input.graph->constant_value(allowed).as_string());
      if (parameter.default_value && *parameter.default_value == allowed) out += " (default)";
    }
    return out;
  }
  return {};
}

void facts(const Input& input, const Control& control, std::string& out) {
  const ir::Policy& policy = *control.policy;
  out += "| | |\n| --- | --- |\n";
  out += row({"severity", policy.severity});
  if (!policy.category.empty()) out += row({"service", cell(policy.category)});
  std::string types;
  for (const std::string& type : policy.types)
    types += (types.empty() ? "" : ", ") + code(type);
  if (!types.empty()) out += row({"looks at", types});
  if (const std::string effects = effects_of(input, policy); !effects.empty())
    out += row({"effects", effects});
  out +=
      row({"runs", control.not_emittable_because.empty() ? "locally and as Azure Policy" : "locally only"});
  out += row({"source", code(policy.symbol)});
  std::string tags;
  for (const std::string& tag : policy.tags)
    tags += (tags.empty() ? "" : ", ") + cell(tag);
  if (!tags.empty()) out += row({"tags", tags});
  out += "\n";
}

void parameters(const Input& input, const ir::Policy& policy, std::string& out) {
  if (policy.parameters.empty()) return;
  out += "## Parameters\n\n| name | type | default | allowed | meaning |\n| --- | --- | --- | --- | --- |\n";
  for (const ir::PolicyParameter& parameter : policy.parameters) {
    const std::string initial =
        parameter.default_value ? literal(*input.graph, *parameter.default_value) : "";
    out += row({code(parameter.name), std::string(kTypeWords[static_cast<std::size_t>(parameter.type)]),
                initial.empty() ? "none: must be given" : code(initial),
                list_of(*input.graph, parameter.allowed), cell(parameter.description)});
  }
  out += "\n";
}

void mappings(const Input& input, const ir::Policy& policy, std::string& out) {
  if (policy.mappings.empty()) return;
  out += "## Frameworks\n\n| framework | control | title |\n| --- | --- | --- |\n";
  for (const ir::FrameworkMapping& mapping : policy.mappings) {
    const auto framework = input.frameworks.find(mapping.framework);
    std::string name = mapping.framework;
    std::string title;
    if (framework != input.frameworks.end()) {
      name = framework->second.link.empty()
                 ? cell(framework->second.title)
                 : fmt::format("[{}]({})", cell(framework->second.title), framework->second.link);
      for (const auto& [number, text] : framework->second.items)
        if (number == mapping.control) title = text;
    }
    out += row({name, cell(mapping.control), cell(title)});
  }
  out += "\n";
}

void data(const Input& input, const Control& control, std::string& out) {
  std::string text;
  for (const Record& record : input.records) {
    const std::vector<std::string>& types = control.policy->types;
    const bool used = std::any_of(types.begin(), types.end(), [&](const std::string& type) {
      return equal_ascii_fold(type, record.type);
    });
    if (used && !record.comment.empty())
      text += fmt::format("{}:\n\n```text\n{}\n```\n\n", code(record.type), record.comment);
  }
  if (!text.empty()) out += "## Where the data comes from\n\n" + text;
}

} // namespace

std::string page_name(const ir::Policy& policy) { return slug(policy.id) + ".md"; }

std::string control_page(const Input& input, const Control& control) {
  const ir::Policy& policy = *control.policy;
  std::string out = fmt::format("# {}: {}\n\n", policy.id, policy.title);
  facts(input, control, out);
  if (!policy.description.empty()) out += policy.description + "\n\n";
  if (!policy.fix.empty()) out += "**Fix.** " + policy.fix + "\n\n";
  if (!policy.link.empty()) out += fmt::format("[Background]({})\n\n", policy.link);
  if (!control.not_emittable_because.empty())
    out += fmt::format("**Why locally only.** {}.\n\n", control.not_emittable_because);
  parameters(input, policy, out);
  mappings(input, policy, out);
  data(input, control, out);
  if (!control.examples.empty()) {
    out += "## Examples\n\n| expected | case |\n| --- | --- |\n";
    for (const Example& example : control.examples)
      out += row({example.expectation, cell(example.title)});
    out += "\n";
  }
  if (!policy.span.empty())
    out += fmt::format("## Source\n\n```writ\n{}\n```\n", dedented(input.sources->text_of(policy.span)));
  while (out.ends_with("\n\n"))
    out.pop_back();
  return out;
}

} // namespace writ::document
