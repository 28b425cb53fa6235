// SPDX-License-Identifier: MIT
// One control declaration to one policy. Private to check/.
#pragma once

#include "check/check.h"
#include "check/lower.h"

namespace writ::check {

/// What the checker of a control needs of its surroundings.
struct ControlContext {
  ir::Graph& graph;
  const Catalog& catalog;
  Diagnostics& diagnostics;
  std::unordered_map<std::uint32_t, Span>& node_spans;
  const std::set<std::string>& record_types; ///< lower-cased
};

struct CheckedControl {
  ir::Policy policy;
  bool target_azure = false;
  bool local_record = false;
};

/// Nothing when the control has errors; they have been reported.
std::optional<CheckedControl> check_control(const syntax::ControlDecl& decl, const std::string& symbol,
                                            const ScopePtr& module_scope, const ControlContext& context);

/// Cases of a test block, with type, id and name filled in from the control they are about.
void check_test(const syntax::TestDecl& decl, const ir::Policy& policy, const ControlContext& context,
                std::vector<TestCase>& out);

} // namespace writ::check
