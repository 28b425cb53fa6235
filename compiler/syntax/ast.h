// SPDX-License-Identifier: MIT
// The syntax tree of one .writ file. Plain values, owned by the module; every node has its span.
#pragma once

#include "writ/source.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace writ::syntax {

struct Identifier {
  std::string text;
  Span span;
};

/// Dotted name: std.frameworks.mcsb.
struct QualifiedName {
  std::vector<Identifier> parts;
  Span span;
  [[nodiscard]] std::string text() const;
};

/// Resource type as written: Microsoft.CognitiveServices/accounts.
struct TypeName {
  std::string text;
  Span span;
};

enum class BinaryOperator : std::uint8_t {
  Equal,
  NotEqual,
  Less,
  LessOrEqual,
  Greater,
  GreaterOrEqual,
  In,
  NotIn,
  Like,
  NotLike,
  Matches,
  NotMatches,
  MatchesExactly,
  NotMatchesExactly,
  Contains,
  NotContains,
  HasKey,
  HasNoKey
};
/// As written in source: "==", "not in", …
std::string_view to_text(BinaryOperator op);

enum class Quantifier : std::uint8_t { Any, All, None };

enum class ExprKind : std::uint8_t {
  Name,    ///< text
  Member,  ///< children[0].text
  Index,   ///< children[0][children[1]]
  Call,    ///< text(children…)
  Method,  ///< children[0].text(children[1…])
  String,  ///< text: unescaped
  Integer, ///< integer
  Float,   ///< number
  Boolean, ///< boolean
  Null,
  Duration,     ///< integer in seconds
  Array,        ///< children
  Object,       ///< keys and children, same length
  Binary,       ///< children[0] op children[1]
  Range,        ///< children[0] .. children[1], both ends included
  Exists,       ///< children[0] exists; boolean: negated
  Not,          ///< not children[0]
  And,          ///< all children, two or more: chains are flat
  Or,           ///< some child, two or more: chains are flat
  If,           ///< if children[0] then children[1] else children[2]
  Quantified,   ///< quantifier text in children[0]: children[1]
  Count,        ///< count(text in children[0] where children[1]); text and where may be absent
  Related,      ///< some, no or the number of other resources: `related` says which, `text` is their name
  Interpolation ///< a message: String parts and expressions, in order
};

enum class RelatedQuantity : std::uint8_t { Some, No, Count };
/// Where the other resources are looked for.
enum class RelatedPlace : std::uint8_t {
  Below,         ///< of x: child and extension resources
  ResourceGroup, ///< in resource group [name] of x
  Subscription,  ///< in subscription of x
  Anywhere       ///< the whole snapshot: joined by what `where` compares
};

/// The parts of a Related expression; expressions are children of the node, by index, -1 when absent.
struct RelatedShape {
  RelatedQuantity quantity = RelatedQuantity::Some;
  RelatedPlace place = RelatedPlace::Anywhere;
  TypeName type;
  int subject = -1;
  int group = -1;
  int named = -1;
  int kind = -1;
  int where = -1;
};

struct Expr {
  ExprKind kind = ExprKind::Null;
  Span span;
  std::string text;
  Span name_span; ///< of `text` when it names something (member, binder, function)
  std::int64_t integer = 0;
  double number = 0;
  bool boolean = false;
  BinaryOperator op = BinaryOperator::Equal;
  Quantifier quantifier = Quantifier::Any;
  std::vector<Expr> children;
  std::vector<Identifier> keys;
  std::optional<RelatedShape> related;
};

enum class TypeKind : std::uint8_t { Named, Array, Object };

struct TypeField;
/// A type as written: String, [T], { field: T }.
struct TypeExpr {
  TypeKind kind = TypeKind::Named;
  Span span;
  std::string name;
  std::vector<TypeExpr> element; ///< one, for Array
  std::vector<TypeField> fields; ///< for Object
};
struct TypeField {
  Identifier name;
  TypeExpr type;
  std::string doc;
};

/// One value behind a metadata key: `mcsb "NS-2"` has word and text, `high` only a word.
struct MetaValue {
  Span span;
  std::optional<Identifier> word;
  std::optional<std::string> text; ///< string, number or boolean as text
  std::vector<std::string> list;   ///< ["a", "b"]
  bool is_list = false;
};
struct MetaItem {
  Identifier key;
  std::vector<MetaValue> values;
  Span span;
};

struct ParamDecl {
  Identifier name;
  TypeExpr type;
  std::optional<Expr> default_value;
  std::optional<Expr> allowed;
  std::vector<std::pair<Identifier, std::string>> settings; ///< { description "…" strong_type "…" }
  std::string doc;
  Span span;
};

struct Require {
  Expr condition;
  std::optional<Expr> message; ///< Interpolation
  Span span;
};

struct LetDecl {
  Identifier name;
  Expr value;
  std::string doc;
  Span span;
};

struct FnParameter {
  Identifier name;
  std::optional<TypeExpr> type;
};
struct FnDecl {
  Identifier name;
  bool is_private = false;
  std::vector<FnParameter> parameters;
  std::optional<TypeExpr> result;
  Expr body;
  std::string doc;
  Span span;
};

