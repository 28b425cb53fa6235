// SPDX-License-Identifier: MIT
// Two policies: the questions that a proof is made of, one for each type of resource and choice of
// parameters.
#pragma once

#include "prove/bind.h"
#include "writ/prove.h"

namespace writ::prove {

ProofResult equivalent(const Side& left, const Side& right, const ProofOptions& options);
RelationResult relation(const Side& left, const Side& right, const ProofOptions& options);
/// Resources around the constants of both sides, parameters at their defaults. Seeded.
std::vector<Witness> samples(const Side& left, const Side& right, std::size_t count, std::uint32_t seed,
                             unsigned array_bound);

} // namespace writ::prove
