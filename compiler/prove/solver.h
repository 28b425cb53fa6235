// SPDX-License-Identifier: MIT
// Formulas as propositions about cells, for Z3. The only files that know Z3 are this header's and its source.
#pragma once

#include "prove/evaluate.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace writ::prove {

/// Conditions of one side about one resource and at most one related candidate.
struct Verdict {
  FormulaId applicable = 0;
  FormulaId violated = 0;
  bool related = false; ///< a candidate that satisfies `satisfied` makes it compliant
  FormulaId satisfied = 0;
  FormulaId eligible = 0; ///< the candidate is one of those that count
};

/// What is looked for.
enum class Question : std::uint8_t {
  Differ,      ///< reported by one side, or an error of one side, and not of the other
  DifferFully, ///< as Differ, not-applicable and compliant told apart
  OnlyLeft,    ///< noncompliant on the left, not on the right
  OnlyRight
};

struct Found {
  enum class Answer : std::uint8_t { None, Model, Open } answer = Answer::Open;
  Choice choice;          ///< Model: cells that make the difference, confirmed on their representatives
  bool candidate = false; ///< Model: with the related candidate
  std::vector<std::string> reasons; ///< Open: what is not interpreted
};

class Solver {
public:
  struct Limits {
    unsigned timeout_ms = 10000;
  };
  Solver(Store& store, const Shape& shape, const SemanticsOptions& semantics, Limits limits);
  ~Solver();
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  Found find(Question question, const Verdict& left, const Verdict& right);

private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

} // namespace writ::prove
