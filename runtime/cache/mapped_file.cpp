// SPDX-License-Identifier: MIT
#include "cache/mapped_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <random>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace writ::cache {

namespace {
constexpr std::size_t kBuffer = std::size_t{256} * 1024;
}

std::unique_ptr<MappedFile> MappedFile::open(const std::string& path, std::string& problem, bool& absent) {
  absent = false;
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    absent = errno == ENOENT;
    problem = std::strerror(errno);
    return nullptr;
  }
  struct stat status {};
  std::unique_ptr<MappedFile> file(new MappedFile); // NOLINT: the constructor is private
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    problem = "it is no file";
  } else if (status.st_size > 0) {
    const auto size = static_cast<std::size_t>(status.st_size);
    void* mapped = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (mapped == MAP_FAILED)
      problem = std::strerror(errno);
    else
      file->text_ = {static_cast<const char*>(mapped), size};
  }
  ::close(descriptor);
  return problem.empty() ? std::move(file) : nullptr;
}

MappedFile::~MappedFile() {
  if (!text_.empty()) ::munmap(const_cast<char*>(text_.data()), text_.size()); // NOLINT
}

NewFile::NewFile(std::string path, bool shared) : path_(std::move(path)) {
  temporary_ = path_ + "." + std::to_string(std::random_device()()) + ".tmp";
  descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, shared ? 0666 : 0600);
  if (descriptor_ < 0) problem_ = std::strerror(errno);
}

NewFile::~NewFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(temporary_.c_str());
}

bool NewFile::flush() {
  if (descriptor_ < 0) return false;
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      problem_ = std::strerror(errno);
      return false;
    }
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return true;
}

bool NewFile::put(std::string_view bytes) {
  if (!problem_.empty()) return false;
  buffer_ += bytes;
  size_ += bytes.size();
  return buffer_.size() < kBuffer || flush();
}

bool NewFile::finish() {
  if (!problem_.empty() || !flush()) return false;
  ::close(descriptor_);
  descriptor_ = -1;
  if (std::rename(temporary_.c_str(), path_.c_str()) == 0) return true;
  problem_ = std::strerror(errno);
  ::unlink(temporary_.c_str());
  return false;
}

} // namespace writ::cache
