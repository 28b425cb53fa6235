// SPDX-License-Identifier: MIT
#include "vm/evidence.h"

#include "writ/text.h"

#include <charconv>
#include <optional>

namespace writ::vm {

namespace {

/// Which elements a count's outcome rests on.
enum class Responsible : std::uint8_t { None, Counted, NotCounted };

std::optional<double> number_in(std::string_view json) {
  double value = 0;
  const auto [end, failure] = std::from_chars(json.data(), json.data() + json.size(), value);
  if (failure != std::errc() || end != json.data() + json.size()) return std::nullopt;
  return value;
}

/// A count that is high rests on the elements that count, a low one on those that do not.
Responsible responsible_elements(const TraceNode& count) {
  const bool holds = count.truth == Truth::True;
  switch (count.op) {
  case Operator::Greater:
  case Operator::GreaterOrEquals:
    return holds ? Responsible::Counted : Responsible::NotCounted;
  case Operator::Less:
  case Operator::LessOrEquals:
    return holds ? Responsible::NotCounted : Responsible::Counted;
  default:
    break;
  }
  const auto actual = number_in(count.actual);
  const auto expected = number_in(count.expected);
  if (!actual || !expected || *actual == *expected) return Responsible::None;
  return *actual > *expected ? Responsible::Counted : Responsible::NotCounted;
}

class EvidenceCollector {
public:
  explicit EvidenceCollector(std::size_t limit) : limit_(limit) {}

  void collect(const TraceNode& node, bool negated) {
    switch (node.kind) {
    case TraceKind::Constant:
      return;
    case TraceKind::Not:
      return collect(node.children.front(), !negated);
    case TraceKind::And:
      return collect_junction(node, Truth::False, negated);
    case TraceKind::Or:
      return collect_junction(node, Truth::True, negated);
    case TraceKind::Test:
      return collect_test(node, negated);
    case TraceKind::Count:
      return collect_count(node, negated);
    }
  }
  std::vector<Evidence> found;

private:
  /// `deciding`: one operand with this truth settles the junction.
  void collect_junction(const TraceNode& node, Truth deciding, bool negated) {
    for (const TraceNode& child : node.children) {
      if (child.truth != node.truth)
        continue; // decided by one: the others do not matter; undecided: nor do the decided
      collect(child, negated);
      if (node.truth == deciding) return;
    }
  }
  void add(const TraceNode& node, const std::string& pointer, const std::string& actual, bool negated) {
    if (found.size() >= limit_) return;
    Evidence evidence;
    evidence.pointer = pointer;
    evidence.field = node.field;
    evidence.operator_name = info(node.op).azure_name;
    evidence.actual = actual;
    evidence.expected = node.expected;
    evidence.negated = negated;
    found.push_back(std::move(evidence));
  }
  void collect_test(const TraceNode& node, bool negated) {
    for (const TracedValue& value : node.values)
      if (value.truth == node.truth) add(node, value.pointer, value.actual, negated);
    if (node.values.empty())
      add(node, {}, {}, negated); // an array condition over no member, or a failed name
  }
  void collect_count(const TraceNode& node, bool negated) {
    add(node, node.pointer, node.actual, negated);
    const Responsible responsible = decided(node.truth) ? responsible_elements(node) : Responsible::None;
    for (std::size_t e = 0; e < node.children.size() && e < node.values.size(); ++e) {
      const Truth truth = node.values[e].truth;
      const bool matters = decided(node.truth)
                               ? (responsible == Responsible::Counted && truth == Truth::True) ||
                                     (responsible == Responsible::NotCounted && truth == Truth::False)
                               : truth == node.truth;
      if (matters) collect(node.children[e], false);
    }
  }

  std::size_t limit_;
};

} // namespace

std::vector<Evidence> evidence_of(const TraceNode& trace, std::size_t limit) {
  EvidenceCollector collector(limit);
  collector.collect(trace, false);
  return std::move(collector.found);
}

} // namespace writ::vm
