// SPDX-License-Identifier: MIT
#include "engine/look_tree.h"

#include <algorithm>
#include <bit>
#include <iterator>

namespace writ {

namespace {

/// Looks that things of one tree may have: more of them, and few resources take the same way.
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

std::size_t common(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b) {
  std::size_t count = 0;
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y) ++count;
    const bool first = *x <= *y;
    if (*y <= *x) ++y;
    if (first) ++x;
  }
  return count;
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

std::uint32_t LookColumn::find_value(vm::Machine& machine) {
  const std::optional<Value> value = machine.single(field_);
  if (!value) return kOther;
  key_.clear();
  switch (value->kind()) {
  case ValueKind::Missing:
  case ValueKind::Null:
    break;
  case ValueKind::Bool:
    key_ += value->as_bool() ? 't' : 'f';
    break;
  case ValueKind::String:
    if (value->as_string().size() > kLongestValue) return kOther;
    key_ += value->as_string();
    break;
  default:
    return kOther;
  }
  key_ += static_cast<char>(value->kind());
  if (const auto known = values_.find(key_); known != values_.end()) return known->second;
  if (values_.size() == kMostValues) return kOther;
  const auto number = static_cast<std::uint32_t>(values_.size());
  values_.emplace(key_, number);
  truths_.emplace_back();
  return number;
}

std::uint32_t Looks::number_of(const vm::Observation& what) {
  const std::uint64_t hash = hash_of(what);
  const auto [begin, end] = numbers_.equal_range(hash);
  for (auto known = begin; known != end; ++known)
    if (is_same(looks_[known->second].what, what)) return known->second;
  const auto number = static_cast<std::uint32_t>(looks_.size());
  Look look{what};
  if (what.kind == vm::Observation::Kind::Field) {
    const auto [column, added] =
        column_of_field_.try_emplace(what.number, static_cast<std::uint32_t>(columns_.size()));
    if (added) columns_.emplace_back(what.number);
    look.column = column->second;
    look.in_column = columns_[look.column].add_look();
  }
  looks_.push_back(look);
  numbers_.emplace(hash, number);
  return number;
}

Truth Looks::take(const Look& look, vm::Machine& machine) {
  if (look.column == kNoColumn || !columns_[look.column].is_worth_it()) return machine.observe(look.what);
  LookColumn& column = columns_[look.column];
  const std::uint32_t value = column.value(resource_, machine);
  if (value == LookColumn::kOther) return machine.observe(look.what);
  if (const std::optional<Truth> known = column.known(value, look.in_column)) return *known;
  const Truth truth = machine.observe(look.what);
  column.remember(value, look.in_column, truth);
  return truth;
}

bool LookPaths::add(Looks& looks, const vm::Image& image, const vm::ObservationLog& log, std::uint32_t leaf) {
  std::vector<std::uint32_t> taken; // a look that is repeated gives nothing new
  std::uint32_t node = kNowhere;
  std::size_t truth = 0;
  const auto place = [&]() -> std::uint32_t& { return node == kNowhere ? root_ : nodes_[node].next[truth]; };
  for (const vm::Observed& observed : log) {
    if (is_the_same_for_all(image, observed.what)) continue;
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
  place() = kLeaf + leaf;
  return true;
}

void LookGroups::add(std::uint32_t thing, std::vector<std::uint64_t> looks) {
  std::sort(looks.begin(), looks.end());
  looks.erase(std::unique(looks.begin(), looks.end()), looks.end());
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
  best->things.push_back(thing);
  std::vector<std::uint64_t> all;
  std::set_union(best->looks.begin(), best->looks.end(), looks.begin(), looks.end(), std::back_inserter(all));
  best->looks = std::move(all);
}

std::vector<std::vector<std::uint32_t>> LookGroups::things() const {
  std::vector<std::vector<std::uint32_t>> all;
  for (const Group& group : groups_)
    all.push_back(group.things);
  return all;
}

} // namespace writ
