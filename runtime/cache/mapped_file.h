// SPDX-License-Identifier: MIT
// A file as text, read-only.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace writ::cache {

class MappedFile {
public:
  /// Null, with the reason; `absent` when there is no such file.
  static std::unique_ptr<MappedFile> open(const std::string& path, std::string& problem, bool& absent);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  [[nodiscard]] std::string_view text() const { return text_; }

private:
  MappedFile() = default;
  std::string_view text_;
};

/// Writes a file under a name of its own and gives it its final name when it is whole.
class NewFile {
public:
  /// `shared`: as files are made by default; otherwise only the owner may read it.
  explicit NewFile(std::string path, bool shared = false);
  ~NewFile();
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  bool put(std::string_view bytes);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  bool finish();
  /// Why something was refused; empty = nothing was.
  [[nodiscard]] const std::string& problem() const { return problem_; }

private:
  bool flush();
  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
  std::string buffer_;
  std::uint64_t size_ = 0;
  std::string problem_;
};

} // namespace writ::cache
