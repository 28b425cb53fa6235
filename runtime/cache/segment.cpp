// SPDX-License-Identifier: MIT
#include "cache/segment.h"

#include <array>
#include <bit>
#include <cstring>
#include <type_traits>

namespace writ::cache {

namespace {

constexpr std::array<char, 8> kMagic = {'W', 'R', 'I', 'T', 'C', 'A', 'C', 'H'};
constexpr std::uint32_t kVersion = 2;

/// Little-endian, as every machine that Writ runs on; another one finds a foreign magic number below.
struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kVersion;
  std::uint32_t byte_order = 0x01020304;
  SegmentIdentity identity;
  std::uint64_t entries = 0;
  std::uint64_t payloads = 0;
  std::uint64_t class_count = 0;
  std::uint64_t class_bytes = 0; ///< a multiple of eight
  std::uint64_t table = 0;       ///< slots, a power of two
  std::uint64_t payload_bytes = 0;
  std::uint64_t checksum = 0; ///< of what lies between header and table
  std::uint64_t header_checksum = 0;
};
static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) % 8 == 0);
static_assert(std::is_trivially_copyable_v<Entry> && sizeof(Entry) == 24);

template <class T> std::string_view bytes_of(std::span<const T> items) {
  return {reinterpret_cast<const char*>(items.data()), items.size_bytes()};
}
std::string_view bytes_of(const Header& header) {
  return {reinterpret_cast<const char*>(&header), sizeof header};
}
std::uint64_t checksum_of_header(Header header) {
  header.header_checksum = 0;
  return checksum_of(bytes_of(header));
}

std::vector<std::uint32_t> table_of(std::span<const Entry> entries) {
  std::vector<std::uint32_t> table(std::bit_ceil(2 * entries.size() + 2), kNothing);
  const std::size_t mask = table.size() - 1;
  for (std::uint32_t i = 0; i < entries.size(); ++i) {
    std::size_t at = entries[i].hash.low & mask;
    while (table[at] != kNothing)
      at = (at + 1) & mask;
    table[at] = i;
  }
  return table;
}

} // namespace

std::unique_ptr<Segment> Segment::open(const std::string& path, const Digest& key, std::string& problem) {
  bool absent = false;
  std::unique_ptr<Segment> segment(new Segment); // NOLINT: the constructor is private
  segment->file_ = MappedFile::open(path, problem, absent);
  if (absent) problem.clear();
  if (segment->file_ == nullptr) return nullptr;
  problem = segment->read(key);
  return problem.empty() ? std::move(segment) : nullptr;
}

std::string Segment::read(const Digest& key) {
  const std::string_view text = file_->text();
  Header header;
  if (text.size() < sizeof header) return "it is truncated";
  std::memcpy(&header, text.data(), sizeof header);
  if (header.magic != kMagic) return "it is no cache";
  if (header.version != kVersion || header.byte_order != 0x01020304) return "it has another format";
  if (header.header_checksum != checksum_of_header(header)) return "it is damaged";
  if (header.identity.key != key) return "it belongs to other controls or options";
  // No sum may overflow: no part can be larger than the file.
  std::string_view rest = text.substr(sizeof header);
  const auto take = [&](std::uint64_t count, std::uint64_t width) {
    std::string_view part;
    if (count <= rest.size() / width) {
      part = rest.substr(0, count * width);
      rest.remove_prefix(part.size());
    } else {
      rest = {};
    }
    return part;
  };
  const std::string_view checked_from = rest;
  const std::string_view entries = take(header.entries, sizeof(Entry));
  const std::string_view begins = take(header.payloads + 1, sizeof(std::uint64_t));
  const std::string_view class_text = take(header.class_bytes, 1);
  const std::string_view checked = checked_from.substr(0, checked_from.size() - rest.size());
  const std::string_view table = take(header.table, sizeof(std::uint32_t));
  payloads_ = take(header.payload_bytes, 1);
  if (payloads_.size() != header.payload_bytes || !rest.empty() || !std::has_single_bit(header.table) ||
      table.empty() || begins.empty() || header.class_bytes % 8 != 0)
    return "it is truncated";
  if (checksum_of(checked) != header.checksum) return "it is damaged";
  identity_ = header.identity;
  entries_ = {reinterpret_cast<const Entry*>(entries.data()), static_cast<std::size_t>(header.entries)};
  payload_begins_ = {reinterpret_cast<const std::uint64_t*>(begins.data()),
                     static_cast<std::size_t>(header.payloads + 1)};
  table_ = {reinterpret_cast<const std::uint32_t*>(table.data()), static_cast<std::size_t>(header.table)};
  std::size_t at = 0;
  for (std::uint64_t i = 0; i < header.class_count; ++i) {
    std::uint32_t size = 0;
    if (class_text.size() - at < sizeof size) return "it is damaged";
    std::memcpy(&size, class_text.data() + at, sizeof size);
    at += sizeof size;
    if (class_text.size() - at < size) return "it is damaged";
    classes_.push_back(class_text.substr(at, size));
    at += size;
  }
  for (const Entry& entry : entries_)
    if (entry.outcome >= classes_.size() || (entry.payload != kNothing && entry.payload >= header.payloads))
      return "it is damaged";
  return {};
}

