// SPDX-License-Identifier: MIT
// Section numbers, and the seal over a bundle's bytes.
#pragma once

#include <cstdint>
#include <string>

namespace writ::bc {

inline constexpr std::uint32_t kHeadSection = 1;
inline constexpr std::uint32_t kStringsSection = 2;
inline constexpr std::uint32_t kConstantsSection = 3;
inline constexpr std::uint32_t kCodeSection = 4;

/// Writes the hash of a bundle's bytes into its header. Tests and fuzzers use it to get past the hash.
void seal_bundle(std::string& bytes);

} // namespace writ::bc
