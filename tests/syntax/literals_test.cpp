// SPDX-License-Identifier: MIT
#include "syntax/literals.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::syntax;

namespace {

std::string unescaped(std::string_view quoted, std::size_t mistakes = 0) {
  Diagnostics diagnostics;
  std::string text = unescape(quoted, 1, diagnostics);
  CHECK(diagnostics.errors() == mistakes);
  return text;
}

} // namespace

TEST_CASE("escapes become the characters they name") {
  CHECK(unescaped(R"("plain")") == "plain");
  CHECK(unescaped(R"("")").empty());
  CHECK(unescaped(R"("\" \\ \n \r \t \{ \}")") == "\" \\ \n \r \t { }");
  CHECK(unescaped(R"("\u{41}\u{e9}\u{20AC}\u{1F600}")") == "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
  CHECK(unescaped(R"("\u{0}")") == std::string(1, '\0'));
  CHECK(unescaped("'single \\n'") == "single \n");
}

TEST_CASE("escapes that mean nothing are reported and the rest is kept") {
  CHECK(unescaped(R"("a\qb")", 1) == "ab");
  CHECK(unescaped(R"("\u41")", 1) == "41");
  CHECK(unescaped(R"("\u{}")", 1) == "{}");
  CHECK(unescaped(R"("\u{110000}")", 1) == "{110000}");
  CHECK(unescaped(R"("\u{D800}")", 1) == "{D800}");
  CHECK(unescaped(R"("\u{41)", 1) == "{41");
  CHECK(unescaped("\"ends \\", 1) == "ends ");
}

TEST_CASE("a text without its closing quote is read to its end") {
  CHECK(unescaped("\"abc") == "abc");
  CHECK(unescaped("\"").empty());
  CHECK(unescaped("").empty());
}

TEST_CASE("messages fall into text and expressions") {
  Diagnostics diagnostics;
  const std::string quoted = R"("a {x.name} \{b\} {y}")";
  const std::vector<MessagePart> parts = split_message(quoted, 1, diagnostics);
  CHECK_FALSE(diagnostics.has_errors());
  REQUIRE(parts.size() == 4);
  CHECK(parts[0].text == "a ");
  CHECK(parts[1].is_expression);
  CHECK(quoted.substr(parts[1].begin, parts[1].end - parts[1].begin) == "x.name");
  CHECK(parts[2].text == " {b} ");
  CHECK(quoted.substr(parts[3].begin, parts[3].end - parts[3].begin) == "y");
}

TEST_CASE("an open brace in a message is reported once, whatever follows") {
  Diagnostics diagnostics;
  const std::vector<MessagePart> parts = split_message("\"a {b {c {d\"", 1, diagnostics);
  CHECK(diagnostics.errors() == 1);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].text == "a {b {c {d");
}

TEST_CASE("durations are seconds, when they fit") {
  CHECK(parse_duration("0s") == 0);
  CHECK(parse_duration("90d") == 90LL * 86'400);
  CHECK(parse_duration("2h") == 7'200);
  CHECK(parse_duration("3m") == 180);
  CHECK(parse_duration("106751991167300d") == 106751991167300LL * 86'400);
  CHECK_FALSE(parse_duration("106751991167301d").has_value());
  CHECK_FALSE(parse_duration("99999999999999999999s").has_value());
}
