// SPDX-License-Identifier: MIT
// A program in memory: what the code generator fills, the writer stores, the reader rebuilds and the VM runs.
// All indices are into the vectors of the same Program. The verifier proves every one before the VM sees it.
#pragma once

#include "writ/arena.h"
#include "writ/bytecode/instruction.h"
#include "writ/semantics/compare.h"
#include "writ/semantics/value.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace writ::bc {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

/// Index into Program::strings.
using StringId = std::uint32_t;

/// A run of instructions with its own registers. Targets inside are relative to `start`.
struct Block {
  std::uint32_t start = 0;
  std::uint32_t length = 0;
  std::uint16_t values = 0;  ///< value registers
  std::uint16_t truths = 0;  ///< truth registers
  std::uint16_t binders = 0; ///< element scopes
};

/// One step of a path; `each` = followed by [*].
struct Step {
  StringId name = 0; ///< lower-cased (ASCII)
  bool each = false;
};

/// Mirrors ir::FieldKind.
enum class FieldKind : std::uint8_t {
  Name,
  FullName,
  Type,
  Kind,
  Location,
  Id,
  ApiVersion,
  Identity,
  Tags,
  Tag,
  Alias,
  Raw,
  ParentId,
  SubscriptionId,
  ResourceGroupId
};

/// Where a field is on one resource type (type == kNone: on every type).
struct FieldPath {
  StringId type = kNone;        ///< lower-cased
  std::uint32_t first_step = 0; ///< into Program::steps
  std::uint32_t step_count = 0;
  std::uint32_t first_version = 0; ///< into Program::versions: api version -> other steps
  std::uint32_t version_count = 0;
  StringId pattern_phrase = kNone; ///< Extract pattern
  StringId pattern_variable = kNone;
  std::uint8_t flags = 0; ///< kRootOrProperties
};
inline constexpr std::uint8_t kRootOrProperties = 1;

struct VersionPath {
  StringId api_version = 0;
  std::uint32_t first_step = 0;
  std::uint32_t step_count = 0;
};

struct Field {
  FieldKind kind = FieldKind::Raw;
  StringId name = 0;            ///< canonical Azure spelling, for evidence and dumps
  std::uint32_t first_path = 0; ///< into Program::paths; sorted by type string
  std::uint32_t path_count = 0;
  bool secret = false;
};

/// A node of a path trie: the union of all first path parts (up to the first [*]) that a type's program
/// reads. Children of a node are consecutive; the extractor walks a resource once and fills slots.
struct TrieNode {
  StringId key = 0;              ///< lower-cased
  std::uint32_t first_child = 0; ///< into Program::trie
  std::uint32_t child_count = 0;
  std::uint32_t slot = kNone; ///< value to keep when the walk ends here, or kNone
  bool whole = false; ///< containers here are needed as a value (array iteration, object tests), not only
                      ///< passed through
};

/// How a field reads a slot on one type: slot, then the rest of the steps from `first_step`.
struct SlotUse {
  std::uint32_t field = 0;
  std::uint32_t slot = kNone; ///< kNone: reads missing on this type
  std::uint32_t first_step =
      0; ///< into steps: what remains after the slot (begins with the [*] of the slot's last step)
  std::uint32_t step_count = 0;
  bool each = false;      ///< the slot itself is followed by [*]
  std::uint32_t path = 0; ///< FieldPath it was made from; versions are looked up there
};

/// What runs for one resource type. `name` kNone = every type that has no entry of its own.
struct TypeProgram {
  StringId name = kNone;           ///< lower-cased
  std::uint32_t first_control = 0; ///< into Program::type_controls
  std::uint32_t control_count = 0;
  std::uint32_t trie_root = 0; ///< into Program::trie; key unused
  std::uint32_t slot_count = 0;
  std::uint32_t first_use = 0; ///< into Program::slot_uses, sorted by field
  std::uint32_t use_count = 0;
  bool needs_whole = false; ///< some code reads fields by computed names: keep the whole resource
};

struct ParameterInfo {
  StringId name = 0;
  std::uint8_t type = 0;         ///< ir::ParameterType
  std::uint32_t value = kNone;   ///< constant: bound value or default; kNone = must be given before running
  std::uint32_t allowed = kNone; ///< constant: array of allowed values, or kNone
  bool bound = false;            ///< folded into the code, can no longer be changed
};

struct ViolationInfo {
  std::uint32_t condition = 0;   ///< block, returns truth
  std::uint32_t message = kNone; ///< block, returns a string
  std::uint32_t span_begin = 0;  ///< line of the requirement in the control's source file
  std::uint32_t first_term = 0;  ///< into Program::join_terms: the condition again, when joins decide it
  std::uint32_t term_count = 0;  ///< 0 = no join
};

