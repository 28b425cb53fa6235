// SPDX-License-Identifier: MIT
// One bundle on one thread: a resource in, verdicts out.
#pragma once

#include "engine/placement.h"
#include "engine/prepared.h"
#include "snapshot/extract.h"
#include "snapshot/resource_root.h"
#include "vm/vm.h"
#include "writ/engine.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace writ {

/// A verdict of one control about one resource, before it becomes a finding.
struct Decision {
  /// Verdict: final. Related: `if` holds, related resources decide. Scope: it depends on the subscription or
  /// the resource group, whose record may come later in the input. None: the control has nothing to say about
  /// the resource, which lies outside the scope of its assignment. Joined: it depends on how many other
  /// resources joins find.
  enum class State : std::uint8_t { Final, Related, Scope, None, Joined };
  std::uint32_t control = 0;
  State state = State::Final;
  Verdict verdict = Verdict::NotApplicable;
  std::string reason;
  std::uint64_t violated = 0; ///< bit per violation of the control (the first 64)
};

/// Why an evaluation failed or stayed open, for people: "division-by-zero: ...".
std::string reason_text(const EvaluationError& error);
/// Which instruction loop the options ask for.
vm::Dispatch dispatch_of(const EngineOptions& options);
/// Most programs that may need the whole resource hardly ever do.
class LazyResource final : public vm::WholeResource {
public:
  void begin(const snapshot::ResourceRoot& root, Arena& arena) {
    root_ = &root;
    arena_ = &arena;
    known_ = false;
    members_.clear();
  }
  const Value& value() override {
    if (!known_) value_ = root_->materialise(*arena_);
    known_ = true;
    return value_;
  }
  const Value* member(std::string_view folded) override;

private:
  const snapshot::ResourceRoot* root_ = nullptr;
  Arena* arena_ = nullptr;
  Value value_;
  bool known_ = false;
  std::vector<std::pair<std::size_t, const Value*>> members_; ///< those that were asked for, by their number
};
/// The resource as a program sees it; `whole` and the extractor's slots must stay as long as the view.
vm::ResourceView view_of(const PreparedBundle& bundle, const snapshot::ResourceRoot& root, std::uint32_t type,
                         snapshot::Extractor& extractor, Arena& arena, LazyResource& whole,
                         bool plain = false);
/// Whether findings of this verdict are wanted.
inline bool is_delivered(const EngineOptions& options, Verdict verdict) {
  return (options.deliver >> static_cast<unsigned>(verdict) & 1u) != 0;
}
/// Whether the numbers are all that is wanted of verdicts that need the whole input.
inline bool is_only_counted(const EngineOptions& options) {
  return !is_delivered(options, Verdict::NonCompliant) && !is_delivered(options, Verdict::Compliant) &&
         !is_delivered(options, Verdict::Unknown) && !is_delivered(options, Verdict::Error);
}
/// Whether nothing but the numbers is wanted of any verdict that needs more than a look.
inline bool wants_only_numbers(const EngineOptions& options) {
  return is_only_counted(options) && !is_delivered(options, Verdict::NotApplicable) && !options.plain &&
         !options.all_not_applicable;
}

/// A control that runs for the resources of one type.
struct TypeControl {
  std::uint32_t control = 0;
  bool lets_in = false; ///< assignment, mode and applicability let every resource of the type in
};

class Evaluator {
public:
  /// What is passed must outlive the evaluator.
  Evaluator(const PreparedBundle& bundle, const EngineOptions& options, const EvaluationContext& context);

