// SPDX-License-Identifier: MIT
// Findings by control id and resource id, however many there are: sorted runs of bounded size, merged at the
// end.
#pragma once

#include "writ/finding.h"
#include "writ/spool.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace writ::driver {

class FindingSorter {
public:
  static constexpr std::size_t kRunBytes = std::size_t{8} * 1024 * 1024;

  /// `run_bytes` is how much is held before some of it goes to disk.
  explicit FindingSorter(std::size_t run_bytes = kRunBytes)
      : run_bytes_(run_bytes), runs_({}, std::size_t{256} * 1024) {}

  /// The control and the exemption must outlive the sorter.
  void add(const Finding& finding);
  /// Every finding once, in order; equal ones in the order in which they were added. False when the disk
  /// failed, and problem() says how.
  bool each(const std::function<void(const Finding&)>& take);
  [[nodiscard]] const std::string& problem() const { return problem_; }

private:
  /// A finding in `bytes_`. What it is sorted by stands first in its bytes.
  struct Item {
    std::uint64_t at = 0;
    const ControlRef* control = nullptr;
    std::uint32_t size = 0;
    std::uint32_t id_size = 0;
  };
  struct Run {
    std::uint64_t at = 0;
    std::uint64_t size = 0;
  };
  void sort();
  void spill();

  std::size_t run_bytes_;
  std::string bytes_;
  std::vector<Item> items_;
  Spool runs_;
  std::vector<Run> run_places_;
  std::string problem_;
};

} // namespace writ::driver
