// SPDX-License-Identifier: MIT
// The situations that a control and its definition are compared on.
#pragma once

#include "verify/control_side.h"
#include "writ/compiler.h"

#include <cstdint>
#include <string>
#include <vector>

namespace writ::driver::verify {

struct PlannedSituation {
  Situation situation;
  std::string source; ///< "a test of the control", "generated"
};

/// The cases of the control's own tests; generated boundary situations; and the neighbours of both, those of
/// noncompliant ones first: most differences lie one step from a violation. What the definition reads is
/// taken from its text, what the control reads from the compiler, so that a part that one of them lacks is
/// met as well. `sets`: the parameter values that will be compared under, the defaults first; their values
/// are boundaries, too. The same seed gives the same situations.
std::vector<PlannedSituation> plan_situations(Compilation& compilation, const ControlSide& control,
                                              const json& definition, const std::vector<ParameterSet>& sets,
                                              std::size_t wanted, std::uint32_t seed);

/// The parameter values of the control's own tests, an object for each.
std::vector<json> parameters_of_tests(const Compilation& compilation, const std::string& control);

PathOf path_of_catalog(const Catalog& catalog);

} // namespace writ::driver::verify
