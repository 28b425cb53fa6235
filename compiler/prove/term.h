// SPDX-License-Identifier: MIT
// Conditions of both sides over the places of one symbolic resource: types, parameters and counts are gone.
// Hash-consed: equal parts are one, so that what nobody interprets is at least the same on both sides.
#pragma once

#include "prove/shape.h"
#include "writ/semantics/functions.h"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::prove {

using TermId = std::uint32_t;
using FormulaId = std::uint32_t;

enum class TermKind : std::uint8_t {
  Constant, ///< value
  Place,    ///< what the place holds
  Gather,   ///< an array of the children that are not missing
  List,     ///< an array of the children
  Record,   ///< an object of alternating keys and values
  Call,     ///< function over children
  Member,   ///< access of child 0 by child 1
  Opaque    ///< text says what; nothing is known of its value
};

struct Term {
  TermKind kind = TermKind::Constant;
  Function function{};
  Value value;
  bool literal = false;       ///< a null that stands in the source: allowed on a right side
  bool null_of_field = false; ///< a place read by the function field(): absent is its null
  bool element = false;       ///< a place read by current(): absent is null
  PlaceId place = kNoPlace;
  std::vector<TermId> children;
  std::string text;     ///< of Opaque: for people
  std::string identity; ///< of Opaque
};

enum class FormulaKind : std::uint8_t {
  Constant,
  Fails, ///< neither true nor false: the evaluation is an error
  And,
  Or,
  Not,
  Test,      ///< op on left and right
  IsArray,   ///< the place is an array of at least `least` elements
  IsPresent, ///< the place is not missing
  IsAbsent,  ///< the place is missing or null
  Count,     ///< op on the number of children that hold and `right`
  Opaque     ///< text
};

struct Formula {
  FormulaKind kind = FormulaKind::Constant;
  bool truth = false;
  Operator op = Operator::Equals;
  bool location = false; ///< sides compare as locations do
  TermId left = 0;
  TermId right = 0;
  PlaceId place = kNoPlace;
  unsigned least = 0;
  std::vector<FormulaId> children;
  std::string text;
  std::string identity;
};

/// Owns terms and formulas. Append-only.
class Store {
public:
  TermId constant(const Value& value, bool literal = true);
  TermId place(PlaceId place, bool null_of_field = false, bool element = false);
  TermId gather(std::vector<TermId> children);
  TermId list(std::vector<TermId> children);
  TermId record(std::vector<TermId> children);
  TermId call(Function function, std::vector<TermId> children);
  TermId member(TermId container, TermId key);
  /// `identity`: what makes two of them the same, beside the text.
  TermId opaque(std::string_view text, std::string_view identity = {});

  FormulaId truth(bool value);
  FormulaId fails();
  FormulaId all_of(std::span<const FormulaId> children);
  FormulaId any_of(std::span<const FormulaId> children);
  FormulaId all_of(std::initializer_list<FormulaId> children) {
    return all_of(std::span(children.begin(), children.size()));
  }
  FormulaId any_of(std::initializer_list<FormulaId> children) {
    return any_of(std::span(children.begin(), children.size()));
  }
  FormulaId negate(FormulaId child);
  /// Negative operators become the negation of their partners.
  FormulaId test(Operator op, TermId left, TermId right, bool location);
  FormulaId is_array(PlaceId place, unsigned least);
  FormulaId is_present(PlaceId place);
  FormulaId is_absent(PlaceId place);
  FormulaId count(Operator op, std::vector<FormulaId> children, TermId right);
  FormulaId opaque_formula(std::string_view text, std::string_view identity = {});

  [[nodiscard]] const Term& term(TermId id) const { return terms_[id]; }
  [[nodiscard]] const Formula& formula(FormulaId id) const { return formulas_[id]; }
  [[nodiscard]] std::size_t formula_count() const { return formulas_.size(); }
  Arena& arena() { return arena_; }

private:
  TermId intern(Term term);
  FormulaId intern(Formula formula);
  FormulaId junction(FormulaKind kind, std::span<const FormulaId> children);

  Arena arena_;
  std::vector<Term> terms_;
  std::vector<Formula> formulas_;
  std::unordered_map<std::string, TermId> term_index_;
  std::unordered_map<std::string, FormulaId> formula_index_;
};

} // namespace writ::prove
