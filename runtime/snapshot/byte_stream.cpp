// SPDX-License-Identifier: MIT
// Opening, reading and mapping.
#include "snapshot/file_reader.h"
#include "snapshot/tape.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace writ::snapshot {

namespace {

/// A mapped file; the page behind it is mapped too, so that reading past the end is safe.
struct Mapping {
  void* address = MAP_FAILED;
  std::size_t size = 0;
  Mapping() = default;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (address != MAP_FAILED) ::munmap(address, size);
  }
};

std::size_t page_size() { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }

} // namespace

ByteStream::~ByteStream() {
  if (owned_ && descriptor_ >= 0) ::close(descriptor_);
}

std::optional<std::string> ByteStream::open(const Input& input) {
  switch (input.kind) {
  case Input::Kind::Text:
    text_ = &input.contents;
    return std::nullopt;
  case Input::Kind::Descriptor:
    descriptor_ = input.file_descriptor;
    from_start_ = ::lseek(descriptor_, 0, SEEK_CUR) == 0;
    return std::nullopt;
  case Input::Kind::Path:
    break;
  }
  if (input.name == "-") {
    descriptor_ = STDIN_FILENO;
    from_start_ = ::lseek(descriptor_, 0, SEEK_CUR) == 0;
    return std::nullopt;
  }
  descriptor_ = ::open(input.name.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor_ < 0) return std::string(std::strerror(errno));
  owned_ = true;
  struct stat status {};
  if (::fstat(descriptor_, &status) == 0 && S_ISDIR(status.st_mode)) return "it is a folder";
  return std::nullopt;
}

std::size_t ByteStream::read(char* into, std::size_t size) {
  if (text_ != nullptr) {
    const std::size_t taken = text_->copy(into, size, at_);
    at_ += taken;
    return taken;
  }
  for (;;) {
    const ssize_t got = ::read(descriptor_, into, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno == EINTR) continue;
    failure_ = std::strerror(errno);
    return 0;
  }
}

std::shared_ptr<const void> ByteStream::map(std::string_view& text) const {
  struct stat status {};
  if (text_ != nullptr || !from_start_ || ::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode) ||
      status.st_size <= 0)
    return nullptr;
  const auto size = static_cast<std::size_t>(status.st_size);
  const std::size_t page = page_size();
  auto mapping = std::make_shared<Mapping>();
  mapping->size = (size + kPadding + page - 1) / page * page;
  mapping->address = ::mmap(nullptr, mapping->size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping->address == MAP_FAILED) return nullptr;
  if (::mmap(mapping->address, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, descriptor_, 0) == MAP_FAILED)
    return nullptr;
  ::madvise(mapping->address, size, MADV_SEQUENTIAL);
  text = {static_cast<const char*>(mapping->address), size};
  return mapping;
}

void forget_pages(std::string_view text) {
  const std::size_t page = page_size();
  const auto begin = (reinterpret_cast<std::uintptr_t>(text.data()) + page - 1) / page * page;
  const auto end = reinterpret_cast<std::uintptr_t>(text.data() + text.size()) / page * page;
  if (begin < end) ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_DONTNEED);
}

TextBuffer BufferPool::take(std::size_t capacity) {
  const auto fits =
      std::find_if(free_.begin(), free_.end(), [&](const TextBuffer& b) { return b.capacity >= capacity; });
  if (fits != free_.end()) {
    TextBuffer buffer = std::move(*fits);
    free_.erase(fits);
    return buffer;
  }
  return {std::unique_ptr<char[]>(new char[capacity + kPadding]()), capacity};
}

void BufferPool::give_back(TextBuffer buffer) {
  constexpr std::size_t kKept = 16; // more never run at a time; buffers that grew for one long line go
  if (buffer.data != nullptr && buffer.capacity <= 2 * kChunkBytes && free_.size() < kKept)
    free_.push_back(std::move(buffer));
}

} // namespace writ::snapshot
