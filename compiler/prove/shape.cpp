// SPDX-License-Identifier: MIT
#include "prove/shape.h"

#include "writ/text.h"

namespace writ::prove {

PlaceId Shape::add(Place place) {
  places_.push_back(std::move(place));
  return static_cast<PlaceId>(places_.size() - 1);
}

PlaceId Shape::root(Subject subject, std::string_view name) {
  const std::string key = "root:" + std::to_string(static_cast<int>(subject)) + ":" + std::string(name);
  if (const auto found = roots_.find(key); found != roots_.end()) return found->second;
  Place place;
  place.role = PlaceRole::Root;
  place.key = name;
  place.subject = subject;
  return roots_[key] = add(std::move(place));
}

PlaceId Shape::text(Subject subject, std::string_view name) {
  const std::string key = "text:" + std::to_string(static_cast<int>(subject)) + ":" + std::string(name);
  if (const auto found = roots_.find(key); found != roots_.end()) return found->second;
  Place place;
  place.role = PlaceRole::Text;
  place.key = name;
  place.subject = subject;
  return roots_[key] = add(std::move(place));
}

PlaceId Shape::member(PlaceId parent, std::string_view name, bool envelope) {
  const std::string folded = lower_ascii(name);
  if (const auto found = places_[parent].members.find(folded); found != places_[parent].members.end()) {
    places_[found->second].envelope = places_[found->second].envelope || envelope;
    return found->second;
  }
  Place place;
  place.role = PlaceRole::Member;
  place.parent = parent;
  place.key = name;
  place.subject = places_[parent].subject;
  place.envelope = envelope;
  place.exported = places_[parent].role == PlaceRole::Root && folded == "properties";
  const PlaceId id = add(std::move(place));
  places_[parent].members[folded] = id;
  return id;
}

const std::vector<PlaceId>& Shape::elements(PlaceId parent) {
  has_arrays_ = true;
  if (places_[parent].elements.empty()) {
    std::vector<PlaceId> made;
    for (std::uint32_t i = 0; i < bound_; ++i) {
      Place place;
      place.role = PlaceRole::Element;
      place.parent = parent;
      place.index = i;
      place.subject = places_[parent].subject;
      made.push_back(add(std::move(place)));
    }
    places_[parent].elements = std::move(made);
  }
  return places_[parent].elements;
}

std::string Shape::path_of(PlaceId id) const {
  const Place& place = places_[id];
  switch (place.role) {
  case PlaceRole::Root:
    return {};
  case PlaceRole::Text:
    return place.key;
  case PlaceRole::Element:
    return path_of(place.parent) + "[*]";
  case PlaceRole::Member:
    break;
  }
  const std::string above = path_of(place.parent);
  return above.empty() ? place.key : above + "." + place.key;
}

void Shape::build_cells(Arena& arena) {
  for (Place& place : places_) {
    CellPlan plan;
    switch (place.role) {
    case PlaceRole::Root:
      plan.object_only = true;
      break;
    case PlaceRole::Text:
      plan.text_only = true;
      break;
    case PlaceRole::Element:
    case PlaceRole::Member:
      plan.lengths = place.elements.empty() ? 0 : bound_;
      break;
    }
    plan.never_null = place.exported;
    // Every resource has these two.
    plan.never_missing = place.role == PlaceRole::Text && (place.key == "name" || place.key == "id");
    place.division = Division(place.features);
    place.cells = make_cells(place.features, plan, arena);
  }
}

} // namespace writ::prove
