// SPDX-License-Identifier: MIT
// A large snapshot made from the rows of the sample and of types that no control is about: seeded, so that
// every run and every machine has the same bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace writ::bench {

struct SnapshotOptions {
  std::string sample; ///< samples/halden/snapshot.ndjson
  std::uint32_t seed = 7;
  unsigned changed = 0; ///< percent of the resources that differ from those of the same seed without it
};

/// One resource after the other, each a line without its end. One in four is a row of the sample, of which
/// every copy is a tenant with subscriptions of its own; the others are of types that the library is not
/// about, as in a real subscription, from 500 bytes to 6 KB long.
class Snapshot {
public:
  explicit Snapshot(const SnapshotOptions& options);
  /// Replaces `line`.
  void next(std::string& line);

private:
  void make_filler(std::string& line);
  std::vector<std::string> rows_;
  std::mt19937 random_;
  std::mt19937 change_;
  unsigned changed_;
  std::size_t number_ = 0;
};

/// `resources` lines with their ends.
std::string make_snapshot(const SnapshotOptions& options, std::size_t resources);

} // namespace writ::bench
