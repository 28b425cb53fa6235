// SPDX-License-Identifier: MIT
// One bundle on one thread: a resource in, verdicts out.
#pragma once

#include "engine/bundle_state.h"
#include "snapshot/resource_root.h"
#include "vm/vm.h"
#include "writ/engine.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace writ {

/// A verdict of one control about one resource, before it becomes a finding.
struct Decision {
  std::uint32_t control = 0;
  Verdict verdict = Verdict::NotApplicable;
  bool needs_related = false; ///< `if` holds; related resources decide
  std::string reason;
  std::uint64_t violated = 0; ///< bit per violation of the control (the first 64)
};

/// Context values shared by all evaluators of an engine.
struct SharedContext {
  Arena arena;
  EvaluationContext values;
};

class Evaluator {
public:
  Evaluator(std::shared_ptr<const Bundle::State> bundle, const EngineOptions& options,
            const EvaluationContext& context);

  /// Starts with a resource. What it points to must stay until the next call. `arena` is reset by the caller
  /// per resource.
  void begin(const snapshot::ResourceRoot& root, Arena& arena);
  /// Verdicts of the controls that may apply to its type, in control order.
  void decide(const std::function<void(const Decision&)>& sink);
  /// Fills effect, details, messages and evidence of a decision about the current resource.
  void describe(const Decision& decision, Finding& finding);
  /// The effect of a control as the definition spells it.
  [[nodiscard]] std::string_view effect(std::uint32_t control);

  [[nodiscard]] vm::Machine& machine() { return machine_; }
  [[nodiscard]] const bc::Program& program() const { return bundle_->image.program(); }
  [[nodiscard]] const Bundle::State& bundle() const { return *bundle_; }
  /// The resource as the machine sees it, with the whole value when `whole`.
  vm::ResourceView view(const snapshot::ResourceRoot& root, Arena& arena, bool whole);

private:
  Decision decide_one(std::uint32_t control);
  bool outside_mode(const bc::Control& control, std::string& reason) const;
  std::string details(const bc::Control& control, std::string_view effect);

  std::shared_ptr<const Bundle::State> bundle_;
  const EngineOptions& options_;
  EvaluationContext context_;
  vm::Machine machine_;
  snapshot::Extractor extractor_;
  const snapshot::ResourceRoot* root_ = nullptr;
  Arena* arena_ = nullptr;
  Value whole_;
  std::uint32_t type_ = 0;
  struct CachedEffect {
    bool known = false;
    bool failed = false;
    std::string text;
  };
  std::vector<CachedEffect> effects_;
};

} // namespace writ
