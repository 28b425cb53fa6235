// SPDX-License-Identifier: MIT
// Evaluates bundles over snapshots.
//
//   const writ::Engine engine(std::move(bundles), {.threads = 2});
//   auto summary = engine.run(inputs, [](const writ::Finding& f) { … });
#pragma once

#include "writ/bundle.h"
#include "writ/finding.h"
#include "writ/input.h"

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// Called now and then while a run goes on, from one thread at a time: resources so far.
using ProgressSink = std::function<void(std::uint64_t resources)>;

struct EngineOptions {
  unsigned threads = 1;
  std::string now; ///< RFC 3339: what utcNow() stands for; required when a control asks for it
  std::string
      context_json; ///< {"subscription":{…},"resourceGroup":{…},"requestContext":{…},"policy":{…}}, or empty
  bool assume_complete = false; ///< a related resource that the snapshot lacks does not exist
  bool evidence = true;         ///< collect what decided, for noncompliant findings
  ProgressSink progress;        ///< may be empty
  bool details_full = false;    ///< keep deployment templates in details
  bool manual_default = false;  ///< manual effects report their default state
  bool portable_loop = false;   ///< run the instruction loop without computed goto: for tests
  /// Evaluate by the longest way: each document parsed alone, paths walked over a tree of values, each
  /// control by itself without shared tests and without what its type says of it. For tests: the same
  /// verdicts.
  bool plain = false;
  std::size_t chunk_bytes = 0; ///< of the pieces that threads take; 0 = the usual size
  /// Which verdicts become findings: bit per Verdict. The others are only counted, which costs next to
  /// nothing.
  std::uint32_t deliver = 0xFFFFFFFF;
  bool all_not_applicable = false; ///< also deliver not-applicable findings of controls for other types
};

/// One input file as it was read.
struct InputSeen {
  std::string name;
  std::string format; ///< "lines", "array", "value page", ... as detected
  std::string reason; ///< why it was taken for that
  std::uint64_t resources = 0;
};

/// What a run saw.
struct RunReport {
  std::uint64_t resources = 0;
  std::uint64_t skipped = 0;     ///< damaged or refused documents, rows that are no objects
  std::vector<InputSeen> inputs; ///< in reading order
  std::array<std::uint64_t, kVerdictCount> counts{};
  /// Per bundle, per control, in bundle order.
  std::vector<std::vector<ControlSummary>> controls;
  std::map<std::string, std::uint64_t> types; ///< lower-cased type -> resources
  bool incomplete = false;                    ///< part of the input was skipped: see diagnostics
  Diagnostics diagnostics;
};

/// Called for every verdict, from one thread at a time, resource by resource in input order, controls in
/// bundle order; verdicts that wait for other resources come in the same order after those that do not.
using FindingSink = std::function<void(const Finding&)>;

class Engine {
public:
  Engine(std::vector<Bundle> bundles, EngineOptions options);
  ~Engine();
  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;

  /// Reads every input to its end. What cannot be read is reported in the result's diagnostics and makes it
  /// incomplete.
  [[nodiscard]] RunReport run(const std::vector<Input>& inputs, const FindingSink& sink) const;
  /// One resource as JSON text.
  [[nodiscard]] RunReport run_one(std::string_view json, const FindingSink& sink) const;
  /// Why a control gives its verdict on a resource, as text: the condition tree with actual values.
  struct Explanation {
    Verdict verdict = Verdict::NotApplicable;
    std::string text;
  };
  /// For every resource of the inputs with this id or name (any case) and every control with this id.
  [[nodiscard]] std::vector<Explanation>
  explain(const std::vector<Input>& inputs, std::string_view control_id, std::string_view resource) const;
  /// A leaf condition of a control, for coverage.
  struct Condition {
    std::uint32_t instruction = 0; ///< identifies it within the program
    std::string text;              ///< "publicNetworkAccess equals \"Disabled\""
  };
  /// Every leaf condition of the control's code but tests of the resource type.
  [[nodiscard]] std::vector<Condition> conditions(std::string_view control_id) const;
  /// How the leaf conditions that were reached came out on this resource.
  struct Outcome {
    std::uint32_t instruction = 0;
    bool truth = false;
  };
  /// `others`: resources beside it, for conditions about related resources.
  [[nodiscard]] std::vector<Outcome> outcomes(std::string_view json, const std::vector<std::string>& others,
                                              std::string_view control_id) const;

  struct State;

private:
  std::unique_ptr<State> state_;
};

} // namespace writ
