// SPDX-License-Identifier: MIT
#include "engine/outcome_tree.h"

#include <algorithm>
#include <bit>

namespace writ {

namespace {

/// Looks that controls of one tree may have: more of them, and few resources take the same way.
constexpr std::size_t kFewLooks = 12;
constexpr std::size_t kMostLooks = 96;

/// Constants are the same when they are the same object: a program has each of them once.
std::uint64_t identity_of(const Value& constant) {
  switch (constant.kind()) {
  case ValueKind::String:
    return reinterpret_cast<std::uintptr_t>(constant.as_string().data()) + constant.as_string().size();
  case ValueKind::Array:
    return reinterpret_cast<std::uintptr_t>(constant.as_array().data()) + constant.as_array().size();
  case ValueKind::Object:
    return reinterpret_cast<std::uintptr_t>(constant.as_object().data()) + constant.as_object().size();
  case ValueKind::Bool:
    return constant.as_bool() ? 1 : 0;
  case ValueKind::Int:
    return static_cast<std::uint64_t>(constant.as_int());
  case ValueKind::Float:
    return std::bit_cast<std::uint64_t>(constant.as_float());
  case ValueKind::Error:
    return reinterpret_cast<std::uintptr_t>(&constant.as_error());
  default:
    return 0;
  }
}

bool is_same(const vm::Observation& a, const vm::Observation& b) {
  return a.kind == b.kind && a.op == b.op && a.number == b.number && a.right.kind() == b.right.kind() &&
         identity_of(a.right) == identity_of(b.right);
}

std::uint64_t hash_of(const vm::Observation& what) {
  std::uint64_t hash = std::uint64_t{what.number} << 16 |
                       std::uint64_t{static_cast<std::uint8_t>(what.op)} << 8 |
                       static_cast<std::uint64_t>(what.kind);
  hash = (hash ^ identity_of(what.right)) * 0x9E3779B97F4A7C15ull;
  return hash ^ hash >> 29;
}

/// Controls that look at the same things, so that one tree serves them all. Order within a group is kept.
class Grouping {
public:
  explicit Grouping(const vm::Image& image) : image_(image) {}

  void add(const TypeControl& control) {
    std::vector<std::uint64_t> looks = looks_of(control.control);
    Group* best = nullptr;
    std::size_t least_new = 0;
    for (Group& group : groups_) {
      const std::size_t found = common(group.looks, looks);
      const std::size_t fresh = looks.size() - found;
      const std::size_t all = group.looks.size() + fresh;
      const bool fits = fresh == 0 || all <= kFewLooks || (found >= 3 * fresh && all <= kMostLooks);
      if (fits && (best == nullptr || fresh < least_new)) {
        best = &group;
        least_new = fresh;
      }
    }
    if (best == nullptr) best = &groups_.emplace_back();
    best->controls.push_back(control);
    std::vector<std::uint64_t> all;
    std::set_union(best->looks.begin(), best->looks.end(), looks.begin(), looks.end(),
                   std::back_inserter(all));
    best->looks = std::move(all);
  }
  std::vector<OutcomeTree> take() {
    std::vector<OutcomeTree> trees;
    for (Group& group : groups_)
      trees.emplace_back(std::move(group.controls));
    return trees;
  }

private:
  struct Group {
    std::vector<TypeControl> controls;
    std::vector<std::uint64_t> looks; ///< sorted
  };
  static std::size_t common(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
    std::size_t count = 0;
    for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
      if (*x == *y) ++count;
      const bool first = *x <= *y;
      if (*y <= *x) ++y;
      if (first) ++x;
    }
    return count;
  }
  [[nodiscard]] std::vector<std::uint64_t> looks_of(std::uint32_t index) const {
    const bc::Program& program = image_.program();
    const bc::Control& control = program.controls[index];
    std::vector<std::uint64_t> looks;
    image_.add_looks(control.applicable, looks);
    for (std::uint32_t v = 0; v < control.violation_count; ++v)
      image_.add_looks(program.violations[control.first_violation + v].condition, looks);
    std::sort(looks.begin(), looks.end());
    looks.erase(std::unique(looks.begin(), looks.end()), looks.end());
    return looks;
  }
  const vm::Image& image_;
  std::vector<Group> groups_;
};

} // namespace

namespace {

/// Whether the numbers are all that is wanted of a control that related resources decide.
bool is_only_counted(const EngineOptions& options) {
  for (const Verdict verdict : {Verdict::NonCompliant, Verdict::Compliant, Verdict::Unknown, Verdict::Error})
    if (is_delivered(options, verdict)) return false;
  return true;
}

/// Looks that come out alike for all resources of one type.
bool is_the_same_for_all(const vm::Image& image, const vm::Observation& what) {
  switch (what.kind) {
  case vm::Observation::Kind::Field:
    return image.program().fields[what.number].kind == bc::FieldKind::Type;
  case vm::Observation::Kind::Test:
    return !image.reads_resource(image.program().tests[what.number]);
  case vm::Observation::Kind::Block:
    break;
  }
  return !image.reads_resource(what.number);
}

} // namespace

