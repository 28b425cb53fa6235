// SPDX-License-Identifier: MIT
// Applies a ledger to the verdicts of a run, and says afterwards which entries did nothing.
#pragma once

#include "writ/diagnostic.h"
#include "writ/finding.h"
#include "writ/ledger.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::driver {

/// What became of an entry.
enum class LedgerState : std::uint8_t { Used, Unused, Expired };
std::string_view to_text(LedgerState state);

struct LedgerLine {
  const LedgerEntry* entry = nullptr;
  LedgerState state = LedgerState::Unused;
  std::uint64_t verdicts = 0; ///< that it made exempt
};

/// One run, one thread. The entries must outlive it.
class LedgerRun {
public:
  /// Verdicts that an entry can excuse, a bit each: noncompliant and unknown. What is compliant needs no
  /// exemption, and an error is no verdict about the resource.
  static constexpr std::uint32_t kExcused =
      1U << static_cast<unsigned>(Verdict::NonCompliant) | 1U << static_cast<unsigned>(Verdict::Unknown);

  /// `now`: RFC 3339; entries that expire at or before it excuse nothing.
  LedgerRun(const std::vector<LedgerEntry>& entries, std::string_view now);

  /// The finding with the verdict exempt when an entry is about it. Of several the first counts.
  void apply(Finding& finding);

  /// How many verdicts of a control became exempt, by the verdict they had.
  [[nodiscard]] std::array<std::uint64_t, kVerdictCount> excused(const ControlRef& control) const;

  [[nodiscard]] std::vector<LedgerLine> lines() const;
  /// LedgerExpired and LedgerUnused, at the place of the entry. `evaluated`: every control of the run.
  void report(const std::vector<const ControlRef*>& evaluated, Diagnostics& diagnostics) const;

private:
  struct Entry {
    const LedgerEntry* source = nullptr;
    ExemptionInfo info;
    std::string text; ///< for the reason of a verdict
    bool expired = false;
    std::uint64_t verdicts = 0;
  };
  struct OfControl {
    std::vector<std::size_t> entries;
    std::array<std::uint64_t, kVerdictCount> excused{};
  };

  [[nodiscard]] static bool is_about(const LedgerEntry& entry, const ControlRef& control);

  std::vector<Entry> entries_;
  std::unordered_map<const ControlRef*, OfControl> controls_;
};

} // namespace writ::driver
