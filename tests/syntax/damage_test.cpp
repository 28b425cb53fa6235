// SPDX-License-Identifier: MIT
// Sources damaged at random, and random bytes: the parser ends, reports inside the text, and its tree stays
// sound.
#include "syntax/ast_dump.h"
#include "syntax/ast_verify.h"
#include "syntax/corpus.h"

#include <catch2/catch.hpp>

#include <random>

using namespace writ;

namespace {

constexpr std::uint32_t kSeed = 20'240'229;

/// Every promise of parse_source that holds for any input.
void check_promises(const std::string& text) {
  const test::ParsedText parsed = test::parse_text("damaged.writ", text);
  const std::uint32_t base = parsed.sources.base(parsed.id);
  const auto size = static_cast<std::uint32_t>(text.size());
  bool sound = parsed.module.complete == !parsed.diagnostics.has_errors();
  for (const Diagnostic& d : parsed.diagnostics.all()) {
    // One byte past the end is the place of "found the end of the file".
    sound &= d.span.begin >= base && d.span.begin <= base + size && d.span.end > d.span.begin &&
             d.span.end <= base + size + 1;
    sound &= !d.message.empty() && d.message.find('\n') == std::string::npos;
  }
  const std::vector<std::string> problems = syntax::verify(parsed.module, parsed.sources);
  syntax::dump(parsed.module);
  if (sound && problems.empty()) return;
  INFO(text);
  INFO(test::report_text(parsed));
  INFO((problems.empty() ? std::string("a report is outside of the text") : problems.front()));
  FAIL_CHECK("the parser broke a promise");
}

std::vector<std::string> samples() {
  std::vector<std::string> out;
  for (const char* folder : {"tests/syntax/accept", "tests/syntax/reject", "stdlib/std"})
    for (const std::string& file : test::project_files(folder, ".writ"))
      out.push_back(test::read_project_file(file).substr(0, 3'000));
  REQUIRE(out.size() > 20);
  return out;
}

std::size_t below(std::mt19937& random, std::size_t end) { return random() % end; }

} // namespace

TEST_CASE("truncated sources") {
  const std::string text = test::read_project_file("tests/syntax/accept/control.writ");
  for (std::size_t length = 0; length <= text.size(); length += 3)
    check_promises(text.substr(0, length));
  const std::string messages = test::read_project_file("tests/syntax/accept/messages.writ");
  for (std::size_t length = 0; length <= messages.size(); length += 2)
    check_promises(messages.substr(0, length));
}

TEST_CASE("sources with bytes removed, repeated, exchanged and moved") {
  std::mt19937 random(kSeed);
  const std::vector<std::string> texts = samples();
  static constexpr std::string_view kSigns = "(){}[]\"\\'/*.,:=<>!&|+-#@$ \n\t\r\x01\xC3\xA9\xE2\x80\x8B";
  for (int round = 0; round < 400; ++round) {
    std::string text = texts[below(random, texts.size())];
    for (std::size_t i = 1 + below(random, 8); i > 0 && !text.empty(); --i) {
      const std::size_t at = below(random, text.size());
      const std::size_t length = 1 + below(random, 12);
      switch (random() % 5) {
      case 0:
        text.erase(at, length);
        break;
      case 1:
        text.insert(at, text.substr(below(random, text.size()), length));
        break;
      case 2:
        text[at] = kSigns[below(random, kSigns.size())];
        break;
      case 3:
        text.insert(at, std::string(length, kSigns[below(random, kSigns.size())]));
        break;
      default:
        text[at] = static_cast<char>(random());
        break;
      }
    }
    check_promises(text);
  }
}

TEST_CASE("words of the language in random order") {
  std::mt19937 random(kSeed);
  static const std::vector<std::string> kWords = {
      "module",  "use",        "control",   "param",   "on",        "as",   "where", "require", "else",
      "let",     "private",    "fn",        "record",  "framework", "test", "and",   "or",      "not",
      "in",      "like",       "matches",   "exactly", "contains",  "has",  "no",    "key",     "exists",
      "any",     "all",        "none",      "count",   "if",        "then", "true",  "false",   "null",
      "==",      "!=",         "<",         "<=",      ">",         ">=",   "=",     "..",      ".",
      ",",       ":",          "/",         "-",       "(",         ")",    "[",     "]",       "{",
      "}",       "\"text\"",   "\"{x.a}\"", "\"",      "90d",       "1",    "1.5",   "name",    "A.B/c",
      "/// doc", "// comment", "/*",        "*/",      "'x'",       "&&",   "\n",    "\n",      "\n",
      "\n  "};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (std::size_t i = 5 + below(random, 120); i > 0; --i)
      text += kWords[below(random, kWords.size())] + (random() % 4 == 0 ? "\n" : " ");
    check_promises(text);
  }
}

TEST_CASE("random bytes") {
  std::mt19937 random(kSeed);
  for (int round = 0; round < 200; ++round) {
    std::string text;
    const bool ascii = random() % 2 == 0;
    for (std::size_t i = below(random, 400); i > 0; --i)
      text += static_cast<char>(ascii ? 32 + random() % 95 : random());
    check_promises(text);
  }
}
