// SPDX-License-Identifier: MIT
// The cost model's order of tests.
#include "nodes.h"
#include "passes/order_tests.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::testing;

namespace {

std::string ordered(std::string_view text, const std::vector<std::string_view>& shared = {}) {
  ir::Graph graph;
  std::unordered_map<std::uint32_t, std::uint32_t> uses;
  for (std::string_view one : shared)
    uses[node_of(graph, one).index] = 50;
  passes::TestOrder order(graph, uses);
  const ir::NodeId node = node_of(graph, text);
  const ir::NodeId after = order(node);
  CHECK(order(after) == after);
  return flat(graph, after);
}

} // namespace

TEST_CASE("cheap and rarely true first in conjunctions") {
  CHECK(
      ordered(R"((and (test less (count (field "items[*]") (const true)) (lit 1))
                        (test like (field "name") (lit "a*"))
                        (test equals (field "type") (lit "A.B/c"))))") ==
      R"((and (test equals (field "type") (lit "A.B/c")) (test like (field "name") (lit "a*")) (test less (count (field "items[*]") (const true)) (lit 1))))");
  CHECK(
      ordered(R"((and (test notEquals (field "kind") (lit "a")) (test equals (field "kind") (lit "b"))))") ==
      R"((and (test equals (field "kind") (lit "b")) (test notEquals (field "kind") (lit "a"))))");
}

TEST_CASE("cheap and mostly true first in disjunctions") {
  CHECK(ordered(R"((or (test equals (field "kind") (lit "b")) (test notEquals (field "kind") (lit "a"))))") ==
        R"((or (test notEquals (field "kind") (lit "a")) (test equals (field "kind") (lit "b"))))");
  CHECK(
      ordered(
          R"((or (test equals (dynfield (param "p")) (lit "b")) (test exists (field "kind") (lit true))))") ==
      R"((or (test exists (field "kind") (lit true)) (test equals (dynfield (param "p")) (lit "b"))))");
}

TEST_CASE("ties keep the author's order") {
  CHECK(ordered(R"((and (test equals (field "name") (lit "b")) (test equals (field "kind") (lit "a"))))") ==
        R"((and (test equals (field "name") (lit "b")) (test equals (field "kind") (lit "a"))))");
}

TEST_CASE("collections and places that need a search come later") {
  CHECK(
      ordered(R"((and (test equals (field "items[*]") (lit "b")) (test equals (field "kind") (lit "a"))))") ==
      R"((and (test equals (field "kind") (lit "a")) (test equals (field "items[*]") (lit "b"))))");
  CHECK(ordered(R"((and (test equals (field "moved") (lit "b")) (test equals (field "size") (lit "a"))))") ==
        R"((and (test equals (field "size") (lit "a")) (test equals (field "moved") (lit "b"))))");
}

TEST_CASE("tests that many controls share are nearly free") {
  constexpr std::string_view kShared = R"((test like (field "name") (lit "a*")))";
  const std::string text = R"((and (test equals (field "kind") (lit "a")) )" + std::string(kShared) + ")";
  CHECK(ordered(text) == text);
  CHECK(ordered(text, {kShared}) ==
        "(and " + std::string(kShared) + R"( (test equals (field "kind") (lit "a"))))");
}

TEST_CASE("nested junctions are ordered inside and weighed as a whole") {
  CHECK(
      ordered(
          R"((and (or (test less (count (field "items[*]") (const true)) (lit 1)) (test equals (field "name")
                        (lit "x"))) (test equals (field "kind") (lit "a"))))") ==
      R"((and (test equals (field "kind") (lit "a")) (or (test equals (field "name") (lit "x")) (test less (count (field "items[*]") (const true)) (lit 1)))))");
}

TEST_CASE("estimates stay within bounds") {
  ir::Graph graph;
  const std::unordered_map<std::uint32_t, std::uint32_t> uses;
  passes::CostModel model(graph, uses);
  for (std::string_view text :
       {R"((const true))", R"((not (const true)))", R"((test notIn (field "type") (lit ["a"])))",
        R"((or (test exists (field "kind") (lit false)) (test notEquals (field "kind") (lit "a"))))"}) {
    const passes::CostModel::Estimate e = model(node_of(graph, text));
    CHECK(e.cost >= 0);
    CHECK(e.holds >= 0.01);
    CHECK(e.holds <= 0.99);
  }
}
