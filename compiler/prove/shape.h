// SPDX-License-Identifier: MIT
// The symbolic resource: a tree of places that conditions read. Two conditions that read the same path read
// the same place, whichever graph they come from.
#pragma once

#include "prove/cells.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace writ::prove {

using PlaceId = std::uint32_t;
inline constexpr PlaceId kNoPlace = 0xFFFFFFFF;

enum class PlaceRole : std::uint8_t {
  Root,    ///< an object that is always there
  Member,  ///< a member of its parent: there only when the parent is an object
  Element, ///< an element of its parent: there when the parent is an array that is long enough
  Text     ///< stands for itself and is a string or missing: name, id
};

/// Which resource a root belongs to.
enum class Subject : std::uint8_t { Resource, Candidate };

struct Place {
  PlaceRole role = PlaceRole::Member;
  PlaceId parent = kNoPlace;
  std::string key;         ///< of a member, as first spelled; of a root or text what it is ("name")
  std::uint32_t index = 0; ///< of an element
  Subject subject = Subject::Resource;
  bool envelope = false; ///< `properties` of an element: read through when it is absent, so always there
  bool exported = false; ///< the resource's `properties`: never null
  Features features;
  std::vector<Cell> cells; ///< these two after build_cells
  Division division;
  std::map<std::string, PlaceId> members; ///< by lower-cased name
  std::vector<PlaceId> elements;
};

class Shape {
public:
  explicit Shape(unsigned array_bound) : bound_(array_bound) {}

  /// The object a path starts from. `name` keeps paths apart that are looked up differently.
  PlaceId root(Subject subject, std::string_view name = {});
  PlaceId text(Subject subject, std::string_view name);
  PlaceId member(PlaceId parent, std::string_view name, bool envelope = false);
  /// All elements of an array up to the bound.
  const std::vector<PlaceId>& elements(PlaceId parent);

  [[nodiscard]] const Place& operator[](PlaceId id) const { return places_[id]; }
  Place& operator[](PlaceId id) { return places_[id]; }
  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] unsigned bound() const { return bound_; }
  [[nodiscard]] bool has_arrays() const { return has_arrays_; }
  /// The path for messages: properties.rules[0].access
  [[nodiscard]] std::string path_of(PlaceId id) const;
  /// Every place gets its cells; features are complete by then.
  void build_cells(Arena& arena);

private:
  PlaceId add(Place place);
  unsigned bound_;
  bool has_arrays_ = false;
  std::vector<Place> places_;
  std::map<std::string, PlaceId> roots_;
};

} // namespace writ::prove
