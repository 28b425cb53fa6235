// SPDX-License-Identifier: MIT
// Initiatives, assignments and exemptions as IR. Links between documents stay the ids that are written; see
// assign/link.h. Source: docs/azure-policy-semantics.md, "Initiatives", "Assignments", "Exemptions".
#pragma once

#include "azure/rule_reader.h"
#include "ir/limits.h"
#include "ir/policy.h"

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace writ::azure {

/// Which document a JSON object is.
enum class DocumentKind : std::uint8_t { Definition, Initiative, Assignment, Exemption };
DocumentKind document_kind(const JsonNode& document);

/// `properties` when that is an object, else the document itself.
const JsonNode& body_of(const JsonNode& document);
/// What follows the last slash.
std::string_view last_segment(std::string_view path);

/// Reads the declarations of parameters; also declares them to the reader of expressions.
void read_parameters(const JsonNode& parameters, RuleReader& rule, std::vector<ir::PolicyParameter>& out);

/// Reads one document. Mistakes are in the diagnostics; a document with mistakes is of no use.
class DocumentReader {
public:
  /// Reads a definition that stands inside an initiative; nothing when it has mistakes.
  using EmbeddedDefinition = std::function<std::optional<std::size_t>(const JsonNode&)>;

  DocumentReader(const SourceMap& sources, const Catalog& catalog, const ImportOptions& options,
                 ir::Graph& graph, Diagnostics& diagnostics)
      : graph_(graph), diagnostics_(diagnostics), rule_(sources, catalog, options, graph, diagnostics) {}

  /// `file_name`: what the document is called when it has neither name nor id.
  void initiative(const JsonNode& document, std::string_view file_name, const EmbeddedDefinition& embedded,
                  ir::Initiative& out);
  void assignment(const JsonNode& document, std::string_view file_name, ir::Assignment& out);
  void exemption(const JsonNode& document, std::string_view file_name, ir::Exemption& out);

private:
  /// The member when it is there and no null; reports another kind.
  const JsonNode* optional(const JsonNode& object, std::string_view key, JsonKind kind, Code code);
  const JsonNode* required(const JsonNode& object, std::string_view key, JsonKind kind, Code code);
  void fail(Code code, Span span, std::string message);
  void unrepeated(const JsonNode& object, std::initializer_list<std::string_view> names);
  /// Warns of more elements or members than Azure takes.
  void at_most(const JsonNode& list, Limit limit);
  /// Warns of a display name, description and metadata that are too long.
  void texts_at_most(const JsonNode& body);
  std::vector<std::string> texts(const JsonNode& list, Code code);

  // import_initiative.cpp
  void read_groups(const JsonNode& list, ir::Initiative& out);
  void read_member(const JsonNode& node, const EmbeddedDefinition& embedded, ir::Initiative& out);
  // import_assignment.cpp
  void read_values(const JsonNode& parameters, ir::Assignment& out);
  void read_overrides(const JsonNode& list, ir::Assignment& out);
  void read_messages(const JsonNode& list, ir::Assignment& out);
  // import_selectors.cpp
  void read_selections(const JsonNode& list, Code code, std::vector<ir::Selection>& out);
  void read_selectors(const JsonNode& list, Code code, std::vector<ir::Selector>& out);

  ir::Graph& graph_;
  Diagnostics& diagnostics_;
  RuleReader rule_;
};

/// The scope that the id of an assignment or exemption names, else `otherwise`. `kind`: "policyAssignments".
std::string scope_of(std::string_view id, std::string_view kind, std::string_view otherwise);

} // namespace writ::azure
