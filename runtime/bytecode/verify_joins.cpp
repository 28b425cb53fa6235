// SPDX-License-Identifier: MIT
// Verifier, part 5: joins, and the conditions over them.
#include "verifier.h"
#include "writ/bytecode/format.h"

namespace writ::bc {

namespace {

Diagnostic contradiction(const char* what) { return Diagnostic(Code::BundleTable, {}, what); }

/// A condition in postfix order: every operator finds its operands, one truth remains.
Status verify_terms(const Program& program, const Control& control, std::uint32_t first,
                    std::uint32_t count) {
  std::uint64_t depth = 0;
  for (std::uint32_t t = first; t < first + count; ++t) {
    const JoinTerm& term = program.join_terms[t];
    switch (term.kind) {
    case JoinTermKind::Condition:
      if (term.condition == kNone) return contradiction("a condition over joins lacks a block");
      ++depth;
      break;
    case JoinTermKind::Compare:
      if (term.right == kNone || term.join == kNone)
        return contradiction("a comparison of a join lacks a side");
      if (term.join < control.first_join || term.join - control.first_join >= control.join_count)
        return contradiction("a control compares a join of another control");
      ++depth;
      break;
    case JoinTermKind::Not:
      if (depth == 0) return contradiction("a condition over joins negates nothing");
      break;
    case JoinTermKind::All:
    case JoinTermKind::Any:
      if (term.count > depth) return contradiction("a condition over joins lacks operands");
      depth -= term.count;
      ++depth;
      break;
    }
  }
  if (count > 0 && depth != 1) return contradiction("a condition over joins does not come to one truth");
  return Done{};
}

} // namespace

Status verify_joins(const Program& program) {
  for (const JoinInfo& join : program.joins) {
    if ((join.place == JoinPlace::NamedResourceGroup) != (join.group != kNone))
      return contradiction("a join and its resource group do not agree");
    if (!is_lower(program.strings[join.type])) return contradiction("the type of a join is not folded");
    if (join.key_count > ProgramLimits::kJoinKeys)
      return Diagnostic(Code::BundleLimit, {}, "a join has too many keys");
  }
  for (const JoinKey& key : program.join_keys)
    if (key.inner_list && key.outer_list) return contradiction("both sides of a key of a join are lists");
  for (const Control& control : program.controls) {
    if (auto status = verify_terms(program, control, control.first_term, control.term_count); !status)
      return status;
    for (std::uint32_t v = 0; v < control.violation_count; ++v) {
      const ViolationInfo& violation = program.violations[control.first_violation + v];
      if (auto status = verify_terms(program, control, violation.first_term, violation.term_count); !status)
        return status;
    }
  }
  return Done{};
}

} // namespace writ::bc
