// SPDX-License-Identifier: MIT
// What folding computes, and what it leaves alone.
#include "nodes.h"
#include "passes/fold.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::testing;

namespace {

struct Row {
  std::string_view before;
  std::string_view after; ///< empty = stays as it is
};

void check(const std::vector<Row>& rows, const SemanticsOptions& semantics = {},
           const Catalog* catalog = nullptr) {
  for (const Row& row : rows) {
    ir::Graph graph;
    passes::Folder fold(graph, semantics, catalog);
    const ir::NodeId before = node_of(graph, row.before);
    INFO(row.before);
    CHECK(flat(graph, fold(before)) == (row.after.empty() ? flat(graph, before) : row.after));
  }
}

constexpr std::string_view kTrue = "(const true)";
constexpr std::string_view kFalse = "(const false)";

} // namespace

TEST_CASE("tests of constants are decided") {
  check({
      {R"((test equals (lit "A") (lit "a")))", kTrue},
      {R"((test equals (lit 80) (lit "80.0")))", kFalse},
      {R"((test notIn (lit "x") (lit ["y"])))", kTrue},
      {R"((test equals (lit null) (lit null)))", kTrue},
      {R"((test equals (lit null) (lit "")))", kTrue},
      {R"((test exists (lit null) (lit false)))", kTrue},
      {R"((test equals (call toUpper (lit "a")) (lit "A")))", kTrue},
      {R"((test equals (call null) (lit "")))", kTrue},
      {R"((and (test equals (field "kind") (lit "a")) (test equals (lit 1) (lit 1))))",
       R"((test equals (field "kind") (lit "a")))"},
      {R"((not (test equals (lit 1) (lit 1))))", kFalse},
  });
}

TEST_CASE("failures stay where they are") {
  check({
      {R"((test greater (lit "a") (lit 1)))", {}},
      {R"((test in (lit "a") (lit "b")))", {}},
      {R"((test like (lit "a") (lit [1])))", {}},
      {R"((test equals (call div (lit 1) (lit 0)) (lit 1)))", {}},
      {R"((test equals (field "kind") (call int (lit "x"))))", {}},
      {R"((call if (lit "yes") (lit 1) (lit 2)))", {}},
      {R"((call and (lit 1) (lit true)))", {}},
      {R"((member (lit {"a":1}) (lit "b")))", {}},
      {R"((record (lit "a") (lit 1) (lit "A") (lit 2)))", {}},
      {R"((record (lit 1) (lit 1)))", {}},
      {R"((test equals (count (lit "abc") (const true)) (lit 0)))", {}},
  });
}

TEST_CASE("a computed null is no literal null") {
  // notEquals with a literal null is legal, with a computed one an error.
  check({
      {R"((test notEquals (field "kind") (call json (lit "null"))))",
       R"((test notEquals (field "kind") (call null)))"},
      {R"((test notEquals (lit "a") (call null)))", {}},
      {R"((call coalesce (lit null) (call null)))", "(call null)"},
      {R"((call first (lit [])))", "(call null)"},
      {R"((call empty (call first (lit []))))", "(lit true)"},
  });
}

TEST_CASE("pure functions of constants are computed, others never") {
  check({
      {R"((call concat (lit "tags.") (call toLower (lit "ENV"))))", R"((lit "tags.env"))"},
      {R"((call length (list (lit 1) (lit 2))))", "(lit 2)"},
      {R"((call createArray (lit 1) (call null)))", "(lit [1,null])"},
      {R"((member (call json (lit "{\"a\":[1,2]}")) (lit "A")))", "(lit [1,2])"},
      {R"((list (lit 1) (lit "a") (lit null)))", R"((lit [1,"a",null]))"},
      {R"((record (lit "a") (lit 1) (lit "b") (list)))", R"((lit {"a":1,"b":[]}))"},
      {R"((call utcNow))", {}},
      {R"((call addDays (call utcNow) (lit 1)))", {}},
      {R"((call subscription))", {}},
      {R"((call concat (lit "a") (value "kind")))", {}},
      {R"((call concat (lit "a") (param "p")))", {}},
  });
}

TEST_CASE("lazy functions are folded as far as they would be evaluated") {
  check({
      {R"((call if (lit true) (value "kind") (call div (lit 1) (lit 0))))", R"((value "kind"))"},
      {R"((call if (call equals (lit 1) (lit 2)) (value "kind") (lit 3)))", "(lit 3)"},
      {R"((call if (value "kind") (lit 1) (lit 2)))", {}},
      {R"((call and (lit true) (lit false) (value "kind")))", "(lit false)"},
      {R"((call or (lit false) (lit true) (call div (lit 1) (lit 0))))", "(lit true)"},
      {R"((call and (value "kind") (lit false)))", {}},
      {R"((call and (lit true) (value "kind")))", {}},
      {R"((call and (lit true) (lit true)))", "(lit true)"},
      {R"((call coalesce (lit null) (value "kind") (lit "x")))",
       R"((call coalesce (value "kind") (lit "x")))"},
      {R"((call coalesce (lit null) (lit "x") (value "kind")))", R"((lit "x"))"},
      {R"((call coalesce (value "kind") (lit "x")))", {}},
  });
}