/// One line of a `remediate` block: `set account.x = value when condition`, `roles [owner]`.
struct Remedy {
  Identifier key;
  Expr target;
  std::optional<Expr> value;
  std::optional<Expr> when;
  Span span;
};
/// remediate modify { … }
struct RemediateDecl {
  Identifier word; ///< remediate
  Identifier kind; ///< modify, append, deploy
  std::vector<Remedy> items;
  Span span;
};
/// deny action [delete] cascade deny
struct ActionDecl {
  Identifier word; ///< deny
  Identifier noun; ///< action
  std::vector<Identifier> actions;
  std::optional<std::pair<Identifier, Identifier>> setting; ///< cascade, and its value
  Span span;
};
/// manual { default unknown }
struct BlockDecl {
  Identifier word;
  std::vector<MetaItem> items;
  Span span;
};

struct ControlDecl {
  Identifier name;
  std::string title;
  Span title_span;
  std::string doc;
  std::vector<MetaItem> metadata;
  std::vector<ParamDecl> params;
  std::vector<TypeName> types; ///< of `on`; empty = the item is missing
  std::optional<Identifier> subject;
  std::vector<Span> on_items; ///< one is right; more is an error of the checker
  std::vector<Expr> where;
  std::vector<Require> requires_;
  std::vector<LetDecl> lets;
  std::vector<FnDecl> functions;
  std::vector<RemediateDecl> remediations; ///< one is right; more is an error of the checker
  std::vector<ActionDecl> actions;         ///< likewise
  std::vector<BlockDecl> blocks;           ///< manual
  Span span;
};

/// A control or definition by name, `shop.network.closed`, or with `.*` every control of a module and of the
/// modules below it.
struct MemberName {
  QualifiedName name;
  bool all = false;
  Span span;
};
/// One entry of `include`: members by name, or `builtin "GUID"`.
struct IncludedMember {
  std::optional<Identifier> word; ///< builtin
  Identifier guid;                ///< text without quotes; only with `word`
  MemberName name;                ///< only without `word`
  Span span;
};
/// include a.*, b.c except a.d with { effect: Deny } in "NS-2" as reference
struct IncludeDecl {
  std::vector<IncludedMember> members;
  std::vector<MemberName> except;
  std::optional<Expr> with; ///< Object
  std::vector<Identifier> groups;
  std::optional<Identifier> reference;
  std::vector<Span> repeated; ///< clauses that stand twice
  Span span;
};
/// group "NS-2" from mcsb · group "own" "Title" · groups from mcsb
struct GroupDecl {
  std::vector<Identifier> numbers;    ///< empty: `groups`, all that members map to
  std::vector<Identifier> frameworks; ///< empty: a group of its own
  std::string title;                  ///< of a group of its own
  std::optional<Identifier> name;     ///< behind `as`
  Span span;
};
/// param effect forwards to all
struct ForwardDecl {
  Identifier parameter;
  Identifier to; ///< the word
  std::vector<MemberName> members;
  bool all = false;
  std::optional<Identifier> target; ///< behind `as`: what the members call it
  Span span;
};
/// set effect = Deny in a.* where allowed
struct SetDecl {
  Identifier parameter;
  Expr value;
  std::vector<MemberName> members;   ///< empty = all
  std::optional<Identifier> allowed; ///< the word behind `where`
  Span span;
};

/// `mode "All"`, `effect …`, `details { … }` of a definition block.
struct DefinitionField {
  Identifier key;
  Expr value;
};
/// An Azure Policy definition, or an initiative, with Azure's own meaning.
struct DefinitionDecl {
  bool is_initiative = false;
  Identifier name;
  std::string title;
  std::string doc;
  std::vector<ParamDecl> params;
  std::optional<TypeName> type; ///< of `on`
  std::optional<Identifier> subject;
  std::vector<Span> on_items; ///< one at most is right
  std::vector<LetDecl> lets;
  std::vector<Expr> when; ///< one at most is right
  std::vector<DefinitionField> fields;
  std::vector<IncludeDecl> includes; ///< these four: initiatives only
  std::vector<GroupDecl> groups;
  std::vector<ForwardDecl> forwards;
  std::vector<SetDecl> sets;
  Span span;
  /// An initiative that is put together of controls, not a list of policies as Azure writes it.
  [[nodiscard]] bool is_composed() const {
    return !includes.empty() || !groups.empty() || !forwards.empty() || !sets.empty();
  }
};

struct RecordDecl {
  TypeName type;
  std::vector<TypeField> fields;
  std::string doc;
  Span span;
};

struct FrameworkItem {
  Identifier id; ///< text without quotes
  std::string title;
};
struct FrameworkDecl {
  Identifier name;
  std::string title;
  std::vector<std::pair<Identifier, std::string>> settings; ///< version, link
  std::vector<FrameworkItem> items;
  std::string doc;
  Span span;
};

struct TestClause {
  Identifier key; ///< with, at, given
  Expr value;
};
struct TestCaseDecl {
  Identifier expectation; ///< passes, fails, skips, unknown, errors
  std::string title;
  std::vector<TestClause> clauses;
  Expr resource; ///< Object
  Span span;
};
struct TestDecl {
  Identifier control;
  std::vector<TestCaseDecl> cases;
  Span span;
};

struct UseDecl {
  QualifiedName module;
  std::vector<Identifier> names; ///< of the { } list; empty = the whole path names one module
  Span span;
};

struct Module {
  SourceId source;
  bool complete = true; ///< false: syntax errors were reported, some declarations are missing
  std::optional<QualifiedName> name;
  std::string doc;
  std::vector<UseDecl> uses;
  std::vector<ControlDecl> controls;
  std::vector<RecordDecl> records;
  std::vector<FnDecl> functions;
  std::vector<LetDecl> lets;
  std::vector<FrameworkDecl> frameworks;
  std::vector<TestDecl> tests;
  std::vector<DefinitionDecl> definitions;
};

} // namespace writ::syntax
