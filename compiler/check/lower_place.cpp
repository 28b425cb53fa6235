// SPDX-License-Identifier: MIT
// Properties of the subject and of its elements: from a.b.c to an alias, or to an error that names what was
// meant.
#include "catalog/field_of.h"
#include "check/lower.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::check {

namespace {

constexpr std::array<std::string_view, 11> kBuiltins = {
    "name", "type",     "location", "id",      "parent_id", "resource_group_id", "subscription_id",
    "kind", "fullName", "tags",     "identity"};

std::string joined(const std::string& prefix, std::string_view step) {
  return prefix.empty() ? std::string(step) : prefix + "." + std::string(step);
}

} // namespace

namespace {

/// Ids that are part of the id of a resource.
std::optional<ir::FieldKind> id_kind(std::string_view name) {
  if (equal_ascii_fold(name, "parent_id")) return ir::FieldKind::ParentId;
  if (equal_ascii_fold(name, "subscription_id")) return ir::FieldKind::SubscriptionId;
  if (equal_ascii_fold(name, "resource_group_id")) return ir::FieldKind::ResourceGroupId;
  return std::nullopt;
}

} // namespace

std::optional<ir::Field> Lowering::builtin_field(std::string_view suffix, Type& type) const {
  const std::string_view first = suffix.substr(0, suffix.find('.'));
  if (equal_ascii_fold(first, "tags")) {
    if (first.size() == suffix.size()) {
      type = Type::of(TypeKind::Object);
      return well_known_field("tags");
    }
    type = Type::of(TypeKind::String);
    return tag_field(suffix.substr(first.size() + 1));
  }
  if (equal_ascii_fold(first, "identity")) {
    type = equal_ascii_fold(suffix, "identity.type") ? Type::of(TypeKind::String)
           : first.size() == suffix.size()           ? Type::of(TypeKind::Object)
                                                     : Type{};
    return well_known_field(suffix);
  }
  if (const auto kind = id_kind(suffix)) {
    type = Type::of(TypeKind::String);
    ir::Field field;
    field.kind = *kind;
    field.name = lower_ascii(suffix);
    field.path = ir::parse_path("id");
    return field;
  }
  if (std::optional<ir::Field> field = well_known_field(suffix)) {
    type = Type::of(TypeKind::String);
    return field;
  }
  return std::nullopt;
}

const Alias* Lowering::find_alias(const Place& place) const {
  const Subject& subject = subject_of(place);
  if (subject.types.size() != 1 || place.raw) return nullptr;
  return catalog_.find_property(*subject.types.front(), place.suffix);
}

Type Lowering::type_at(const Place& place, const Alias& alias) const {
  Type type = type_of(alias);
  const Subject& subject = subject_of(place);
  if (type.kind != TypeKind::Array || subject.types.size() != 1) return type;
  if (const Alias* each = catalog_.find_property(*subject.types.front(), place.suffix + "[*]"))
    type = Type::array_of(type_of(*each));
  return type;
}

Place Lowering::step(const Place& place, std::string_view name) {
  Place next = place;
  if (!place.raw) {
    next.suffix = joined(place.suffix, name);
    return next;
  }
  ir::Path path = ir::parse_path(place.suffix);
  path.push_back({std::string(name), false});
  next.suffix = ir::to_text(path);
  return next;
}

ir::FieldId Lowering::add_alias(const Alias& alias) {
  const std::vector<Alias> entries = catalog_.find_alias(alias.name);
  return graph_.add_field(field_of(catalog_, entries));
}

Term Lowering::field_term(ir::FieldId field, const Place& place, Type type, Span span) {
  Term term;
  term.span = span;
  term.type = std::move(type);
  term.place = place;
  term.is_field = true;
  if (place.primary) {
    // Only a value can be of the other one of two resources.
    term.left = term.value = note(graph_.field_value(field, ir::kUnbound, 0, true), span);
  } else if (place.depth < 0) {
    term.left = note(graph_.field(field), span);
    term.value = note(graph_.field_value(field), span);
  } else {
    const std::uint16_t binder = binder_index(place.depth);
    const auto level = static_cast<std::uint16_t>(place.level);
    term.left = note(graph_.field(field, binder, level), span);
    term.value = note(graph_.current(binder, level, field), span);
  }
  return term;
}