TEST_CASE("with eager logic every argument counts") {
  SemanticsOptions eager;
  eager.eager_logic = true;
  check(
      {
          {R"((call and (lit true) (lit false) (value "kind")))", {}},
          {R"((call or (lit true) (lit false)))", "(lit true)"},
          {R"((call coalesce (lit "x") (value "kind")))", {}},
          {R"((call coalesce (lit null) (lit "x") (lit 1)))", R"((lit "x"))"},
          {R"((call if (lit true) (value "kind") (lit 1)))", R"((value "kind"))"},
      },
      eager);
}

TEST_CASE("lists without members decide for single values only") {
  check({
      {R"((test in (field "kind") (lit [])))", kFalse},
      {R"((test notIn (field "kind") (lit [])))", kTrue},
      {R"((test in (field "items[*]") (lit [])))", {}}, // true when the array is empty
      {R"((test notIn (field "moved") (lit [])))", {}}, // a collection in one API version
      {R"((test in (value "kind") (lit [])))", {}},     // the operand may fail
      {R"((test in (field "kind") (list)))", kFalse},
  });
}

TEST_CASE("counts over nothing are zero") {
  check({
      {R"((test equals (count (lit []) (test equals (field "kind") (lit 1))) (lit 0)))", kTrue},
      {R"((test greater (count (lit null) (const true)) (lit 0)))", kFalse},
      {R"((test equals (count (lit ["a"]) (const true)) (lit 1)))", kTrue},
      {R"((test equals (count (lit ["a"]) (const false)) (lit 1)))", kFalse},
      {R"((test equals (count (lit ["a"]) (test equals (current binder 0 level 1) (lit "a"))) (lit 1)))", {}},
      {R"((test equals (count (lit ["a","b"]) (const true)) (lit 2)))", {}}, // may meet the iteration limit
      {R"((test equals (count (field "items[*]") (const false)) (lit 0)))", {}},
  });
}

TEST_CASE("constant parts of texts run together") {
  check({
      {R"((text (lit "a ") (lit 1) (lit " ") (lit null) (value "kind") (lit "!") (lit true)))",
       R"((text (lit "a 1 null") (value "kind") (lit "!true")))"},
      {R"((text (lit "all") (lit " constant")))", R"((lit "all constant"))"},
      {R"((text))", R"((lit ""))"},
  });
}

TEST_CASE("names that became constant are fields") {
  check({
      {R"((dynfield (call concat (lit "tags[") (lit "cost.center") (lit "]"))))",
       R"((field "tags['cost.center']"))"},
      {R"((dynvalue (lit "tags.Env")))", R"((value "tags['Env']"))"},
      {R"((dynvalue primary (lit "TYPE")))", R"((value "type" primary))"},
      {R"((dynfield (lit "location")))", R"((field "location"))"},
      {R"((dynfield (lit "identity.type")))", R"((field "identity.type"))"},
      {R"((dynfield (lit "identity.ids['x']")))", {}},
      {R"((dynfield (lit "identity")))", {}},
      {R"((dynfield (lit "tags.")))", {}}, // an error when evaluated
      {R"((dynfield (lit "")))", {}},
      {R"((dynfield (lit 5)))", {}},
      {R"((dynfield (lit "A.B/c/size")))", {}}, // no catalogue
      {R"((dynfield (param "name")))", {}},
  });
}

TEST_CASE("aliases by constant names are looked up") {
  Catalog catalog;
  const std::uint32_t type = catalog.add_type("A.B/c");
  catalog.add_alias(type, "A.B/c/size", "properties.size");
  catalog.add_alias(type, "A.B/c/items[*]", "properties.items[*]");
  catalog.finish();
  check(
      {
          {R"((dynfield (lit "a.b/C/SIZE")))", R"((field "A.B/c/size"))"},
          {R"((dynvalue (lit "A.B/c/size")))", R"((value "A.B/c/size"))"},
          {R"((dynfield (lit "A.B/c/items[*]")))", {}}, // its meaning depends on the counts around
          {R"((dynfield (lit "A.B/c/none")))", {}},
      },
      {}, &catalog);
}

TEST_CASE("compatibility switches are those of the run") {
  SemanticsOptions numeric;
  numeric.numeric_strings = true;
  check({{R"((test equals (lit "80.0") (lit 80)))", kTrue}}, numeric);
  SemanticsOptions lenient;
  lenient.lenient_ordering = true;
  check({{R"((test greater (lit "a") (lit 1)))", kFalse}}, lenient);
}
