// SPDX-License-Identifier: MIT
#include "engine/alike.h"

#include "snapshot/resource_root.h"

#include <utility>

namespace writ {

namespace {

/// JSON has no zero byte in it.
constexpr char kEnd = '\0';

void add_number(std::string& key, std::uint32_t number) {
  key += std::to_string(number);
  key += kEnd;
}

} // namespace

bool AlikeBook::note(std::uint32_t bundle, std::uint32_t control, Evaluator& evaluator, bool holds) {
  const ControlPlan& plan = state_.bundles[bundle].controls[control];
  if (!plan.fields) return false;
  const std::size_t before = key_.size();
  add_number(key_, bundle);
  add_number(key_, control);
  key_ += holds ? 'h' : 's';
  for (const std::uint32_t field : *plan.fields) {
    const std::optional<Value> value = evaluator.machine().single(field);
    if (!value) {
      key_.resize(before);
      return false;
    }
    key_ += static_cast<char>('a' + static_cast<int>(value->kind()));
    if (!value->undecided() && !value->absent()) append_json(key_, *value);
    key_ += kEnd;
  }
  if (holds)
    held_.push_back({{bundle, control}, &evaluator});
  else
    controls_.push_back({bundle, control});
  related_ = related_ || plan.uses_relation;
  typed_ = typed_ || plan.uses_relation || plan.fields_name_type;
  return true;
}

void AlikeBook::close(const snapshot::ResourceRoot& root, std::string_view text) {
  if (key_.empty()) return;
  const snapshot::ResourceId parts = snapshot::split_id(root.id());
  const std::string_view nothing;
  for (const std::string_view part :
       {parts.subscription, parts.resource_group, typed_ ? root.type() : nothing,
        root.location().empty() ? nothing : std::string_view("located")}) {
    key_ += part;
    key_ += kEnd;
  }
  const auto [entry, added] = known_.try_emplace(key_);
  WaitingAlike& alike = entry->second;
  if (added) {
    alike.controls = controls_;
    for (const Holding& holding : held_)
      alike.held.push_back({holding.control, holding.evaluator->selection(holding.control.control)});
    alike.id = root.id();
    alike.type = root.type();
    alike.text = text;
  }
  ++alike.resources;
  if (related_) alike.ids.push_back(root.id());
  key_.clear();
  controls_.clear();
  held_.clear();
  related_ = typed_ = false;
}

std::vector<WaitingAlike> AlikeBook::take() {
  std::vector<WaitingAlike> all;
  all.reserve(known_.size());
  for (auto& [key, alike] : known_)
    all.push_back(std::move(alike));
  known_.clear();
  return all;
}

} // namespace writ
