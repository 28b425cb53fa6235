// SPDX-License-Identifier: MIT
// From chosen cells to the JSON of a resource.
#pragma once

#include "prove/evaluate.h"

#include <string>
#include <string_view>

namespace writ::prove {

/// How a related candidate is found from its resource.
struct CandidateChoice {
  std::string type;
  std::string name; ///< of `details`; empty = any
  std::string kind; ///< likewise
};

class WitnessWriter {
public:
  WitnessWriter(const Shape& shape, Evaluation& evaluation, const Choice& choice)
      : shape_(shape), evaluation_(evaluation), choice_(choice) {}

  /// The resource that the conditions read.
  std::string resource(std::string_view type);
  /// The related candidate of that resource.
  std::string candidate(std::string_view resource_type, const CandidateChoice& wanted);

private:
  std::string write(Subject subject, std::string_view type, std::string_view id, std::string_view name,
                    std::string_view kind);
  std::string text_of_place(Subject subject, std::string_view name, std::string_view otherwise);
  std::string resource_id(std::string_view type, std::string_view name);
  std::string name_of_resource();

  const Shape& shape_;
  Evaluation& evaluation_;
  const Choice& choice_;
};

} // namespace writ::prove
