// SPDX-License-Identifier: MIT
// The bundle file (.writb): layout, version history, and the limits that a valid program keeps.
//
// Layout, all numbers little-endian, no padding:
//
//   magic     8 bytes  "WRITB" CR LF SUB: a text-mode copy or a truncated download is noticed at once
//   version   u32      kFormatVersion
//   hash      u64      XXH64 (seed 0) of every byte after this field
//   sections  u32      number of sections: all of sections.def, in its order
//   then per section: id u32, count u32 (records), size u64 (bytes); then the sections' bytes, one after the
//   other, nothing between them and nothing after the last.
//
// A record is its fields in the order of records.h: StringId, index, number u32; register counts u16; flags
// and enums one byte. Strings are u32 length + UTF-8. A constant is a tag byte and its content (see
// constants.h). The hash finds damage, it does not authenticate; what a hostile file says is checked by the
// verifier.
//
// Versions
//   1  first format
//   2  initiatives, assignments, exemptions and the instances of controls in them
//   3  joins; fields for the ids of parent, resource group and subscription
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace writ::bc {

inline constexpr std::string_view kMagic{"WRITB\r\n\x1a", 8};
inline constexpr std::uint32_t kFormatVersion = 3;
inline constexpr std::size_t kHashOffset = 12;
inline constexpr std::size_t kHashedFrom = 20;

/// What the verifier accepts. Each bound keeps verification linear and the interpreter's stack small; all lie
/// far above what a compiled rule needs (Azure allows 4096 conditions in a rule, 64 nested calls).
struct ProgramLimits {
  static constexpr std::uint32_t kRegisters = 4096; ///< values or truths of one block
  static constexpr std::uint32_t kBinders = 1024;   ///< iterations of one block
  static constexpr std::uint32_t kLoopDepth = 16;   ///< nested iterations of one block
  static constexpr std::uint32_t kTestDepth = 512;  ///< RunTest inside RunTest: recursion of the interpreter
  static constexpr std::uint32_t kArguments = 2048; ///< registers of one call, list or record
  static constexpr std::uint32_t kPathSteps = 64;   ///< steps of one path, and depth of a trie
  static constexpr std::uint32_t kPathStars = 8;    ///< [*] of one path: recursion of selections
  static constexpr std::uint32_t kPathVersions = 1024; ///< API versions of one path
  static constexpr std::uint32_t kPatternText =
      1024; ///< bytes of an Extract phrase: matching recurses over its pieces
  static constexpr std::uint32_t kConstantDepth = 128;
  static constexpr std::uint32_t kJoinKeys = 16; ///< of one join: bits of a mask
  static constexpr std::uint64_t kRangeTotal =
      1u << 24; ///< records that all ranges of one kind name, repetitions counted
  static constexpr std::uint64_t kFlowBits =
      1u << 28; ///< instructions x registers of one block: verifier memory
};

} // namespace writ::bc