/// Where the other resources of a join are.
enum class JoinPlace : std::uint8_t { Anywhere, Below, ResourceGroup, NamedResourceGroup, Subscription };

/// What two resources of a join have in common: value blocks, run on each of them.
struct JoinKey {
  std::uint32_t inner = 0; ///< on the other resource
  std::uint32_t outer = 0; ///< on the resource of the control
  bool inner_list = false; ///< some element of the inner value equals the outer one
  bool outer_list = false; ///< some element of the outer value equals the inner one
  bool location = false;   ///< places: blanks play no part
};

/// Other resources that a control counts. Decided when the whole input was read.
struct JoinInfo {
  StringId type = 0;  ///< lower-cased
  StringId title = 0; ///< the type in its customary spelling
  StringId name = 0;  ///< as the source calls the other resource
  JoinPlace place = JoinPlace::Anywhere;
  std::uint32_t group = kNone;  ///< value block: the resource group, for NamedResourceGroup
  std::uint32_t filter = kNone; ///< truth block, run on the other resource; kNone = all of them
  std::uint32_t first_key = 0;  ///< into Program::join_keys
  std::uint32_t key_count = 0;
};

/// A condition over joins in postfix order.
enum class JoinTermKind : std::uint8_t {
  Condition, ///< `block`: a truth that needs no join
  Compare,   ///< the number of `join` compared by `op` with the value of `block`
  Not,
  All, ///< of the `count` terms before
  Any
};
struct JoinTerm {
  JoinTermKind kind = JoinTermKind::Condition;
  std::uint32_t condition = kNone; ///< truth block of Condition
  std::uint32_t right = kNone;     ///< value block of Compare
  std::uint32_t join = kNone;
  Operator op = Operator::Equals;
  std::uint32_t count = 0;
};

/// Operations of modify and append.
struct OperationInfo {
  std::uint32_t operation = kNone; ///< blocks returning values; kNone = absent
  std::uint32_t field = kNone;
  std::uint32_t value = kNone;
  std::uint32_t condition = kNone;
};

/// Related resources of auditIfNotExists / deployIfNotExists. Blocks; kNone = absent.
struct RelationInfo {
  std::uint32_t type = kNone;
  std::uint32_t name = kNone;
  std::uint32_t kind = kNone;
  std::uint32_t resource_group = kNone;
  std::uint32_t scope = kNone;
  std::uint32_t condition = kNone;      ///< truth block, run on the candidate
  StringId static_type = kNone;         ///< lower-cased type when it is a constant (it nearly always is)
  bool condition_reads_primary = false; ///< the condition depends on the resource of the `if`
};

/// What a selector looks at.
enum class SelectorKind : std::uint8_t {
  ResourceType,
  ResourceLocation,
  ResourceWithoutLocation, ///< "subscriptionLevelResources": above every resource group, without location
  Principal                ///< of a request: accepts everything in a snapshot
};

/// One test of a resource. Source: docs/azure-policy-semantics.md, "Resource selectors".
struct Selector {
  SelectorKind kind = SelectorKind::ResourceType;
  bool negated = false;          ///< notIn
  std::uint32_t first_value = 0; ///< into Program::texts; lower case, locations without blanks
  std::uint32_t value_count = 0;
};

/// Selectors that must all accept.
struct Selection {
  std::uint32_t first_selector = 0; ///< into Program::selectors
  std::uint32_t selector_count = 0;
};

/// Decides between the variants of a control that an assignment overrides.
struct Guard {
  std::uint32_t first_selector = 0; ///< into Program::selectors: all must accept
  std::uint32_t selector_count = 0;
  bool negated = false; ///< holds when some selector refuses
};

struct Initiative {
  StringId id = 0; ///< full resource id, or empty
  StringId name = 0;
  StringId title = 0;
};

/// Where controls hold.
struct Assignment {
  StringId id = 0; ///< full resource id, or empty
  StringId name = 0;
  StringId title = 0;
  StringId scope = 0; ///< id of what it is about; empty = everything
  bool do_not_enforce = false;
  std::uint32_t first_not_scope = 0; ///< into Program::texts
  std::uint32_t not_scope_count = 0;
  std::uint32_t first_selection = 0; ///< into Program::selections: one must accept; none = all do
  std::uint32_t selection_count = 0;
};

/// Where verdicts of an assignment do not count for a while.
struct Exemption {
  StringId name = 0;
  StringId scope = 0;
  StringId category = 0;
  StringId expires_on = 0; ///< empty = never
  std::uint32_t first_selection = 0;
  std::uint32_t selection_count = 0;
};

