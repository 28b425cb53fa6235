// SPDX-License-Identifier: MIT
#include "passes/dead_rules.h"
#include "passes/contradiction.h"
#include "passes/fold.h"
#include "passes/normalise.h"

namespace writ::passes {

void warn_dead_rules(ir::PolicySet& set, const SemanticsOptions& semantics, const Catalog* catalog,
                     Diagnostics& diagnostics) {
  ir::Graph& graph = *set.graph;
  Folder fold(graph, semantics, catalog);
  Normaliser normalise(graph);
  Contradiction contradiction(graph, semantics);
  for (const ir::Policy& policy : set.policies) {
    if (policy.origin != ir::Origin::Control || !policy.applicable.valid()) continue;
    const ir::NodeId applicable = normalise(fold(policy.applicable));
    if (contradiction.never_true(applicable)) {
      diagnostics.add(Diagnostic(Code::NeverApplies, policy.span,
                                 "`" + policy.id + "` never applies: its conditions exclude each other"));
      continue;
    }
    for (const ir::Violation& violation : policy.violations) {
      const ir::NodeId when = normalise(fold(violation.when));
      if (!contradiction.never_true(graph.all_of({applicable, when}))) continue;
      Diagnostic warning(Code::NeverViolated, violation.span,
                         "this requirement of `" + policy.id + "` always holds");
      if (!contradiction.never_true(when))
        warning.notes.emplace_back("where the control applies, nothing else is possible");
      diagnostics.add(std::move(warning));
    }
  }
}

} // namespace writ::passes
