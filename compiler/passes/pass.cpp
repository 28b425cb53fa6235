// SPDX-License-Identifier: MIT
#include "passes/pass.h"
#include "ir/rewrite.h"
#include "passes/bind_parameters.h"
#include "passes/fold.h"
#include "passes/normalise.h"
#include "passes/order_tests.h"
#include "passes/policy_nodes.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace writ::passes {

namespace {

struct PassContext {
  ir::PolicySet& set;
  const Options& options;
  Diagnostics& diagnostics;
  Report& report;
};

template <typename Change> std::size_t rewrite_all(ir::PolicySet& set, Change& change) {
  std::size_t changed = 0;
  for (ir::Policy& policy : set.policies)
    changed += rewrite_policy(policy, [&](ir::NodeId id) { return change(id); }) ? 1 : 0;
  return changed;
}

std::size_t run_bind(PassContext& context) {
  if (context.options.open_parameters) return 0;
  Folder fold(*context.set.graph, context.options.semantics, context.options.catalog);
  return bind_parameters(context.set, fold, context.diagnostics);
}

/// What the given parameters switched off.
void remark_constants(PassContext& context, const ir::Policy& policy) {
  const ir::Graph& graph = *context.set.graph;
  const auto is_false = [&](ir::NodeId id) {
    return graph.node(id).kind == ir::NodeKind::Constant && !graph.node(id).truth;
  };
  if (is_false(policy.applicable))
    context.report.remarks.push_back({"fold", policy.id, "never applies", policy.span});
  for (const ir::Violation& violation : policy.violations)
    if (is_false(violation.when))
      context.report.remarks.push_back({"fold", policy.id, "is never violated", violation.span});
}

std::size_t run_fold(PassContext& context) {
  Folder fold(*context.set.graph, context.options.semantics, context.options.catalog);
  const std::size_t changed = rewrite_all(context.set, fold);
  for (const ir::Policy& policy : context.set.policies)
    if (policy.applicable.valid()) remark_constants(context, policy);
  return changed;
}

std::size_t run_normalise(PassContext& context) {
  Normaliser normalise(*context.set.graph);
  return rewrite_all(context.set, normalise);
}

std::size_t order_once(PassContext& context) {
  const ir::Graph& graph = *context.set.graph;
  std::unordered_map<std::uint32_t, std::uint32_t> uses;
  for (const ir::Policy& policy : context.set.policies) {
    std::unordered_set<std::uint32_t> seen;
    for_each_root(policy, [&](ir::NodeId root) {
      ir::for_each_node(graph, root, [&](ir::NodeId id, const ir::Node&) {
        if (seen.insert(id.index).second) ++uses[id.index];
      });
    });
  }
  TestOrder order(*context.set.graph, std::move(uses));
  return rewrite_all(context.set, order);
}

/// What a reordered condition costs, and how often it is used, is known only when it stands: until nothing
/// moves.
std::size_t run_order(PassContext& context) {
  constexpr int kMostRounds = 4;
  std::size_t changed = 0;
  for (int round = 0; round < kMostRounds; ++round) {
    const std::size_t moved = order_once(context);
    changed = std::max(changed, moved);
    if (moved == 0) break;
  }
  return changed;
}

struct PassRow {
  PassInfo info;
  bool always; ///< runs without optimisation, too
  std::size_t (*run)(PassContext&);
};
constexpr std::array kPasses = {
    PassRow{{"bind-parameters", "arguments and defaults in place of parameters, one policy per instance"},
            true,
            run_bind},
    PassRow{{"fold", "computes what depends on literals only"}, false, run_fold},
    PassRow{{"normalise", "pushes negations down to the tests"}, false, run_normalise},
    PassRow{{"order-tests", "cheap and deciding tests first"}, false, run_order},
};
constexpr auto kPassInfos = [] {
  std::array<PassInfo, kPasses.size()> infos{};
  for (std::size_t i = 0; i < kPasses.size(); ++i)
    infos[i] = kPasses[i].info;
  return infos;
}();

} // namespace

Report run(ir::PolicySet& set, const Options& options, Diagnostics& diagnostics) {
  Report report;
  PassContext context{set, options, diagnostics, report};
  for (const PassRow& pass : kPasses) {
    if (!pass.always && !options.optimise) continue;
    const std::size_t changed = pass.run(context);
    report.passes.push_back({pass.info.name, changed, set.graph->size()});
    if (!options.verify) continue;
    report.problems = ir::verify(set);
    if (report.problems.empty()) continue;
    for (ir::Problem& problem : report.problems)
      problem.text = "after " + std::string(pass.info.name) + ": " + problem.text;
    break;
  }
  return report;
}

std::span<const PassInfo> all_passes() { return kPassInfos; }

} // namespace writ::passes
