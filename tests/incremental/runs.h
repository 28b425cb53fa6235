// SPDX-License-Identifier: MIT
// The library and a few definitions over rows of the sample, as the reports that a run writes.
#pragma once

#include "writ/driver/evaluate.h"
#include "writ/engine.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace writ::testing {

/// A folder that is removed with its contents.
class Folder {
public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  /// Writes a file and gives its path.
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const;
  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }

private:
  std::filesystem::path path_;
};

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& text);

/// The standard library (joins, the clock), definitions that look at related resources before and after
/// records of subscriptions are known, and those records.
const std::vector<Bundle>& bundles();
/// Rows of the sample, records of scopes and rows that are damaged, each a line without its end.
std::vector<std::string> rows();
std::string lines_of(const std::vector<std::string>& rows);

struct Reports {
  std::string json;
  std::string ndjson;
  std::string text;
  std::vector<std::string> cache_problems;
  std::size_t failures = 0;
  bool operator==(const Reports& other) const {
    return json == other.json && ndjson == other.ndjson && text == other.text;
  }
};
EngineOptions options_of_tests();
Reports run(const std::vector<std::string>& paths, const EngineOptions& options,
            const RecordOptions& records = {});
Reports merge(const std::vector<std::string>& partial_files);

} // namespace writ::testing
