// SPDX-License-Identifier: MIT
// Reader of the conformance corpus tests/azure (format: tests/azure/README.md). Other suites may use it too.
#pragma once

#include "reference/json.h"
#include "reference/options.h"

#include <string>
#include <vector>

namespace writ::reference {

/// One case with everything its file and fixture supply filled in.
struct CorpusCase {
  std::string file; ///< below the corpus folder
  std::string section;
  int line = 0;
  std::string name;
  json body;                   ///< the case as written
  json catalogue;              ///< in the shape of `az provider list`
  std::vector<json> resources; ///< the snapshot
  json subject;                ///< the resource that is looked at
  Options options;
  Context context;
};

/// A YAML file as JSON. Plain scalars get their JSON type, quoted ones are strings; members keep their order.
/// Throws std::runtime_error with file and line.
json read_yaml(const std::string& file);

/// All cases of all files below the folder, sorted by file. Throws std::runtime_error.
std::vector<CorpusCase> read_corpus(const std::string& folder);

} // namespace writ::reference
