// SPDX-License-Identifier: MIT
// Interning and the simplifications that building does.
#include "ir/dump.h"
#include "ir/node.h"

#include <catch2/catch.hpp>
#include <set>

using namespace writ;
using namespace writ::ir;

namespace {

NodeId read(Graph& graph, std::string_view text) {
  ParsedNode parsed = parse_node(graph, text);
  INFO(parsed.error);
  REQUIRE(parsed.node.valid());
  return parsed.node;
}

std::string simplified(std::string_view text) {
  Graph graph;
  std::string out; // on one line, however long
  for (char c : dump(graph, read(graph, text))) {
    const char next = c == '\n' ? ' ' : c;
    if (next != ' ' || out.back() != ' ') out += next;
  }
  return out;
}

constexpr std::string_view kA = R"((test equals (field "kind") (lit "a")))";
constexpr std::string_view kB = R"((test equals (field "kind") (lit "b")))";

std::string join(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (std::string_view part : parts)
    out += part;
  return out;
}

} // namespace

TEST_CASE("equal nodes are one node") {
  Graph graph;
  const NodeId first = read(graph, R"((and (test in (field "type") (lit ["A.B/c", "A.B/d"])) (not (test exists
    (field "properties.x[*]") (lit true))) (test greater (count (field "properties.x[*]") (test equals
    (field "properties.x[*].k" binder 0 level 1) (lit 1))) (lit 0))))");
  const std::size_t nodes = graph.size();
  const std::size_t fields = graph.field_count();
  REQUIRE(read(graph, dump(graph, first)) == first);
  REQUIRE(graph.size() == nodes);
  REQUIRE(graph.field_count() == fields);
}

TEST_CASE("every attribute takes part in identity") {
  Graph graph;
  std::set<std::uint32_t> ids;
  const std::vector<std::string_view> different = {
      R"((field "kind"))",
      R"((value "kind"))",
      R"((value "kind" primary))",
      R"((field "properties.x[*].y[*]" binder 0 level 1))",
      R"((field "properties.x[*].y[*]" binder 0 level 2))",
      R"((field "properties.x[*].y[*]" binder 1 level 1))",
      R"((field "properties.x[*].y[*]"))",
      R"((current binder 0 level 1))",
      R"((current binder 0 level 2))",
      R"((current "properties.x[*].y" binder 0 level 1))",
      R"((lit 1))",
      R"((lit 1.0))",
      R"((lit "1"))",
      R"((lit true))",
      R"((lit "true"))",
      R"((lit null))",
      R"((lit absent))",
      R"((lit missing))",
      R"((lit []))",
      R"((lit {}))",
      R"((param "a"))",
      R"((param "b"))",
      R"((list (lit 1) (lit 2)))",
      R"((list (lit 2) (lit 1)))",
      R"((text (lit 1) (lit 2)))",
      R"((call concat (lit 1) (lit 2)))",
      R"((call createArray (lit 1) (lit 2)))",
      R"((dynfield (lit "kind")))",
      R"((dynvalue (lit "kind")))",
      R"((dynvalue primary (lit "kind")))",
      R"((test equals (value "kind") (lit "a")))",
      R"((test notEquals (value "kind") (lit "a")))",
      R"((test equals (lit "a") (value "kind")))",
  };
  for (std::string_view text : different)
    ids.insert(read(graph, text).index);
  REQUIRE(ids.size() == different.size());
}

TEST_CASE("parameter and field names fold ASCII case") {
  Graph graph;
  const NodeId first = read(graph, R"((param "Effect"))");
  REQUIRE(read(graph, R"((param "eFFECT"))") == first);
  const NodeId effect = read(graph, R"((param "effect"))");
  REQUIRE(graph.name_of(effect) == "Effect");
  Field upper;
  upper.name = "Properties.X";
  upper.path = parse_path("properties.x");
  Field lower = upper;
  lower.name = "properties.x";
  REQUIRE(graph.add_field(upper) == graph.add_field(lower));
}

