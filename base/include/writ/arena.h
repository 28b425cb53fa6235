// SPDX-License-Identifier: MIT
// Bump allocator for values and trees whose life ends all at once.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace writ {

/// Not thread-safe. Only trivially destructible types: nothing is destroyed, memory is reused after reset().
class Arena {
public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  Arena(Arena&&) = default;
  Arena& operator=(Arena&&) = default;

  void* allocate(std::size_t bytes, std::size_t alignment);

  template <typename T> std::span<T> array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (count == 0) return {};
    auto* data = static_cast<T*>(allocate(count * sizeof(T), alignof(T)));
    for (std::size_t i = 0; i < count; ++i)
      new (data + i) T();
    return {data, count};
  }
  template <typename T> T* make(const T& value) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T(value);
  }
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {"", 0};
    auto* data = static_cast<char*>(allocate(text.size(), 1));
    std::memcpy(data, text.data(), text.size());
    return {data, text.size()};
  }
  /// Forgets everything, keeps one block for reuse.
  void reset();
  [[nodiscard]] std::size_t bytes_used() const { return used_before_ + offset_; }

private:
  struct Block {
    std::unique_ptr<std::byte[]> data;
    std::size_t size = 0;
  };
  std::vector<Block> blocks_;
  std::size_t offset_ = 0;
  std::size_t used_before_ = 0;
};

} // namespace writ
