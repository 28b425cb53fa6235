// SPDX-License-Identifier: MIT
// Hashes of 128 bits: what the cache and partial results call equal. XXH3 behind a wall.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace writ::cache {

struct Digest {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  bool operator==(const Digest&) const = default;
};
/// 32 hexadecimal digits.
std::string to_hex(const Digest& digest);

Digest digest_of(std::string_view bytes);
std::uint64_t checksum_of(std::string_view bytes);

/// XXH3 is fast and not made to withstand an attacker, who might shape a resource so that it hashes like
/// another one. What nobody outside knows takes that away: every cache has its own secret.
inline constexpr std::size_t kSecretBytes = 192;
using Secret = std::array<char, kSecretBytes>;
/// From the random numbers of the system.
Secret make_secret();
Digest digest_of(std::string_view bytes, const Secret& secret);

/// The digest of a text that comes piece by piece.
class DigestStream {
public:
  DigestStream();
  ~DigestStream();
  DigestStream(DigestStream&&) noexcept;
  DigestStream& operator=(DigestStream&&) noexcept;
  void add(std::string_view bytes);
  /// With its length in front, so that no two lists of texts are one.
  void add_text(std::string_view text);
  void add_number(std::uint64_t number);
  [[nodiscard]] Digest digest() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace writ::cache
