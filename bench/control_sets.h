// SPDX-License-Identifier: MIT
// Sets of controls of any size over the same resource types, to see what one more control costs.
#pragma once

#include <cstddef>
#include <string>

namespace writ::bench {

/// Source text with `count` controls spread evenly over five types of the sample. Each reads two properties
/// and compares with constants of its own, so that no two are the same test.
std::string make_controls(std::size_t count);

} // namespace writ::bench
