// SPDX-License-Identifier: MIT
// Emitted files, read back by the importer.
#pragma once

#include "writ/compiler.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace writ::driver::verify {

using json = nlohmann::ordered_json;

class Reimport {
public:
  /// `compile`: how the original was compiled; its sources and parameter values are left aside. Catalogue
  /// files are read from `disk`.
  Reimport(const Files& disk, const CompileRequest& compile, const std::vector<EmittedFile>& files);
  [[nodiscard]] Compilation& compilation() { return compilation_; }
  /// The id of the policy that a file became; empty when it did not become one.
  [[nodiscard]] std::string id_of(const EmittedFile& file) const;
  /// The first mistake in a file, with its line.
  [[nodiscard]] std::string problem_of(const EmittedFile& file) const;

private:
  Compilation compilation_;
};

} // namespace writ::driver::verify
