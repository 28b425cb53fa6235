// SPDX-License-Identifier: MIT
#include "prove/solver.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <set>
#include <z3++.h>

namespace writ::prove {

namespace {

/// Combinations of cells that one test is asked about; past it the test stays open.
constexpr std::size_t kMostCombinations = 4096;
/// Children of a count that is not a plain "is there one".
constexpr std::size_t kMostCounted = 14;
/// Models that are tried before the answer is that it stays open.
constexpr int kMostModels = 8;

/// When a condition is true and when it is false; at other times it fails.
struct Truths {
  z3::expr yes;
  z3::expr no;
};

/// A test whose outcome does not follow from the cells it reads.
struct OpenLeaf {
  FormulaId formula;
  z3::expr when;
};

unsigned bits_for(std::size_t cells) {
  unsigned bits = 1;
  while ((std::size_t{1} << bits) < cells)
    ++bits;
  return bits;
}

} // namespace

struct Solver::Engine {
  Engine(Store& the_store, const Shape& the_shape, const SemanticsOptions& the_semantics, Limits the_limits)
      : store(the_store), shape(the_shape), semantics(the_semantics), limits(the_limits),
        table(store, shape, scratch, semantics, false), concrete(store, shape, scratch, semantics, true),
        solver(context, "QF_FD"), has_candidate(context.bool_const("candidate")) {
    z3::params params(context);
    params.set("random_seed", 0U);
    params.set("timeout", limits.timeout_ms);
    solver.set(params);
    add_places();
  }

  // --- places

  z3::expr is(PlaceId place, std::size_t cell) {
    return cells[place] == context.bv_val(static_cast<unsigned>(cell), cells[place].get_sort().bv_size());
  }

  template <typename Condition> z3::expr is_any(PlaceId place, Condition condition) {
    z3::expr_vector any(context);
    const std::vector<Cell>& all = shape[place].cells;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (condition(all[i])) any.push_back(is(place, i));
    return any.empty() ? context.bool_val(false) : z3::mk_or(any);
  }

  z3::expr is_kind(PlaceId place, CellKind kind) {
    return is_any(place, [&](const Cell& cell) { return cell.kind == kind; });
  }

  void add_places() {
    for (PlaceId place = 0; place < shape.size(); ++place) {
      const std::size_t count = shape[place].cells.size();
      cells.push_back(context.bv_const(("p" + std::to_string(place)).c_str(), bits_for(count)));
      if (count < (std::size_t{1} << bits_for(count)))
        solver.add(z3::ult(cells[place], context.bv_val(static_cast<unsigned>(count), bits_for(count))));
    }
    for (PlaceId place = 0; place < shape.size(); ++place) {
      const Place& own = shape[place];
      if (own.role == PlaceRole::Member && shape[own.parent].role != PlaceRole::Root) {
        const z3::expr there = !is_kind(place, CellKind::Missing);
        const z3::expr object = is_kind(own.parent, CellKind::Object);
        solver.add(z3::implies(there, object));
        if (own.envelope) solver.add(z3::implies(object, there));
      } else if (own.role == PlaceRole::Element) {
        const z3::expr there = is_any(own.parent, [&](const Cell& cell) {
          return cell.kind == CellKind::Array && cell.length > own.index;
        });
        solver.add(there == !is_kind(place, CellKind::Missing));
      }
    }
  }

  // --- formulas

  Truths open(const std::string& name) {
    const z3::expr yes = context.bool_const((name + "t").c_str());
    const z3::expr no = context.bool_const((name + "f").c_str());
    solver.add(!(yes && no));
    return {yes, no};
  }

  Truths truths(FormulaId id) {
    if (const auto found = done.find(id); found != done.end()) return found->second;
    const Truths result = make(id);
    done.emplace(id, result);
    return result;
  }

  Truths make(FormulaId id) {
    const Formula& formula = store.formula(id);
    switch (formula.kind) {
    case FormulaKind::Constant:
      return {context.bool_val(formula.truth), context.bool_val(!formula.truth)};
    case FormulaKind::Fails:
      return {context.bool_val(false), context.bool_val(false)};
    case FormulaKind::Not: {
      const Truths inner = truths(formula.children[0]);
      return {inner.no, inner.yes};
    }
    case FormulaKind::And:
    case FormulaKind::Or: {
      z3::expr_vector yes(context);
      z3::expr_vector no(context);
      for (FormulaId child : formula.children) {
        const Truths one = truths(child);
        yes.push_back(one.yes);
        no.push_back(one.no);
      }
      if (formula.kind == FormulaKind::And) return {z3::mk_and(yes), z3::mk_or(no)};
      return {z3::mk_or(yes), z3::mk_and(no)};
    }
    case FormulaKind::Count:
      return count(id, formula);
    case FormulaKind::Opaque:
      open_leaves.push_back({id, context.bool_val(true)});
      return open("o" + std::to_string(id));
    default:
      return leaf(id, formula);
    }
  }

