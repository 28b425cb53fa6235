// SPDX-License-Identifier: MIT
// A large NDJSON snapshot made from the rows of the sample: same shapes, other names, seeded.
#pragma once

#include <cstddef>
#include <string>

namespace writ::bench {

/// `resources` lines. The rows of `sample_path` are repeated with their names and ids numbered; three in four
/// lines are of types that no control is about, as in a real subscription.
std::string make_snapshot(const std::string& sample_path, std::size_t resources);

} // namespace writ::bench
