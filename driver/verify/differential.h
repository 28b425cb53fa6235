// SPDX-License-Identifier: MIT
// A control and a definition side by side: the control and the definition on the virtual machine, the
// definition on the reference interpreter.
#pragma once

#include "verify/control_side.h"
#include "verify/shrink.h"
#include "writ/driver/verify.h"

#include <functional>
#include <optional>
#include <string>

namespace writ::driver::verify {

/// What two evaluators must agree on.
struct Agreement {
  bool control = false; ///< the left side is a control: to it a resource that its rule does not match and
                        ///< one that it does not look at are the same, as they are to Azure's rule
  bool compare_details = true; ///< also what the effect would do
};
bool agree(const SideVerdict& left, const SideVerdict& right, const Agreement& agreement);

/// The control's verdict as it must be once the effect parameter that only the definition has gets a value.
SideVerdict under_effect(SideVerdict verdict, const std::string& effect);

/// Evaluates one pair of evaluators; also what shrinking asks again and again.
using Evaluate = std::function<SideVerdict(const Situation&)>;

/// A difference, shrunk, ready to print.
Counterexample counterexample_of(const Situation& found, const std::string& source,
                                 const ParameterSet& parameters, const Evaluate& left,
                                 const std::string& left_name, const Evaluate& right,
                                 const std::string& right_name, const Agreement& agreement);

/// Everything needed to compare one control with one definition under one set of values.
class Comparison {
public:
  /// `strict`: the control is itself a definition. `definition`: as JSON, for the reference interpreter.
  Comparison(const ControlSide& control, const ControlSide& definition, const json& text,
             const reference::Catalogue& catalogue, const Surroundings& surroundings,
             const ParameterSet& values, bool strict);
  /// Why nothing can be compared, or empty.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  /// The verdict of the control; a counterexample when the sides disagree.
  std::string compare(const Situation& situation, const std::string& source,
                      std::optional<Counterexample>& out) const;
  /// The same for every resource of a snapshot; `texts` gives the JSON text of a resource.
  std::size_t compare_snapshot(const std::vector<Input>& inputs, bool assume_complete,
                               const std::function<std::string(const ResourceRef&)>& texts,
                               std::optional<Counterexample>& out, Diagnostics& problems) const;

private:
  [[nodiscard]] SideVerdict on_control(const Situation& situation) const;
  [[nodiscard]] SideVerdict on_definition(const Situation& situation) const;
  [[nodiscard]] SideVerdict as_definition(SideVerdict verdict) const;
  void judge(const Situation& situation, const std::string& source, const SideVerdict& control,
             const SideVerdict& definition, const SideVerdict& reference,
             std::optional<Counterexample>& out) const;

  std::string control_id_;
  std::string definition_id_;
  ParameterSet values_;
  std::optional<std::string> effect_; ///< value of the effect parameter that only the definition has
  Agreement with_control_;
  Prepared control_;
  Prepared definition_;
  std::optional<ReferenceSide> reference_;
  std::string problem_;
};

} // namespace writ::driver::verify
