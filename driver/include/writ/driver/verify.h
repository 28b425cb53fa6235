// SPDX-License-Identifier: MIT
// Does the emitted policy mean what its control means? Emits, reads back, compares.
#pragma once

#include "writ/compare_policies.h"
#include "writ/compiler.h"
#include "writ/input.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace writ::driver {

struct VerifyRequest {
  std::size_t pairs = 400;           ///< situations for each control under its default parameters
  std::uint32_t seed = 20260101;     ///< of everything generated
  std::string now;                   ///< RFC 3339: what utcNow() stands for
  std::string context_json;          ///< as EngineOptions
  std::vector<Input> snapshot;       ///< compared on as well; may be empty
  bool assume_complete = false;      ///< about the snapshot
  bool symbolic = true;              ///< ask for proofs
  std::vector<std::string> controls; ///< globs over control ids; empty = all
  std::string least_severity;        ///< empty = all
  /// Read the files here instead of what would be emitted now: definitions, or with several `targets` each in
  /// the folder of its name, as `writ emit all` writes them.
  std::string emitted_folder;
  std::vector<std::string> targets; ///< read back as well: names of emit_targets(), but exemptions
};

/// Two evaluations of one situation that say different things.
struct Counterexample {
  std::string parameters;             ///< "effect = \"Deny\"", or empty under the defaults
  std::vector<std::string> rows_json; ///< the smallest snapshot that still differs; the verdicts are about
                                      ///< the first row
  bool complete = false;              ///< what is not among the rows does not exist
  std::vector<std::string> pointers;  ///< members of the first row that it rests on, as JSON pointers
  struct Side {
    std::string who; ///< "control on the VM", …
    std::string verdict;
    std::string effect;
    std::string reason;
  };
  Side left;
  Side right;
  std::string found_in; ///< "generated", "a test of the control", "samples/x.ndjson:12", "proof"
};

enum class SymbolicOutcome : std::uint8_t { NotRun, Proved, Counterexample, Undecided };

enum class VerifyOutcome : std::uint8_t {
  Proved,    ///< equal for every resource, by proof; tested as well
  Tested,    ///< no difference found by testing; the proof is undecided or was not asked for
  Different, ///< a counterexample, or a part without conditions that is not the same
  Failed,    ///< the emitted file cannot be read back
  NotEmitted ///< Azure Policy cannot say it
};
std::string_view to_text(VerifyOutcome outcome);

/// What was found when a target was read back.
enum class TargetOutcome : std::uint8_t {
  Same,      ///< the IR is the control's own; of an initiative, the body is the same
  Different, ///< `detail` says where
  Refused,   ///< the target has no words for it: `detail`
  Missing    ///< it is not there
};
std::string_view to_text(TargetOutcome outcome);

struct TargetVerification {
  std::string target;
  TargetOutcome outcome = TargetOutcome::Same;
  std::string detail;
};

struct InitiativeVerification {
  std::string id;
  std::vector<TargetVerification> targets;
};

struct ControlVerification {
  std::string id;
  std::string title;
  std::string file; ///< the emitted one
  VerifyOutcome outcome = VerifyOutcome::Tested;
  bool same_ir = false;
  std::vector<PolicyDifference> differences;
  SymbolicOutcome symbolic = SymbolicOutcome::NotRun;
  std::vector<std::string> undecided_because;
  std::vector<std::string> assumptions; ///< Proved: what the proof takes for granted
  std::size_t parameter_sets = 0;
  std::size_t generated = 0; ///< compared (parameter set, situation) pairs
  std::size_t on_snapshot = 0;
  std::map<std::string, std::size_t> verdicts; ///< of the control, under the defaults
  std::vector<Counterexample> counterexamples;
  std::string reason;                      ///< Failed, NotEmitted
  std::vector<TargetVerification> targets; ///< in the order of the request
};

struct VerifyReport {
  std::vector<ControlVerification> controls;       ///< every selected one, in order of ids
  std::vector<InitiativeVerification> initiatives; ///< when targets are read and all controls are selected
  std::vector<std::string> target_problems; ///< files that cannot be read, or hold what nobody asked for
  Diagnostics problems;                     ///< of reading the snapshot
  /// How many documents came back from the targets in such a way.
  [[nodiscard]] std::size_t count(TargetOutcome outcome) const;
  [[nodiscard]] std::size_t count(VerifyOutcome outcome) const;
  /// Nothing differs and nothing failed.
  [[nodiscard]] bool agrees() const;
};

/// `compile`: what `compilation` was made from; emitted files are read back in the same way.
VerifyReport run_verification(const Files& files, Compilation& compilation, const CompileRequest& compile,
                              const VerifyRequest& request);

} // namespace writ::driver
