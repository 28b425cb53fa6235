// SPDX-License-Identifier: MIT
// What a condition's truth rests on: single looks at the resource, each with a truth as its outcome.
#pragma once

#include "writ/semantics/compare.h"
#include "writ/semantics/truth.h"
#include "writ/semantics/value.h"

#include <cstdint>
#include <vector>

namespace writ::vm {

/// One look. Two resources that give the same outcomes, look by look, get the same truth from a condition.
struct Observation {
  enum class Kind : std::uint8_t {
    Field, ///< a field tested against a constant
    Test,  ///< a shared test that is more than that
    Block  ///< a whole block that is more than logic over the other two
  };
  Kind kind = Kind::Field;
  Operator op = Operator::Equals; ///< Field
  std::uint32_t number = 0;       ///< field, shared test or block
  Value right;                    ///< Field: lives as long as the image
};

struct Observed {
  Observation what;
  Truth truth = Truth::True;
};
/// In the order of the looks; one that is repeated may stand there twice.
using ObservationLog = std::vector<Observed>;

} // namespace writ::vm