void Lowering::report_unknown_property(const Place& place, Span name_span) {
  const ResourceTypeInfo& type = *subject_of(place).types.front();
  const std::size_t dot = place.suffix.rfind('.');
  const std::string prefix = dot == std::string::npos ? std::string() : place.suffix.substr(0, dot);
  const std::string last = dot == std::string::npos ? place.suffix : place.suffix.substr(dot + 1);
  std::vector<std::string> known = catalog_.members(type, prefix);
  if (prefix.empty())
    for (std::string_view builtin : kBuiltins)
      if (std::find(known.begin(), known.end(), builtin) == known.end()) known.emplace_back(builtin);
  Diagnostic d(Code::UnknownProperty, name_span,
               prefix.empty() ? fmt::format("{} has no property `{}`", type.name, last)
                              : fmt::format("`{}` of {} has no property `{}`", prefix, type.name, last));
  const std::vector<std::string_view> candidates(known.begin(), known.end());
  for (const std::string& name : nearest(last, candidates)) {
    if (d.edits.empty())
      d.edits.push_back({name_span, name});
    else
      d.notes.push_back("or `" + name + "`");
  }
  if (d.edits.empty() && !known.empty()) {
    std::string list;
    for (const std::string& name : known) {
      if (list.size() > 160) {
        list += ", …";
        break;
      }
      if (!list.empty()) list += ", ";
      list += name;
    }
    d.notes.push_back("it has " + list);
  }
  if (d.edits.empty())
    d.notes.push_back(fmt::format(
        "a property without an alias can be read as {}.raw(\"properties.…\"), evaluated locally only",
        subject_of(place).name));
  diagnostics_.add(std::move(d));
}

bool Lowering::report_ambiguous_property(const Place& place, Span name_span) {
  const Subject& subject = subject_of(place);
  if (subject.types.size() < 2) return false;
  std::string owners;
  for (const ResourceTypeInfo* type : subject.types)
    if (catalog_.find_property(*type, place.suffix) || catalog_.is_prefix(*type, place.suffix))
      owners += (owners.empty() ? "" : " and ") + std::string(type->name);
  if (owners.empty()) return false;
  diagnostics_.add(Diagnostic(Code::AmbiguousProperty, name_span,
                              fmt::format("`{}` is a property of {}, and Azure Policy reads a property of "
                                          "one type at a time",
                                          place.suffix, owners))
                       .note("name, type, location, id, kind, fullName, tags and identity can be read on "
                             "every type; write one control per type for others"));
  return true;
}

Term Lowering::read(const Place& place, Span span, Span name_span) {
  if (place.raw) {
    ir::Field field;
    field.kind = ir::FieldKind::Raw;
    field.path = ir::parse_path(place.suffix);
    field.name = ir::to_text(field.path);
    return field_term(graph_.add_field(std::move(field)), place, {}, span);
  }
  // An alias of this very name wins over the built-in field: outboundRules/type is the kind of rule, not of
  // resource.
  if (const Alias* alias = find_alias(place))
    return field_term(add_alias(*alias), place, type_at(place, *alias), span);
  if (place.depth < 0) {
    Type type;
    if (std::optional<ir::Field> field = builtin_field(place.suffix, type))
      return field_term(graph_.add_field(*field), place, type, span);
  }
  if (const Subject& subject = subject_of(place); subject.types.size() == 1) {
    const ResourceTypeInfo& type = *subject.types.front();
    // `A` where only `A[*]` has an alias.
    const std::vector<Alias> whole = catalog_.find_alias(std::string(type.name) + "/" + place.suffix);
    if (!whole.empty())
      return field_term(graph_.add_field(field_of(catalog_, whole)), place, type_at(place, whole.front()),
                        span);
    if (catalog_.is_prefix(type, place.suffix)) {
      Term term; // an object without an alias of its own: only its members can be read
      term.span = span;
      term.place = place;
      term.type = Type::of(TypeKind::Object);
      return term;
    }
  }
  if (!report_ambiguous_property(place, name_span)) report_unknown_property(place, name_span);
  return failed(span);
}

bool Lowering::is_leaf(const Term& base) const {
  if (!base.is_field || base.place->raw) return false;
  const Subject& subject = subject_of(*base.place);
  if (subject.types.size() != 1) return false;
  const Alias* alias = find_alias(*base.place);
  return alias && !catalog_.is_prefix(*subject.types.front(), base.place->suffix);
}

