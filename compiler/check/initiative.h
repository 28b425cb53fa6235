// SPDX-License-Identifier: MIT
// Initiatives that are put together of controls: `include`, `group`, `forwards`, `set`. Private to check/.
#pragma once

#include "check/include.h"
#include "check/lower.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace writ::check {

/// What the checker of an initiative needs of its surroundings.
struct InitiativeContext {
  const modules::ModuleGraph& modules;
  ir::PolicySet& set;
  const Catalog& catalog;
  Diagnostics& diagnostics;
  std::unordered_map<std::uint32_t, Span>& node_spans;
};

/// A member while the initiative is put together.
struct Member {
  ir::InitiativeMember out;
  const ir::Policy* policy =
      nullptr;          ///< null: a definition block or a built-in, whose parameters are not known
  std::string symbol;   ///< empty: a built-in
  bool by_star = false; ///< included together with others, not by its own name
  const syntax::IncludeDecl* include = nullptr;
};

/// The names that an initiative gives to something, and what they mean.
struct InitiativeNames {
  const syntax::DefinitionDecl& decl;
  std::size_t home = 0; ///< index of the module
  const syntax::Module& module;
  const ScopePtr& scope;
};

/// One initiative, `decl.is_composed()`, in a module whose controls and those of what it includes have been
/// checked. Nothing when it has mistakes; they have been reported.
std::optional<ir::Initiative> check_initiative(const InitiativeNames& names,
                                               const InitiativeContext& context);

/// Values of the members' parameters: `with` before `set` before `forwards`. Fills the arguments of the
/// members and adds to `parameters` those that only `forwards` declares.
void member_values(const InitiativeNames& names, const InitiativeContext& context, Lowering& lowering,
                   std::vector<ir::PolicyParameter>& parameters, std::vector<Member>& members);

/// Groups from the frameworks that members map to; fills the groups of the members.
void member_groups(const InitiativeNames& names, const InitiativeContext& context,
                   std::vector<Member>& members, std::vector<ir::InitiativeGroup>& groups);

/// The members that a name of the initiative means; reports one that means none (UnknownMember).
std::vector<Member*> members_named(const syntax::MemberName& name, const InitiativeNames& names,
                                   std::vector<Member>& members, Diagnostics& diagnostics);

} // namespace writ::check