/// What a control is part of, and what that changes.
struct Instance {
  std::uint32_t assignment = kNone; ///< into Program::assignments
  std::uint32_t initiative = kNone; ///< into Program::initiatives
  StringId reference = 0;           ///< member of the initiative
  std::uint32_t first_group = 0;    ///< into Program::texts
  std::uint32_t group_count = 0;
  StringId message = kNone;      ///< replaces the messages of violations
  StringId problem = kNone;      ///< error for every resource it applies to
  std::uint32_t first_guard = 0; ///< into Program::guards: all must hold, or there is no verdict
  std::uint32_t guard_count = 0;
  std::uint32_t first_exemption = 0; ///< into Program::exemption_uses
  std::uint32_t exemption_count = 0;
};

enum class Origin : std::uint8_t { Control, AzureDefinition };

/// A control or policy instance.
struct Control {
  Origin origin = Origin::Control;
  StringId id = 0;
  StringId symbol = 0;
  StringId title = 0;
  StringId description = 0;
  StringId severity = 0;
  StringId category = 0;
  StringId version = 0;
  StringId fix = 0;
  StringId link = 0;
  StringId mode = 0;
  StringId mappings = 0; ///< "mcsb:NS-2, nist_ai_rmf:MANAGE 2.2"
  StringId tags = 0;     ///< comma list
  StringId file = 0;     ///< source file
  std::uint32_t line = 0;
  StringId not_evaluable = kNone; ///< reason, or kNone
  std::uint32_t first_parameter = 0;
  std::uint32_t parameter_count = 0;
  std::uint32_t first_type = 0; ///< into Program::control_types (StringId); the types it is declared for
  std::uint32_t type_count = 0;
  std::uint32_t applicable = 0; ///< block, truth
  std::uint32_t first_violation = 0;
  std::uint32_t violation_count = 0;
  std::uint32_t effect = kNone;  ///< block, value: effect name; run once per instance
  std::uint32_t details = kNone; ///< block, value; kNone = none
  std::uint32_t first_operation = 0;
  std::uint32_t operation_count = 0;
  std::uint32_t relation = kNone;
  std::uint32_t instance = kNone; ///< into Program::instances; kNone = part of nothing
  std::uint32_t first_join = 0;   ///< into Program::joins; a join belongs to one control
  std::uint32_t join_count = 0;
  std::uint32_t first_term = 0; ///< `applicable` again, when joins decide it
  std::uint32_t term_count = 0;
};

/// Which source text an instruction came from.
struct SourceEntry {
  std::uint32_t instruction = 0; ///< first instruction it holds for
  StringId file = 0;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

/// What the catalogue says of a resource type: whether it supports tags and location, so that mode Indexed
/// sees it.
struct KnownType {
  StringId name = 0; ///< lower-cased
  bool indexed = false;
};

struct Program {
  std::vector<std::string> strings;                         ///< [0] is the empty string
  std::unique_ptr<Arena> arena = std::make_unique<Arena>(); ///< text and containers of constants
  std::vector<Value> constants;
  std::vector<Instruction> code;
  std::vector<Block> blocks;
  std::vector<std::uint32_t> tests; ///< blocks of shared tests; a test may run only tests with a lower index
  std::vector<Step> steps;
  std::vector<VersionPath> versions;
  std::vector<FieldPath> paths;
  std::vector<Field> fields;
  std::vector<TrieNode> trie;
  std::vector<SlotUse> slot_uses;
  std::vector<TypeProgram> types; ///< sorted by name; [0] is the entry for other types
  std::vector<std::uint32_t> type_controls;
  std::vector<StringId> control_types;
  std::vector<ParameterInfo> parameters;
  std::vector<ViolationInfo> violations;
  std::vector<OperationInfo> operations;
  std::vector<RelationInfo> relations;
  std::vector<StringId> texts; ///< lists of values, scopes, groups
  std::vector<Selector> selectors;
  std::vector<Selection> selections;
  std::vector<Guard> guards;
  std::vector<Initiative> initiatives;
  std::vector<Assignment> assignments;
  std::vector<Exemption> exemptions;
  std::vector<std::uint32_t> exemption_uses; ///< into exemptions
  std::vector<Instance> instances;
  std::vector<JoinInfo> joins;
  std::vector<JoinKey> join_keys;
  std::vector<JoinTerm> join_terms;
  std::vector<Control> controls;
  std::vector<SourceEntry> source_map; ///< sorted by instruction
  std::vector<KnownType> known_types;  ///< those that a control of mode Indexed may meet
  SemanticsOptions semantics;
  std::string catalog_hash; ///< which catalogue it was compiled against
};

} // namespace writ::bc
