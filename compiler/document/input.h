// SPDX-License-Identifier: MIT
// What a documentation page is made from: controls as policies of the IR, and what stands around them in the
// sources.
#pragma once

#include "ir/policy.h"
#include "writ/source.h"

#include <map>
#include <string>
#include <vector>

namespace writ::document {

/// The controls of one framework, by their numbers.
struct Framework {
  std::string title; ///< "Microsoft cloud security benchmark v2"
  std::string link;
  std::vector<std::pair<std::string, std::string>> items; ///< number and title, in the framework's order
};

/// A record type that is not an Azure resource, with the comment that says how to export it.
struct Record {
  std::string type;
  std::string comment; ///< lines as written
};

/// One case of a test block.
struct Example {
  std::string expectation; ///< passes, fails, skips, unknown, errors
  std::string title;
};

struct Control {
  const ir::Policy* policy = nullptr;
  std::string not_emittable_because; ///< empty = can become Azure Policy
  std::vector<Example> examples;
};

struct Input {
  const ir::Graph* graph = nullptr;
  const SourceMap* sources = nullptr;
  std::vector<Control> controls;
  std::map<std::string, Framework> frameworks; ///< by the name in mappings
  std::vector<Record> records;
};

} // namespace writ::document
