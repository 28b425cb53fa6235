// SPDX-License-Identifier: MIT
#include "cache/store.h"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>

namespace writ::cache {

namespace fs = std::filesystem;

namespace {

constexpr const char* kLarge = ".cache";
constexpr const char* kChanges = ".changes";
/// Changes are kept apart until they are this part of the large file …
constexpr std::size_t kMostChanges = 8;
/// … or this many, which cost nothing to rewrite.
constexpr std::size_t kFewChanges = 1024;

/// Texts of classes in the order in which a file needs them.
class Renumbering {
public:
  explicit Renumbering(const Store& store) : store_(store) {}
  std::uint32_t operator()(std::uint32_t outcome) {
    const auto [entry, added] = numbers_.try_emplace(outcome, static_cast<std::uint32_t>(texts.size()));
    if (added) texts.push_back(store_.class_text(outcome));
    return entry->second;
  }
  std::vector<std::string> texts;

private:
  const Store& store_;
  std::unordered_map<std::uint32_t, std::uint32_t> numbers_;
};

} // namespace

Store::Store(std::string folder, const Digest& key, std::uint64_t most_bytes)
    : folder_(std::move(folder)), key_(key), most_bytes_(most_bytes), spool_(folder_) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) problems_.push_back("the cache `" + folder_ + "` cannot be used: " + error.message());
  const char* endings[] = {kLarge, kChanges};
  for (std::size_t i = 0; i < 2; ++i) {
    if (i == 1 && segments_[0] == nullptr) break;
    std::string problem;
    segments_[i] = Segment::open(path(endings[i]), key_, problem);
    if (!problem.empty())
      problems_.push_back("`" + path(endings[i]) + "` was not used and is made anew: " + problem);
  }
  // Another run may have rewritten the large file in between: its changes are in there.
  if (segments_[1] != nullptr && segments_[1]->identity().base != segments_[0]->identity().self)
    segments_[1] = nullptr;
  secret_ = segments_[0] != nullptr ? segments_[0]->identity().secret : make_secret();
  for (const auto& segment : segments_)
    if (segment != nullptr) known_classes_ += static_cast<std::uint32_t>(segment->classes().size());
}

std::string Store::path(const char* ending) const { return folder_ + "/writ-" + to_hex(key_) + ending; }

std::optional<Known> Store::find(const Digest& hash, Known& hint) const {
  if (hint.index < size_of(hint.segment) && entry(hint).hash == hash) {
    const Known found = hint;
    ++hint.index;
    return found;
  }
  for (std::uint32_t s = 0; s < 2; ++s) {
    if (segments_[s] == nullptr) continue;
    const std::uint32_t number = segments_[s]->find(hash);
    if (number == kNothing) continue;
    // What changed stands elsewhere; behind it goes on what stood behind it before.
    if (s == 0)
      hint = {s, number + 1};
    else
      ++hint.index;
    return Known{s, number};
  }
  ++hint.index; // a document that was replaced
  return std::nullopt;
}

std::uint32_t Store::outcome(Known known) const {
  const std::uint32_t own = entry(known).outcome;
  return known.segment == 0 ? own : own + static_cast<std::uint32_t>(segments_[0]->classes().size());
}

std::optional<std::string_view> Store::payload(Known known) const {
  return segments_[known.segment]->payload(entry(known).payload);
}

std::string Store::class_text(std::uint32_t outcome) const {
  for (const auto& segment : segments_) {
    if (segment == nullptr) continue;
    if (outcome < segment->classes().size()) return std::string(segment->classes()[outcome]);
    outcome -= static_cast<std::uint32_t>(segment->classes().size());
  }
  const std::lock_guard lock(lock_);
  return new_classes_[outcome];
}

std::uint32_t Store::intern(std::string_view class_text) {
  const std::lock_guard lock(lock_);
  if (class_numbers_.empty()) {
    std::uint32_t number = 0;
    for (const auto& segment : segments_)
      if (segment != nullptr)
        for (const std::string_view text : segment->classes())
          class_numbers_.try_emplace(std::string(text), number++);
  }
  const auto next = known_classes_ + static_cast<std::uint32_t>(new_classes_.size());
  const auto [entry, added] = class_numbers_.try_emplace(std::string(class_text), next);
  if (added) new_classes_.emplace_back(class_text);
  return entry->second;
}

void Store::note_damage() {
  const std::lock_guard lock(lock_);
  damaged_ = true;
}

void Store::add(Record record) {
  if (record.segment != Record::kNew) {
    Range* last = order_.empty() ? nullptr : &order_.back();
    if (last != nullptr && last->segment == record.segment && last->first + last->count == record.first)
      last->count += record.count;
    else
      order_.push_back({record.segment, record.first, record.count});
    return;
  }
  const auto number = static_cast<std::uint32_t>(new_entries_.size());
  Entry& entry = new_entries_.emplace_back(Entry{record.hash, record.outcome, kNothing});
  if (!record.payload.empty()) {
    entry.payload = static_cast<std::uint32_t>(new_begins_.size() - 1);
    spool_.append(stored_payload(record.payload));
    new_begins_.push_back(spool_.size());
  }
  if (!order_.empty() && order_.back().segment == Record::kNew)
    ++order_.back().count;
  else
    order_.push_back({Record::kNew, number, 1});
}

