// SPDX-License-Identifier: MIT
// Bytes that are written once and read again later: in memory as long as they are few, then in a file that
// has no name and goes away with the program.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace writ {

class Spool {
public:
  static constexpr std::size_t kInMemory = std::size_t{4} * 1024 * 1024;

  /// `folder` is where the file would be; empty = where the system keeps temporary files. `in_memory` is how
  /// many bytes are collected before some are written.
  explicit Spool(std::string folder = {}, std::size_t in_memory = kInMemory)
      : folder_(std::move(folder)), in_memory_(in_memory) {}
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  void append(std::string_view bytes);
  [[nodiscard]] std::uint64_t size() const { return in_file_ + buffer_.size(); }
  /// Hands out a range of what was appended, piece by piece. False when the disk or `take` refused.
  bool read(std::uint64_t at, std::uint64_t bytes, const std::function<bool(std::string_view)>& take) const;
  /// Why bytes were lost; empty = none were.
  [[nodiscard]] const std::string& problem() const { return problem_; }

private:
  void flush();
  std::string folder_;
  std::size_t in_memory_;
  std::string buffer_; // behind what is in the file
  std::uint64_t in_file_ = 0;
  int descriptor_ = -1;
  std::string problem_;
};

} // namespace writ
