// SPDX-License-Identifier: MIT
#include "snapshot/detect.h"
#include "snapshot/source.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::snapshot;

namespace {
bool lines(std::string_view head, bool complete = true, std::string_view name = "x.json") {
  return guess_layout(head, complete, name, InputFormat::Auto).lines;
}
} // namespace

TEST_CASE("lines are told from documents", "[snapshot]") {
  CHECK(lines("{\"a\":1}\n{\"a\":2}\n"));
  CHECK(lines("{\"a\":1}"));
  CHECK(lines("\n\n{\"a\":1}\n"));
  CHECK(lines("\xEF\xBB\xBF{\"a\":1}\n"));
  CHECK(lines("{\"a\":1}\r\n{\"a\":2}\r\n"));
  CHECK_FALSE(lines("[{\"a\":1}]"));
  CHECK_FALSE(lines("{\n \"a\":1\n}\n"));
  CHECK_FALSE(lines("{\n \"a\":1\n}\n{\n \"a\":2\n}\n"));
  CHECK_FALSE(lines("{\"a\":1}{\"a\":2}"));
}

TEST_CASE("damage on the first line does not hide that there are lines", "[snapshot]") {
  CHECK(lines("{\"a\":\n{\"a\":2}\n"));
  CHECK(lines("garbage\n{\"a\":2}\n"));
  CHECK(lines("{\"a\":1", false, "x.ndjson")); // very long
  CHECK_FALSE(lines("{\"a\":1", false, "x.json"));
  CHECK_FALSE(lines("{\"a\":1", true, "x.json"));
}

TEST_CASE("an asked-for format wins", "[snapshot]") {
  CHECK(guess_layout("[1]", true, "x", InputFormat::Lines).lines);
  CHECK_FALSE(guess_layout("{}\n{}\n", true, "x.ndjson", InputFormat::Documents).lines);
}

TEST_CASE("foreign encodings are named", "[snapshot]") {
  using namespace std::string_view_literals;
  CHECK(foreign_encoding("\xFF\xFE{\0"sv));
  CHECK(foreign_encoding("{\0\"\0"sv));
  CHECK(foreign_encoding("\0{\0\""sv));
  CHECK(foreign_encoding("\x1F\x8B\x08"sv));
  CHECK(foreign_encoding("PK\x03\x04"sv));
  CHECK_FALSE(foreign_encoding("{\"a\":1}"));
  CHECK_FALSE(foreign_encoding(""));
}

TEST_CASE("patterns match paths", "[snapshot]") {
  CHECK(matches_pattern("a/*.json", "a/b.json"));
  CHECK_FALSE(matches_pattern("a/*.json", "a/b/c.json"));
  CHECK(matches_pattern("a/**/*.json", "a/b/c/d.json"));
  CHECK(matches_pattern("a/**/*.json", "a/d.json"));
  CHECK_FALSE(matches_pattern("a/**/d.json", "a/xd.json"));
  CHECK(matches_pattern("**/d.json", "x/y/d.json"));
  CHECK(matches_pattern("**", "x/y/d.json"));
  CHECK(matches_pattern("a?.json", "ab.json"));
  CHECK_FALSE(matches_pattern("a?b", "a/b"));
  CHECK_FALSE(matches_pattern("a*", "b"));
  CHECK(matches_pattern("*a*b*c", "xxaxxbxxc"));
  CHECK_FALSE(matches_pattern("*a*b*c", "xxaxxbxx"));
}
