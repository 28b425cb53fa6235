// SPDX-License-Identifier: MIT
// What the two forms of the self-test's report have in common.
#pragma once

#include "writ/driver/self_test.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace writ::driver::verify {

/// Equivalent mutants by mutation and reason.
using EquivalentMutants = std::map<std::pair<std::string, std::string>, std::vector<const MutantResult*>>;

inline EquivalentMutants equivalent_mutants(const SelfTestReport& report) {
  EquivalentMutants out;
  for (const MutantResult& mutant : report.remaining)
    if (mutant.fate == MutantFate::Equivalent) out[{mutant.mutation, mutant.because}].push_back(&mutant);
  return out;
}

/// The places of the first few, each in the words of `place`.
template <class Place>
std::string first_places(const std::vector<const MutantResult*>& mutants, const Place& place) {
  constexpr std::size_t kShownPlaces = 3;
  std::string out;
  for (std::size_t i = 0; i < std::min(mutants.size(), kShownPlaces); ++i)
    out += (i == 0 ? "" : ", ") + place(*mutants[i]);
  return mutants.size() > kShownPlaces ? out + ", …" : out;
}

} // namespace writ::driver::verify
