// SPDX-License-Identifier: MIT
// Little-endian numbers to and from bytes, whatever the machine.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace writ::bc {

template <class T> void append_number(std::string& out, T value) {
  if constexpr (std::endian::native == std::endian::little) {
    char bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    out.append(bytes, sizeof(T));
    return;
  }
  for (std::size_t i = 0; i < sizeof(T); ++i)
    out.push_back(
        static_cast<char>(static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (8 * i))));
}

template <class T> void put_number(std::string& out, std::size_t position, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i)
    out[position + i] =
        static_cast<char>(static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (8 * i)));
}

/// Requires sizeof(T) bytes at `position`.
template <class T> T number_at(std::string_view bytes, std::size_t position) {
  if constexpr (std::endian::native == std::endian::little) {
    T number{};
    std::memcpy(&number, bytes.data() + position, sizeof(T));
    return number;
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i)
    value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[position + i])) << (8 * i);
  return static_cast<T>(value);
}

/// Reads front to back. After the first failure every read yields zero and ok() stays false: callers check
/// once.
class ByteReader {
public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}
  template <class T> T number() {
    if (bytes_.size() - position_ < sizeof(T)) return fail(), T{};
    const T value = number_at<T>(bytes_, position_);
    position_ += sizeof(T);
    return value;
  }
  std::string_view text(std::size_t size) {
    if (bytes_.size() - position_ < size) return fail(), std::string_view{};
    const std::string_view part = bytes_.substr(position_, size);
    position_ += size;
    return part;
  }
  void fail() {
    ok_ = false;
    position_ = bytes_.size();
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - position_; }
  [[nodiscard]] std::size_t position() const { return position_; }

private:
  std::string_view bytes_;
  std::size_t position_ = 0;
  bool ok_ = true;
};

} // namespace writ::bc
