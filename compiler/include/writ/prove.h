// SPDX-License-Identifier: MIT
// Proofs about two controls: do they give the same verdict on every resource?
//
//   writ::ProofResult r = writ::prove_equivalent(old_set, "AIS-ID-001", new_set, "AIS-ID-001", {});
//
// Both conditions become formulas over one symbolic resource; Z3 looks for a resource on which they differ.
// What a proof rests on: docs/proof.md. A witness is not yet run: the caller evaluates it on the VM, with
// `parameters` given to both sides.
#pragma once

#include "writ/compiler.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace writ {

enum class ProofOutcome : std::uint8_t {
  Proved,         ///< no resource tells the two apart, under `assumptions`
  Counterexample, ///< `witness_json` tells them apart
  Undecided       ///< see `undecided_because`
};

/// A resource on which two controls differ, and what has to stand around it.
struct Witness {
  std::string resource_json;            ///< empty = none
  std::vector<std::string> beside_json; ///< other resources of the snapshot: a related candidate
  std::vector<std::pair<std::string, std::string>>
      parameters; ///< name, JSON text; others have their defaults
};

struct ProofResult {
  ProofOutcome outcome = ProofOutcome::Undecided;
  std::string witness_json;                                    ///< a resource; Counterexample only
  std::vector<std::string> beside_json;                        ///< as Witness::beside_json
  std::vector<std::pair<std::string, std::string>> parameters; ///< as Witness::parameters
  /// Undecided: the constructs that stood in the way, one sentence each.
  std::vector<std::string> undecided_because;
  /// What differs outside the conditions: parameters, effect, details. Undecided at best, never Proved.
  std::vector<std::string> differences;
  /// Proved: what the proof takes for granted beyond docs/proof.md ("arrays of at most 3 elements").
  std::vector<std::string> assumptions;
};

struct ProofOptions {
  unsigned array_bound = 3;    ///< arrays longer than this are not looked at
  unsigned timeout_ms = 10000; ///< for all questions together; past it: Undecided
  /// Compliant and not-applicable are two verdicts. Off: a control and its definition say the same when they
  /// report the same resources, whatever they say of the others.
  bool tell_not_applicable = false;
  /// Parameters, effect and details must be equal, too.
  bool compare_effects = true;
  /// Name, JSON text. When there are some, both sides have these values instead of their defaults, and
  /// nothing is said of other ones.
  std::vector<std::pair<std::string, std::string>> values;
};

/// Whether two controls (ids of Compilation::controls) give the same verdict on every resource. An id that
/// does not exist is Undecided. Source: docs/proof.md.
ProofResult prove_equivalent(const Compilation& left, std::string_view left_id, const Compilation& right,
                             std::string_view right_id, const ProofOptions& options = {});

/// What the left control reports, compared with what the right one does.
enum class Relation : std::uint8_t {
  Equal,        ///< the same resources are noncompliant
  Stricter,     ///< left reports everything that right does, and more
  Weaker,       ///< the other way round
  Incomparable, ///< each reports something that the other does not
  Undecided
};
std::string_view to_text(Relation relation);

struct RelationResult {
  Relation relation = Relation::Undecided;
  std::string only_left_json;  ///< noncompliant on the left only; Stricter, Incomparable
  std::string only_right_json; ///< noncompliant on the right only; Weaker, Incomparable
  Witness only_left;           ///< the same with what stands around it
  Witness only_right;
  std::vector<std::string> undecided_because;
  std::vector<std::string> assumptions;
};

/// Compares what two controls report; parameters have their defaults or `options.values`, effects play no
/// part.
RelationResult relate(const Compilation& left, std::string_view left_id, const Compilation& right,
                      std::string_view right_id, const ProofOptions& options = {});

/// Differences that change no verdict: title, severity, mappings, messages … One sentence each.
std::vector<std::string> metadata_differences(const Compilation& left, std::string_view left_id,
                                              const Compilation& right, std::string_view right_id);

/// Resources around the constants that the two controls test, parameters at their defaults; some with a
/// related candidate beside them. The same seed gives the same resources. For a search where no proof is to
/// be had.
std::vector<Witness> boundary_resources(const Compilation& left, std::string_view left_id,
                                        const Compilation& right, std::string_view right_id,
                                        std::size_t count, std::uint32_t seed);

} // namespace writ
