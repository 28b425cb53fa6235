// SPDX-License-Identifier: MIT
#include "engine/worker.h"

#include "engine/contest.h"
#include "engine/delivery.h"
#include "engine/result_memory.h"

#include <algorithm>

namespace writ {

namespace {

constexpr std::size_t kNoNumber = static_cast<std::size_t>(-1);

} // namespace

void Tally::add(const Tally& other) {
  for (std::size_t b = 0; b < controls.size(); ++b)
    for (std::size_t c = 0; c < controls[b].size(); ++c) {
      for (std::size_t v = 0; v < kVerdictCount; ++v)
        controls[b][c].counts[v] += other.controls[b][c].counts[v];
      controls[b][c].applicable += other.controls[b][c].applicable;
    }
  for (const auto& [type, number] : other.types)
    types[type] += number;
}

Tally make_tally(const Engine::State& state) {
  Tally tally;
  for (const PreparedBundle& bundle : state.bundles)
    tally.controls.emplace_back(bundle.controls.size());
  return tally;
}

void fill_finding(Evaluator& evaluator, const Decision& decision, Finding& finding) {
  finding.control = &evaluator.bundle().control(decision.control);
  finding.verdict = decision.verdict;
  finding.reason = decision.reason;
  if (decision.verdict == Verdict::NonCompliant) evaluator.describe(decision, finding);
}

JoinWords join_words(const EngineOptions& options) {
  const bool delivered = is_delivered(options, Verdict::NonCompliant);
  return {delivered, delivered && options.evidence};
}

Worker::Worker(const Engine::State& state, const RunRecords& records)
    : state_(state), tally_(make_tally(state)), types_(state), keeps_parts_(records.partial != nullptr) {
  if (records.cache != nullptr)
    memory_ = std::make_unique<ResultMemory>(state, *records.cache, result_, order_);
  if (records.cache != nullptr || keeps_parts_)
    reader_.set_memory(this);
  else if (wants_only_numbers(state.options))
    alike_ = std::make_unique<AlikeBook>(state);
  for (const PreparedBundle& bundle : state.bundles)
    evaluators_.push_back(std::make_unique<Evaluator>(bundle, state.options, state.context.values));
  if (wants_only_numbers(state.options))
    for (const auto& evaluator : evaluators_)
      evaluator->leave_scope_open();
  reader_.set_plain(state.options.plain);
}

Worker::~Worker() = default;

void Worker::move_to(Tally& total) {
  total.add(tally_);
  tally_ = make_tally(state_);
  types_.move_to(total.types, total.controls);
  if (memory_ != nullptr) memory_->move_to(total);
}

bool Worker::knows_most() const { return memory_ != nullptr && memory_->knows_most(); }

bool Worker::recall(const snapshot::DocumentText& document, snapshot::DocumentOutcome& outcome) {
  if (keeps_parts_) result_.names.push_back({cache::digest_of(document.text), document.line});
  return memory_ != nullptr && memory_->recall(document, outcome);
}

void Worker::remember(const snapshot::DocumentText& document, const snapshot::DocumentOutcome& outcome) {
  if (memory_ != nullptr) memory_->remember(document, outcome);
}

ChunkResult Worker::run(snapshot::Chunk& chunk) {
  result_ = {};
  counts_.clear();
  order_ = 0;
  file_ = chunk.file == nullptr ? nullptr : &chunk.file->name;
  if (memory_ != nullptr) memory_->begin_chunk(file_);
  result_.counts = reader_.read(chunk, *this);
  if (keeps_parts_) {
    result_.tally = make_tally(state_);
    move_to(result_.tally);
  }
  return std::move(result_);
}

void Worker::visit(const snapshot::ResourceRoot& root, const snapshot::Place& place, Arena& arena) {
  root_ = &root;
  place_ = &place;
  resource_ = kNoNumber;
  is_candidate_ = false;
  is_waiting_ = false;
  is_join_candidate_ = false;
  TypeEntry& type = types_.find(root.type());
  if (memory_ != nullptr) memory_->note_type(root.type());
  ++type.resources;
  if (type.scope && state_.needs_scopes)
    result_.scopes.push_back({std::string(root.id()), std::string(place.text)});
  const std::size_t located = root.location().empty() ? 0 : 1;
  for (std::uint32_t b = 0; b < evaluators_.size(); ++b) {
    TypeEntry::InBundle& known = type.bundles[b];
    TypePlan& plan = known.plans[located];
    if (plan.idle && !state_.options.all_not_applicable) continue;
    evaluators_[b]->begin(root, known.program, arena);
    if (!plan.made) {
      make_plan(plan, b, known.related || known.joined);
      note_idle(type);
    }
    if (known.related) collect_candidate(root, place, b, known);
    if (known.joined) collect_join_facts(root, b);
    if (plan.outcomes != nullptr)
      decide_by_looks(b, *plan.outcomes);
    else
      decide_all(b, plan, known.program);
  }
  if (!waiting_lists_.empty()) {
    waiting_count(type).ids.push_back(root.id());
    waiting_lists_.clear();
  }
  if (alike_ != nullptr) alike_->close(root, place.text);
  ++order_;
}

void Worker::note_idle(TypeEntry& type) const {
  type.idle = !state_.options.all_not_applicable && !(type.scope && state_.needs_scopes) &&
              std::all_of(type.bundles.begin(), type.bundles.end(), [](const TypeEntry::InBundle& known) {
                return known.plans[0].idle && known.plans[1].idle;
              });
}

bool Worker::is_idle(std::string_view type) {
  TypeEntry& entry = types_.find(snapshot::policy_type(type));
  if (entry.resources == 0) note_idle(entry);
  idle_ = &entry;
  return entry.idle;
}

void Worker::visit_idle() {
  if (memory_ != nullptr) memory_->note_type(idle_->name);
  ++idle_->resources;
  ++order_;
}

void Worker::make_plan(TypePlan& plan, std::uint32_t bundle, bool wanted) {
  plan.made = true;
  plan.controls = evaluators_[bundle]->plan_type();
  std::size_t contenders = 0;
  if (state_.bundles[bundle].contests)
    for (const TypeControl& control : plan.controls)
      contenders += is_contender(state_.bundles[bundle], control.control) ? 1U : 0U;
  plan.contests = contenders > 1;
  // Where controls may contradict each other, each of them has to speak.
  if (!plan.controls.empty() && !state_.options.plain && !state_.options.all_not_applicable && !plan.contests)
    plan.outcomes = std::make_unique<TypeOutcomes>(*evaluators_[bundle], plan.controls);
  if (plan.controls.empty() && !wanted) plan.idle = true;
}

void Worker::collect_candidate(const snapshot::ResourceRoot& root, const snapshot::Place& place,
                               std::uint32_t bundle, TypeEntry::InBundle& known) {
  if (root.id().empty()) return;
  if (known.facts == nullptr) known.facts = std::make_unique<TypeFacts>(state_, bundle, root.type());
  if (!is_candidate_) {
    is_candidate_ = true;
    result_.candidates.push_back(
        {std::string(root.id()), lower_ascii(root.type()), std::string(root.kind()), {}, {}});
  }
  relate::Candidate& candidate = result_.candidates.back();
  if (known.facts->needs_text() && candidate.text.empty()) candidate.text = place.text;
  known.facts->collect(*evaluators_[bundle], candidate.facts);
}

void Worker::collect_join_facts(const snapshot::ResourceRoot& root, std::uint32_t bundle) {
  vm::Machine& machine = evaluators_[bundle]->machine();
  const bc::Program& program = state_.bundles[bundle].program();
  if (!is_join_candidate_) {
    is_join_candidate_ = true;
    std::string label(root.id());
    if (label.empty()) label = root.name().empty() ? "a resource without id" : std::string(root.name());
    result_.join_candidates.push_back({std::move(label), {}});
  }
  for (const std::uint32_t number : state_.joins.of_type(root.type())) {
    if (state_.joins.plans[number].bundle != bundle) continue;
    const bc::JoinInfo& join = program.joins[state_.joins.plans[number].join];
    relate::JoinFact fact;
    fact.join = number;
    fact.truth = passes_filter(machine, join, fact.reason);
    fact.keys = inner_keys(machine, program, join, root.id());
    result_.join_candidates.back().facts.push_back(std::move(fact));
  }
}

void Worker::decide_all(std::uint32_t bundle, const TypePlan& plan, std::uint32_t type) {
  Evaluator& evaluator = *evaluators_[bundle];
  const bc::Program& program = state_.bundles[bundle].program();
  violations_.clear();
  contested_.clear();
  // Where controls may contradict each other, nothing is final before all have spoken.
  const auto decided = [&] {
    if (plan.contests)
      contested_.push_back(decision_);
    else
      take(bundle, decision_);
  };
  if (!state_.options.all_not_applicable) {
    for (const TypeControl& control : plan.controls) {
      evaluator.decide(control, decision_);
      decided();
    }
  } else {
    for (std::uint32_t control = 0; control < program.controls.size(); ++control) {
      if (state_.bundles[bundle].runs[type][control]) {
        evaluator.decide(control, false, decision_);
        decided();
        continue;
      }
      if (evaluator.is_placed(control, decision_) || decision_.verdict != Verdict::NotApplicable) {
        decision_.verdict = Verdict::NotApplicable;
        const std::string& never = state_.bundles[bundle].controls[control].never;
        decision_.reason = never.empty() ? "another resource type" : never;
      }
      decided();
    }
  }
  if (plan.contests) {
    settle_contests(evaluator, contested_);
    for (const Decision& decision : contested_)
      take(bundle, decision);
  }
  add_evidence(bundle);
}

void Worker::decide_by_looks(std::uint32_t bundle, TypeOutcomes& outcomes) {
  violations_.clear();
  for (const Decision* decision : outcomes.decide(*evaluators_[bundle], state_.options))
    take(bundle, *decision);
  outcomes.for_each_related([&](const std::shared_ptr<const std::vector<std::uint32_t>>& controls) {
    waiting_lists_.push_back({bundle, controls});
  });
  if (memory_ != nullptr)
    outcomes.for_each_counted([&](std::uint32_t control, Verdict verdict) {
      memory_->note_verdict({bundle, control}, verdict);
    });
  add_evidence(bundle);
}

void Worker::add_evidence(std::uint32_t bundle) {
  for (const Violation& violation : violations_)
    evaluators_[bundle]->add_evidence(violation.decision, violation.waiting
                                                              ? result_.primaries[violation.number].finding
                                                              : result_.findings[violation.number].finding);
}

void Worker::take(std::uint32_t bundle, const Decision& decision) {
  Evaluator& evaluator = *evaluators_[bundle];
  const ControlNumber number{bundle, decision.control};
  Verdict verdict = decision.verdict;
  switch (decision.state) {
  case Decision::State::Scope:
    if (alike_ == nullptr || !alike_->note(bundle, decision.control, evaluator, false))
      waiting_resource().controls.push_back(number);
    return;
  case Decision::State::Related: {
    if (alike_ != nullptr && !state_.relations.plan_of(number).decided_early &&
        alike_->note(bundle, decision.control, evaluator, true))
      return;
    WaitingPrimary& waiting = result_.primaries.emplace_back();
    waiting.order = order_;
    waiting.control = number;
    // Of a resource that no finding names, id and type are what its place is known by.
    if (state_.options.deliver != 0)
      waiting.resource = make_ref();
    else {
      waiting.resource.id = root_->id();
      waiting.resource.type = root_->type();
    }
    waiting.selection = evaluator.selection(decision.control);
    if (!state_.relations.plan_of(number).decided_early) waiting.text = place_->text;
    // Whoever is only counted needs no words.
    if (is_delivered(state_.options, Verdict::NonCompliant))
      fill_finding(evaluator, decision, waiting.finding);
    else
      waiting.finding.verdict = decision.verdict;
    waiting.finding.control = &evaluator.bundle().control(decision.control);
    if (is_delivered(state_.options, Verdict::NonCompliant) && state_.options.evidence)
      violations_.push_back({decision, true, result_.primaries.size() - 1});
    return;
  }
  case Decision::State::None:
    return;
  case Decision::State::Joined: {
    JoinResidue residue = residue_of(evaluator, decision, join_words(state_.options));
    const auto early = settled_early(state_.bundles[bundle], decision.control, residue);
    // A finding says what the joins found; a number need not wait for it.
    if (!early || is_delivered(state_.options, *early)) {
      result_.joins.push_back(
          {order_, number, state_.options.deliver != 0 ? std::make_unique<ResourceRef>(make_ref()) : nullptr,
           std::move(residue)});
      return;
    }
    verdict = *early;
    break;
  }
  case Decision::State::Final:
    break;
  }
  tally_.controls[bundle][decision.control].count(verdict);
  if (memory_ != nullptr) memory_->note_verdict(number, verdict);
  if (!is_delivered(state_.options, verdict)) return;
  ChunkResult::Found& found = result_.findings.emplace_back();
  found.resource = resource_number();
  fill_finding(evaluator, decision, found.finding);
  if (verdict == Verdict::NonCompliant && state_.options.evidence)
    violations_.push_back({decision, false, result_.findings.size() - 1});
}

ResourceRef Worker::make_ref() const {
  std::string_view name = root_->name();
  if (name.empty()) name = root_->id().substr(root_->id().rfind('/') + 1);
  return {std::string(root_->id()),
          std::string(root_->type()),
          std::string(name),
          file_ == nullptr ? std::string() : *file_,
          place_->line,
          place_->byte_begin,
          place_->byte_end};
}

std::size_t Worker::resource_number() {
  if (resource_ == kNoNumber) {
    resource_ = result_.resources.size();
    result_.resources.push_back(make_ref());
  }
  return resource_;
}

WaitingCount& Worker::waiting_count(const TypeEntry& type) {
  counts_key_.clear();
  const auto add = [&](const void* address) {
    counts_key_.append(reinterpret_cast<const char*>(&address), sizeof address);
  };
  add(&type);
  for (const WaitingCount::List& list : waiting_lists_)
    add(list.controls.get());
  const auto [entry, added] = counts_.try_emplace(counts_key_, result_.numbers.size());
  // With a memory, what a document adds stands alone.
  if (added || memory_ != nullptr) {
    entry->second = result_.numbers.size();
    result_.numbers.push_back({type.name, waiting_lists_, {}});
  }
  return result_.numbers[entry->second];
}

WaitingResource& Worker::waiting_resource() {
  if (!is_waiting_) {
    is_waiting_ = true;
    result_.waiting.push_back({order_, {}, make_ref(), std::string(place_->text)});
  }
  return result_.waiting.back();
}

} // namespace writ