  Truths leaf(FormulaId id, const Formula& formula) {
    const std::vector<PlaceId> places = Evaluation::places_of(store, shape, formula);
    std::size_t combinations = 1;
    for (PlaceId place : places)
      combinations = std::min(combinations * shape[place].cells.size(), kMostCombinations + 1);
    if (combinations > kMostCombinations) {
      open_leaves.push_back({id, context.bool_val(true)});
      return open("o" + std::to_string(id));
    }
    z3::expr_vector yes(context);
    z3::expr_vector no(context);
    z3::expr_vector opens(context);
    std::size_t failing = 0;
    Choice choice(shape.size(), 0);
    for (std::size_t n = 0; n < combinations; ++n) {
      z3::expr_vector here(context);
      std::size_t rest = n;
      for (PlaceId place : places) {
        choice[place] = static_cast<std::uint16_t>(rest % shape[place].cells.size());
        rest /= shape[place].cells.size();
        here.push_back(is(place, choice[place]));
      }
      const Outcome outcome = table.leaf(formula, choice);
      if (outcome == Outcome::True) yes.push_back(z3::mk_and(here));
      if (outcome == Outcome::False) no.push_back(z3::mk_and(here));
      if (outcome == Outcome::Open) opens.push_back(z3::mk_and(here));
      failing += outcome == Outcome::Fails ? 1 : 0;
    }
    scratch.reset();
    const auto any = [&](const z3::expr_vector& parts) {
      if (parts.size() == combinations) return context.bool_val(true);
      return parts.empty() ? context.bool_val(false) : z3::mk_or(parts);
    };
    z3::expr when_yes = any(yes);
    // What is neither true nor open nor an error is false: the shorter of the two lists says it.
    z3::expr when_no = failing == 0 && opens.empty() ? !when_yes : any(no);
    if (opens.empty()) return {when_yes, when_no};
    const z3::expr when = any(opens);
    open_leaves.push_back({id, when});
    const Truths unknown = open("o" + std::to_string(id));
    if (never_fails_open(formula)) solver.add(unknown.yes || unknown.no);
    return {when_yes || (when && unknown.yes), when_no || (when && unknown.no)};
  }

  /// Where the outcome is open, it is at least true or false: what fails does so for whole cells.
  bool never_fails_open(const Formula& formula) {
    const TermKind left = store.term(formula.left).kind;
    const TermKind right = store.term(formula.right).kind;
    return left == TermKind::Place &&
           (right == TermKind::Constant || (right == TermKind::Place && formula.op == Operator::Equals));
  }

  /// How many children hold, and how many fail, one child after the other.
  Truths count(FormulaId id, const Formula& formula) {
    const std::size_t n = formula.children.size();
    const auto outcome = [&](std::size_t least, std::size_t failing) {
      return table.counted(formula, least, failing);
    };
    const Outcome none = outcome(0, 0);
    if (none == Outcome::Open) return opaque_count(id);
    bool threshold = none == Outcome::True || none == Outcome::False;
    for (std::size_t least = 1; least <= n && threshold; ++least)
      threshold = outcome(least, 0) != Outcome::Fails && outcome(least, 0) != Outcome::Open &&
                  outcome(least, 0) == outcome(1, 0);
    if (threshold && (n == 0 || outcome(1, 0) == none)) {
      const z3::expr held = context.bool_val(none == Outcome::True);
      return {held, !held};
    }
    z3::expr_vector some(context);
    z3::expr_vector all_no(context);
    for (FormulaId child : formula.children) {
      const Truths one = truths(child);
      some.push_back(one.yes);
      all_no.push_back(one.no);
    }
    if (threshold) {
      const z3::expr at_least_one = z3::mk_or(some);
      const z3::expr nothing = z3::mk_and(all_no);
      if (none == Outcome::False) return {at_least_one, nothing};
      return {nothing, at_least_one};
    }
    if (n > kMostCounted) return opaque_count(id);
    std::map<std::pair<std::size_t, std::size_t>, z3::expr> state;
    state.emplace(std::pair(0, 0), context.bool_val(true));
    for (unsigned i = 0; i < n; ++i) {
      const z3::expr yes = some[static_cast<int>(i)];
      const z3::expr no = all_no[static_cast<int>(i)];
      std::map<std::pair<std::size_t, std::size_t>, z3::expr> next;
      const auto add = [&](std::size_t least, std::size_t failing, const z3::expr& when) {
        const auto [found, added] = next.emplace(std::pair(least, failing), when);
        if (!added) found->second = found->second || when;
      };
      for (const auto& [at, when] : state) {
        add(at.first + 1, at.second, when && yes);
        add(at.first, at.second, when && no);
        add(at.first, at.second + 1, when && !yes && !no);
      }
      state = std::move(next);
    }
    z3::expr when_yes = context.bool_val(false);
    z3::expr when_no = context.bool_val(false);
    for (const auto& [at, when] : state) {
      const Outcome one = outcome(at.first, at.second);
      if (one == Outcome::True) when_yes = when_yes || when;
      if (one == Outcome::False) when_no = when_no || when;
    }
    return {when_yes, when_no};
  }

