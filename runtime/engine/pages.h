// SPDX-License-Identifier: MIT
// Whether all pages of an export are there.
#pragma once

#include "snapshot/chunk.h"
#include "writ/diagnostic.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace writ {

/// Told about every page in input order.
///
/// Pages that say how many rows there are in all must add up to it, wherever they stand. Others name a next
/// page: then a page that does not must follow in the same file, or end another file.
class PageCheck {
public:
  void add(const snapshot::PageNote& note, const std::string& file);
  /// One warning for each part that is missing.
  std::vector<Diagnostic> finish() const;

private:
  struct Counted {
    std::uint64_t rows = 0;
    std::string file;
    std::uint64_t line = 0;
  };
  struct FileEnd {
    std::string file;
    std::uint64_t line = 0;
    bool continues = false;
  };
  std::map<std::uint64_t, Counted> counted_; // by the total that they name
  std::vector<FileEnd> ends_;                // last page without total of each file
  std::vector<FileEnd> truncated_;
};

} // namespace writ
