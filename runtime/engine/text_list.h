// SPDX-License-Identifier: MIT
// Many texts in one piece of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

class TextList {
public:
  void push_back(std::string_view text) {
    all_ += text;
    ends_.push_back(all_.size());
  }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] bool empty() const { return ends_.empty(); }
  /// Valid until the next push_back().
  [[nodiscard]] std::string_view operator[](std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(all_).substr(begin, ends_[index] - begin);
  }

private:
  std::string all_;
  std::vector<std::size_t> ends_;
};

} // namespace writ