  Truths opaque_count(FormulaId id) {
    open_leaves.push_back({id, context.bool_val(true)});
    return open("o" + std::to_string(id));
  }

  // --- verdicts

  struct Classes {
    z3::expr noncompliant;
    z3::expr compliant;
    z3::expr not_applicable;
  };

  Classes classes(const Verdict& side) {
    const Truths applies = truths(side.applicable);
    const Truths violated = truths(side.violated);
    const z3::expr triggered = applies.yes && violated.yes;
    Classes out{triggered, applies.yes && violated.no, applies.no};
    if (!side.related) return out;
    const Truths eligible = truths(side.eligible);
    const Truths satisfied = truths(side.satisfied);
    const z3::expr there = has_candidate && eligible.yes;
    out.noncompliant = triggered && (!there || satisfied.no);
    out.compliant = out.compliant || (triggered && there && satisfied.yes);
    return out;
  }

  z3::expr goal(Question question, const Classes& left, const Classes& right) {
    switch (question) {
    case Question::OnlyLeft:
      return left.noncompliant && !right.noncompliant;
    case Question::OnlyRight:
      return right.noncompliant && !left.noncompliant;
    case Question::DifferFully:
      return left.noncompliant != right.noncompliant || left.compliant != right.compliant ||
             left.not_applicable != right.not_applicable;
    case Question::Differ:
      break;
    }
    return left.noncompliant != right.noncompliant ||
           (left.compliant || left.not_applicable) != (right.compliant || right.not_applicable);
  }

  // --- confirmation on representatives

  enum class Kind : std::uint8_t { NonCompliant, Compliant, NotApplicable, Error, Open };

  Kind kind_of(const Verdict& side, const Choice& choice, bool candidate) {
    const Outcome applies = concrete.whole(side.applicable, choice);
    if (applies == Outcome::Open) return Kind::Open;
    if (applies == Outcome::False) return Kind::NotApplicable;
    if (applies == Outcome::Fails) return Kind::Error;
    const Outcome violated = concrete.whole(side.violated, choice);
    if (violated == Outcome::Open) return Kind::Open;
    if (violated == Outcome::Fails) return Kind::Error;
    if (violated == Outcome::False) return Kind::Compliant;
    if (!side.related || !candidate) return Kind::NonCompliant;
    const Outcome eligible = concrete.whole(side.eligible, choice);
    if (eligible == Outcome::Open) return Kind::Open;
    if (eligible != Outcome::True) return Kind::NonCompliant;
    const Outcome satisfied = concrete.whole(side.satisfied, choice);
    if (satisfied == Outcome::Open) return Kind::Open;
    if (satisfied == Outcome::Fails) return Kind::Error;
    return satisfied == Outcome::True ? Kind::Compliant : Kind::NonCompliant;
  }

  bool confirmed(Question question, const Verdict& left, const Verdict& right, const Choice& choice,
                 bool candidate) {
    const Kind a = kind_of(left, choice, candidate);
    const Kind b = kind_of(right, choice, candidate);
    scratch.reset();
    if (a == Kind::Open || b == Kind::Open) return false;
    const auto plain = [](Kind kind) { return kind == Kind::NotApplicable ? Kind::Compliant : kind; };
    switch (question) {
    case Question::OnlyLeft:
      return a == Kind::NonCompliant && b != Kind::NonCompliant;
    case Question::OnlyRight:
      return b == Kind::NonCompliant && a != Kind::NonCompliant;
    case Question::DifferFully:
      return a != b;
    case Question::Differ:
      break;
    }
    return plain(a) != plain(b);
  }

  // --- the question

  Choice choice_of(const z3::model& model, bool& candidate) {
    Choice choice(shape.size(), 0);
    for (PlaceId place = 0; place < shape.size(); ++place) {
      const unsigned cell = model.eval(cells[place], true).get_numeral_uint();
      choice[place] = static_cast<std::uint16_t>(std::min<std::size_t>(cell, shape[place].cells.size() - 1));
    }
    candidate = model.eval(has_candidate, true).is_true();
    return choice;
  }

