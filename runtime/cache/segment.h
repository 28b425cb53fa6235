// SPDX-License-Identifier: MIT
// One file of a cache: what documents came to, by the hash of their text, in the order of the input that they
// were met in.
//
//   header | entries | where payloads begin | classes | hash table | payloads
//
// Everything up to the hash table is covered by a checksum that is tested when the file is opened, each
// payload by one of its own that is tested when it is used. The hash table needs none: it only proposes
// entries, whose hash is compared. Files are written beside their name and renamed, never changed.
#pragma once

#include "cache/digest.h"
#include "cache/mapped_file.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace writ::cache {

inline constexpr std::uint32_t kNothing = 0xFFFFFFFF;

/// A document. `outcome` numbers its class: equal documents apart from names, with the same verdicts, share
/// it. `payload` is what is its own, kNothing = there is nothing.
struct Entry {
  Digest hash;
  std::uint32_t outcome = 0;
  std::uint32_t payload = kNothing;
};

/// What all files of one cache have in common.
struct SegmentIdentity {
  Digest key;      ///< of the run
  Digest self;     ///< random
  Digest base;     ///< the file that this one adds to; zero = it stands alone
  Secret secret{}; ///< of the hashes
};

class Segment {
public:
  /// Null when there is no such file; `problem` says why one that is there cannot be used.
  static std::unique_ptr<Segment> open(const std::string& path, const Digest& key, std::string& problem);
  [[nodiscard]] const SegmentIdentity& identity() const { return identity_; }
  [[nodiscard]] std::span<const Entry> entries() const { return entries_; }
  [[nodiscard]] std::span<const std::string_view> classes() const { return classes_; }
  /// Number of the entry, or kNothing.
  [[nodiscard]] std::uint32_t find(const Digest& hash) const;
  /// Nothing when it is damaged. `number` is Entry::payload.
  [[nodiscard]] std::optional<std::string_view> payload(std::uint32_t number) const;
  /// As it is stored, checksum and all, untested.
  [[nodiscard]] std::string_view stored(std::uint32_t number) const;
  [[nodiscard]] std::size_t payload_count() const { return payload_begins_.size() - 1; }
  [[nodiscard]] std::uint64_t bytes() const { return file_->text().size(); }

private:
  Segment() = default;
  std::string read(const Digest& key);

  std::unique_ptr<MappedFile> file_;
  SegmentIdentity identity_;
  std::span<const Entry> entries_;
  std::span<const std::uint64_t> payload_begins_; // one more than there are
  std::vector<std::string_view> classes_;
  std::span<const std::uint32_t> table_;
  std::string_view payloads_;
};

/// A payload as it is stored: its checksum, then its bytes.
std::string stored_payload(std::string_view payload);

/// Writes everything but the payloads, which follow in the order in which the entries number them.
bool write_segment_head(NewFile& file, const SegmentIdentity& identity, std::span<const Entry> entries,
                        std::span<const std::string> class_texts,
                        std::span<const std::uint64_t> payload_begins);

} // namespace writ::cache
