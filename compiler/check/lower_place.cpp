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

constexpr std::array<std::string_view, 9> kBuiltins = {"name",     "type", "location", "id", "kind",
                                                       "fullName", "tags", "identity", "sku"};

std::string joined(const std::string& prefix, std::string_view step) {
  return prefix.empty() ? std::string(step) : prefix + "." + std::string(step);
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
  if (std::optional<ir::Field> field = well_known_field(suffix)) {
    type = Type::of(TypeKind::String);
    return field;
  }
  return std::nullopt;
}

const Alias* Lowering::find_alias(const Place& place, Span name_span, bool report) {
  if (subject_.types.empty()) return nullptr;
  const Alias* found = catalog_.find_property(*subject_.types.front(), place.suffix);
  if (!found) return nullptr;
  if (subject_.types.size() > 1) {
    if (report)
      diagnostics_.add(
          Diagnostic(
              Code::AmbiguousProperty, name_span,
              fmt::format("`{}` is a property of {} only; a control over several types reads what all have",
                          place.suffix, subject_.types.front()->name))
              .note("name, type, location, id, kind, tags and identity can be read on every type; write one "
                    "control per type"));
    return nullptr;
  }
  return found;
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
  if (place.depth < 0) {
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
  const ResourceTypeInfo& type = *subject_.types.front();
  const std::size_t dot = place.suffix.rfind('.');
  const std::string prefix = dot == std::string::npos ? std::string() : place.suffix.substr(0, dot);
  const std::string last = dot == std::string::npos ? place.suffix : place.suffix.substr(dot + 1);
  std::vector<std::string> known = catalog_.members(type, prefix);
  if (prefix.empty()) known.insert(known.end(), kBuiltins.begin(), kBuiltins.end());
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
        subject_.name));
  diagnostics_.add(std::move(d));
}

Term Lowering::read(const Place& place, Span span, Span name_span) {
  // An alias of this very name wins over the built-in field: outboundRules/type is the kind of rule, not of
  // resource.
  if (const Alias* alias = find_alias(place, name_span, true)) {
    if (catalog_.find_property(*subject_.types.front(), place.suffix))
      return field_term(add_alias(*alias), place, type_of(*alias), span);
  }
  if (place.depth < 0) {
    Type type;
    if (std::optional<ir::Field> field = builtin_field(place.suffix, type))
      return field_term(graph_.add_field(*field), place, type, span);
  }
  if (subject_.types.size() > 1 && catalog_.find_property(*subject_.types.front(), place.suffix))
    return failed(span); // reported by find_alias
  if (!subject_.types.empty()) {
    const ResourceTypeInfo& type = *subject_.types.front();
    // `A` where only `A[*]` has an alias.
    const std::vector<Alias> whole = catalog_.find_alias(std::string(type.name) + "/" + place.suffix);
    if (!whole.empty())
      return field_term(graph_.add_field(field_of(catalog_, whole)), place, type_of(whole.front()), span);
    if (catalog_.is_prefix(type, place.suffix)) {
      Term term; // an object without an alias of its own: only its members can be read
      term.span = span;
      term.place = place;
      term.type = Type::of(TypeKind::Object);
      return term;
    }
    if (type.data_plane && place.suffix.find('.') == std::string::npos &&
        equal_ascii_fold(place.suffix, "sku"))
      return failed(span);
    report_unknown_property(place, name_span);
  }
  return failed(span);
}

Term Lowering::member(const syntax::Expr& e, const ScopePtr& scope) {
  const Term base = expression(e.children[0], scope);
  if (base.failed) return base;
  if (base.place && !(base.is_field && base.type.kind == TypeKind::Array)) {
    Place place = *base.place;
    place.suffix = joined(place.suffix, e.text);
    return read(place, e.span, e.name_span);
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
    return of_value(graph_.member(base.value, graph_.literal_text(e.text)), {}, e.span);
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
    return field_term(graph_.add_field(tag_field(key.text)), {"tags." + key.text, -1, 0},
                      Type::of(TypeKind::String), e.span);
  if (base.place && key.kind == syntax::ExprKind::String && base.type.kind != TypeKind::Array) {
    Place place = *base.place;
    place.suffix = joined(place.suffix, key.text);
    return read(place, e.span, key.span);
  }
  const Term index = expression(key, scope);
  if (index.failed || !base.value.valid() || !index.value.valid()) {
    if (!index.failed)
      diagnostics_.add(Diagnostic(Code::NotAValue, e.span, "only arrays and objects can be indexed"));
    return failed(e.span);
  }
  Type element;
  if (base.type.kind == TypeKind::Array && base.type.element) element = *base.type.element;
  return of_value(graph_.member(base.value, index.value), element, e.span);
}

} // namespace writ::check