void Store::finish() {
  if (damaged_) {
    problems_.push_back("`" + path(kLarge) + "` is damaged in part and is made anew");
    std::error_code error;
    fs::remove(path(kLarge), error);
    fs::remove(path(kChanges), error);
    return;
  }
  const std::size_t changes = size_of(1) + new_entries_.size();
  if (!new_entries_.empty()) {
    if (segments_[0] != nullptr && changes <= std::max(kFewChanges, size_of(0) / kMostChanges))
      write_changes();
    else
      write_all();
    make_room();
  } else if (segments_[0] != nullptr) {
    ::utimensat(AT_FDCWD, path(kLarge).c_str(), nullptr, 0); // used just now
  }
}

bool Store::write(const std::string& path, const SegmentIdentity& identity, const std::vector<Range>& order) {
  std::vector<Entry> entries;
  std::vector<std::uint64_t> begins{0};
  Renumbering classes(*this);
  const auto add = [&](Entry entry, std::uint64_t payload_size) {
    entry.outcome = classes(entry.outcome);
    if (entry.payload != kNothing) {
      entry.payload = static_cast<std::uint32_t>(begins.size() - 1);
      begins.push_back(begins.back() + payload_size);
    }
    entries.push_back(entry);
  };
  for (const Range& range : order)
    for (std::uint32_t i = range.first; i < range.first + range.count; ++i) {
      if (range.segment == Record::kNew) {
        const Entry& fresh = new_entries_[i];
        add(fresh,
            fresh.payload == kNothing ? 0 : new_begins_[fresh.payload + 1] - new_begins_[fresh.payload]);
      } else {
        Entry known = entry({range.segment, i});
        known.outcome = outcome({range.segment, i});
        add(known, known.payload == kNothing ? 0 : segments_[range.segment]->stored(known.payload).size());
      }
    }
  if (begins.back() + entries.size() * 32 > most_bytes_) {
    problems_.push_back("the cache `" + folder_ + "` was not written: it would be larger than its limit");
    return false;
  }
  NewFile file(path);
  bool written =
      spool_.problem().empty() && write_segment_head(file, identity, entries, classes.texts, begins);
  const auto put = [&](std::string_view bytes) { return file.put(bytes); };
  for (const Range& range : order)
    for (std::uint32_t i = range.first; i < range.first + range.count && written; ++i) {
      const std::uint32_t payload =
          range.segment == Record::kNew ? new_entries_[i].payload : entry({range.segment, i}).payload;
      if (payload == kNothing) continue;
      written = range.segment == Record::kNew
                    ? spool_.read(new_begins_[payload], new_begins_[payload + 1] - new_begins_[payload], put)
                    : put(segments_[range.segment]->stored(payload));
    }
  if (written && file.finish()) return true;
  problems_.push_back("the cache `" + folder_ + "` cannot be written: " + file.problem());
  return false;
}

void Store::write_changes() {
  SegmentIdentity identity = segments_[0]->identity();
  identity.base = identity.self;
  const Secret random = make_secret();
  identity.self = digest_of(std::string_view(random.data(), random.size()));
  std::vector<Range> order;
  if (size_of(1) > 0) order.push_back({1, 0, static_cast<std::uint32_t>(size_of(1))});
  order.push_back({Record::kNew, 0, static_cast<std::uint32_t>(new_entries_.size())});
  write(path(kChanges), identity, order);
}

void Store::write_all() {
  SegmentIdentity identity;
  identity.key = key_;
  identity.secret = secret_;
  const Secret random = make_secret();
  identity.self = digest_of(std::string_view(random.data(), random.size()));
  // What this run did not meet may belong to another snapshot of the same controls: it is kept as long as it
  // is not more than what was met.
  std::vector<bool> seen[2] = {std::vector<bool>(size_of(0)), std::vector<bool>(size_of(1))};
  std::size_t met = 0;
  for (const Range& range : order_) {
    met += range.count;
    if (range.segment == Record::kNew) continue;
    std::fill_n(seen[range.segment].begin() + range.first, range.count, true);
  }
  std::vector<Range> order = order_;
  std::size_t others = 0;
  for (std::uint32_t s = 0; s < 2; ++s)
    others += static_cast<std::size_t>(std::count(seen[s].begin(), seen[s].end(), false));
  if (others <= met)
    for (std::uint32_t s = 0; s < 2; ++s)
      for (std::uint32_t i = 0; i < seen[s].size(); ++i)
        if (!seen[s][i]) order.push_back({s, i, 1});
  if (!write(path(kLarge), identity, order)) return;
  std::error_code error;
  fs::remove(path(kChanges), error);
}

void Store::make_room() const {
  struct Old {
    fs::file_time_type used;
    fs::path path;
    std::uint64_t bytes = 0;
  };
  std::error_code error;
  std::vector<Old> files;
  std::uint64_t total = 0;
  const std::string own = "writ-" + to_hex(key_);
  for (const fs::directory_entry& file : fs::directory_iterator(folder_, error)) {
    const std::string name = file.path().filename().string();
    const std::string ending = file.path().extension().string();
    if (!name.starts_with("writ-") || (ending != kLarge && ending != kChanges && ending != ".tmp")) continue;
    Old old{file.last_write_time(error), file.path(), file.file_size(error)};
    if (error) continue; // another run removed it
    total += old.bytes;
    // Half a file that a run left behind which was killed.
    const bool abandoned =
        ending == ".tmp" && old.used + std::chrono::hours(24) < fs::file_time_type::clock::now();
    if (abandoned || (ending != ".tmp" && !name.starts_with(own))) files.push_back(std::move(old));
  }
  std::sort(files.begin(), files.end(), [](const Old& a, const Old& b) { return a.used < b.used; });
  for (const Old& old : files) {
    if (total <= most_bytes_ && old.path.extension() != ".tmp") break;
    if (fs::remove(old.path, error)) total -= old.bytes;
  }
}

} // namespace writ::cache
