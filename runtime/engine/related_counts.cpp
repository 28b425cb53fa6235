// SPDX-License-Identifier: MIT
#include "engine/related_counts.h"

#include <algorithm>

namespace writ {

namespace {

bool is_same_place(const relate::Selection& a, const relate::Selection& b) {
  return a.type == b.type && a.resource_group == b.resource_group &&
         a.subscription_scope == b.subscription_scope && a.nothing == b.nothing;
}

} // namespace

RelatedCounts::List RelatedCounts::make_list(std::uint32_t bundle,
                                             const std::vector<std::uint32_t>& controls) const {
  List list;
  list.bundle = bundle;
  for (const std::uint32_t control : controls) {
    const relate::Selection& selection = *state_.bundles[bundle].controls[control].selection;
    auto place = std::find_if(list.places.begin(), list.places.end(),
                              [&](const Place& known) { return is_same_place(*known.selection, selection); });
    if (place == list.places.end())
      place = list.places.insert(place, {&selection, tally_.types.contains(selection.type), {}, {}});
    place->controls.push_back(control);
  }
  return list;
}

RelatedCounts::List& RelatedCounts::list_of(const WaitingCount::List& waiting) {
  List*& known = by_address_[waiting.controls.get()];
  if (known == nullptr) {
    const auto [list, added] = lists_.try_emplace({waiting.bundle, *waiting.controls});
    if (added) list->second = make_list(waiting.bundle, *waiting.controls);
    known = &list->second;
  }
  return *known;
}

void RelatedCounts::add(const WaitingCount& waiting) {
  lists_at_hand_.clear();
  for (const WaitingCount::List& one : waiting.lists)
    lists_at_hand_.push_back(&list_of(one));
  for (std::size_t i = 0; i < waiting.ids.size(); ++i) {
    relate::PrimaryKeys keys({waiting.ids[i], waiting.type});
    const bool without_id = waiting.ids[i].empty();
    for (List* list : lists_at_hand_) {
      ++(without_id ? list->without_id : list->not_in_input);
      if (without_id) continue;
      for (Place& place : list->places)
        if (place.in_input) ++place.resources[&inventory_.in_place(keys, *place.selection)];
    }
  }
}

void RelatedCounts::count(std::uint32_t bundle, const Place& place) {
  for (const auto& [found, resources] : place.resources)
    for (const std::uint32_t control : place.controls) {
      const Truth satisfied = found->empty()
                                  ? Truth::False
                                  : existence_.satisfied({bundle, control}, *found,
                                                         *state_.bundles[bundle].controls[control].selection);
      tally_.controls[bundle][control].count(verdict_of_existence(satisfied), resources);
    }
}

void RelatedCounts::finish() {
  // What the input may have left out, unless it is said to be complete.
  const Verdict left_out = state_.options.assume_complete ? Verdict::NonCompliant : Verdict::Unknown;
  for (const auto& [controls, list] : lists_)
    for (const Place& place : list.places) {
      count(list.bundle, place);
      for (const std::uint32_t control : place.controls) {
        ControlSummary& summary = tally_.controls[list.bundle][control];
        summary.count(Verdict::Unknown, list.without_id);
        if (!place.in_input) summary.count(left_out, list.not_in_input);
      }
    }
}

} // namespace writ
