// SPDX-License-Identifier: MIT
// A resource and what lies around it: its subscription and resource group, and related resources below it,
// attached to it, beside it, and elsewhere.
#pragma once

#include "verify/boundary_generator.h"

#include <optional>
#include <string>
#include <vector>

namespace writ::driver::verify {

/// Rows of a small snapshot. The verdict that matters is that of the first.
struct Situation {
  std::vector<json> rows;
  bool complete = false; ///< a related resource that is not among the rows does not exist
  bool operator==(const Situation&) const = default;
};

/// What a definition's `details` say about related resources, as far as they are constants.
struct RelatedShape {
  std::string type;
  std::string name;
  BoundaryRule rule;
};
/// Nothing when the definition looks for no related resource of a constant type.
std::optional<RelatedShape> related_shape(const json& definition, const PathOf& path_of);

class SituationGenerator {
public:
  SituationGenerator(BoundaryRule rule, std::vector<RelatedShape> related, std::uint32_t seed);
  Situation next();
  /// The situation with one thing changed each: a member of the resource or of a related one, a related
  /// resource gone, moved or alone. At most this many, in random order.
  std::vector<Situation> neighbours(const Situation& situation, std::size_t most);

private:
  struct Related {
    RelatedShape shape;
    BoundaryGenerator rows;
  };
  json related_row(Related& related, const json& primary, std::size_t place);
  void add_scopes(Situation& situation);

  BoundaryGenerator primaries_;
  std::vector<Related> related_;
  Choice pick_;
  std::size_t number_ = 0;
};

} // namespace writ::driver::verify
