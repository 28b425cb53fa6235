// SPDX-License-Identifier: MIT
// What the verifier refuses, and that it accepts what is well formed.
#include "ir/dump.h"
#include "ir/verify.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::ir;

namespace {

constexpr std::string_view kFields = R"(
(field "rules" alias (on "A.B/c" (path "properties.rules[*]")))
(field "rules.key" alias (on "A.B/c" (path "properties.rules[*].key")))
(field "ports" alias (on "A.B/c" (path "properties.rules[*].ports[*]")))
)";

std::vector<Problem> problems_of(std::string_view text, bool primary_allowed = false) {
  Graph graph;
  const ParsedNode parsed = parse_node(graph, text, kFields);
  INFO(parsed.error);
  REQUIRE(parsed.node.valid());
  return verify(graph, parsed.node, primary_allowed);
}

bool mentions(const std::vector<Problem>& problems, std::string_view text) {
  for (const Problem& problem : problems)
    if (problem.text.find(text) != std::string::npos) return true;
  return false;
}

} // namespace

TEST_CASE("well-formed nodes pass") {
  const auto text = GENERATE(
      as<std::string_view>(), R"((const true))", R"((test equals (field "rules") (lit 1)))",
      R"((test less (count (field "ports") (and (test equals (field "rules.key" binder 0
                                level 1) (lit 1)) (test equals (field "ports" binder 0 level 2) (lit 1))))
                                (lit 2)))",
      R"((test less (count (field "rules") (test less (count (field "ports" binder 0 level
                                1) (test equals (current binder 1 level 1) (current binder 0 level 2))) (lit 1)))
                                (lit 2)))",
      R"((test less (count (lit [1,2]) (test equals (current binder 0 level 1) (lit 1)))
                                (lit 2)))",
      R"((test less (count (list (lit 1)) (const true)) (lit 1)))",
      R"((test equals (dynfield (lit "kind")) (lit 1)))", R"((text (value "kind") (lit " is bad")))");
  INFO(text);
  const auto problems = problems_of(text);
  REQUIRE(problems.empty());
}

TEST_CASE("malformed nodes are named") {
  const auto [text, reason] = GENERATE(table<std::string_view, std::string_view>({
      {R"((and (lit 1) (lit 2)))", "a child is not a condition"},
      {R"((not (value "kind")))", "a child is not a condition"},
      {R"((test equals (const true) (lit true)))", "a child is not an operand"},
      {R"((call not (const true)))", "a child is not an operand"},
      {R"((list (test equals (lit 1) (lit 1))))", "a child is not an operand"},
      {R"((call field (lit "kind")))", "a function that is a node of its own"},
      {R"((call length (lit "a") (lit "b")))", "wrong number of arguments"},
      {R"((test equals (lit 1) (field "kind")))", "a field where a value is wanted"},
      {R"((call length (field "kind")))", "a field where a value is wanted"},
      {R"((text (dynfield (lit "kind"))))", "a field where a value is wanted"},
      {R"((current binder 0 level 1))", "no count around for binder 0"},
      {R"((current))", "an element without a count"},
      {R"((test equals (field "rules.key" binder 0 level 1) (lit 1)))", "no count around for binder 0"},
      {R"((test less (count (field "rules") (test equals (field "rules.key" binder 1 level 1) (lit 1)))
        (lit 1)))",
       "no count around for binder 1"},
      {R"((test less (count (field "rules") (test equals (field "ports" binder 0 level 2) (lit 1))) (lit 1)))",
       "level beyond the stars of the collection"},
      {R"((test less (count (field "ports") (test equals (field "rules.key" binder 0 level 2) (lit 1))) (lit 1)))",
       "level beyond the stars of the field"},
      {R"((test less (count (field "rules") (test equals (current binder 0 level 0) (lit 1))) (lit 1)))",
       "level beyond the stars of the collection"},
      {R"((test less (count (lit [1]) (test equals (field "rules.key" binder 0 level 1) (lit 1))) (lit 1)))",
       "a field bound to an element of a value"},
      {R"((test less (count (field "rules.key") (const true)) (lit 1)))",
       "the counted field does not end in [*]"},
      {R"((test less (count (dynfield (lit "kind")) (const true)) (lit 1)))",
       "the counted field does not end in [*]"},
      {R"((test less (count (const true) (const true)) (lit 1)))",
       "a count needs a collection and a condition"},
      {R"((test less (count (lit []) (lit 1)) (lit 1)))", "a count needs a collection and a condition"},
      {R"((test equals (value "kind" primary) (lit 1)))",
       "the primary is read outside an existence condition"},
      {R"((dynvalue primary (lit "kind")))", "the primary is read outside an existence condition"},
  }));
  INFO(text);
  const auto problems = problems_of(text);
  REQUIRE(mentions(problems, reason));
}

