// SPDX-License-Identifier: MIT
// The virtual machine. Map of the folder: image (a program prepared for running), frame (a resource as the VM
// sees it), select (paths), dynamic_field (computed names), core (machine state and the slow half of
// instructions), interpreter (the loop), trace and evidence (what was looked at), limits.
#pragma once

#include "vm/frame.h"
#include "vm/image.h"
#include "vm/limits.h"
#include "vm/observation.h"
#include "vm/trace.h"
#include "writ/semantics/functions.h"
#include "writ/semantics/truth.h"

#include <cstdint>
#include <memory>
#include <optional>

namespace writ::vm {

/// How the interpreter finds the code of the next instruction. ComputedGoto needs GNU C++; elsewhere it is
/// Switch.
enum class Dispatch : std::uint8_t { ComputedGoto, Switch };

class Core;
class Tracer;

/// Runs blocks of one image. Owns its registers, the results of shared tests and an arena for computed
/// values; after warm-up an evaluation allocates nothing. One per thread; the image and the context outlive
/// it.
class Machine {
public:
  Machine(const Image& image, const EvaluationContext& context, const Limits& limits = {},
          Dispatch dispatch = Dispatch::ComputedGoto);
  ~Machine();
  Machine(Machine&&) noexcept;
  Machine& operator=(Machine&&) noexcept;

  /// Starts with another resource: results of shared tests and computed values are forgotten. `primary` is
  /// the resource of the `if` while `subject` is the candidate of an existence condition; without it, code
  /// that asks for the primary fails with "context-unavailable". The views are copied, what they point to
  /// must stay.
  void begin_resource(const ResourceView& subject, const ResourceView* primary = nullptr);
  /// What a live request would supply from now on (it may differ per resource).
  void set_context(const EvaluationContext& context);

  /// Tests are evaluated again when somebody asks.
  void forget_tests();
  /// The result of a block that returns a truth. Tests shared with earlier blocks are not evaluated again.
  Truth run_truth(std::uint32_t block);
  /// The result of a block that returns a value; valid until the next begin_resource().
  Value run_value(std::uint32_t block);
  /// From now on run_truth() writes what it looks at to `log`, which it does not clear; null ends that.
  void observe_to(ObservationLog* log) { log_ = log; }
  /// The outcome of one look at the resource at hand.
  Truth observe(const Observation& what);
  /// What the resource at hand has where a field is: Missing and Null differ. Nothing when the field selects
  /// several members.
  std::optional<Value> single(std::uint32_t field);
  /// How often run_value() was called: what it gives is no truth, and may rest on anything.
  [[nodiscard]] std::uint64_t values_run() const { return values_run_; }
  /// As run_truth, evaluating everything again and writing down what it looks at. Slow.
  Truth trace_truth(std::uint32_t block, TraceNode& trace);
  /// Why the last run_truth or trace_truth was Error or Unknown (code "unknown-value").
  [[nodiscard]] const EvaluationError& reason() const { return reason_; }

private:
  std::unique_ptr<Core> core_;
  std::unique_ptr<Tracer> tracer_; ///< made by the first trace
  EvaluationError reason_;
  Dispatch dispatch_;
  ObservationLog* log_ = nullptr;
  std::uint64_t values_run_ = 0;
};

} // namespace writ::vm