std::uint32_t Looks::number_of(const vm::Observation& what) {
  const std::uint64_t hash = hash_of(what);
  const auto [begin, end] = numbers_.equal_range(hash);
  for (auto known = begin; known != end; ++known)
    if (is_same(looks_[known->second], what)) return known->second;
  const auto number = static_cast<std::uint32_t>(looks_.size());
  looks_.push_back(what);
  known_.push_back(0);
  numbers_.emplace(hash, number);
  return number;
}

Outcome* OutcomeTree::learn(Looks& looks, Evaluator& evaluator, const EngineOptions& options) {
  if (nodes_.size() >= kMostNodes) return nullptr;
  log_.clear();
  Outcome outcome;
  std::vector<std::uint32_t> related;
  const bool only_counted = is_only_counted(options);
  vm::Machine& machine = evaluator.machine();
  machine.observe_to(&log_);
  for (const TypeControl& control : controls_) {
    Decision decision;
    const std::uint64_t values = machine.values_run();
    evaluator.decide(control, decision);
    // A value may be different for the next resource, and so may be the words about what is not decided.
    const bool delivered =
        decision.state != Decision::State::Final || is_delivered(options, decision.verdict);
    const bool open = decision.verdict == Verdict::Unknown || decision.verdict == Verdict::Error;
    if (machine.values_run() != values || (delivered && open))
      outcome.decided.push_back(control);
    else if (decision.state == Decision::State::Related && only_counted &&
             evaluator.bundle().controls[decision.control].is_related_by_place())
      related.push_back(decision.control);
    else if (delivered)
      outcome.decisions.push_back(std::move(decision));
    else if (decision.verdict != Verdict::NotApplicable)
      outcome.counted.push_back({decision.control, decision.verdict});
  }
  machine.observe_to(nullptr);
  if (!related.empty())
    outcome.related = std::make_shared<const std::vector<std::uint32_t>>(std::move(related));
  if (!insert(looks, evaluator)) return nullptr;
  return &outcomes_.emplace_back(std::move(outcome));
}

bool OutcomeTree::insert(Looks& looks, const Evaluator& evaluator) {
  std::vector<std::uint32_t> taken; // a look that is repeated gives nothing new
  std::uint32_t node = kNowhere;
  std::size_t truth = 0;
  const auto place = [&]() -> std::uint32_t& { return node == kNowhere ? root_ : nodes_[node].next[truth]; };
  for (const vm::Observed& observed : log_) {
    if (is_the_same_for_all(evaluator.bundle().state->image, observed.what)) continue;
    const std::uint32_t look = looks.number_of(observed.what);
    if (std::find(taken.begin(), taken.end(), look) != taken.end()) continue;
    taken.push_back(look);
    std::uint32_t next = place();
    if (next == kNowhere) {
      next = static_cast<std::uint32_t>(nodes_.size());
      nodes_.push_back({look, {kNowhere, kNowhere, kNowhere, kNowhere}});
      place() = next;
    } else if (next >= kLeaf || nodes_[next].look != look) {
      return false;
    }
    node = next;
    truth = static_cast<std::size_t>(observed.truth);
  }
  if (place() != kNowhere) return false;
  place() = kLeaf + static_cast<std::uint32_t>(outcomes_.size());
  return true;
}

TypeOutcomes::TypeOutcomes(Evaluator& evaluator, std::span<const TypeControl> controls) {
  Grouping grouping(evaluator.bundle().state->image);
  for (const TypeControl& control : controls)
    if (evaluator.rests_on_looks(control.control))
      grouping.add(control);
    else
      alone_.push_back(control);
  trees_ = grouping.take();
}

std::span<const Decision* const> TypeOutcomes::decide(Evaluator& evaluator, const EngineOptions& options) {
  looks_.begin();
  met_.clear();
  decisions_.clear();
  own_count_ = 0;
  for (OutcomeTree& tree : trees_) {
    Outcome* outcome = tree.find(looks_, evaluator.machine());
    if (outcome == nullptr) outcome = tree.learn(looks_, evaluator, options);
    if (outcome == nullptr) {
      decide_alone(evaluator, tree.controls());
      continue;
    }
    ++outcome->resources;
    met_.push_back(outcome);
    for (const Decision& decision : outcome->decisions)
      decisions_.push_back(&decision);
    decide_alone(evaluator, outcome->decided);
  }
  decide_alone(evaluator, alone_);
  for (std::size_t i = 0; i < own_count_; ++i)
    decisions_.push_back(&own_[i]);
  if (trees_.size() > 1 || own_count_ > 0)
    std::sort(decisions_.begin(), decisions_.end(),
              [](const Decision* a, const Decision* b) { return a->control < b->control; });
  return decisions_;
}

void TypeOutcomes::decide_alone(Evaluator& evaluator, std::span<const TypeControl> controls) {
  for (const TypeControl& control : controls) {
    if (own_count_ == own_.size()) own_.emplace_back();
    evaluator.decide(control, own_[own_count_++]);
  }
}

void TypeOutcomes::move_to(std::vector<ControlSummary>& totals) {
  for (OutcomeTree& tree : trees_)
    for (Outcome& outcome : tree.outcomes()) {
      if (outcome.resources == 0) continue;
      for (const Outcome::Counted& one : outcome.counted)
        totals[one.control].count(one.verdict, outcome.resources);
      outcome.resources = 0;
    }
}

} // namespace writ
