// SPDX-License-Identifier: MIT
#include "finding_sorter.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string_view>

namespace writ::driver {

namespace {

constexpr std::size_t kReadAhead = std::size_t{64} * 1024;

void put(std::string& out, std::uint64_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof bytes);
}
void put(std::string& out, std::string_view text) {
  put(out, std::uint64_t{text.size()});
  out += text;
}

/// Takes apart what put() wrote in this process.
class Parts {
public:
  explicit Parts(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number() {
    std::uint64_t value = 0;
    std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }
  void text(std::string& into) {
    const std::uint64_t size = number();
    into.assign(rest_.substr(0, size));
    rest_.remove_prefix(size);
  }

private:
  std::string_view rest_;
};

/// A finding as bytes: the control's address, the resource's id, the rest.
void write(std::string& out, const Finding& f) {
  put(out, static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(f.control))); // NOLINT
  put(out, f.resource->id);
  put(out, f.resource->type);
  put(out, f.resource->name);
  put(out, f.resource->file);
  put(out, f.resource->line);
  put(out, f.resource->byte_begin);
  put(out, f.resource->byte_end);
  put(out, static_cast<std::uint64_t>(f.verdict));
  put(out, f.effect);
  put(out, f.details_json);
  put(out, f.reason);
  put(out, std::uint64_t{f.messages.size()});
  for (const std::string& message : f.messages)
    put(out, message);
  put(out, std::uint64_t{f.evidence.size()});
  for (const Evidence& e : f.evidence) {
    put(out, e.pointer);
    put(out, e.field);
    put(out, e.operator_name);
    put(out, e.actual);
    put(out, e.expected);
    put(out, std::uint64_t{e.negated});
  }
  put(out, static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(f.exemption))); // NOLINT
}

const ControlRef* control_of(std::uint64_t address) {
  return reinterpret_cast<const ControlRef*>(static_cast<std::uintptr_t>(address)); // NOLINT
}

void read(std::string_view bytes, Finding& f, ResourceRef& r) {
  Parts in(bytes);
  f.control = control_of(in.number());
  f.resource = &r;
  in.text(r.id);
  in.text(r.type);
  in.text(r.name);
  in.text(r.file);
  r.line = in.number();
  r.byte_begin = in.number();
  r.byte_end = in.number();
  f.verdict = static_cast<Verdict>(in.number());
  in.text(f.effect);
  in.text(f.details_json);
  in.text(f.reason);
  f.messages.resize(in.number());
  for (std::string& message : f.messages)
    in.text(message);
  f.evidence.resize(in.number());
  for (Evidence& e : f.evidence) {
    in.text(e.pointer);
    in.text(e.field);
    in.text(e.operator_name);
    in.text(e.actual);
    in.text(e.expected);
    e.negated = in.number() != 0;
  }
  f.exemption = reinterpret_cast<const ExemptionInfo*>(static_cast<std::uintptr_t>(in.number())); // NOLINT
}

struct Key {
  std::string_view control;
  std::string_view resource;
  bool operator<(const Key& other) const {
    return control != other.control ? control < other.control : resource < other.resource;
  }
};

constexpr std::size_t kIdAt = 2 * sizeof(std::uint64_t); // behind the control and the length of the id

/// Reads one sorted run: records, each with its length in front.
class RunReader {
public:
  RunReader(const Spool& spool, std::uint64_t at, std::uint64_t size) : spool_(spool), at_(at), left_(size) {}
  /// False at the end, or when the disk failed.
  bool next() {
    if (begin_ + sizeof(std::uint64_t) > buffer_.size() && !fill(sizeof(std::uint64_t))) return false;
    std::uint64_t size = 0;
    std::memcpy(&size, buffer_.data() + begin_, sizeof size);
    if (begin_ + sizeof size + size > buffer_.size() && !fill(sizeof size + size)) return false;
    record_ = std::string_view(buffer_).substr(begin_ + sizeof size, size);
    begin_ += sizeof size + size;
    Parts in(record_);
    const ControlRef* control = control_of(in.number());
    key = {control->id, record_.substr(kIdAt, in.number())};
    return true;
  }
  [[nodiscard]] std::string_view record() const { return record_; }
  [[nodiscard]] bool failed() const { return failed_; }
  Key key;

private:
  bool fill(std::size_t wanted) {
    if (left_ == 0) return false;
    buffer_.erase(0, begin_);
    begin_ = 0;
    const std::uint64_t more = std::min<std::uint64_t>(left_, std::max(kReadAhead, wanted));
    failed_ = !spool_.read(at_, more, [&](std::string_view piece) {
      buffer_ += piece;
      return true;
    });
    at_ += more;
    left_ -= more;
    return !failed_ && buffer_.size() >= wanted;
  }
  const Spool& spool_;
  std::uint64_t at_;
  std::uint64_t left_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::string_view record_;
  bool failed_ = false;
};

} // namespace

void FindingSorter::add(const Finding& finding) {
  const std::size_t at = bytes_.size();
  write(bytes_, finding);
  items_.push_back({at, finding.control, static_cast<std::uint32_t>(bytes_.size() - at),
                    static_cast<std::uint32_t>(finding.resource->id.size())});
  if (bytes_.size() + items_.size() * sizeof(Item) >= run_bytes_) spill();
}

void FindingSorter::sort() {
  const auto key = [&](const Item& item) {
    return Key{item.control->id, std::string_view(bytes_).substr(item.at + kIdAt, item.id_size)};
  };
  std::sort(items_.begin(), items_.end(), [&](const Item& a, const Item& b) {
    const Key left = key(a);
    const Key right = key(b);
    if (left < right) return true;
    if (right < left) return false;
    return a.at < b.at;
  });
}

void FindingSorter::spill() {
  sort();
  Run run{runs_.size(), 0};
  std::string framed;
  for (const Item& item : items_) {
    framed.clear();
    put(framed, std::uint64_t{item.size});
    framed.append(bytes_, item.at, item.size);
    runs_.append(framed);
    run.size += framed.size();
  }
  run_places_.push_back(run);
  items_.clear();
  bytes_.clear();
}

bool FindingSorter::each(const std::function<void(const Finding&)>& take) {
  Finding finding;
  ResourceRef resource;
  if (run_places_.empty()) {
    sort();
    for (const Item& item : items_) {
      read(std::string_view(bytes_).substr(item.at), finding, resource);
      take(finding);
    }
    return true;
  }
  if (!items_.empty()) spill();
  bytes_.shrink_to_fit();
  std::vector<std::unique_ptr<RunReader>> readers;
  // A heap of run numbers; of equal keys the earlier run comes first.
  std::vector<std::size_t> heap;
  const auto later = [&](std::size_t a, std::size_t b) {
    if (readers[a]->key < readers[b]->key) return false;
    if (readers[b]->key < readers[a]->key) return true;
    return a > b;
  };
  for (const Run& run : run_places_) {
    readers.push_back(std::make_unique<RunReader>(runs_, run.at, run.size));
    if (readers.back()->next()) heap.push_back(readers.size() - 1);
  }
  std::make_heap(heap.begin(), heap.end(), later);
  while (!heap.empty()) {
    std::pop_heap(heap.begin(), heap.end(), later);
    RunReader& first = *readers[heap.back()];
    read(first.record(), finding, resource);
    take(finding);
    if (first.next())
      std::push_heap(heap.begin(), heap.end(), later);
    else
      heap.pop_back();
  }
  problem_ = runs_.problem();
  for (const auto& reader : readers)
    if (reader->failed() && problem_.empty()) problem_ = "a temporary file cannot be read";
  return problem_.empty();
}

} // namespace writ::driver
