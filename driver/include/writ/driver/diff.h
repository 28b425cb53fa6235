// SPDX-License-Identifier: MIT
// Two versions of policies: which controls changed their meaning, shown by a resource; and which verdicts of
// a snapshot flip.
#pragma once

#include "writ/driver/sources.h"
#include "writ/engine.h"
#include "writ/prove.h"

#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace writ::driver {

enum class Change : std::uint8_t {
  Same,      ///< proved; or nothing but metadata differs
  Changed,   ///< a witness, or parameters, effect, details differ
  Undecided, ///< no proof and no witness
  Added,
  Removed
};
std::string_view to_text(Change change);

/// A resource that tells two controls apart, with what the VM says of it on both sides.
struct ShownWitness {
  Witness witness;
  Verdict before = Verdict::NotApplicable;
  Verdict after = Verdict::NotApplicable;
  bool searched = false; ///< found by search, not by proof
};

struct ControlChange {
  std::string id;
  std::string title;
  Change change = Change::Same;
  std::optional<ShownWitness> witness;
  std::vector<std::string> differences; ///< parameters, effect, details
  std::vector<std::string> metadata;
  std::vector<std::string> assumptions; ///< of the proof
  std::vector<std::string> undecided_because;
  std::size_t searched = 0; ///< resources that were tried where no proof was to be had
};

/// A verdict about a resource of the snapshot that differs.
struct Flip {
  std::string control;
  std::string initiative; ///< that the control is evaluated for; empty = none
  std::string assignment;
  std::string resource;
  std::string file;
  std::uint64_t line = 0;
  Verdict before = Verdict::NotApplicable;
  Verdict after = Verdict::NotApplicable;
};

struct SnapshotDiff {
  std::uint64_t resources = 0;
  std::uint64_t flips = 0;
  bool incomplete = false;
  Diagnostics diagnostics;
};

struct DiffOptions {
  std::vector<std::string> controls; ///< globs over ids; empty = all
  std::string now;
  unsigned timeout_ms = 10000;  ///< for the proof of one control
  std::size_t search = 400;     ///< resources to try where no proof is to be had
  bool assume_complete = false; ///< about the snapshot
};

/// Compares controls of the same id, sorted by id; `each` gets one after the other. Bundles hold no
/// conditions to prove: their controls are Undecided.
void compare_controls(LoadedPolicies& before, LoadedPolicies& after, const DiffOptions& options,
                      const std::function<void(const ControlChange&)>& each);
/// Evaluates both sides in one pass; flips of controls that both sides have are exactly the difference of two
/// runs. They come in the order of the input, after its end.
SnapshotDiff compare_verdicts(const LoadedPolicies& before, const LoadedPolicies& after,
                              const std::vector<Input>& inputs, const DiffOptions& options,
                              const std::function<void(const Flip&)>& each);

/// Writes what is found as it comes. `all`: also controls that say the same.
class DiffWriter {
public:
  virtual ~DiffWriter() = default;
  virtual void control(const ControlChange& change) = 0;
  virtual void begin_snapshot() = 0;
  virtual void flip(const Flip& flip) = 0;
  virtual void end_snapshot(const SnapshotDiff& snapshot) = 0;
  virtual void end() = 0;
};
std::unique_ptr<DiffWriter> make_diff_writer(std::string_view format, std::ostream& out, bool all);

} // namespace writ::driver
