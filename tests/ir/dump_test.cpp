// SPDX-License-Identifier: MIT
// Sets as text and back.
#include "ir/dump.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::ir;

namespace {

/// Everything a set can hold, in the layout that dump prints.
constexpr std::string_view kWholeSet = R"((field "type" type (path "type"))
(field "A.B/c/rules[*]"
  alias
  (on "A.B/c"
    (path "properties.rules[*]")
    (versions "2020-01-01" "2021-01-01" (path "properties.old[*]"))
    (versions "2019-01-01" (path "old[*]")))
  (on "A.B/d" (path "rules[*]") (pattern "/{a}/{b}" "b") (record)))
(field "A.B/c/rules[*].key" alias (secret) (on "A.B/c" (path "properties.rules[*].key")))
(field "tags['cost.center']" tag (path "tags['cost.center']"))
(field "kind" kind (path "kind"))
(field "kind#2" raw (name "kind") (path "kind"))
(policy "X-1" definition
  (symbol "std.x.y")
  (title "A title with \"quotes\"")
  (description "two\nlines")
  (severity "high")
  (category "Cat")
  (version "1.0.0")
  (fix "do it")
  (link "https://example.org")
  (mode "All")
  (policy-type "Custom")
  (metadata-json "{\"a\":1}")
  (not-evaluable "static")
  (maps "mcsb" "NS-2")
  (tag "t1")
  (tag "t2")
  (metadata "preview" "true")
  (parameter "effect" string
    (default (lit "audit"))
    (allowed (lit "audit"))
    (allowed (lit "deny"))
    (display-name "Effect")
    (description "what happens")
    (strong-type "x")
    (metadata-json "{}"))
  (parameter "names" array)
  (on "A.B/c")
  (applicable (test equals (field "type") (lit "A.B/c")))
  (violation
    (test less
      (count "rule" (field "A.B/c/rules[*]")
        (and
          (test equals (field "A.B/c/rules[*].key" binder 0 level 1) (lit "x)(;"))
          (test in (current binder 0 level 1) (param "names"))
          (test equals (current "A.B/c/rules[*].key" binder 0 level 1) (lit 5.0))
          (not (test exists (field "tags['cost.center']") (lit true)))))
      (lit 2))
    (text (lit "rules: ") (value "A.B/c/rules[*]")))
  (violation (test equals (dynfield (call concat (lit "tags.") (param "names"))) (lit null)))
  (effect (param "effect")
    (details (record (lit "type") (lit "A.B/e") (lit "list") (list (lit 1) (lit {"k":[1,2.5]}))))
    (existence
      (type (lit "A.B/e"))
      (name (member (call json (lit "{\"a\":1}")) (lit "a")))
      (kind (lit "k"))
      (resource-group (call toLower (value "kind")))
      (scope (lit "Subscription"))
      (condition (test equals (field "kind#2") (value "kind" primary))))
    (operation
      (operation (lit "addOrReplace"))
      (field (lit "tags.a"))
      (value (dynvalue primary (lit "kind")))
      (condition (lit true)))
    (operation (field (lit "tags.b")))))
(policy "X-2" control (applicable (const true)))
(instance 0 (label "ref") (argument "effect" (lit "deny")) (argument "names" (lit ["a"])))
(instance 1)
)";

} // namespace

TEST_CASE("a set survives dump and parse with every part") {
  // Node for node the hand-written text, whatever its layout.
  const ParsedSet read = parse_set(kWholeSet);
  REQUIRE(read.error.empty());
  const std::string text = dump(read.set);
  const ParsedSet again = parse_set(text);
  REQUIRE(again.error.empty());
  REQUIRE(dump(again.set) == text);
  const auto without_layout = [](std::string_view laid_out) {
    std::string out;
    for (char c : laid_out)
      if (c != ' ' && c != '\n') out += c;
    return out;
  };
  REQUIRE(without_layout(text) == without_layout(kWholeSet));
}

TEST_CASE("parsing fills the policy") {
  const ParsedSet read = parse_set(kWholeSet);
  REQUIRE(read.set.policies.size() == 2);
  const Policy& policy = read.set.policies[0];
  REQUIRE(policy.origin == Origin::AzureDefinition);
  REQUIRE(policy.description == "two\nlines");
  REQUIRE(policy.parameters[0].allowed.size() == 2);
  REQUIRE(policy.parameters[1].type == ParameterType::Array);
  REQUIRE(policy.effect.existence->condition.valid());
  REQUIRE_FALSE(policy.effect.operations[1].value.valid());
  REQUIRE(read.set.instances[0].arguments[1].name == "names");
  const Field& rules = read.set.graph->field_info(FieldId{1});
  REQUIRE(rules.resolutions[0].versions[1].api_versions == std::vector<std::string>{"2019-01-01"});
  REQUIRE(rules.resolutions[1].below_root_or_properties);
  REQUIRE(rules.resolutions[1].pattern_variable == "b");
}

TEST_CASE("lines are broken when they are too long") {
  Graph graph;
  const std::string value(60, 'x');
  const ParsedNode node =
      parse_node(graph, "(and (test equals (field \"kind\") (lit \"" + value +
                            "\")) (test equals (field \"name\") (lit \"" + value + "\")))");
  REQUIRE(dump(graph, node.node) == "(and\n  (test equals (field \"kind\") (lit \"" + value +
                                        "\"))\n  (test equals (field \"name\") (lit \"" + value + "\")))");
}

TEST_CASE("texts that are no dump are refused with line and reason") {
  const auto [text, error] = GENERATE(table<std::string_view, std::string_view>({
      {"(policy \"a\" control\n  (applicable (and (const true))", "line 2: a closing bracket is missing"},
      {")", "line 1: a closing bracket too much"},
      {"(policy \"a\" control (applicable (bogus)))", "line 1: no such kind of node"},
      {"(policy \"a\" control\n(applicable (test near (lit 1) (lit 2))))", "line 2: no such operator"},
      {"(policy \"a\" control (applicable (test equals (lit 1))))", "line 1: wrong number of parts"},
      {"(policy \"a\" control (effect (call nonsense)))", "line 1: no such function"},
      {"(policy \"a\" control (colour \"red\"))", "line 1: no such part of a policy"},
      {"(policy \"a\" control (applicable (test equals (lit {) (lit 1))))", "line 1: "},
      {"(policy \"unfinished)", "line 1: a text has no closing quote"},
      {"(instance 3)", "line 1: no such policy"},
      {"(field \"x\" nonsense)", "line 1: no such kind of field"},
      {"(field \"x\" raw (where \"there\"))", "line 1: no such part of a field"},
      {"(verse)", "line 1: neither field, policy nor instance"},
      {"(policy \"a\" control (parameter \"p\" rational))", "line 1: no such type of a parameter"},
      {"(policy \"a\" control (applicable (test equals none (lit 1))))", "line 1: `none` is no operand"},
      {"(policy \"a\" control (applicable (test equals (field \"kind\" binder x) (lit 1))))",
       "line 1: a number is missing"},
  }));
  INFO(text);
  const ParsedSet read = parse_set(text);
  REQUIRE(read.error.substr(0, error.size()) == error);
}

TEST_CASE("hostile nesting is refused") {
  std::string text;
  for (int i = 0; i < 100000; ++i)
    text += "(not ";
  REQUIRE(parse_set(text).error == "line 1: nested too deep");
}