Term Lowering::below(const Term& base, ir::NodeId key, Type type, Span span) {
  // Data of a resource may lack the member, which is no error; a parameter or a result that lacks it is.
  const ir::Node& node = graph_.node(base.value);
  const bool data = node.kind == ir::NodeKind::FieldValue || node.kind == ir::NodeKind::Current ||
                    (node.kind == ir::NodeKind::Call && node.function == Function::TryGet);
  const ir::NodeId value =
      data ? graph_.call(Function::TryGet, {base.value, key}) : graph_.member(base.value, key);
  return of_value(value, std::move(type), span);
}

Term Lowering::member(const syntax::Expr& e, const ScopePtr& scope) {
  const Term base = expression(e.children[0], scope);
  if (base.failed) return base;
  // Texts, numbers and booleans have no members, unless the catalogue knows of some.
  const bool closed = base.is_field && base.place && !base.place->raw && base.type.kind != TypeKind::Any &&
                      base.type.kind != TypeKind::Object;
  if (base.place && !closed) {
    if (is_leaf(base)) return below(base, graph_.literal_text(e.text), {}, e.span);
    return read(step(*base.place, e.text), e.span, e.name_span);
  }
  if (base.is_field && base.type.kind != TypeKind::Array) {
    const Place next = step(*base.place, e.text);
    const Subject& subject = subject_of(next);
    if (subject.types.size() == 1 &&
        (find_alias(next) || catalog_.is_prefix(*subject.types.front(), next.suffix)))
      return read(next, e.span, e.name_span);
    diagnostics_.add(Diagnostic(Code::NotAValue, e.name_span,
                                fmt::format("`{}` is a {} and has no property `{}`", base.place->suffix,
                                            to_text(base.type), e.text)));
    return failed(e.span);
  }
  if (base.is_field) {
    diagnostics_.add(Diagnostic(Code::NotAValue, e.name_span,
                                fmt::format("`{}` is an array: its elements have properties, it has none",
                                            base.place->suffix))
                         .note(fmt::format("write `any x in …: x.{} …`", e.text)));
    return failed(e.span);
  }
  if (base.value.valid()) {
    if (base.type.kind != TypeKind::Any && base.type.kind != TypeKind::Object) {
      diagnostics_.add(Diagnostic(Code::NotAValue, e.name_span,
                                  fmt::format("a {} has no property `{}`", to_text(base.type), e.text)));
      return failed(e.span);
    }
    return below(base, graph_.literal_text(e.text), {}, e.span);
  }
  diagnostics_.add(Diagnostic(Code::NotAValue, e.span, "a condition has no properties"));
  return failed(e.span);
}

Term Lowering::index(const syntax::Expr& e, const ScopePtr& scope) {
  const Term base = expression(e.children[0], scope);
  if (base.failed) return base;
  const syntax::Expr& key = e.children[1];
  // tags["cost.center"]: the text in brackets is the name, dots included.
  if (base.place && base.place->depth < 0 && equal_ascii_fold(base.place->suffix, "tags") &&
      key.kind == syntax::ExprKind::String)
    return field_term(graph_.add_field(tag_field(key.text)),
                      {"tags." + key.text, -1, 0, false, base.place->primary}, Type::of(TypeKind::String),
                      e.span);
  if (base.place && key.kind == syntax::ExprKind::String &&
      (base.type.kind == TypeKind::Object || base.type.kind == TypeKind::Any) && !is_leaf(base))
    return read(step(*base.place, key.text), e.span, key.span);
  const Term index = expression(key, scope);
  if (index.failed) return index;
  const bool container = base.type.kind == TypeKind::Array || base.type.kind == TypeKind::Object ||
                         base.type.kind == TypeKind::Any;
  const Type wanted = Type::of(base.type.kind == TypeKind::Array ? TypeKind::Int : TypeKind::String);
  if (!container || !base.value.valid() || !index.value.valid()) {
    diagnostics_.add(Diagnostic(Code::NotAValue, e.span, "only arrays and objects can be indexed"));
    return failed(e.span);
  }
  if (base.type.kind != TypeKind::Any && !comparable(wanted, index.type)) {
    diagnostics_.add(Diagnostic(Code::IncomparableTypes, key.span,
                                fmt::format("{} is indexed with {}, this is {}", to_text(base.type),
                                            to_text(wanted), to_text(index.type))));
    return failed(e.span);
  }
  Type element;
  if (base.type.kind == TypeKind::Array && base.type.element) element = *base.type.element;
  return below(base, index.value, element, e.span);
}

} // namespace writ::check
