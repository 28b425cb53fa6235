// SPDX-License-Identifier: MIT
#include "engine/existence.h"

#include "writ/text.h"

#include <algorithm>
#include <optional>

namespace writ {

Verdict verdict_of_existence(Truth satisfied) {
  switch (satisfied) {
  case Truth::True:
    return Verdict::Compliant;
  case Truth::Error:
    return Verdict::Error;
  case Truth::Unknown:
    return Verdict::Unknown;
  case Truth::False:
    break;
  }
  return Verdict::NonCompliant;
}

Truth Existence::satisfied(ControlNumber control, const ExistencePrimary& primary,
                           const relate::Selection& selection, std::string& reason) {
  const std::uint32_t number = state_.relations.number_of(control);
  const std::vector<std::size_t>& place = inventory_.in_place({primary.id, primary.type}, selection);
  if (place.empty()) return Truth::False;
  if (selection.name) return look(number, primary, selection, named(place, *selection.name), reason);
  // Where only place and kind matter, what is found there is the same for every resource.
  if (!state_.relations.plans[number].decided_early) return look(number, primary, selection, place, reason);
  const auto [known, added] = looked_.try_emplace({number, &place, selection.kind.value_or("")});
  if (added) known->second.truth = look(number, primary, selection, place, known->second.reason);
  reason = known->second.reason;
  return known->second.truth;
}

/// Of the candidates in a place, those whose name may be meant: names are compared from their ends.
const std::vector<std::size_t>& Existence::named(const std::vector<std::size_t>& place,
                                                 std::string_view name) {
  const std::string_view last = name.substr(name.rfind('/') + 1); // npos + 1 is 0
  if (last == "?" || place.size() < 8) return place;
  const auto [known, added] = named_.try_emplace(&place);
  if (added)
    for (const std::size_t index : place) {
      const std::string full = relate::full_name_of(inventory_[index].id);
      known->second[lower_ascii(std::string_view(full).substr(full.rfind('/') + 1))].push_back(index);
    }
  const auto found = known->second.find(lower_ascii(last));
  return found == known->second.end() ? none_ : found->second;
}

Truth Existence::look(std::uint32_t relation, const ExistencePrimary& primary,
                      const relate::Selection& selection, const std::vector<std::size_t>& place,
                      std::string& reason) {
  const RelationPlan& plan = state_.relations.plans[relation];
  Truth any = Truth::False;
  std::optional<EvaluationContext> context;
  for (const std::size_t index : place) {
    if (!inventory_.is_meant(index, selection)) continue;
    const relate::Candidate& candidate = inventory_[index];
    Truth one = Truth::Unknown;
    std::string_view why = "the related resource was not kept";
    std::string pair_reason;
    if (plan.decided_early) {
      if (const relate::ExistenceFact* fact = candidate.fact(relation)) {
        one = fact->truth;
        why = fact->reason;
      }
    } else if (!candidate.text.empty() && load_primary(primary) &&
               candidate_.load(candidate.text, candidate.type)) {
      if (!context)
        context = state_.bundles[plan.control.bundle].controls[plan.control.control].existence_needs_scope
                      ? scopes_.context(primary.id, state_.context.values)
                      : state_.context.values;
      one = pair(plan.control.bundle).run(plan.condition, kept_, candidate_, *context, pair_reason);
      why = pair_reason;
    }
    const Truth joined = truth_or(any, one);
    if (joined != any && !decided(joined)) (reason = candidate.id + ": ") += why;
    any = joined;
    if (any == Truth::True) break;
  }
  return any;
}

bool Existence::load_primary(const ExistencePrimary& primary) {
  if (!primary_loaded_) primary_loaded_ = kept_.load(primary.text, primary.type);
  return primary_loaded_;
}

PairMachine& Existence::pair(std::uint32_t bundle) {
  if (pairs_[bundle] == nullptr)
    pairs_[bundle] =
        std::make_unique<PairMachine>(state_.bundles[bundle], state_.options, state_.context.values);
  return *pairs_[bundle];
}

} // namespace writ
