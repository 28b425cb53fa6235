// SPDX-License-Identifier: MIT
// Paths as text and back.
#include "ir/field.h"

#include <catch2/catch.hpp>

using namespace writ::ir;

TEST_CASE("paths read and print") {
  struct Row {
    std::string_view text;
    Path path;
  };
  const std::vector<Row> rows = {
      {"kind", {{"kind", false}}},
      {"properties.a.b", {{"properties", false}, {"a", false}, {"b", false}}},
      {"properties.rules[*].properties.access",
       {{"properties", false}, {"rules", true}, {"properties", false}, {"access", false}}},
      {"properties.grid[*][*].x", {{"properties", false}, {"grid", true}, {"", true}, {"x", false}}},
      {"tags['cost.center']", {{"tags", false}, {"cost.center", false}}},
      {"tags['it''s']", {{"tags", false}, {"it's", false}}},
      {"tags['a[*]'].b", {{"tags", false}, {"a[*]", false}, {"b", false}}},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    REQUIRE(parse_path(row.text) == row.path);
    REQUIRE(to_text(row.path) == row.text);
  }
}

TEST_CASE("stars are counted per path and per alias") {
  REQUIRE(star_count(parse_path("a[*].b.c[*][*]")) == 3);
  Field alias;
  alias.kind = FieldKind::Alias;
  REQUIRE(star_count(alias) == 0);
  alias.resolutions.push_back({"A.B/c", parse_path("properties.a[*].b"), {}, {}, {}, false});
  REQUIRE(star_count(alias) == 1);
}

TEST_CASE("names of tags") {
  struct Row {
    std::string_view name;
    std::optional<std::string> tag;
  };
  const std::vector<Row> rows = {
      {"tags.env", "env"},
      {"TAGS.Env", "Env"},
      {"tags.cost.center", "cost.center"},
      {"tags['Created By']", "Created By"},
      {"tags['a.b-c']", "a.b-c"},
      {"tags['''odd''']", "'odd'"},
      {"tags['it''s']", "it's"},
      {"tags[env]", "env"},
      {"tags[tag.with.dots]", "tag.with.dots"},
      {"tags[x]]", "x]"},
      {"tags[\"env\"]", "\"env\""},
      {"tags[']", "'"},
      {"tags[*]", std::nullopt},
      {"tags['']", std::nullopt},
      {"tags.", std::nullopt},
      {"tags[]", std::nullopt},
      {"tags[x", std::nullopt},
      {"tags", std::nullopt},
      {"tagsx.y", std::nullopt},
      {"tag", std::nullopt},
      {"name", std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    REQUIRE(tag_of_name(row.name) == row.tag);
  }
}
