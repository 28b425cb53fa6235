// SPDX-License-Identifier: MIT
#include "relate/selection.h"

#include "writ/text.h"

namespace writ::relate {

namespace {

/// Runs the block of one member of `details`. Nothing when the member is absent or resolves to nothing.
std::optional<std::string> resolve_text(vm::Machine& machine, std::uint32_t block, const char* member,
                                        Selection& selection) {
  if (block == bc::kNone) return std::nullopt;
  const Value value = machine.run_value(block);
  if (value.is(ValueKind::String) && !value.as_string().empty()) return std::string(value.as_string());
  if (value.undecided() && selection.resolved != Truth::Error) {
    selection.resolved = value.is(ValueKind::Error) ? Truth::Error : Truth::Unknown;
    selection.reason = std::string(member) + " of the related resources cannot be resolved";
    if (value.is(ValueKind::Error)) selection.reason += ": " + std::string(value.as_error().code);
  }
  return std::nullopt;
}

} // namespace

Selection resolve(vm::Machine& machine, const bc::Program& program, const bc::RelationInfo& relation) {
  Selection selection;
  if (relation.static_type != bc::kNone)
    selection.type = program.strings[relation.static_type];
  else if (const auto type = resolve_text(machine, relation.type, "type", selection))
    selection.type = lower_ascii(*type);
  else if (selection.resolved == Truth::True) {
    selection.resolved = Truth::Error;
    selection.reason = "type of the related resources resolves to nothing";
  }
  selection.name = resolve_text(machine, relation.name, "name", selection);
  selection.nothing = relation.name != bc::kNone && !selection.name;
  selection.kind = resolve_text(machine, relation.kind, "kind", selection);
  selection.resource_group = resolve_text(machine, relation.resource_group, "resourceGroupName", selection);
  if (const auto scope = resolve_text(machine, relation.scope, "existenceScope", selection))
    selection.subscription_scope = equal_ascii_fold(*scope, "Subscription");
  return selection;
}

} // namespace writ::relate
