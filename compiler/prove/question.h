// SPDX-License-Identifier: MIT
// One question about two policies, for resources of one type.
#pragma once

#include "prove/bind.h"
#include "prove/lower.h"
#include "prove/solver.h"
#include "prove/witness.h"
#include "writ/prove.h"

#include <random>
#include <set>
#include <string>
#include <vector>

namespace writ::prove {

struct Answer {
  enum class Kind : std::uint8_t { None, Model, Open } kind = Kind::None;
  Witness witness;
  std::set<std::string> reasons;
};

class TypeQuestion {
public:
  /// `type`: a cell of type_cells. Both policies are bound.
  TypeQuestion(const Side& left, const ir::Policy& bound_left, const Side& right,
               const ir::Policy& bound_right, const Cell& type, unsigned array_bound)
      : left_(left), right_(right), bound_left_(bound_left), bound_right_(bound_right), type_(type),
        shape_(array_bound) {}

  /// Once.
  Answer ask(Question question, unsigned timeout_ms, std::set<std::string>& assumptions);
  /// Instead of ask: resources made of representatives, chosen at random.
  std::vector<Witness> sample(std::size_t count, std::mt19937& random);

private:
  std::string type_name() const { return std::string(type_.representative.as_string()); }
  Verdict lower(const Side& side, const ir::Policy& bound);
  /// What says which resources are candidates.
  std::vector<TermId> choice_of_related(const Side& side, const ir::Existence& existence);
  /// The existence condition about a candidate.
  FormulaId satisfied(const Side& side, const ir::Existence& existence,
                      Subject candidate = Subject::Candidate);
  static bool looks_by_own_name(const Side& side, const ir::Existence& existence);
  [[nodiscard]] bool finds_itself(const Side& side, const ir::Existence& existence) const;
  void add_relations(Verdict& left, Verdict& right);
  void divide(const Verdict& left, const Verdict& right);
  Witness write(const Choice& choice, bool candidate);

  const Side& left_;
  const Side& right_;
  const ir::Policy& bound_left_;
  const ir::Policy& bound_right_;
  Cell type_;
  Store store_;
  Shape shape_;
  Notes notes_;
  CandidateChoice candidate_;
};

} // namespace writ::prove
