// SPDX-License-Identifier: MIT
#include "writ/spool.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <unistd.h>

namespace writ {

Spool::~Spool() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Spool::append(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= in_memory_) flush();
}

void Spool::flush() {
  if (!problem_.empty()) return;
  if (descriptor_ < 0) {
    std::error_code error;
    std::string path = folder_.empty() ? std::filesystem::temp_directory_path(error).string() : folder_;
    path += "/writ-XXXXXX";
    descriptor_ = ::mkstemp(path.data());
    if (descriptor_ < 0) {
      problem_ = "a temporary file cannot be made: " + std::string(std::strerror(errno));
      return;
    }
    ::unlink(path.c_str());
  }
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      problem_ = "a temporary file cannot be written: " + std::string(std::strerror(errno));
      return;
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  in_file_ += buffer_.size();
  buffer_.clear();
}

bool Spool::read(std::uint64_t at, std::uint64_t bytes,
                 const std::function<bool(std::string_view)>& take) const {
  while (bytes > 0 && at < in_file_) {
    char piece[std::size_t{16} * 1024];
    const std::uint64_t wanted = std::min({bytes, in_file_ - at, std::uint64_t{sizeof piece}});
    const ssize_t got = ::pread(descriptor_, piece, wanted, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || !take({piece, static_cast<std::size_t>(got)})) return false;
    at += static_cast<std::uint64_t>(got);
    bytes -= static_cast<std::uint64_t>(got);
  }
  if (bytes == 0) return true;
  at -= in_file_;
  return at <= buffer_.size() && bytes <= buffer_.size() - at &&
         take(std::string_view(buffer_).substr(at, bytes));
}

} // namespace writ
