// SPDX-License-Identifier: MIT
// Suites of the VM: YAML files with fields, resources and textual instructions. tests/vm/README.md describes
// the format.
#pragma once

#include "layout.h"
#include "vm/limits.h"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace writ::vm::testing {

struct SuiteCase {
  std::string name;
  std::string text; ///< the whole program as assembly; block 0 is the case, the others are its shared tests
  std::string resource;                          ///< JSON
  std::string primary;                           ///< JSON, or empty
  std::map<std::string, std::string> parameters; ///< JSON by name
  bool whole = false;
  Limits limits;
  std::optional<std::string> truth; ///< false, true, unknown, error
  std::optional<std::string> value; ///< JSON, or "<unknown>", "<error: code>"
  std::string reason;               ///< code, and ": detail" when the detail matters
  std::optional<std::vector<std::string>> evidence;
};

std::vector<SuiteCase> read_suite(const std::filesystem::path& path);
/// Every suite of tests/vm/suites, in order of names.
std::vector<SuiteCase> read_all_suites();

} // namespace writ::vm::testing
