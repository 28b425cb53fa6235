// SPDX-License-Identifier: MIT
#include "prove/term.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace writ::prove {

TermId Store::intern(Term term) {
  std::string value;
  if (term.kind == TermKind::Constant)
    value = fmt::format("{}:{}", static_cast<int>(term.value.kind()), to_json(term.value));
  const std::string key =
      fmt::format("{} {} {} {}{}{} {} [{}] {} {}", static_cast<int>(term.kind),
                  static_cast<int>(term.function), value, term.literal ? 1 : 0, term.null_of_field ? 1 : 0,
                  term.element ? 1 : 0, term.place, fmt::join(term.children, ","), term.text, term.identity);
  const auto [found, added] = term_index_.try_emplace(key, static_cast<TermId>(terms_.size()));
  if (added) terms_.push_back(std::move(term));
  return found->second;
}

FormulaId Store::intern(Formula formula) {
  const std::string key = fmt::format(
      "{} {}{} {} {} {} {} {} [{}] {} {}", static_cast<int>(formula.kind), formula.truth ? 1 : 0,
      formula.location ? 1 : 0, static_cast<int>(formula.op), formula.left, formula.right, formula.place,
      formula.least, fmt::join(formula.children, ","), formula.text, formula.identity);
  const auto [found, added] = formula_index_.try_emplace(key, static_cast<FormulaId>(formulas_.size()));
  if (added) formulas_.push_back(std::move(formula));
  return found->second;
}

TermId Store::constant(const Value& value, bool literal) {
  Term term;
  term.value = copy_into(arena_, value);
  term.literal = literal && value.absent();
  return intern(std::move(term));
}

TermId Store::place(PlaceId place, bool null_of_field, bool element) {
  Term term;
  term.kind = TermKind::Place;
  term.place = place;
  term.null_of_field = null_of_field;
  term.element = element;
  return intern(std::move(term));
}

namespace {

Term with_children(TermKind kind, std::vector<TermId> children) {
  Term term;
  term.kind = kind;
  term.children = std::move(children);
  return term;
}

} // namespace

TermId Store::gather(std::vector<TermId> children) {
  return intern(with_children(TermKind::Gather, std::move(children)));
}
TermId Store::list(std::vector<TermId> children) {
  return intern(with_children(TermKind::List, std::move(children)));
}
TermId Store::record(std::vector<TermId> children) {
  return intern(with_children(TermKind::Record, std::move(children)));
}
TermId Store::call(Function function, std::vector<TermId> children) {
  Term term = with_children(TermKind::Call, std::move(children));
  term.function = function;
  return intern(std::move(term));
}
TermId Store::member(TermId container, TermId key) {
  return intern(with_children(TermKind::Member, {container, key}));
}
TermId Store::opaque(std::string_view text, std::string_view identity) {
  Term term;
  term.kind = TermKind::Opaque;
  term.text = text;
  term.identity = identity;
  return intern(std::move(term));
}

FormulaId Store::truth(bool value) {
  Formula formula;
  formula.truth = value;
  return intern(std::move(formula));
}

FormulaId Store::fails() {
  Formula formula;
  formula.kind = FormulaKind::Fails;
  return intern(std::move(formula));
}

FormulaId Store::junction(FormulaKind kind, std::span<const FormulaId> children) {
  const bool neutral = kind == FormulaKind::And;
  std::vector<FormulaId> parts;
  for (FormulaId child : children) {
    const Formula& one = formulas_[child];
    if (one.kind == FormulaKind::Constant) {
      if (one.truth != neutral) return truth(!neutral);
    } else if (one.kind == kind) {
      parts.insert(parts.end(), one.children.begin(), one.children.end());
    } else {
      parts.push_back(child);
    }
  }
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  if (parts.empty()) return truth(neutral);
  if (parts.size() == 1) return parts.front();
  Formula formula;
  formula.kind = kind;
  formula.children = std::move(parts);
  return intern(std::move(formula));
}

FormulaId Store::all_of(std::span<const FormulaId> children) { return junction(FormulaKind::And, children); }
FormulaId Store::any_of(std::span<const FormulaId> children) { return junction(FormulaKind::Or, children); }

FormulaId Store::negate(FormulaId child) {
  if (formulas_[child].kind == FormulaKind::Constant) return truth(!formulas_[child].truth);
  if (formulas_[child].kind == FormulaKind::Not) return formulas_[child].children[0];
  if (formulas_[child].kind == FormulaKind::Fails) return child;
  Formula formula;
  formula.kind = FormulaKind::Not;
  formula.children = {child};
  return intern(std::move(formula));
}

FormulaId Store::test(Operator op, TermId left, TermId right, bool location) {
  // Operators come in pairs; the positive one is the one whose row stands first.
  const Operator partner = info(op).negated;
  if (partner < op) return negate(test(partner, left, right, location));
  Formula formula;
  formula.kind = FormulaKind::Test;
  formula.op = op;
  formula.left = left;
  formula.right = right;
  formula.location = location;
  return intern(std::move(formula));
}

FormulaId Store::is_array(PlaceId place, unsigned least) {
  Formula formula;
  formula.kind = FormulaKind::IsArray;
  formula.place = place;
  formula.least = least;
  return intern(std::move(formula));
}
FormulaId Store::is_present(PlaceId place) {
  Formula formula;
  formula.kind = FormulaKind::IsPresent;
  formula.place = place;
  return intern(std::move(formula));
}
FormulaId Store::is_absent(PlaceId place) {
  Formula formula;
  formula.kind = FormulaKind::IsAbsent;
  formula.place = place;
  return intern(std::move(formula));
}

FormulaId Store::count(Operator op, std::vector<FormulaId> children, TermId right) {
  const Operator partner = info(op).negated;
  if (partner < op) return negate(count(partner, std::move(children), right));
  Formula formula;
  formula.kind = FormulaKind::Count;
  formula.op = op;
  formula.right = right;
  formula.children = std::move(children);
  std::sort(formula.children.begin(), formula.children.end());
  return intern(std::move(formula));
}

FormulaId Store::opaque_formula(std::string_view text, std::string_view identity) {
  Formula formula;
  formula.kind = FormulaKind::Opaque;
  formula.text = text;
  formula.identity = identity;
  return intern(std::move(formula));
}

} // namespace writ::prove
