// SPDX-License-Identifier: MIT
// A control around its condition: metadata, parameters, effect, relations. What both front ends produce and
// every back end reads.
#pragma once

#include "ir/node.h"
#include "writ/semantics/parameter_value.h"
#include "writ/source.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace writ::ir {

using writ::ParameterType;

struct PolicyParameter {
  std::string name;
  ParameterType type = ParameterType::String;
  std::optional<NodeId> default_value; ///< Literal
  std::vector<NodeId> allowed;         ///< Literals; empty = anything
  std::string display_name;
  std::string description;
  std::string strong_type;
  std::string metadata_json; ///< remaining metadata of an imported definition, JSON object text or empty
  Span span;
};

/// One way to violate the control: a `require` that does not hold, or the `if` of an Azure definition.
struct Violation {
  NodeId when;    ///< condition: true = violated
  NodeId message; ///< Text operand; invalid = none
  Span span;
};

/// A framework control this one implements.
struct FrameworkMapping {
  std::string framework; ///< "mcsb"
  std::string control;   ///< "NS-2"
};

/// `details` of auditIfNotExists and deployIfNotExists: which related resources count.
struct Existence {
  NodeId type;           ///< operand
  NodeId name;           ///< operand or invalid
  NodeId kind;           ///< operand or invalid
  NodeId resource_group; ///< operand or invalid
  NodeId scope;          ///< operand or invalid: ResourceGroup (default) or Subscription
  NodeId condition;      ///< existenceCondition about the candidate, or invalid
};

/// One operation of modify, or one pair of append (operation invalid).
struct Operation {
  NodeId operation;
  NodeId field;
  NodeId value;     ///< invalid for remove
  NodeId condition; ///< operand or invalid
};

/// What Azure does when the rule triggers.
struct Effect {
  NodeId name;    ///< operand: literal or expression over parameters
  NodeId details; ///< the whole `details` as an operand (expressions resolved, deployment template literal),
                  ///< or invalid
  std::optional<Existence> existence;
  std::vector<Operation> operations;
};

enum class Origin : std::uint8_t { Control, AzureDefinition };

/// Key/value metadata in author order (category, version, tags …).
using Metadata = std::vector<std::pair<std::string, std::string>>;

struct Policy {
  Origin origin = Origin::Control;
  std::string id;     ///< control id, or the definition's name
  std::string symbol; ///< module-qualified name of the control; empty for definitions
  std::string title;
  std::string description; ///< rationale: doc comment or description
  std::string severity;    ///< critical, high, medium, low, info; empty for definitions
  std::string category;
  std::string version;
  std::string fix;
  std::string link;
  std::string mode;        ///< All, Indexed or a data-plane mode, canonical spelling
  std::string policy_type; ///< BuiltIn, Custom, Static; empty for controls
  std::vector<FrameworkMapping> mappings;
  std::vector<std::string> tags;
  Metadata metadata;
  std::string metadata_json; ///< whole metadata object of an imported definition, JSON text, or empty
  std::vector<PolicyParameter> parameters;
  /// Resource types the control looks at, canonical spelling; empty = decided by `applicable` alone.
  std::vector<std::string> types;
  /// Condition: true = the control looks at this resource. For controls: type test and `where`.
  NodeId applicable;
  std::vector<Violation> violations;
  Effect effect;
  /// Why the verdict cannot be computed from a snapshot (Rego template, static, unsupported mode …); empty =
  /// it can.
  std::string not_evaluable;
  Span span;       ///< declaration, for reports
  SourceId source; ///< text the policy came from
};

/// A value given for a parameter: from the command line, an assignment, or an initiative.
struct Argument {
  std::string name;
  NodeId value; ///< Literal, or an operand over outer parameters until bound
};

/// One evaluated policy: a definition or control with the values of its parameters. Several may share a
/// policy (initiatives, assignments).
struct PolicyInstance {
  std::size_t policy = 0;
  std::vector<Argument> arguments;
  std::string label; ///< control id in verdicts when it differs from the policy's (reference id); else empty
};

/// What a compilation produces: one graph, its policies, and the instances to evaluate.
struct PolicySet {
  std::unique_ptr<Graph> graph = std::make_unique<Graph>();
  std::vector<Policy> policies;
  std::vector<PolicyInstance> instances; ///< empty = one per policy with defaults
};

} // namespace writ::ir
