// SPDX-License-Identifier: MIT
// Syntax trees to policies: names resolved, types checked, conditions lowered to IR.
#pragma once

#include "ir/policy.h"
#include "modules/loader.h"
#include "writ/catalog.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace writ::check {

enum class Expectation : std::uint8_t { Passes, Fails, Skips, Unknown, Errors };

/// One case of a `test` block as plain data.
struct TestCase {
  std::string control_symbol;
  std::string title;
  Expectation expectation = Expectation::Passes;
  std::vector<std::pair<std::string, std::string>> parameters; ///< name, JSON text
  std::string resource_json; ///< type, id and name filled in from the control
  std::string resource_id;
  /// Other resources of the snapshot, JSON each. Absent: the test has no `given`, nothing is known of others.
  std::optional<std::vector<std::string>> given;
  std::string now; ///< RFC 3339, or empty
  Span span;
};

/// A record declaration, for documentation.
struct RecordInfo {
  std::string type;
  std::string comment;
};

/// A framework declaration, for documentation and groups of initiatives.
struct FrameworkInfo {
  std::string name;
  std::string title;
  std::string version;
  std::string link;
  std::vector<std::pair<std::string, std::string>> items; ///< number and title
};

struct CheckedProject {
  ir::PolicySet set; ///< controls of root modules and of what initiatives include, and those initiatives
  std::vector<TestCase> tests;
  std::unordered_map<std::uint32_t, Span>
      node_spans;                        ///< source of an IR node, for reasons why it cannot be emitted
  std::vector<RecordInfo> records;       ///< of every module that was loaded
  std::vector<FrameworkInfo> frameworks; ///< likewise
  std::vector<bool> target_azure;        ///< per policy: the author demands that it can be emitted
  std::vector<bool> included_only;       ///< per policy: here only because an initiative includes it
  std::vector<bool> local_record;        ///< per policy: it looks at a record that is not an ARM resource
};

/// Checks every module of the graph; records are added to the catalogue. Errors go to `diagnostics`; a
/// control with errors is left out of the set.
CheckedProject check_project(const modules::ModuleGraph& graph, Catalog& catalog, Diagnostics& diagnostics);

} // namespace writ::check
