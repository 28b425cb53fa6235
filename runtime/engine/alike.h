// SPDX-License-Identifier: MIT
// Resources that wait for records of their scope, or for related resources whose condition looks at them,
// where only numbers are wanted: those of one resource group that look the same to the controls that wait are
// kept once, and counted.
#pragma once

#include "engine/engine_state.h"
#include "engine/evaluator.h"
#include "engine/text_list.h"
#include "relate/selection.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace writ {

/// Resources about which some controls say the same once the whole input was read, but for what is related to
/// each.
struct WaitingAlike {
  /// A control that holds: what is related to each resource decides.
  struct Held {
    ControlNumber control;
    relate::Selection selection;
  };
  std::vector<ControlNumber> controls; ///< those that need the scope
  std::vector<Held> held;
  std::string id; ///< of the first of them
  std::string type;
  std::string text; ///< JSON of the first
  std::uint64_t resources = 0;
  TextList ids; ///< of all, where related resources may decide; else empty
};

/// Those that one thread met in a run that wants_only_numbers().
class AlikeBook {
public:
  explicit AlikeBook(const Engine::State& state) : state_(state) {}

  /// Notes that the control waits with the evaluator's resource: for its scope, or, when it `holds`, for
  /// related resources. False when that resource has to be kept itself.
  bool note(std::uint32_t bundle, std::uint32_t control, Evaluator& evaluator, bool holds);
  /// Ends with the resource at hand. `text` is its JSON.
  void close(const snapshot::ResourceRoot& root, std::string_view text);
  /// All that was noted; the book is empty afterwards.
  std::vector<WaitingAlike> take();

private:
  const Engine::State& state_;
  std::unordered_map<std::string, WaitingAlike> known_;
  // Of the resource at hand.
  std::string key_; ///< per control its number and what its fields hold
  std::vector<ControlNumber> controls_;
  struct Holding {
    ControlNumber control;
    Evaluator* evaluator = nullptr;
  };
  std::vector<Holding> held_;
  bool related_ = false; ///< related resources may decide
  bool typed_ = false;   ///< the type tells which fields are meant
};

} // namespace writ
