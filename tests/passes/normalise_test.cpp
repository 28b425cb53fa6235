// SPDX-License-Identifier: MIT
// Negations move down where the meaning allows, and stop where it does not.
#include "nodes.h"
#include "passes/normalise.h"
#include "passes/single_valued.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::testing;

namespace {

struct Row {
  std::string_view before;
  std::string_view after; ///< empty = stays as it is
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    ir::Graph graph;
    passes::Normaliser normalise(graph);
    const ir::NodeId before = node_of(graph, row.before);
    INFO(row.before);
    const ir::NodeId after = normalise(before);
    CHECK(flat(graph, after) == (row.after.empty() ? flat(graph, before) : row.after));
    CHECK(normalise(after) == after);
    // Twice negated is the same again.
    CHECK(normalise(graph.negate(normalise(graph.negate(before)))) == after);
  }
}

} // namespace

TEST_CASE("the negation law turns operators around") {
  for (const OperatorInfo& row : all_operators()) {
    ir::Graph graph;
    const ir::NodeId test = graph.test(row.op, node_of(graph, R"((field "kind"))"), graph.literal_text("x"));
    const ir::NodeId negated = passes::Normaliser(graph)(graph.negate(test));
    INFO(row.azure_name);
    if (row.negated == row.op)
      CHECK(negated == graph.negate(test));
    else
      CHECK(graph.node(negated).op == row.negated);
  }
}

TEST_CASE("negation goes through junctions") {
  check({
      {R"((not (and (test equals (field "kind") (lit "a")) (test less (field "size") (lit 1)))))",
       R"((or (test notEquals (field "kind") (lit "a")) (not (test less (field "size") (lit 1)))))"},
      {R"((not (or (test like (field "kind") (lit "a*")) (not (test in (field "name") (lit [1]))))))",
       R"((and (test notLike (field "kind") (lit "a*")) (test in (field "name") (lit [1]))))"},
      {R"((and (not (or (test equals (field "kind") (lit "a")) (test equals (field "kind") (lit "b")))) (test
          exists (field "name") (lit true))))",
       R"((and (test notEquals (field "kind") (lit "a")) (test notEquals (field "kind") (lit "b")) (test exists (field "name") (lit true))))"},
  });
}

TEST_CASE("exists is turned around by its right side") {
  check({
      {R"((not (test exists (field "kind") (lit true))))", R"((test exists (field "kind") (lit false)))"},
      {R"((not (test exists (field "kind") (lit false))))", R"((test exists (field "kind") (lit true)))"},
      {R"((not (test exists (field "kind") (lit "true"))))", {}},
      {R"((not (test exists (field "kind") (param "p"))))", {}},
      {R"((not (test exists (field "items[*].key") (lit true))))", {}},
  });
}

TEST_CASE("collections keep their negation") {
  // `some is not x` is more than `none is x`: Azure's all-of reading of [*].
  check({
      {R"((not (test equals (field "items[*]") (lit 1))))", {}},
      {R"((not (test equals (field "moved") (lit 1))))", {}},
      {R"((not (test equals (field "mixed") (lit 1))))", {}},
      {R"((not (test equals (dynfield (param "p")) (lit 1))))", {}},
  });
}

TEST_CASE("values, elements and counts are single") {
  check({
      {R"((not (test equals (value "items[*]") (lit 1))))", R"((test notEquals (value "items[*]") (lit 1)))"},
      {R"((not (test equals (count (field "items[*]") (const true)) (lit 1))))",
       R"((test notEquals (count (field "items[*]") (const true)) (lit 1)))"},
      {R"((test less (count (field "items[*]") (not (test equals (field "items[*].key" binder 0 level 1) (lit 1))))
          (lit 1)))",
       R"((test less (count (field "items[*]") (test notEquals (field "items[*].key" binder 0 level 1) (lit 1))) (lit 1)))"},
      {R"((test less (count (field "items[*]") (not (test equals (field "items[*].parts[*]" binder 0 level 1) (lit
          1)))) (lit 1)))",
       {}},
      {R"((test less (count (lit [1,2]) (not (test equals (current binder 0 level 1) (lit 1)))) (lit 1)))",
       R"((test less (count (lit [1,2]) (test notEquals (current binder 0 level 1) (lit 1))) (lit 1)))"},
  });
}

TEST_CASE("ordering operators keep their negation") {
  check({{R"((not (test less (field "size") (lit 1))))", {}},
         {R"((not (test greaterOrEquals (field "size") (lit 1))))", {}}});
}
