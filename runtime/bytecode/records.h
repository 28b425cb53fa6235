// SPDX-License-Identifier: MIT
// The fields of every table record, once: writer, reader, verifier, disassembler and assembler all visit them
// here.
//
// A visitor v is called with a field's name and a reference to it:
//   v.text(name, StringId)             index into the string pool      v.optional_text: or kNone
//   v.index(name, uint32, Table)       index into another table        v.optional_index: or kNone
//   v.range(name, first, count, Table) a run of another table
//   v.number(name, unsigned)           any number
//   v.slot(name, uint32)               number of a slot, or kNone
//   v.flag(name, bool)
//   v.choice(name, enum or byte, count)  one byte below `count`
// `r` is a record or a const record.
#pragma once

#include "writ/bytecode/program.h"

#include <cstdint>

namespace writ::bc {

/// What an index points into. Blocks appear by the result their user expects.
enum class Table : std::uint8_t {
  Constants,
  Code,
  TruthBlocks,
  ValueBlocks,
  Steps,
  Versions,
  Paths,
  Fields,
  Trie,
  SlotUses,
  TypeControls,
  ControlTypes,
  Parameters,
  Violations,
  Operations,
  Relations,
  Controls,
  Texts,
  Selectors,
  Selections,
  Guards,
  Initiatives,
  Assignments,
  Exemptions,
  ExemptionUses,
  Instances,
  Joins,
  JoinKeys,
  JoinTerms
};

template <class V, class R> void describe_block(V& v, R& r) {
  v.range("code", r.start, r.length, Table::Code);
  v.number("values", r.values);
  v.number("truths", r.truths);
  v.number("binders", r.binders);
}

template <class V, class R> void describe_test(V& v, R& r) { v.index("block", r, Table::TruthBlocks); }

template <class V, class R> void describe_step(V& v, R& r) {
  v.text("name", r.name);
  v.flag("each", r.each);
}

template <class V, class R> void describe_version(V& v, R& r) {
  v.text("api_version", r.api_version);
  v.range("steps", r.first_step, r.step_count, Table::Steps);
}

template <class V, class R> void describe_path(V& v, R& r) {
  v.optional_text("type", r.type);
  v.range("steps", r.first_step, r.step_count, Table::Steps);
  v.range("versions", r.first_version, r.version_count, Table::Versions);
  v.optional_text("pattern", r.pattern_phrase);
  v.optional_text("variable", r.pattern_variable);
  v.choice("flags", r.flags, kRootOrProperties + 1);
}

template <class V, class R> void describe_field(V& v, R& r) {
  v.choice("kind", r.kind, static_cast<unsigned>(FieldKind::ResourceGroupId) + 1);
  v.text("name", r.name);
  v.range("paths", r.first_path, r.path_count, Table::Paths);
  v.flag("secret", r.secret);
}

template <class V, class R> void describe_node(V& v, R& r) {
  v.text("key", r.key);
  v.range("children", r.first_child, r.child_count, Table::Trie);
  v.slot("slot", r.slot);
  v.flag("whole", r.whole);
}

template <class V, class R> void describe_use(V& v, R& r) {
  v.index("field", r.field, Table::Fields);
  v.slot("slot", r.slot);
  v.range("steps", r.first_step, r.step_count, Table::Steps);
  v.flag("each", r.each);
  v.index("path", r.path, Table::Paths);
}

template <class V, class R> void describe_type(V& v, R& r) {
  v.optional_text("name", r.name);
  v.range("controls", r.first_control, r.control_count, Table::TypeControls);
  v.index("trie", r.trie_root, Table::Trie);
  v.number("slots", r.slot_count);
  v.range("uses", r.first_use, r.use_count, Table::SlotUses);
  v.flag("whole", r.needs_whole);
}

template <class V, class R> void describe_type_control(V& v, R& r) { v.index("control", r, Table::Controls); }

template <class V, class R> void describe_control_type(V& v, R& r) { v.text("name", r); }

template <class V, class R> void describe_parameter(V& v, R& r) {
  v.text("name", r.name);
  v.choice("type", r.type, 7);
  v.optional_index("value", r.value, Table::Constants);
  v.optional_index("allowed", r.allowed, Table::Constants);
  v.flag("bound", r.bound);
}

template <class V, class R> void describe_violation(V& v, R& r) {
  v.index("condition", r.condition, Table::TruthBlocks);
  v.optional_index("message", r.message, Table::ValueBlocks);
  v.number("line", r.span_begin);
  v.range("terms", r.first_term, r.term_count, Table::JoinTerms);
}

template <class V, class R> void describe_operation(V& v, R& r) {
  v.optional_index("operation", r.operation, Table::ValueBlocks);
  v.optional_index("field", r.field, Table::ValueBlocks);
  v.optional_index("value", r.value, Table::ValueBlocks);
  v.optional_index("condition", r.condition, Table::ValueBlocks);
}

template <class V, class R> void describe_relation(V& v, R& r) {
  v.optional_index("type", r.type, Table::ValueBlocks);
  v.optional_index("name", r.name, Table::ValueBlocks);
  v.optional_index("kind", r.kind, Table::ValueBlocks);
  v.optional_index("resource_group", r.resource_group, Table::ValueBlocks);
  v.optional_index("scope", r.scope, Table::ValueBlocks);
  v.optional_index("condition", r.condition, Table::TruthBlocks);
  v.optional_text("static_type", r.static_type);
  v.flag("reads_primary", r.condition_reads_primary);
}

template <class V, class R> void describe_join(V& v, R& r) {
  v.text("type", r.type);
  v.text("title", r.title);
  v.text("name", r.name);
  v.choice("place", r.place, static_cast<unsigned>(JoinPlace::Subscription) + 1);
  v.optional_index("group", r.group, Table::ValueBlocks);
  v.optional_index("filter", r.filter, Table::TruthBlocks);
  v.range("keys", r.first_key, r.key_count, Table::JoinKeys);
}

template <class V, class R> void describe_join_key(V& v, R& r) {
  v.index("inner", r.inner, Table::ValueBlocks);
  v.index("outer", r.outer, Table::ValueBlocks);
  v.flag("inner_list", r.inner_list);
  v.flag("outer_list", r.outer_list);
  v.flag("location", r.location);
}

template <class V, class R> void describe_join_term(V& v, R& r) {
  v.choice("kind", r.kind, static_cast<unsigned>(JoinTermKind::Any) + 1);
  v.optional_index("condition", r.condition, Table::TruthBlocks);
  v.optional_index("right", r.right, Table::ValueBlocks);
  v.optional_index("join", r.join, Table::Joins);
  v.choice("op", r.op, static_cast<unsigned>(all_operators().size()));
  v.number("count", r.count);
}

template <class V, class R> void describe_control(V& v, R& r) {
  v.choice("origin", r.origin, 2);
  v.text("id", r.id);
  v.text("symbol", r.symbol);
  v.text("title", r.title);
  v.text("description", r.description);
  v.text("severity", r.severity);
  v.text("category", r.category);
  v.text("version", r.version);
  v.text("fix", r.fix);
  v.text("link", r.link);
  v.text("mode", r.mode);
  v.text("mappings", r.mappings);
  v.text("tags", r.tags);
  v.text("file", r.file);
  v.number("line", r.line);
  v.optional_text("not_evaluable", r.not_evaluable);
  v.range("parameters", r.first_parameter, r.parameter_count, Table::Parameters);
  v.range("types", r.first_type, r.type_count, Table::ControlTypes);
  v.index("applicable", r.applicable, Table::TruthBlocks);
  v.range("violations", r.first_violation, r.violation_count, Table::Violations);
  v.optional_index("effect", r.effect, Table::ValueBlocks);
  v.optional_index("details", r.details, Table::ValueBlocks);
  v.range("operations", r.first_operation, r.operation_count, Table::Operations);
  v.optional_index("relation", r.relation, Table::Relations);
  v.optional_index("instance", r.instance, Table::Instances);
  v.range("joins", r.first_join, r.join_count, Table::Joins);
  v.range("terms", r.first_term, r.term_count, Table::JoinTerms);
}

template <class V, class R> void describe_text(V& v, R& r) { v.text("value", r); }

template <class V, class R> void describe_selector(V& v, R& r) {
  v.choice("kind", r.kind, static_cast<unsigned>(SelectorKind::Principal) + 1);
  v.flag("negated", r.negated);
  v.range("values", r.first_value, r.value_count, Table::Texts);
}

template <class V, class R> void describe_selection(V& v, R& r) {
  v.range("selectors", r.first_selector, r.selector_count, Table::Selectors);
}

template <class V, class R> void describe_guard(V& v, R& r) {
  v.range("selectors", r.first_selector, r.selector_count, Table::Selectors);
  v.flag("negated", r.negated);
}

template <class V, class R> void describe_initiative(V& v, R& r) {
  v.text("id", r.id);
  v.text("name", r.name);
  v.text("title", r.title);
}

template <class V, class R> void describe_assignment(V& v, R& r) {
  v.text("id", r.id);
  v.text("name", r.name);
  v.text("title", r.title);
  v.text("scope", r.scope);
  v.flag("do_not_enforce", r.do_not_enforce);
  v.range("not_scopes", r.first_not_scope, r.not_scope_count, Table::Texts);
  v.range("selections", r.first_selection, r.selection_count, Table::Selections);
}

template <class V, class R> void describe_exemption(V& v, R& r) {
  v.text("name", r.name);
  v.text("scope", r.scope);
  v.text("category", r.category);
  v.text("expires_on", r.expires_on);
  v.range("selections", r.first_selection, r.selection_count, Table::Selections);
}

template <class V, class R> void describe_exemption_use(V& v, R& r) {
  v.index("exemption", r, Table::Exemptions);
}

template <class V, class R> void describe_instance(V& v, R& r) {
  v.optional_index("assignment", r.assignment, Table::Assignments);
  v.optional_index("initiative", r.initiative, Table::Initiatives);
  v.text("reference", r.reference);
  v.range("groups", r.first_group, r.group_count, Table::Texts);
  v.optional_text("message", r.message);
  v.optional_text("problem", r.problem);
  v.range("guards", r.first_guard, r.guard_count, Table::Guards);
  v.range("exemptions", r.first_exemption, r.exemption_count, Table::ExemptionUses);
}

template <class V, class R> void describe_source(V& v, R& r) {
  v.index("instruction", r.instruction, Table::Code);
  v.text("file", r.file);
  v.number("line", r.line);
  v.number("column", r.column);
}

template <class V, class R> void describe_known_type(V& v, R& r) {
  v.text("name", r.name);
  v.flag("indexed", r.indexed);
}

/// The switches of SemanticsOptions, in file order.
template <class V, class R> void describe_semantics(V& v, R& r) {
  v.flag("like_question_mark", r.like_question_mark);
  v.flag("lenient_ordering", r.lenient_ordering);
  v.flag("numeric_strings", r.numeric_strings);
  v.flag("vacuous_missing", r.vacuous_missing);
  v.flag("eager_logic", r.eager_logic);
  v.flag("innermost_current", r.innermost_current);
}

} // namespace writ::bc
