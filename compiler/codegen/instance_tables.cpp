// SPDX-License-Identifier: MIT
#include "codegen/instance_tables.h"

#include "writ/text.h"

#include <algorithm>

namespace writ::codegen {

namespace {

std::uint32_t size32(std::size_t size) { return static_cast<std::uint32_t>(size); }

bc::SelectorKind kind_of(ir::SelectorKind kind) {
  switch (kind) {
  case ir::SelectorKind::ResourceType:
    return bc::SelectorKind::ResourceType;
  case ir::SelectorKind::ResourceLocation:
    return bc::SelectorKind::ResourceLocation;
  case ir::SelectorKind::ResourceWithoutLocation:
    return bc::SelectorKind::ResourceWithoutLocation;
  case ir::SelectorKind::Reference: // decided before: never left in an instance
  case ir::SelectorKind::Principal:
    break;
  }
  return bc::SelectorKind::Principal;
}

/// As the engine compares it.
std::string normal_value(ir::SelectorKind kind, const std::string& value) {
  std::string normal = lower_ascii(value);
  if (kind == ir::SelectorKind::ResourceLocation) std::erase(normal, ' ');
  return normal;
}

} // namespace

InstanceTables::Range InstanceTables::texts(const std::vector<std::string>& values) {
  const Range range{size32(program_.texts.size()), size32(values.size())};
  for (const std::string& value : values)
    program_.texts.push_back(pools_.string(value));
  return range;
}

InstanceTables::Range InstanceTables::selectors(const std::vector<ir::Selector>& list) {
  std::vector<bc::Selector> out;
  for (const ir::Selector& selector : list) {
    std::vector<std::string> values;
    for (const std::string& value : selector.values)
      values.push_back(normal_value(selector.kind, value));
    const Range range = texts(values);
    out.push_back({kind_of(selector.kind), selector.negated, range.first, range.count});
  }
  const Range range{size32(program_.selectors.size()), size32(out.size())};
  program_.selectors.insert(program_.selectors.end(), out.begin(), out.end());
  return range;
}

InstanceTables::Range InstanceTables::selections(const std::vector<ir::Selection>& list) {
  std::vector<bc::Selection> out;
  for (const ir::Selection& selection : list) {
    const Range range = selectors(selection.selectors);
    out.push_back({range.first, range.count});
  }
  const Range range{size32(program_.selections.size()), size32(out.size())};
  program_.selections.insert(program_.selections.end(), out.begin(), out.end());
  return range;
}

std::uint32_t InstanceTables::initiative(std::size_t number) {
  const auto [entry, added] = initiatives_.try_emplace(number, size32(program_.initiatives.size()));
  if (added) {
    const ir::Initiative& initiative = set_.initiatives[number];
    program_.initiatives.push_back(
        {pools_.string(initiative.id), pools_.string(initiative.name), pools_.string(initiative.title)});
  }
  return entry->second;
}

std::uint32_t InstanceTables::assignment(std::size_t number) {
  const auto [entry, added] = assignments_.try_emplace(number, size32(program_.assignments.size()));
  if (added) {
    const ir::Assignment& assignment = set_.assignments[number];
    bc::Assignment out;
    out.id = pools_.string(assignment.id);
    out.name = pools_.string(assignment.name);
    out.title = pools_.string(assignment.title);
    out.scope = pools_.string(assignment.scope);
    out.do_not_enforce = assignment.enforcement == ir::Enforcement::DoNotEnforce;
    const Range not_scopes = texts(assignment.not_scopes);
    out.first_not_scope = not_scopes.first;
    out.not_scope_count = not_scopes.count;
    const Range selected = selections(assignment.selections);
    out.first_selection = selected.first;
    out.selection_count = selected.count;
    program_.assignments.push_back(out);
  }
  return entry->second;
}

std::uint32_t InstanceTables::exemption(std::size_t number) {
  const auto [entry, added] = exemptions_.try_emplace(number, size32(program_.exemptions.size()));
  if (added) {
    const ir::Exemption& exemption = set_.exemptions[number];
    bc::Exemption out;
    out.name = pools_.string(exemption.name);
    out.scope = pools_.string(exemption.scope);
    out.category = pools_.string(exemption.category);
    out.expires_on = pools_.string(exemption.expires_on);
    const Range selected = selections(exemption.selections);
    out.first_selection = selected.first;
    out.selection_count = selected.count;
    program_.exemptions.push_back(out);
  }
  return entry->second;
}

std::uint32_t InstanceTables::add(const ir::PolicyInstance& instance, const std::string& problem) {
  const std::string& why = instance.problem.empty() ? problem : instance.problem;
  if (!instance.assignment && !instance.initiative && why.empty()) return bc::kNone;
  bc::Instance out;
  if (instance.assignment) out.assignment = assignment(*instance.assignment);
  if (instance.initiative) out.initiative = initiative(*instance.initiative);
  out.reference = pools_.string(instance.reference);
  const Range groups = texts(instance.groups);
  out.first_group = groups.first;
  out.group_count = groups.count;
  if (!instance.message.empty()) out.message = pools_.string(instance.message);
  if (!why.empty()) out.problem = pools_.string(why);
  std::vector<bc::Guard> guards;
  for (const ir::Guard& guard : instance.guards) {
    const Range range = selectors(guard.selectors);
    guards.push_back({range.first, range.count, guard.negated});
  }
  out.first_guard = size32(program_.guards.size());
  out.guard_count = size32(guards.size());
  program_.guards.insert(program_.guards.end(), guards.begin(), guards.end());
  std::vector<std::uint32_t> uses;
  for (const std::size_t number : instance.exemptions)
    uses.push_back(exemption(number));
  out.first_exemption = size32(program_.exemption_uses.size());
  out.exemption_count = size32(uses.size());
  program_.exemption_uses.insert(program_.exemption_uses.end(), uses.begin(), uses.end());
  program_.instances.push_back(out);
  return size32(program_.instances.size() - 1);
}

} // namespace writ::codegen
