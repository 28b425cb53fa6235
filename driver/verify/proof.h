// SPDX-License-Identifier: MIT
// The symbolic stage: asks for a proof, and runs what a refutation claims.
#pragma once

#include "verify/boundary_situation.h"
#include "verify/parameter_sets.h"
#include "writ/compiler.h"
#include "writ/driver/verify.h"
#include "writ/prove.h"

#include <string>
#include <string_view>
#include <vector>

namespace writ::driver::verify {

struct Proof {
  SymbolicOutcome outcome = SymbolicOutcome::NotRun;
  std::vector<std::string> undecided_because;
  std::vector<std::string> assumptions; ///< Proved only: "arrays of at most 3 elements"
  Situation witness;                    ///< Counterexample only; it is not run yet
  ParameterSet parameters;              ///< under which it differs
};

/// Of the conditions alone: the other parts are compared one by one. Which resources count as looked at plays
/// no part unless both are definitions (`strict`). `array_bound`: longer arrays are not looked at. With
/// `values` both sides have these, and nothing is said of others.
Proof prove(const Compilation& left, std::string_view left_id, const Compilation& right,
            std::string_view right_id, bool strict, unsigned array_bound = ProofOptions().array_bound,
            const ParameterSet* values = nullptr);

} // namespace writ::driver::verify
