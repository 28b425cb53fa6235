// SPDX-License-Identifier: MIT
// Evidence from trees made by hand: shapes that suites do not reach.
#include "vm/evidence.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::vm;

namespace {

TraceNode test_node(std::string field, Truth truth) {
  TraceNode node;
  node.kind = TraceKind::Test;
  node.truth = truth;
  node.field = std::move(field);
  node.values.push_back({"/" + node.field, "1", truth});
  return node;
}

TraceNode junction(TraceKind kind, Truth truth, std::vector<TraceNode> children) {
  TraceNode node;
  node.kind = kind;
  node.truth = truth;
  node.children = std::move(children);
  return node;
}

std::string fields(const TraceNode& node, std::size_t limit = 50) {
  std::string text;
  for (const Evidence& e : evidence_of(node, limit))
    text += (text.empty() ? "" : " ") + e.field + (e.negated ? "!" : "");
  return text;
}

} // namespace

TEST_CASE("evidence of junctions") {
  const TraceNode yes = test_node("yes", Truth::True);
  const TraceNode no = test_node("no", Truth::False);
  const TraceNode open = test_node("open", Truth::Unknown);
  const TraceNode bad = test_node("bad", Truth::Error);
  CHECK(fields(junction(TraceKind::And, Truth::True, {yes, yes})) == "yes yes");
  CHECK(fields(junction(TraceKind::And, Truth::False, {yes, bad, no})) == "no");
  CHECK(fields(junction(TraceKind::Or, Truth::True, {no, open, yes})) == "yes");
  CHECK(fields(junction(TraceKind::Or, Truth::False, {no, no})) == "no no");
  CHECK(fields(junction(TraceKind::And, Truth::Unknown, {yes, open, open})) == "open open");
  CHECK(fields(junction(TraceKind::And, Truth::Error, {open, bad})) == "bad");
  const TraceNode negated =
      junction(TraceKind::Not, Truth::False, {junction(TraceKind::Or, Truth::True, {no, yes})});
  CHECK(fields(negated) == "yes!");
  CHECK(fields(junction(TraceKind::Not, Truth::True, {negated})) == "yes");
  CHECK(fields(TraceNode{}).empty());
}

TEST_CASE("evidence is limited") {
  const TraceNode yes = test_node("y", Truth::True);
  CHECK(fields(junction(TraceKind::And, Truth::True, std::vector<TraceNode>(100, yes)), 3) == "y y y");
}

TEST_CASE("an undecided count shows its undecided elements") {
  TraceNode count;
  count.kind = TraceKind::Count;
  count.truth = Truth::Unknown;
  count.field = "rules";
  for (const Truth truth : {Truth::True, Truth::Unknown}) {
    count.values.push_back({"", "1", truth});
    count.children.push_back(test_node(truth == Truth::True ? "yes" : "open", truth));
  }
  CHECK(fields(count) == "rules open");
}
