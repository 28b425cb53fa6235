// SPDX-License-Identifier: MIT
#include "relate/join_book.h"

#include <algorithm>
#include <cstring>
#include <set>

namespace writ::relate {

namespace {

/// Parts carry their length, so that no text can pass for two.
void append_part(std::string& key, std::string_view part) {
  const auto length = static_cast<std::uint32_t>(part.size());
  char bytes[sizeof length];
  std::memcpy(bytes, &length, sizeof length);
  key.append(bytes, sizeof length);
  key += part;
}

/// The key without some of its parts.
std::string without(std::string_view key, std::uint32_t left_out) {
  if (left_out == 0) return std::string(key);
  std::string out;
  for (std::uint32_t part = 0; !key.empty(); ++part) {
    std::uint32_t length = 0;
    std::memcpy(&length, key.data(), sizeof length);
    const std::size_t size = sizeof length + length;
    if ((left_out >> part & 1) == 0) out += key.substr(0, size);
    key.remove_prefix(size);
  }
  return out;
}

} // namespace

void JoinKeyBuilder::add(const std::vector<std::string>& values) {
  if (!started_) keys_.texts.emplace_back();
  started_ = true;
  ++parts_;
  if (values.empty()) {
    if (keys_.state == Truth::True) keys_.state = Truth::False;
    return;
  }
  std::vector<std::string> texts;
  texts.reserve(keys_.texts.size() * values.size());
  for (const std::string& before : keys_.texts)
    for (const std::string& value : values) {
      texts.push_back(before);
      append_part(texts.back(), value);
    }
  keys_.texts = std::move(texts);
}

void JoinKeyBuilder::add_open(std::string reason) {
  keys_.open |= 1u << parts_;
  if (keys_.reason.empty()) keys_.reason = std::move(reason);
  add({std::string()});
}

void JoinKeyBuilder::add_nothing() { add({}); }

void JoinKeyBuilder::fail(std::string reason) {
  if (keys_.state == Truth::Error) return;
  keys_.state = Truth::Error;
  keys_.reason = std::move(reason);
}

JoinKeys JoinKeyBuilder::take() {
  if (!started_) keys_.texts.emplace_back(); // no key: everything is equal
  std::sort(keys_.texts.begin(), keys_.texts.end());
  keys_.texts.erase(std::unique(keys_.texts.begin(), keys_.texts.end()), keys_.texts.end());
  return std::move(keys_);
}

std::uint32_t JoinBook::reason(std::string text) {
  if (text.empty()) return 0;
  const auto [entry, added] = reason_numbers_.try_emplace(text, static_cast<std::uint32_t>(reasons_.size()));
  if (added) reasons_.push_back(std::move(text));
  return entry->second;
}

void JoinBook::add(JoinCandidate candidate) {
  const auto label = static_cast<std::uint32_t>(labels_.size());
  labels_.push_back(std::move(candidate.label));
  for (JoinFact& fact : candidate.facts) {
    Join& join = joins_[fact.join];
    ++join.candidates;
    if (fact.keys.state == Truth::False) continue;
    const bool failed = fact.keys.state == Truth::Error && fact.truth != Truth::False;
    const Truth truth = failed ? Truth::Error : fact.truth;
    const std::uint32_t why =
        reason(failed || fact.keys.open != 0 ? fact.keys.reason : std::move(fact.reason));
    // A key that cannot be computed may equal anything: all its parts are open.
    const std::uint32_t open = fact.keys.state == Truth::Error ? ~0u : fact.keys.open;
    Group& group = join.groups[open];
    if (open == ~0u) {
      group.facts.push_back({label, truth, {}, why});
      continue;
    }
    for (std::string& text : fact.keys.texts)
      group.facts.push_back({label, truth, std::move(text), why});
  }
}

std::uint64_t JoinBook::candidates(std::uint32_t join) const {
  const auto found = joins_.find(join);
  return found == joins_.end() ? 0 : found->second.candidates;
}

const JoinBook::Index& JoinBook::index_of(Group& group, std::uint32_t left_out) {
  const auto [entry, added] = group.indices.try_emplace(left_out);
  Index& index = entry->second;
  if (!added) return index;
  index.reserve(group.facts.size());
  for (std::uint32_t number = 0; number < group.facts.size(); ++number) {
    const Fact& fact = group.facts[number];
    Bucket& bucket = index[without(fact.key, left_out)];
    switch (fact.truth) {
    case Truth::True:
      if (bucket.yes++ == 0) bucket.first_yes = number;
      break;
    case Truth::False:
      if (bucket.no++ == 0) bucket.first_no = number;
      break;
    default:
      // A failure is what a reader has to know first.
      if (bucket.undecided++ == 0 || (fact.truth == Truth::Error && !bucket.failed))
        bucket.first_undecided = number;
      bucket.failed = bucket.failed || fact.truth == Truth::Error;
      break;
    }
  }
  return index;
}

JoinCount JoinBook::count(std::uint32_t join, const JoinKeys& outer) {
  JoinCount out;
  const auto found = joins_.find(join);
  if (found == joins_.end() || outer.state == Truth::False) return out;
  if (outer.state == Truth::Error) {
    out.most = JoinCount::kUnbounded;
    out.failed = true;
    out.reason = outer.reason;
    return out;
  }
  const auto explain = [&](const Fact& fact, bool failure) {
    if (!out.reason.empty() && (!failure || out.failed)) return;
    const std::string& why = fact.reason != 0 ? reasons_[fact.reason] : outer.reason;
    out.reason = labels_[fact.label] + (why.empty() ? "" : ": " + why);
  };
  for (auto& [open, group] : found->second.groups) {
    const std::uint32_t left_out = open | outer.open;
    const bool certain = left_out == 0;
    const Index& index = index_of(group, left_out);
    std::set<std::string> keys;
    for (const std::string& text : outer.texts)
      keys.insert(open == ~0u ? std::string() : without(text, left_out));
    for (const std::string& key : keys) {
      const auto entry = index.find(key);
      if (entry == index.end()) continue;
      const Bucket& bucket = entry->second;
      if (certain) out.least += bucket.yes;
      out.most += bucket.yes + bucket.undecided;
      out.equal += bucket.no;
      if (bucket.yes > 0 && certain && out.found.empty())
        out.found = labels_[group.facts[bucket.first_yes].label];
      if (bucket.no > 0 && out.left_out.empty()) out.left_out = labels_[group.facts[bucket.first_no].label];
      if (bucket.undecided > 0) explain(group.facts[bucket.first_undecided], bucket.failed);
      if (bucket.yes > 0 && !certain) explain(group.facts[bucket.first_yes], false);
      out.failed = out.failed || bucket.failed;
    }
  }
  return out;
}

} // namespace writ::relate
