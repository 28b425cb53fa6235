// SPDX-License-Identifier: MIT
#include "codegen/computed_names.h"
#include "catalog/field_of.h"
#include "writ/text.h"

#include <algorithm>
#include <string_view>

namespace writ::codegen {

using ir::NodeId;
using ir::NodeKind;

namespace {

/// More alternatives than this are no longer told apart.
constexpr std::size_t kMostAlternatives = 64;
constexpr std::string_view kStar = "[*]";

PossibleNames possible(const ir::Graph& graph, const ir::Policy& policy, NodeId operand);

PossibleNames anything() { return {{}, {""}}; }

void add_value(const Value& value, PossibleNames& out) {
  if (value.is(ValueKind::String))
    out.names.insert(lower_ascii(value.as_string()));
  else if (value.is(ValueKind::Int) || value.is(ValueKind::Bool))
    out.prefixes.insert(""); // part of a longer name, in a spelling of its own
}

PossibleNames joined(const ir::Graph& graph, const ir::Policy& policy, NodeId call) {
  PossibleNames out{{""}, {}};
  for (NodeId child : graph.children(call)) {
    const PossibleNames part = possible(graph, policy, child);
    PossibleNames next;
    next.prefixes = out.prefixes;
    for (const std::string& head : out.names) {
      for (const std::string& name : part.names)
        next.names.insert(head + name);
      for (const std::string& prefix : part.prefixes)
        next.prefixes.insert(head + prefix);
    }
    if (next.names.size() > kMostAlternatives) return anything();
    out = std::move(next);
  }
  return out;
}

PossibleNames possible(const ir::Graph& graph, const ir::Policy& policy, NodeId operand) {
  PossibleNames out;
  const ir::Node& node = graph.node(operand);
  switch (node.kind) {
  case NodeKind::Literal:
    add_value(graph.constant_value(operand), out);
    return out;
  case NodeKind::Parameter:
    for (const ir::PolicyParameter& parameter : policy.parameters) {
      if (!equal_ascii_fold(parameter.name, graph.name_of(operand)) || parameter.allowed.empty()) continue;
      for (NodeId allowed : parameter.allowed)
        add_value(graph.constant_value(allowed), out);
      return out;
    }
    return anything();
  case NodeKind::Call:
    break;
  default:
    return anything();
  }
  const auto children = graph.children(operand);
  switch (node.function) {
  case Function::If:
    add_possible_names(graph, policy, children[1], out);
    add_possible_names(graph, policy, children[2], out);
    return out;
  case Function::Coalesce:
    for (NodeId child : children)
      add_possible_names(graph, policy, child, out);
    return out;
  case Function::ToLower:
  case Function::ToUpper:
    return possible(graph, policy, children[0]);
  case Function::Concat:
    return joined(graph, policy, operand);
  default:
    return anything();
  }
}

} // namespace

void add_possible_names(const ir::Graph& graph, const ir::Policy& policy, NodeId operand,
                        PossibleNames& out) {
  PossibleNames found = possible(graph, policy, operand);
  out.names.merge(found.names);
  out.prefixes.merge(found.prefixes);
}

std::vector<ir::Field> aliases_among(const Catalog& catalog, const PossibleNames& names) {
  std::set<std::string> wanted;
  for (const std::string& name : names.names)
    if (name.find('/') != std::string::npos) wanted.insert(name);
  // Most computed names are tags: nothing to search for.
  std::vector<std::string> prefixes;
  for (const std::string& prefix : names.prefixes)
    if (!prefix.starts_with("tags.") && !prefix.starts_with("tags[")) prefixes.push_back(prefix);
  const auto begins = [&](const std::string& name) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string& prefix) { return name.starts_with(prefix); });
  };
  for (std::uint32_t i = 0; !prefixes.empty() && i < catalog.alias_count(); ++i) {
    std::string name = lower_ascii(catalog.alias(i).name);
    // The array as a whole has an entry of its own in few catalogues.
    if (name.ends_with(kStar))
      if (std::string whole = name.substr(0, name.size() - kStar.size()); begins(whole))
        wanted.insert(std::move(whole));
    if (begins(name)) wanted.insert(std::move(name));
  }
  std::vector<ir::Field> out;
  for (const std::string& name : wanted)
    if (const std::vector<Alias> entries = catalog.find_alias(name); !entries.empty())
      out.push_back(field_of(catalog, entries));
  return out;
}

} // namespace writ::codegen
