// SPDX-License-Identifier: MIT
// Every limit of the parser, from both sides, and the input it is there to stop.
#include "syntax/ast_verify.h"
#include "syntax/corpus.h"

#include <catch2/catch.hpp>

#include <chrono>

using namespace writ;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i)
    out += text;
  return out;
}

std::vector<Code> codes_of(const std::string& text, const syntax::ParseLimits& limits = {}) {
  const test::ParsedText parsed = test::parse_text("limit.writ", text, limits);
  CHECK(syntax::verify(parsed.module, parsed.sources).empty());
  CHECK(parsed.module.complete == parsed.diagnostics.all().empty());
  std::vector<Code> codes;
  for (const Diagnostic& d : parsed.diagnostics.all())
    codes.push_back(d.code);
  return codes;
}

} // namespace

TEST_CASE("limit: bytes") {
  const std::string text = "let a = 1\n";
  CHECK(codes_of(text, {.bytes = text.size()}).empty());
  CHECK(codes_of(text, {.bytes = text.size() - 1}) == std::vector{Code::SourceTooLarge});
  CHECK(codes_of(std::string(5 * 1024 * 1024, ' ')) == std::vector{Code::SourceTooLarge});
}

TEST_CASE("limit: tokens") {
  CHECK(codes_of(repeated("let a = 1\n", 1000), {.tokens = 10'000}).empty());
  // Tokens are fetched some thousand at a time: the limit is that exact.
  CHECK(codes_of(repeated("let a = 1\n", 3000), {.tokens = 10'000}) == std::vector{Code::SourceTooLarge});
  CHECK(codes_of(repeated("(", 2'000'000)) == std::vector{Code::SourceTooLarge});
}

TEST_CASE("limit: nesting") {
  auto nested = [](std::string_view open, std::string_view close, std::size_t times) {
    return "let a = " + repeated(open, times) + "1" + repeated(close, times) + "\n";
  };
  const std::vector too_deep{Code::NestingTooDeep};
  for (const auto& [open, close] : std::vector<std::pair<std::string, std::string>>{{"(", ")"},
                                                                                    {"[", "]"},
                                                                                    {"f(", ")"},
                                                                                    {"x[", "]"},
                                                                                    {"not ", ""},
                                                                                    {"count(", ")"},
                                                                                    {"if a then b else ", ""},
                                                                                    {"any x in xs: ", ""},
                                                                                    {"count(x in ", ")"},
                                                                                    {"a == (", ")"}}) {
    INFO(open);
    CHECK(codes_of(nested(open, close, 100)).empty());
    CHECK(codes_of(nested(open, close, 5'000)) == too_deep);
  }
  CHECK(codes_of(nested("(", ")", 250)).empty());
  CHECK(codes_of(nested("{ a: ", "}", 120)).empty());
  CHECK(codes_of(nested("{ a: ", "}", 5'000)) == too_deep);
  CHECK(codes_of("let a = " + repeated("(", 100'000)) == too_deep);
  CHECK(codes_of("let a = x" + repeated(".b", 250) + "\n").empty());
  for (const char* link : {".b", "[0]", ".b(1)", " == 1", "..1", " exists", " in x"})
    CHECK(codes_of("let a = x" + repeated(link, 20'000) + "\n") == too_deep);
  CHECK(codes_of("record A.B/c { f: " + repeated("[", 200) + "Int" + repeated("]", 200) + " }\n").empty());
  CHECK(codes_of("record A.B/c { f: " + repeated("[", 100'000)) == too_deep);
  CHECK(codes_of("record A.B/c { f: " + repeated("{ f: ", 100'000)) == too_deep);
  CHECK(codes_of("let a = ((1))\n", {.depth = 3}).empty());
  CHECK(codes_of("let a = (((1)))\n", {.depth = 3}) == too_deep);
}

TEST_CASE("limit: operators of one condition") {
  CHECK(codes_of("let a = 1" + repeated(" or 1", 9'999) + "\n").empty());
  CHECK(codes_of("let a = 1" + repeated(" or 1", 20'000) + "\n") == std::vector{Code::NestingTooDeep});
  CHECK(codes_of("let a = 1" + repeated(" and 1", 20'000) + "\n") == std::vector{Code::NestingTooDeep});
  // Of one condition, not of the file.
  CHECK(codes_of(repeated("let a = 1 or 2 or 3 or 4\n", 5'000)).empty());
}

TEST_CASE("limit: reports") {
  const std::string text = repeated("let = 1\n", 60);
  const std::vector<Code> codes = codes_of(text);
  CHECK(codes.size() == 51);
  CHECK(codes.back() == Code::TooManySyntaxErrors);
  CHECK(codes_of(text, {.reports = 60}).size() == 60);
  CHECK(codes_of(text, {.reports = 2}).size() == 3);
  // The same reporter counts what is found in strings and messages.
  CHECK(codes_of("let a = \"" + repeated("\\q", 1'000) + "\"\n").size() == 51);
  CHECK(codes_of("control c { require a else \"" + repeated("{}", 1'000) + "\" }\n").size() == 51);
  CHECK(codes_of(repeated("\"\n", 1'000)).size() == 51);
}

TEST_CASE("invalid UTF-8 is reported at its first byte") {
  for (const std::string bad : {"\xE9", "\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"}) {
    const test::ParsedText parsed = test::parse_text("bad.writ", "let a = \"\xC3\xA9" + bad + "\"\n");
    REQUIRE(parsed.diagnostics.all().size() == 1);
    CHECK(parsed.diagnostics.all()[0].code == Code::InvalidUtf8);
    CHECK(parsed.sources.position(parsed.diagnostics.all()[0].span.begin).column == 12);
  }
}

TEST_CASE("time grows with the length of the input") {
  // Shapes that make a parser with unbounded lookahead or rescanning quadratic. Ratios of one run, not
  // absolute times.
  auto seconds = [](const std::string& text) {
    const auto begin = std::chrono::steady_clock::now();
    test::parse_text("time.writ", text);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  };
  for (const char* piece :
       {"let a = count(x in xs where x.a == 1) or f(x, y)\n", "let b = 'x' && 1 ^ /* */\n",
        "control c \"t\" {\n  require x.a = 1\n", "} } ) ]\n", "\"{{{{\n", "let = {\n"}) {
    INFO(piece);
    seconds(repeated(piece, 200)); // fills ANTLR's caches
    const double once = seconds(repeated(piece, 1'000));
    const double eight = seconds(repeated(piece, 8'000));
    CHECK(eight < once * 8 * 4 + 0.05);
  }
}
