// SPDX-License-Identifier: MIT
// Two policies: the questions that a proof is made of, one for each type of resource and choice of
// parameters.
#pragma once

#include "prove/bind.h"
#include "writ/prove.h"

namespace writ::prove {

ProofResult equivalent(const Side& left, const Side& right, const ProofOptions& options);
RelationResult relation(const Side& left, const Side& right, const ProofOptions& options);

} // namespace writ::prove