  Found find(Question question, const Verdict& left, const Verdict& right) {
    Found found;
    const Classes l = classes(left);
    const Classes r = classes(right);
    solver.push();
    solver.add(goal(question, l, r));
    search(question, left, right, found);
    solver.pop();
    return found;
  }

  void search(Question question, const Verdict& left, const Verdict& right, Found& found) {
    z3::check_result answer = solver.check();
    if (answer == z3::unsat) {
      found.answer = Found::Answer::None;
      return;
    }
    if (answer == z3::unknown) {
      found.reasons.push_back("Z3 gave up: " + solver.reason_unknown());
      return;
    }
    std::set<std::string> reasons;
    // First without anything that stays open: such a model is a resource.
    solver.push();
    for (const OpenLeaf& leaf : open_leaves)
      solver.add(!leaf.when);
    const bool solid = solver.check() == z3::sat && try_model(question, left, right, found, reasons);
    solver.pop();
    if (solid) return;
    reasons.clear();
    for (int tried = 0; tried < kMostModels; ++tried) {
      if (solver.check() != z3::sat) break;
      if (try_model(question, left, right, found, reasons)) return;
    }
    found.reasons.assign(reasons.begin(), reasons.end());
  }

  /// Whether the representatives of the model's cells differ. If not, the model is excluded.
  bool try_model(Question question, const Verdict& left, const Verdict& right, Found& found,
                 std::set<std::string>& reasons) {
    const z3::model model = solver.get_model();
    bool candidate = false;
    const Choice choice = choice_of(model, candidate);
    if (confirmed(question, left, right, choice, candidate)) {
      found.answer = Found::Answer::Model;
      found.choice = choice;
      found.candidate = candidate;
      return true;
    }
    z3::expr_vector same(context);
    std::set<PlaceId> involved;
    for (const OpenLeaf& leaf : open_leaves) {
      if (!model.eval(leaf.when, true).is_true()) continue;
      reasons.insert(reason_of(leaf.formula));
      const Formula& formula = store.formula(leaf.formula);
      if (formula.kind != FormulaKind::Test) continue;
      for (PlaceId place : Evaluation::places_of(store, shape, formula))
        involved.insert(place);
    }
    for (PlaceId place : involved)
      same.push_back(is(place, choice[place]));
    // Without such a place there is no other model worth trying.
    solver.add(same.empty() ? context.bool_val(false) : !z3::mk_and(same));
    return false;
  }

  // --- reasons

  /// What nobody knows comes before the functions that would have to be understood for it.
  void uninterpreted(TermId id, std::map<int, std::string>& out) {
    const Term& term = store.term(id);
    if (term.kind == TermKind::Opaque) out.emplace(0, term.text);
    if (term.kind == TermKind::Call) out.emplace(1, fmt::format("function {}", info(term.function).name));
    if (term.kind == TermKind::Member) out.emplace(2, "access to a member of a value");
    for (TermId child : term.children)
      uninterpreted(child, out);
  }

  std::string place_text(const Formula& formula) {
    const std::vector<PlaceId> places = Evaluation::places_of(store, shape, formula);
    return places.empty() ? std::string("a constant") : shape.path_of(places.front());
  }

  std::string reason_of(FormulaId id) {
    const Formula& formula = store.formula(id);
    if (formula.kind == FormulaKind::Opaque) return formula.text + " is not interpreted";
    if (formula.kind == FormulaKind::Count)
      return "a count is compared with something that is no small number";
    std::map<int, std::string> parts;
    uninterpreted(formula.left, parts);
    uninterpreted(formula.right, parts);
    if (!parts.empty()) return parts.begin()->second + " is not interpreted";
    return fmt::format("the test `{}` of {} is not decided by the values that are told apart",
                       info(formula.op).azure_name, place_text(formula));
  }

  Store& store;
  const Shape& shape;
  SemanticsOptions semantics;
  Limits limits;
  Arena scratch;
  Evaluation table;
  Evaluation concrete;
  z3::context context;
  z3::solver solver;
  z3::expr has_candidate;
  std::vector<z3::expr> cells; ///< per place: the number of its cell
  std::map<FormulaId, Truths> done;
  std::vector<OpenLeaf> open_leaves;
};

Solver::Solver(Store& store, const Shape& shape, const SemanticsOptions& semantics, Limits limits)
    : engine_(std::make_unique<Engine>(store, shape, semantics, limits)) {}
Solver::~Solver() = default;

Found Solver::find(Question question, const Verdict& left, const Verdict& right) {
  try {
    return engine_->find(question, left, right);
  } catch (const z3::exception& failure) {
    Found found;
    found.reasons.push_back(std::string("Z3 failed: ") + failure.msg());
    return found;
  }
}

} // namespace writ::prove