TEST_CASE("aliases are told apart by what they mean") {
  Graph graph;
  Field alias;
  alias.kind = FieldKind::Alias;
  alias.name = "A.B/c/x";
  alias.resolutions = {{"A.B/d", parse_path("properties.x"), {}, {}, {}, false},
                       {"A.B/c", parse_path("properties.x"), {}, {}, {}, false}};
  const FieldId id = graph.add_field(alias);
  REQUIRE(graph.field_info(id).resolutions[0].type == "A.B/c");
  std::reverse(alias.resolutions.begin(), alias.resolutions.end());
  REQUIRE(graph.add_field(alias) == id);
  Field elsewhere = alias;
  elsewhere.resolutions[0].path = parse_path("properties.y");
  REQUIRE_FALSE(graph.add_field(elsewhere) == id);
  Field versioned = alias;
  versioned.resolutions[0].versions = {{{"2020-01-01"}, parse_path("properties.y")}};
  REQUIRE_FALSE(graph.add_field(versioned) == id);
  Field extracted = alias;
  extracted.resolutions[0].pattern_phrase = "{a}/{b}";
  extracted.resolutions[0].pattern_variable = "a";
  const FieldId first_part = graph.add_field(extracted);
  REQUIRE_FALSE(first_part == id);
  extracted.resolutions[0].pattern_variable = "b";
  REQUIRE_FALSE(graph.add_field(extracted) == first_part);
}

TEST_CASE("junctions are flattened, constants absorbed, repetitions dropped") {
  REQUIRE(simplified(join({"(and ", kA, " (and ", kB, " ", kA, "))"})) == join({"(and ", kA, " ", kB, ")"}));
  REQUIRE(simplified(join({"(or ", kB, " (or ", kA, "))"})) == join({"(or ", kB, " ", kA, ")"}));
  REQUIRE(simplified(join({"(and ", kA, " (const true))"})) == kA);
  REQUIRE(simplified(join({"(and ", kA, " (const false))"})) == "(const false)");
  REQUIRE(simplified(join({"(or (const true) ", kA, ")"})) == "(const true)");
  REQUIRE(simplified(join({"(or ", kA, " ", kA, ")"})) == kA);
  REQUIRE(simplified("(and)") == "(const true)");
  REQUIRE(simplified("(or)") == "(const false)");
  REQUIRE(simplified(join({"(and (or ", kA, " ", kB, ") (or ", kA, "))"})) ==
          join({"(and (or ", kA, " ", kB, ") ", kA, ")"}));
}

TEST_CASE("double negation goes, negation of tests stays") {
  REQUIRE(simplified(join({"(not (not ", kA, "))"})) == kA);
  REQUIRE(simplified(join({"(not ", kA, ")"})) == join({"(not ", kA, ")"}));
  REQUIRE(simplified("(not (const true))") == "(const false)");
  REQUIRE(simplified(join({"(not (and ", kA, " ", kB, "))"})) == join({"(not (and ", kA, " ", kB, "))"}));
}

TEST_CASE("a count without condition counts everything, and keeps the first name it was given") {
  Graph graph;
  Field items;
  items.name = "properties.items[*]";
  items.path = parse_path(items.name);
  const NodeId collection = graph.field(graph.add_field(items));
  const NodeId count = graph.count(collection, {});
  REQUIRE(graph.children(count)[1] == graph.constant(true));
  REQUIRE(graph.name_hint(count).empty());
  REQUIRE(graph.count(collection, {}, "item") == count);
  REQUIRE(graph.count(collection, {}, "other") == count);
  REQUIRE(graph.name_hint(count) == "item");
}

TEST_CASE("with_children keeps kind and attributes and simplifies junctions") {
  Graph graph;
  const NodeId test = read(graph, kA);
  const NodeId other = read(graph, R"((lit "z"))");
  REQUIRE(dump(graph, graph.with_children(test, std::array{graph.children(test)[0], other})) ==
          R"((test equals (field "kind") (lit "z")))");
  const NodeId both = read(graph, join({"(and ", kA, " ", kB, ")"}));
  REQUIRE(graph.with_children(both, std::array{test, graph.constant(true)}) == test);
}
