// SPDX-License-Identifier: MIT
#include "verify/proof.h"

namespace writ::driver::verify {

Proof prove(const Compilation& left, std::string_view left_id, const Compilation& right,
            std::string_view right_id, bool strict, unsigned array_bound, const ParameterSet* values) {
  ProofOptions options;
  options.tell_not_applicable = strict;
  options.array_bound = array_bound;
  if (values != nullptr)
    for (const auto& [name, value] : values->values.items())
      options.values.emplace_back(name, value.dump());
  options.compare_effects = false;
  const ProofResult result = prove_equivalent(left, left_id, right, right_id, options);
  Proof out;
  out.undecided_because = result.undecided_because;
  out.assumptions = result.assumptions;
  switch (result.outcome) {
  case ProofOutcome::Proved:
    out.outcome = SymbolicOutcome::Proved;
    return out;
  case ProofOutcome::Undecided:
    out.outcome = SymbolicOutcome::Undecided;
    return out;
  case ProofOutcome::Counterexample:
    break;
  }
  out.outcome = SymbolicOutcome::Counterexample;
  out.witness.rows.push_back(json::parse(result.witness_json, nullptr, false));
  for (const std::string& row : result.beside_json)
    out.witness.rows.push_back(json::parse(row, nullptr, false));
  for (const auto& [name, text] : result.parameters)
    out.parameters.values[name] = json::parse(text, nullptr, false);
  return out;
}

} // namespace writ::driver::verify
