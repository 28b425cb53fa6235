// SPDX-License-Identifier: MIT
// The template language as grammar/ArmExpression.g4 says it: mistakes with their code and place, and the same
// reading as the hand-written parser of the reference interpreter, which shares no code with the generated
// one.
#include "azure/template_parse.h"
#include "reference/expression.h"
#include "reference/functions.h"

#include <catch2/catch.hpp>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <sstream>

namespace writ::test {
namespace {

using azure::TemplateError;
using azure::TemplateNode;

std::string lower(std::string text) {
  for (char& c : text)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// A tree in one line, in the same form for both parsers.
std::string shape(const TemplateNode& node) {
  switch (node.kind) {
  case TemplateNode::Kind::String:
    return reference::json(node.text).dump(-1, ' ', false, reference::json::error_handler_t::replace);
  case TemplateNode::Kind::Integer:
    return reference::json(node.integer).dump();
  case TemplateNode::Kind::Float:
    return reference::json(node.number).dump();
  default:
    break;
  }
  std::string out = node.kind == TemplateNode::Kind::Call ? lower(node.text) : ".";
  for (const TemplateNode& child : node.children)
    out += " " + shape(child);
  return "(" + out + ")";
}

std::string shape(const reference::Expression& node) {
  if (node.kind == reference::Expression::Kind::Literal)
    return node.literal.dump(-1, ' ', false, reference::json::error_handler_t::replace);
  std::string out =
      node.kind == reference::Expression::Kind::Call ? lower(std::string(node.function->name)) : ".";
  for (const reference::Expression& part : node.parts)
    out += " " + shape(part);
  return "(" + out + ")";
}

/// Mistakes that the reference finds while it parses, the importer behind the parser.
bool is_about_names(const std::string& code) {
  return code == "unknown-function" || code == "function-not-allowed" || code == "arity";
}

/// "" when both read the text alike.
std::string difference(const std::string& text) {
  const auto ours = azure::parse_template(text);
  const auto theirs = reference::parse_expression(std::string_view(text).substr(1, text.size() - 2));
  const auto* node = std::get_if<TemplateNode>(&ours);
  if (const auto* failure = std::get_if<reference::Failure>(&theirs)) {
    if (!node || is_about_names(failure->code)) return {};
    return "accepted, the reference says " + failure->code;
  }
  if (!node) return "refused: " + std::get<TemplateError>(ours).message;
  const std::string expected = shape(std::get<reference::Expression>(theirs));
  const std::string actual = shape(*node);
  return actual == expected ? "" : actual + ", the reference reads " + expected;
}

/// Every string in brackets below a value, deployment templates left out.
void collect(const reference::json& value, std::set<std::string>& out) {
  if (value.is_string()) {
    if (const auto& text = value.get_ref<const std::string&>();
        azure::classify_string(text) == azure::StringClass::Expression)
      out.insert(text);
    return;
  }
  if (value.is_array())
    for (const reference::json& element : value)
      collect(element, out);
  if (value.is_object())
    for (const auto& [key, member] : value.items())
      if (key != "template") collect(member, out);
}

TEST_CASE("mistakes in expressions have their code and place") {
  // A line: code, begin, end, text; "ok" for what is no mistake.
  std::ifstream in(WRIT_SOURCE_DIR "/tests/import/templates/readings.txt");
  REQUIRE(in);
  std::size_t malformed = 0;
  std::size_t number = 0;
  std::string written;
  const bool update = std::getenv("WRIT_UPDATE_GOLDENS") != nullptr;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line[0] == '#') {
      written += line + "\n";
      continue;
    }
    const std::size_t bracket = line.find('[');
    REQUIRE(bracket != std::string::npos);
    const std::string text = reference::json::parse("\"" + line.substr(bracket) + "\"").get<std::string>();
    INFO("line " << number << ": " << text);
    const auto read = azure::parse_template(text);
    const auto* mistake = std::get_if<TemplateError>(&read);
    const std::string actual = mistake ? std::string(mistake->code) + " " + std::to_string(mistake->begin) +
                                             " " + std::to_string(mistake->end)
                                       : "ok";
    malformed += mistake ? 1 : 0;
    if (!update) CHECK(line.substr(0, bracket - 1) == actual);
    written += actual + " " + line.substr(bracket) + "\n";
    if (mistake) {
      CHECK(mistake->begin < mistake->end);
      CHECK(mistake->end <= text.size());
    }
    CHECK(difference(text) == "");
  }
  if (update) std::ofstream(WRIT_SOURCE_DIR "/tests/import/templates/readings.txt") << written;
  CHECK(malformed >= 200);
}

TEST_CASE("generated parser and reference read what definitions hold alike") {
  std::set<std::string> texts;
  for (const char* name : {"builtins.ndjson", "builtin-sets.ndjson"}) {
    std::ifstream in(std::string(WRIT_SHARED_DIR) + "/azure/" + name, std::ios::binary);
    if (!in) std::cout << "skipped: ../shared/azure/" << name << " is not there\n";
    for (std::string line; std::getline(in, line);)
      collect(reference::json::parse(line), texts);
  }
  const std::size_t published = texts.size();
  for (const auto& entry : std::filesystem::recursive_directory_iterator(WRIT_SOURCE_DIR "/tests/azure")) {
    if (entry.path().extension() != ".yaml") continue;
    std::ifstream in(entry.path());
    std::ostringstream text;
    text << in.rdbuf();
    // Every quoted string of a case file; the few that YAML escapes read differently are odd texts all the
    // same.
    const std::string yaml = text.str();
    for (std::size_t at = yaml.find("\"["); at != std::string::npos; at = yaml.find("\"[", at + 1)) {
      const std::size_t end = yaml.find('"', at + 1);
      const std::string found = yaml.substr(at + 1, end - at - 1);
      if (azure::classify_string(found) == azure::StringClass::Expression) texts.insert(found);
    }
  }
  for (const std::string& text : texts) {
    INFO(text);
    CHECK(difference(text) == "");
  }
  std::cout << "template expressions: " << published << " of published definitions, "
            << texts.size() - published << " of the conformance cases\n";
  CHECK(texts.size() - published > 500);
}

TEST_CASE("generated parser and reference agree on texts made of tokens") {
  static const std::vector<std::string> kPieces = {"concat",
                                                   "field",
                                                   "if",
                                                   "x",
                                                   "_y1",
                                                   "(",
                                                   "(",
                                                   ")",
                                                   ")",
                                                   "[",
                                                   "]",
                                                   ".",
                                                   ",",
                                                   "'a'",
                                                   "'it''s'",
                                                   "''",
                                                   "'",
                                                   "5",
                                                   "-7",
                                                   "1.5",
                                                   "-2.5e3",
                                                   "-",
                                                   " ",
                                                   "\t",
                                                   "\"",
                                                   "\xC3\xA9",
                                                   "@",
                                                   "concat('a')",
                                                   "field('x')",
                                                   "createArray()",
                                                   "9223372036854775808",
                                                   "e5",
                                                   "\n"};
  std::mt19937 random(20260801);
  std::size_t accepted = 0;
  for (int i = 0; i < 40'000; ++i) {
    std::string text = "[";
    for (std::size_t n = random() % 9; n > 0; --n)
      text += kPieces[random() % kPieces.size()];
    text += "]";
    if (azure::classify_string(text) != azure::StringClass::Expression) continue;
    const std::string problem = difference(text);
    if (!problem.empty()) FAIL_CHECK(text << ": " << problem);
    const auto read = azure::parse_template(text);
    accepted += std::holds_alternative<TemplateNode>(read) ? 1 : 0;
    if (const auto* mistake = std::get_if<TemplateError>(&read)) {
      INFO(text);
      CHECK(mistake->begin < mistake->end);
      CHECK(mistake->end <= text.size());
      CHECK_FALSE(mistake->message.empty());
    }
  }
  CHECK(accepted > 1000);
}

TEST_CASE("depth and length of expressions are bounded before anything calls itself") {
  const auto code = [](const std::string& text) {
    const auto read = azure::parse_template(text);
    const auto* mistake = std::get_if<TemplateError>(&read);
    return mistake ? std::string(mistake->code) : std::string("ok");
  };
  const auto repeat = [](const std::string& text, int times) {
    std::string out;
    while (times-- > 0)
      out += text;
    return out;
  };
  CHECK(code("[" + repeat("not(", 63) + "true()" + repeat(")", 63) + "]") == "ok");
  CHECK(code("[" + repeat("not(", 64) + "true()" + repeat(")", 64) + "]") == "limit-exceeded");
  CHECK(code("[" + repeat("not(", 20'000) + "]") == "limit-exceeded");
  CHECK(code("[f()" + repeat("[f()", 20'000) + "]") == "limit-exceeded");
  CHECK(code("[f()" + repeat(".x", 64) + "]") == "ok");
  CHECK(code("[f()" + repeat(".x", 30'000) + "]") == "limit-exceeded");
  CHECK(code("[f(1" + repeat(",1", 127) + ")]") == "ok");
  CHECK(code("[f(1" + repeat(",1", 128) + ")]") == "limit-exceeded");
  CHECK(code("['" + repeat("a", 81'918) + "']") == "ok");
  CHECK(code("['" + repeat("a", 81'919) + "']") == "limit-exceeded");
}

} // namespace
} // namespace writ::test
