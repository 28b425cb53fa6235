// SPDX-License-Identifier: MIT
// The only door to the disk for everything but snapshot streaming: tests use memory instead.
#pragma once

#include "writ/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

class Files {
public:
  virtual ~Files() = default;
  /// Whole contents. Error FileUnreadable with the reason of the operating system.
  virtual Result<std::string> read(const std::string& path) const = 0;
  /// Files below a folder, recursive, sorted by path bytes, symbolic links to folders not followed.
  virtual Result<std::vector<std::string>> list(const std::string& folder) const = 0;
  enum class Kind { Absent, File, Folder };
  virtual Kind kind(const std::string& path) const = 0;
  /// Creates missing parent folders; replaces the file in one step.
  virtual Status write(const std::string& path, std::string_view contents) = 0;
};

class DiskFiles final : public Files {
public:
  Result<std::string> read(const std::string& path) const override;
  Result<std::vector<std::string>> list(const std::string& folder) const override;
  Kind kind(const std::string& path) const override;
  Status write(const std::string& path, std::string_view contents) override;
};

/// Files in memory; paths use '/', a folder exists when some file is below it.
class MemoryFiles final : public Files {
public:
  Result<std::string> read(const std::string& path) const override;
  Result<std::vector<std::string>> list(const std::string& folder) const override;
  Kind kind(const std::string& path) const override;
  Status write(const std::string& path, std::string_view contents) override;
  std::map<std::string, std::string> contents;
};

} // namespace writ