TEST_CASE("an existence condition may read the primary") {
  REQUIRE(problems_of(R"((test equals (value "kind" primary) (lit 1)))", true).empty());
}

TEST_CASE("the same count is judged by where it stands") {
  // Well formed inside a count, not outside; met first where it is well formed.
  const auto problems = problems_of(R"((and
    (test less (count (field "rules") (test equals (current binder 0 level 1) (lit 1))) (lit 1))
    (test equals (current binder 0 level 1) (lit 1))))");
  REQUIRE(problems.size() == 1);
}

TEST_CASE("holes are found, not stepped into") {
  Graph graph;
  const NodeId hole = graph.test(Operator::Equals, NodeId{}, graph.literal_text("a"));
  REQUIRE(mentions(verify(graph, hole), "is not in the graph"));
  const NodeId no_field = graph.field(FieldId{});
  REQUIRE(mentions(verify(graph, no_field), "no field"));
  REQUIRE(mentions(verify(graph, graph.field(FieldId{7})), "field 7 is not in the graph"));
  REQUIRE(mentions(verify(graph, NodeId{}), "no node"));
  const NodeId undecided = graph.literal(Value::unknown());
  REQUIRE(mentions(verify(graph, undecided), "an undecided literal"));
}

TEST_CASE("policies are verified part by part") {
  const auto [part, reason] = GENERATE(table<std::string_view, std::string_view>({
      {R"((applicable (lit true)))", "applicable is not a condition"},
      {R"((title "no condition"))", "applicable is missing"},
      {R"((applicable (const true)) (violation (lit true)))", "violation is not a condition"},
      {R"((applicable (const true)) (violation (const true) (const true)))", "message is not an operand"},
      {R"((applicable (const true)) (effect (const true)))", "effect is not an operand"},
      {R"((applicable (const true)) (parameter "p" string (default (call true))))",
       "default is not a literal"},
      {R"((applicable (const true)) (effect (lit "a") (operation (value (const true)))))",
       "operation is not an operand"},
      {R"((applicable (const true)) (effect (lit "a") (existence (condition (lit 1)))))",
       "existence condition is not a condition"},
      {R"((applicable (const true)) (effect (lit "a") (existence (type (value "kind" primary)))))",
       "the primary is read outside"},
  }));
  INFO(part);
  const ParsedSet read = parse_set("(policy \"X-9\" control " + std::string(part) + ")");
  REQUIRE(read.error.empty());
  const auto problems = verify(read.set);
  REQUIRE(mentions(problems, reason));
  REQUIRE(problems[0].policy == "X-9");
}

TEST_CASE("arguments of instances are operands of known policies") {
  ParsedSet read =
      parse_set(R"((policy "A" control (applicable (const true))) (instance 0 (argument "p" (const true))))");
  REQUIRE(mentions(verify(read.set), "argument is not an operand"));
  read.set.instances[0].policy = 5;
  REQUIRE(mentions(verify(read.set), "an instance of no policy"));
}
