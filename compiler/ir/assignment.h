// SPDX-License-Identifier: MIT
// What stands around policies: initiatives that bundle them, assignments that give them a scope, exemptions.
// Source: docs/azure-policy-semantics.md, "Initiatives", "Assignments", "Exemptions".
#pragma once

#include "ir/node.h"
#include "writ/semantics/parameter_value.h"
#include "writ/source.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace writ::ir {

/// A declared parameter of a policy or an initiative.
struct PolicyParameter {
  std::string name;
  ParameterType type = ParameterType::String;
  std::optional<NodeId> default_value; ///< Literal
  std::vector<NodeId> allowed;         ///< Literals; empty = anything
  std::string display_name;
  std::string description;
  std::string strong_type;
  std::string metadata_json; ///< remaining metadata of an imported definition, JSON object text or empty
  std::string schema_json;   ///< JSON schema that Azure holds values against, JSON text or empty
  Span span;
};

/// A value given for a parameter: from the command line, an assignment, or an initiative.
struct Argument {
  std::string name;
  NodeId value;   ///< Literal, or an operand over outer parameters until bound
  Span span = {}; ///< of the value, for messages
};

/// One member of an initiative.
struct InitiativeMember {
  std::string reference;             ///< policyDefinitionReferenceId; unique within the initiative
  std::string definition_id;         ///< as written; empty when `policy` is known from the start
  std::string version;               ///< definitionVersion: "1.*.*", "1.2.*-preview", or empty
  std::optional<std::size_t> policy; ///< into PolicySet::policies; nothing = not found (after linking)
  std::vector<Argument> arguments;   ///< operands over the initiative's parameters
  std::vector<std::string> groups;   ///< names of InitiativeGroup
  Span span;
};

/// policyDefinitionGroups: a control of a framework, usually.
struct InitiativeGroup {
  std::string name;
  std::string category;
  std::string display_name;
  std::string description;
  std::string additional_metadata_id;
};

/// A policy set definition, or an `initiative` block.
struct Initiative {
  std::string id;   ///< full resource id, or empty
  std::string name; ///< last segment of the id, or the file's name
  std::string symbol;
  std::string title;
  std::string description;
  std::string category;
  std::string version;
  std::string policy_type;   ///< BuiltIn, Custom; empty for initiatives of .writ sources
  std::string metadata_json; ///< whole metadata object of an imported initiative, JSON text, or empty
  bool on_request = false;   ///< of the standard library: evaluated only when it is asked for by name
  std::vector<PolicyParameter> parameters;
  std::vector<InitiativeGroup> groups;
  std::vector<InitiativeMember> members;
  Span span;
  SourceId source;
};

/// What a selector looks at.
enum class SelectorKind : std::uint8_t {
  ResourceType,
  ResourceLocation,
  ResourceWithoutLocation, ///< resources at subscription level without location
  Reference,               ///< member of the initiative
  Principal                ///< of a request: accepts everything in a snapshot
};

/// One test of a selection.
struct Selector {
  SelectorKind kind = SelectorKind::ResourceType;
  bool negated = false;            ///< notIn
  std::vector<std::string> values; ///< as written
};

/// Selectors that must all accept; a list of them accepts when any entry does, and when it is empty.
struct Selection {
  std::string name;
  std::vector<Selector> selectors;
};

enum class OverrideKind : std::uint8_t { Effect, Version };

/// Another effect or version for what it selects; of several the first that matches counts.
struct Override {
  OverrideKind kind = OverrideKind::Effect;
  std::string value;
  std::vector<Selector> selectors; ///< all must accept
  Span span;
};

/// The text that replaces the message of a violation.
struct ViolationMessage {
  std::string reference; ///< empty = every member
  std::string text;
};

enum class Enforcement : std::uint8_t { Default, DoNotEnforce };

/// A definition or initiative applied to a scope.
struct Assignment {
  std::string id; ///< full resource id, or empty
  std::string name;
  std::string title;
  std::string description;
  std::string scope;                     ///< id prefix; empty = everything
  std::string target_id;                 ///< policyDefinitionId as written
  std::string version;                   ///< definitionVersion, or empty
  std::optional<std::size_t> policy;     ///< target, after linking: one of the two
  std::optional<std::size_t> initiative; ///< into PolicySet::initiatives
  std::vector<std::string> not_scopes;
  std::vector<Argument> arguments; ///< literals
  std::vector<Selection> selections;
  std::vector<Override> overrides;
  std::vector<ViolationMessage> messages;
  Enforcement enforcement = Enforcement::Default;
  Span span;
  SourceId source;
};

/// Verdicts of an assignment that shall not count at a scope for a while.
struct Exemption {
  std::string id; ///< full resource id, or empty
  std::string name;
  std::string title;
  std::string description;
  std::string scope;                   ///< id prefix of what is exempt
  std::string assignment_id;           ///< policyAssignmentId as written
  std::string category;                ///< Waiver or Mitigated
  std::string expires_on;              ///< RFC 3339; empty = never
  std::vector<std::string> references; ///< members of the initiative; empty = all
  std::vector<Selection> selections;
  bool validates_scope = true; ///< assignmentScopeValidation is not DoNotValidate
  Span span;
  SourceId source;
};

} // namespace writ::ir
