// SPDX-License-Identifier: MIT
// What the tests of formulas distinguish, written into the places that they read.
#pragma once

#include "prove/term.h"

#include <functional>
#include <set>
#include <vector>

namespace writ::prove {

/// Call `add` for every root that is to be decided, then `finish`, then Shape::build_cells. To distinguish
/// too little is safe: what no cell tells apart stays open.
class Collector {
public:
  Collector(Store& store, Shape& shape) : store_(store), shape_(shape) {}
  void add(FormulaId root);
  /// Places that are compared with each other are divided alike.
  void finish();
  /// What one test against a constant distinguishes.
  static void note(Operator op, Features& features, const Value& constant);

private:
  using Sink = std::function<void(PlaceId)>;
  void add_test(const Formula& test);
  void add_comparison(Operator op, TermId subject, const Value& constant, bool location);
  static void note_equal(Features& features, const Value& constant);
  void add_functions(TermId term);
  void add_call(const Term& term);
  /// Every place whose value may become the value of the term unchanged, or changed in case.
  void flow(TermId term, const Sink& sink) const;
  /// Elements of lists that the term may be.
  void flow_elements(TermId term, const Sink& sink) const;
  /// Constants that the term may be.
  void constants(TermId term, std::vector<Value>& out) const;

  Store& store_;
  Shape& shape_;
  std::set<FormulaId> seen_;
  std::set<TermId> seen_terms_;
  std::vector<std::set<PlaceId>> links_;
};

} // namespace writ::prove
