// SPDX-License-Identifier: MIT
// What an evaluation says: verdicts, evidence, summary. All that reports may know.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// Source: docs/azure-policy-semantics.md, "Verdicts".
enum class Verdict : std::uint8_t { Compliant, NonCompliant, NotApplicable, Exempt, Unknown, Error };
inline constexpr std::size_t kVerdictCount = 6;
/// "compliant", "noncompliant", "not-applicable", "exempt", "unknown", "error".
std::string_view to_text(Verdict verdict);

/// One test that decided a verdict.
struct Evidence {
  std::string pointer; ///< JSON pointer into the resource, with array indices; empty for computed values
  std::string field;   ///< field name as in the policy
  std::string operator_name; ///< Azure spelling
  std::string actual;        ///< JSON text; "" = missing
  std::string expected;      ///< JSON text
  bool negated =
      false; ///< the test stood under a negation: it decided by being true where false was required
};

/// Where a resource was read. `line` counts from 1.
struct ResourceRef {
  std::string id;
  std::string type;
  std::string name;
  std::string file;
  std::uint64_t line = 0;
  std::uint64_t byte_begin = 0; ///< byte range in the file
  std::uint64_t byte_end = 0;
};

/// The control of a finding: borrowed from the bundle, valid as long as the engine.
struct ControlRef {
  std::string_view id;
  std::string_view symbol;
  std::string_view title;
  std::string_view severity;
  std::string_view category;
  std::string_view description;
  std::string_view fix;
  std::string_view link;
  std::string_view mappings;
  std::string_view file;
  std::uint32_t line = 0;
  // What it is part of; empty = of nothing. `id` is then the reference id of the member.
  std::string_view initiative; ///< name
  std::string_view assignment; ///< id, or the name of one without id
  std::vector<std::string_view> groups;
  bool do_not_enforce = false; ///< enforcementMode of the assignment
};

/// An entry of the exemption ledger. The engine knows none: whoever applies a ledger fills it in.
struct ExemptionInfo {
  std::string name;
  std::string owner;
  std::string reason;
  std::string ticket;   ///< or empty
  std::string category; ///< Waiver or Mitigated
  std::string expires;  ///< as written
};

/// A verdict about one resource. Valid only during the callback that receives it; copy to keep.
struct Finding {
  const ControlRef* control = nullptr;
  const ResourceRef* resource = nullptr;
  Verdict verdict = Verdict::NotApplicable;
  std::string effect;                ///< resolved, the definition's own spelling; only when noncompliant
  std::string details_json;          ///< resolved details as JSON object/array text, or empty
  std::vector<std::string> messages; ///< one per violated requirement
  std::string reason;                ///< why: not applicable, unknown, error, exempt
  std::vector<Evidence> evidence;
  const ExemptionInfo* exemption = nullptr; ///< the entry of a ledger that makes it exempt
};

/// Counts of one control.
struct ControlSummary {
  std::uint64_t counts[kVerdictCount] = {};
  std::uint64_t applicable = 0; ///< resources it looked at (everything but not-applicable)
  void count(Verdict verdict, std::uint64_t times = 1) {
    counts[static_cast<std::size_t>(verdict)] += times;
    if (verdict != Verdict::NotApplicable) applicable += times;
  }
};

} // namespace writ