  /// Starts with a resource; it, its parser and the arena must stay as they are until the next call.
  /// `type` is the index of its type into Program::types, when that is known.
  void begin(const snapshot::ResourceRoot& root, std::uint32_t type, Arena& arena);
  void begin(const snapshot::ResourceRoot& root, Arena& arena);
  /// Index of the resource's type into Program::types.
  [[nodiscard]] std::uint32_t type() const { return type_; }
  /// The verdict about the current resource. `scope_known`: the context given with set_context() is all there
  /// is, so nothing is put off.
  void decide(std::uint32_t control, bool scope_known, Decision& decision);
  /// As decide(), for a control that plan_type() gave for the resource's type.
  void decide(const TypeControl& control, Decision& decision);
  /// What the type of the current resource, as it is spelled, and whether it has a location say about the
  /// controls that run for it: those that are not applicable to any such resource are left out, unless such
  /// verdicts are wanted.
  [[nodiscard]] std::vector<TypeControl> plan_type();
  /// Whether the verdict about a resource of the current type follows from what the control's conditions look
  /// at, and from nothing else of the resource.
  [[nodiscard]] bool rests_on_looks(std::uint32_t control) const;
  /// Whether the control's assignment is about the resource at all; otherwise the decision says what it is.
  bool is_placed(std::uint32_t control, Decision& decision);
  /// Fills effect, details and messages of a violation.
  void describe(const Decision& decision, Finding& finding);
  /// What makes a condition hold. Forgets results of shared tests.
  void trace(std::uint32_t condition, bool as_requirement, std::vector<Evidence>& out);
  /// Adds what decided. Forgets results of shared tests, so call it when all controls are decided.
  void add_evidence(const Decision& decision, Finding& finding);
  /// Which related resources a control with a relation asks for, about the current resource.
  relate::Selection selection(std::uint32_t control);
  void set_context(const EvaluationContext& context);
  /// From now on nothing is known about the subscription and the resource group unless the context tells it
  /// for every resource: what is decided all the same holds wherever the resource is. Of use where only
  /// numbers are wanted; then controls that wait for the scope rest on looks, too.
  void leave_scope_open();

  [[nodiscard]] const snapshot::ResourceRoot& resource() const { return *root_; }
  [[nodiscard]] vm::Machine& machine() { return machine_; }
  [[nodiscard]] const PreparedBundle& bundle() const { return bundle_; }

private:
  bool is_exempt(const bc::Control& control, Decision& decision);
  [[nodiscard]] std::string_view outside_mode(const ControlPlan& plan) const;
  /// Whether mode Indexed sees the resource: by its type; where the catalogue does not know it, by its
  /// location.
  [[nodiscard]] bool is_indexed() const;
  void judge(const bc::Control& control, const ControlPlan& plan, bool scope_known, Decision& decision);
  /// `applicable` is how the control's applicability came out.
  void judge_applicable(const bc::Control& control, const ControlPlan& plan, bool scope_known,
                        Truth applicable, Decision& decision);
  /// Runs the conditions of the violations; what is true goes into the decision.
  Truth run_violations(const bc::Control& control, Decision& decision);
  /// What a condition comes to, whatever the subscription and the resource group are; Unknown when it depends
  /// on them, or when findings would lose their place in the report, where those that wait come last.
  template <class Run> Truth in_every_scope(Run&& run);
  void violated(const ControlPlan& plan, const bc::Control& control, bool scope_known, Decision& decision);
  [[nodiscard]] std::string reason() const { return reason_text(machine_.reason()); }
  /// An operation of append or modify whose value cannot be computed is an error of the whole evaluation.
  bool operations_fail(const bc::Control& control, Decision& decision);
  std::string default_state(const bc::Control& control);

  const PreparedBundle& bundle_;
  const EngineOptions& options_;
  EvaluationContext context_;
  EvaluationContext no_scope_; ///< nothing is known about subscription and resource group
  bool scope_left_open_ = false;
  vm::Machine machine_;
  snapshot::Extractor extractor_;
  Placement placement_;
  const snapshot::ResourceRoot* root_ = nullptr;
  Arena* arena_ = nullptr;
  vm::ResourceView view_;
  LazyResource whole_;
  std::uint32_t type_ = 0;
  mutable std::optional<bool> indexed_; ///< of the current resource, once asked for
};

} // namespace writ
