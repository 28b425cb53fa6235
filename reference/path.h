// SPDX-License-Identifier: MIT
// Paths into a resource and the members they select. Source: "Walking the path", "Array aliases".
#pragma once

#include "json.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::reference {

/// One step: a property name, every element, or one element (test paths only).
struct Step {
  enum class Kind { Name, Every, Index };
  Kind kind = Kind::Name;
  std::string name;
  std::size_t index = 0;
};
using Path = std::vector<Step>;

/// `a.b[*].c`; also `a['k']` and `a[0]`.
Path parse_path(std::string_view text);
bool has_star(const Path& path);

/// Receives each selected member; nullptr is a hole.
using Visitor = std::function<void(const json* member)>;

struct WalkOptions {
  bool missing_array_is_hole = true; ///< `[*]` on a non-array gives one hole; else nothing
};

/// Walks path[from..] starting at `start` (nullptr = a hole) and visits every member, holes included.
void walk(const json* start, const Path& path, std::size_t from, const WalkOptions& options,
          const Visitor& visit);

/// Elements bound by each `[*]` on the way to a member, outermost first.
using Chain = std::vector<const json*>;
/// Like walk() for a path that ends in `[*]`: visits real elements only, with those of the outer stars.
void walk_elements(const json* start, const Path& path, std::size_t from, Chain& chain,
                   const std::function<void(const Chain& chain)>& visit);

/// True when the path leads below a root member `properties` that is explicitly null: the input does not
/// tell.
bool is_untold(const json& resource, const Path& path);

} // namespace writ::reference
