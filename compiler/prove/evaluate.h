// SPDX-License-Identifier: MIT
// What a test says when the cells of the places that it reads are chosen. The runtime's operators and
// functions are asked about the representatives; this file knows when one value may speak for its whole cell.
#pragma once

#include "prove/term.h"

#include <vector>

namespace writ::prove {

/// Cell number for every place of a shape.
using Choice = std::vector<std::uint16_t>;

enum class Outcome : std::uint8_t { False, True, Fails, Open };

class Evaluation {
public:
  /// `concrete`: every place holds the representative of its cell and nothing else.
  Evaluation(const Store& store, const Shape& shape, Arena& arena, const SemanticsOptions& semantics,
             bool concrete)
      : store_(store), shape_(shape), arena_(arena), semantics_(semantics), concrete_(concrete) {}

  /// Outcome of a formula of kind Test, IsArray, IsPresent or IsAbsent.
  Outcome leaf(const Formula& formula, const Choice& choice);
  /// Concrete mode: any formula. Opaque parts are Open.
  Outcome whole(FormulaId formula, const Choice& choice);
  /// Outcome of a count test when so many children hold, so many may, and whether some child fails.
  Outcome counted(const Formula& count, std::size_t least, std::size_t open);
  /// The value of a place: its representative, containers with what their places hold.
  Value value_of(PlaceId place, const Choice& choice);

  /// Places whose cells decide a leaf.
  static std::vector<PlaceId> places_of(const Store& store, const Shape& shape, const Formula& formula);

private:
  /// How much of a value is known.
  enum class Depth : std::uint8_t {
    Exact,   ///< the value
    Cell,    ///< some value of a cell
    Folding, ///< a string that folds as the strings of a cell do
    Parts,   ///< an array of which each element is known as much
    Nothing
  };
  struct Known {
    Depth depth = Depth::Nothing;
    Value value;
    const Cell* cell = nullptr;
    const Division* division = nullptr; ///< of the place whose cell it is
    std::vector<Known> parts;
    bool literal_null = false;
    [[nodiscard]] bool exact() const { return depth == Depth::Exact; }
    [[nodiscard]] bool fails() const { return exact() && value.is(ValueKind::Error); }
  };

  Known known(TermId id, const Choice& choice);
  /// `shallow`: arrays are not looked into.
  Known known_place(PlaceId place, const Choice& choice, bool shallow);
  Known side(TermId id, const Choice& choice);
  Known call(const Term& term, const Choice& choice);
  Known call_lazily(const Term& term, const Choice& choice);
  Known call_known(Function function, std::vector<Known>& arguments);
  Known contains(const Known& container, const Known& wanted);
  static bool says_of_pattern(const Known& text, const Pattern& pattern);
  static bool is_apart(const Known& cell, const Value& scalar);
  Known list_of(std::vector<Known> parts);
  Known apply_function(Function function, const std::vector<Value>& arguments);
  static Known exactly(const Value& value) {
    Known out;
    out.depth = Depth::Exact;
    out.value = value;
    return out;
  }
  static Known error();

  Outcome judge(Operator op, const Known& left, const Known& right, bool location);
  Outcome judge_against(Operator op, const Known& left, const Value& right, bool location);
  Outcome judge_string(Operator op, const Known& left, const Value& right, bool location);
  Outcome judge_number(Operator op, const Known& left, const Value& right);
  Outcome judge_container(Operator op, const Known& left, const Value& right);
  Outcome equal_cells(const Known& left, const Known& right);
  Outcome apply(Operator op, Value left, Value right, bool location);

  const Store& store_;
  const Shape& shape_;
  Arena& arena_;
  SemanticsOptions semantics_;
  bool concrete_;
};

} // namespace writ::prove