std::uint32_t Segment::find(const Digest& hash) const {
  const std::size_t mask = table_.size() - 1;
  std::size_t at = hash.low & mask;
  for (std::size_t tried = 0; tried <= mask; ++tried, at = (at + 1) & mask) {
    const std::uint32_t number = table_[at];
    if (number >= entries_.size()) return kNothing;
    if (entries_[number].hash == hash) return number;
  }
  return kNothing;
}

std::string_view Segment::stored(std::uint32_t number) const {
  const std::uint64_t begin = payload_begins_[number];
  const std::uint64_t end = payload_begins_[number + 1];
  return begin > end || end > payloads_.size() ? std::string_view() : payloads_.substr(begin, end - begin);
}

std::optional<std::string_view> Segment::payload(std::uint32_t number) const {
  std::uint64_t checksum = 0;
  std::string_view bytes = stored(number);
  if (bytes.size() < sizeof checksum) return std::nullopt;
  std::memcpy(&checksum, bytes.data(), sizeof checksum);
  bytes.remove_prefix(sizeof checksum);
  if (checksum_of(bytes) != checksum) return std::nullopt;
  return bytes;
}

std::string stored_payload(std::string_view payload) {
  const std::uint64_t checksum = checksum_of(payload);
  std::string stored(sizeof checksum, '\0');
  std::memcpy(stored.data(), &checksum, sizeof checksum);
  stored += payload;
  return stored;
}

bool write_segment_head(NewFile& file, const SegmentIdentity& identity, std::span<const Entry> entries,
                        std::span<const std::string> class_texts,
                        std::span<const std::uint64_t> payload_begins) {
  std::string classes;
  for (const std::string& text : class_texts) {
    const auto size = static_cast<std::uint32_t>(text.size());
    classes.append(reinterpret_cast<const char*>(&size), sizeof size);
    classes += text;
  }
  classes.resize((classes.size() + 7) / 8 * 8);
  const std::vector<std::uint32_t> table = table_of(entries);
  Header header;
  header.identity = identity;
  header.entries = entries.size();
  header.payloads = payload_begins.size() - 1;
  header.class_count = class_texts.size();
  header.class_bytes = classes.size();
  header.table = table.size();
  header.payload_bytes = payload_begins.back();
  std::string checked;
  checked.reserve(entries.size_bytes() + payload_begins.size_bytes() + classes.size());
  checked += bytes_of(entries);
  checked += bytes_of(payload_begins);
  checked += classes;
  header.checksum = checksum_of(checked);
  header.header_checksum = checksum_of_header(header);
  return file.put(bytes_of(header)) && file.put(checked) &&
         file.put(bytes_of(std::span<const std::uint32_t>(table)));
}

} // namespace writ::cache
