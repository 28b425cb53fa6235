// SPDX-License-Identifier: MIT
#include "writ/arena.h"

#include <algorithm>

namespace writ {

namespace {
constexpr std::size_t kFirstBlock = 16 * 1024;
constexpr std::size_t kLargestBlock = 1024 * 1024;
} // namespace

void* Arena::allocate(std::size_t bytes, std::size_t alignment) {
  if (!blocks_.empty()) {
    const std::size_t aligned = (offset_ + alignment - 1) & ~(alignment - 1);
    if (aligned + bytes <= blocks_.back().size) {
      offset_ = aligned + bytes;
      return blocks_.back().data.get() + aligned;
    }
  }
  std::size_t size = blocks_.empty() ? kFirstBlock : std::min(blocks_.back().size * 2, kLargestBlock);
  size = std::max(size, bytes + alignment);
  used_before_ += offset_;
  blocks_.push_back({std::make_unique<std::byte[]>(size), size});
  offset_ = bytes; // operator new[] aligns for every fundamental type
  return blocks_.back().data.get();
}

void Arena::reset() {
  if (blocks_.size() > 1) {
    // One block of the largest size serves the next round without growing again.
    auto largest = std::max_element(blocks_.begin(), blocks_.end(),
                                    [](const Block& a, const Block& b) { return a.size < b.size; });
    Block keep = std::move(*largest);
    blocks_.clear();
    blocks_.push_back(std::move(keep));
  }
  offset_ = 0;
  used_before_ = 0;
}

} // namespace writ
