// SPDX-License-Identifier: MIT
// A control around its condition: metadata, parameters, effect, relations. What both front ends produce and
// every back end reads.
#pragma once

#include "ir/assignment.h"
#include "ir/node.h"
#include "writ/semantics/parameter_value.h"
#include "writ/source.h"
#include "writ/text.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace writ::ir {

using writ::ParameterType;

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
  std::string id;          ///< control id, or the definition's name, made unique
  std::string name;        ///< the definition's own name; empty for controls
  std::string resource_id; ///< full id of a definition, or empty
  std::string symbol;      ///< module-qualified name of the control; empty for definitions
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

/// Decides between the variants of an instance: the selectors of an override.
struct Guard {
  std::vector<Selector> selectors;
  bool negated = false; ///< holds when some selector refuses
};

/// One evaluated policy: a definition or control with the values of its parameters. Several may share a
/// policy (initiatives, assignments).
struct PolicyInstance {
  std::size_t policy = 0;
  std::vector<Argument> arguments;
  std::string label; ///< control id in verdicts when it differs from the policy's (reference id); else empty
  std::optional<std::size_t> initiative = std::nullopt; ///< into PolicySet::initiatives
  std::optional<std::size_t> assignment = std::nullopt; ///< into PolicySet::assignments
  std::vector<std::size_t> exemptions = {};             ///< into PolicySet::exemptions
  std::string reference = {};                           ///< member of the initiative; empty = none
  std::vector<std::string> groups = {};
  std::string effect = {};        ///< of an override; empty = the policy's own
  std::vector<Guard> guards = {}; ///< all must hold, or this variant gives no verdict
  std::string message = {};       ///< replaces the messages of violations; empty = keep
  std::string problem = {};       ///< not empty: error for every resource it applies to
};

/// Whether a policyType says that a definition or initiative is Microsoft's own: no limit binds those.
inline bool is_built_in(std::string_view policy_type) {
  return equal_ascii_fold(policy_type, "BuiltIn") || equal_ascii_fold(policy_type, "Static");
}

/// What a compilation produces: one graph, its policies, and the instances to evaluate.
struct PolicySet {
  std::unique_ptr<Graph> graph = std::make_unique<Graph>();
  std::vector<Policy> policies;
  std::vector<Initiative> initiatives;
  std::vector<Assignment> assignments;
  std::vector<Exemption> exemptions;
  std::vector<PolicyInstance> instances; ///< empty = one per policy with defaults
};

} // namespace writ::ir
