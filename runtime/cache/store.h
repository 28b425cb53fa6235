// SPDX-License-Identifier: MIT
// What earlier runs found out, and what this one will leave behind. A cache is two files for each run key:
// one large, rewritten seldom, and one that holds what changed since. Nothing that is wrong with a file makes
// a result wrong: it is left aside, and said so.
#pragma once

#include "cache/segment.h"
#include "writ/spool.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::cache {

/// A document that an earlier run met.
struct Known {
  std::uint32_t segment = 0; ///< 0: the large file, 1: what changed since
  std::uint32_t index = 0;
};

/// What documents came to, in input order: `count` known ones that follow each other, or one new one.
struct Record {
  static constexpr std::uint32_t kNew = 2;
  std::uint32_t segment = kNew;
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  Digest hash;
  std::uint32_t outcome = 0; ///< from intern()
  std::string payload;       ///< empty = none
};

class Store {
public:
  Store(std::string folder, const Digest& key, std::uint64_t most_bytes);

  // --- any thread
  [[nodiscard]] Digest hash(std::string_view text) const { return digest_of(text, secret_); }
  /// `hint` is where the next document is expected: behind the last one. It is moved along.
  [[nodiscard]] std::optional<Known> find(const Digest& hash, Known& hint) const;
  [[nodiscard]] std::uint32_t outcome(Known known) const;
  [[nodiscard]] bool has_payload(Known known) const { return entry(known).payload != kNothing; }
  /// Nothing when it is damaged.
  [[nodiscard]] std::optional<std::string_view> payload(Known known) const;
  /// The number of a class of outcomes; the same text has the same number.
  std::uint32_t intern(std::string_view class_text);
  [[nodiscard]] std::string class_text(std::uint32_t outcome) const;
  /// Classes of earlier runs: their numbers are below this.
  [[nodiscard]] std::uint32_t known_classes() const { return known_classes_; }
  /// Something in the files was not as it should be.
  void note_damage();

  // --- one thread at a time, in input order
  void add(Record record);
  /// Writes what is worth writing.
  void finish();
  /// What went wrong, for people.
  [[nodiscard]] const std::vector<std::string>& problems() const { return problems_; }

private:
  struct Range {
    std::uint32_t segment, first, count;
  };
  [[nodiscard]] const Entry& entry(Known known) const {
    return segments_[known.segment]->entries()[known.index];
  }
  [[nodiscard]] std::string path(const char* ending) const;
  [[nodiscard]] std::size_t size_of(std::uint32_t segment) const {
    return segments_[segment] == nullptr ? 0 : segments_[segment]->entries().size();
  }
  void write_changes();
  void write_all();
  bool write(const std::string& path, const SegmentIdentity& identity, const std::vector<Range>& order);
  void make_room() const;

  std::string folder_;
  Digest key_;
  std::uint64_t most_bytes_;
  Secret secret_{};
  std::unique_ptr<Segment> segments_[2];
  std::uint32_t known_classes_ = 0;
  mutable std::mutex lock_; // of what follows
  std::unordered_map<std::string, std::uint32_t> class_numbers_;
  std::vector<std::string> new_classes_;
  bool damaged_ = false;
  // By the delivering thread only.
  std::vector<Range> order_;
  std::vector<Entry> new_entries_;
  std::vector<std::uint64_t> new_begins_{0};
  Spool spool_;
  std::vector<std::string> problems_;
};

} // namespace writ::cache
