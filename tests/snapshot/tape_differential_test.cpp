// SPDX-License-Identifier: MIT
// Whatever the text, the tape says what simdjson says: same texts refused, same values, whether a text is
// parsed alone or as one of many.
#include "snapshot/tape_parser.h"

#include <catch2/catch.hpp>
#include <simdjson.h>

#include <bit>
#include <random>
#include <string>
#include <vector>

using namespace writ;
using namespace writ::snapshot;

namespace {

/// Random JSON in one line, with the forms that parsers get wrong.
class Generator {
public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::string document() {
    std::string text;
    blanks(text);
    container(text, 0);
    blanks(text);
    return text;
  }
  /// Changes a few bytes.
  void damage(std::string& text) {
    static constexpr std::string_view kBytes =
        "{}[]:,\"\\ 0123456789.eE+-tfnul/\x01\x1a\x0c\x80\xc3\xff\xed\xa0";
    for (std::size_t i = 1 + pick(2); i > 0 && !text.empty(); --i) {
      const std::size_t at = pick(text.size());
      switch (pick(4)) {
      case 0:
        text.erase(at, 1);
        break;
      case 1:
        text.insert(at, 1, kBytes[pick(kBytes.size())]);
        break;
      case 2:
        text[at] = kBytes[pick(kBytes.size())];
        break;
      default:
        text.resize(at);
        break;
      }
    }
  }
  std::size_t pick(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }

private:
  template <std::size_t N> std::string_view one_of(const std::string_view (&choices)[N]) {
    return choices[pick(N)];
  }
  void blanks(std::string& text) {
    static constexpr std::string_view kBlanks[] = {"", "", "", "", " ", "\t", "  ", "\r"};
    text += one_of(kBlanks);
  }
  void string(std::string& text) {
    static constexpr std::string_view kPieces[] = {"a",
                                                   "id",
                                                   "properties",
                                                   "\\\"",
                                                   "\\\\",
                                                   "\\/",
                                                   "\\n",
                                                   "\\u00e9",
                                                   "\\u0000",
                                                   "\\ud83d\\ude00",
                                                   "é",
                                                   "😀",
                                                   "\\ud800",
                                                   "\\u12",
                                                   "\\x",
                                                   "\\udc00",
                                                   " ",
                                                   "{",
                                                   "]",
                                                   ",",
                                                   ":",
                                                   "\\u20AC",
                                                   "\\b\\f\\r\\t",
                                                   "0123456789abcdef0123456789abcdef0123456789",
                                                   "\\uD83Dx",
                                                   "\x7f"};
    text += '"';
    // Damaged escapes are rare, or every document would hold one.
    for (std::size_t i = pick(4); i > 0; --i) {
      const std::string_view piece = one_of(kPieces);
      const bool damaged = piece == "\\ud800" || piece == "\\u12" || piece == "\\x" || piece == "\\udc00" ||
                           piece == "\\uD83Dx";
      if (!damaged || pick(20) == 0) text += piece;
    }
    text += '"';
  }
  void scalar(std::string& text) {
    static constexpr std::string_view kScalars[] = {"0",
                                                    "-0",
                                                    "7",
                                                    "-12",
                                                    "1234567890123456",
                                                    "999999999999999999",
                                                    "-999999999999999999",
                                                    "1000000000000000000",
                                                    "9223372036854775807",
                                                    "-9223372036854775808",
                                                    "18446744073709551615",
                                                    "0.5",
                                                    "-0.0",
                                                    "1e10",
                                                    "1E-7",
                                                    "2.5e+3",
                                                    "123456.789012345",
                                                    "1e308",
                                                    "4.9e-324",
                                                    "1e-400",
                                                    "true",
                                                    "false",
                                                    "null",
                                                    "0.1e1"};
    static constexpr std::string_view kDamaged[] = {"01",    "-",  "1.",    ".5", "1e",  "tru",
                                                    "nulll", "+1", "1e999", "-a", "1.e2"};
    if (pick(200) == 0)
      text += one_of(kDamaged);
    else if (pick(2) == 0)
      text += one_of(kScalars);
    else
      string(text);
  }
  void value(std::string& text, unsigned depth) {
    if (depth < 5 && pick(3) == 0)
      container(text, depth + 1);
    else
      scalar(text);
  }
  void container(std::string& text, unsigned depth) {
    const bool object = pick(3) != 0;
    text += object ? '{' : '[';
    blanks(text);
    const std::size_t members = pick(5);
    for (std::size_t i = 0; i < members; ++i) {
      if (i > 0) text += ',';
      blanks(text);
      if (object) {
        string(text);
        blanks(text);
        text += ':';
        blanks(text);
      }
      value(text, depth);
      blanks(text);
    }
    text += object ? '}' : ']';
  }

  std::mt19937 random_;
};

bool same(const simdjson::dom::element& want, const Value& have) {
  using Type = simdjson::dom::element_type;
  switch (want.type()) {
  case Type::ARRAY: {
    if (!have.is(ValueKind::Array)) return false;
    std::size_t at = 0;
    const simdjson::dom::array elements = want.get_array().value();
    for (const simdjson::dom::element element : elements)
      if (at >= have.as_array().size() || !same(element, have.as_array()[at++])) return false;
    return at == have.as_array().size();
  }
  case Type::OBJECT: {
    if (!have.is(ValueKind::Object)) return false;
    std::size_t at = 0;
    const simdjson::dom::object members = want.get_object().value();
    for (const simdjson::dom::key_value_pair member : members) {
      if (at >= have.as_object().size() || have.as_object()[at].key != member.key ||
          !same(member.value, have.as_object()[at].value))
        return false;
      ++at;
    }
    return at == have.as_object().size();
  }
  case Type::INT64:
    return have.is(ValueKind::Int) && have.as_int() == want.get_int64().value();
  case Type::UINT64:
    return have.is(ValueKind::Float) && have.as_float() == static_cast<double>(want.get_uint64().value());
  case Type::DOUBLE:
    return have.is(ValueKind::Float) && std::bit_cast<std::uint64_t>(have.as_float()) ==
                                            std::bit_cast<std::uint64_t>(want.get_double().value());
  case Type::STRING:
    return have.is(ValueKind::String) && have.as_string() == want.get_string().value();
  case Type::BOOL:
    return have.is(ValueKind::Bool) && have.as_bool() == want.get_bool().value();
  case Type::NULL_VALUE:
    return have.is(ValueKind::Null);
  }
  return false;
}

/// Integers past 64 bits are read as doubles, which simdjson does not do.
constexpr simdjson::error_code kWidened = simdjson::NUMBER_ERROR;

void check(simdjson::dom::parser& oracle, std::string_view text, const char* reason, const Tape& tape) {
  simdjson::dom::element element;
  const auto error = oracle.parse(text.data(), text.size(), true).get(element);
  if (error == kWidened) return;
  INFO("text: " << text);
  INFO("simdjson: " << simdjson::error_message(error));
  REQUIRE((reason == nullptr) == (error == simdjson::SUCCESS));
  if (reason != nullptr) {
    CHECK(std::string_view(reason) == simdjson::error_message(error));
    return;
  }
  Arena arena;
  REQUIRE(same(element, tape.materialise(Tape::kRoot, arena)));
}

} // namespace

TEST_CASE("the tape says what simdjson says", "[snapshot]") {
  Generator generator(11);
  simdjson::dom::parser oracle;
  TapeParser parser;
  std::string buffer;
  for (int i = 0; i < 60'000; ++i) {
    std::string text = generator.document();
    if (i % 2 == 1) generator.damage(text);
    if (text.empty()) continue;
    buffer.assign(text).append(kPadding, i % 3 == 0 ? '9' : i % 3 == 1 ? '"' : '\0');
    const std::string_view view = std::string_view(buffer).substr(0, text.size());
    const char* reason = parser.parse(view);
    check(oracle, view, reason, parser.tape());
  }
}

TEST_CASE("a text says the same alone and as one of many", "[snapshot]") {
  Generator generator(12);
  simdjson::dom::parser oracle;
  TapeParser parser;
  for (int round = 0; round < 3'000; ++round) {
    std::string text;
    std::vector<std::pair<std::size_t, std::size_t>> parts;
    const std::size_t damaged = round % 2 == 0 ? 100 : generator.pick(12);
    for (std::size_t i = 0; i < 12; ++i) {
      std::string line = generator.document();
      if (i == damaged) generator.damage(line);
      if (!line.empty()) parts.emplace_back(text.size(), line.size());
      text += line + "\n";
    }
    const std::size_t size = text.size();
    text.append(kPadding, '7');
    parser.open(std::string_view(text).substr(0, size));
    for (const auto& [begin, length] : parts) {
      // Some parts are never asked for, and other texts may come in between.
      if (generator.pick(10) == 0) continue;
      if (generator.pick(10) == 0) REQUIRE(parser.parse(std::string_view(text).substr(0, 0)) != nullptr);
      const std::string_view part = std::string_view(text).substr(begin, length);
      const char* reason = parser.parse_part(part);
      check(oracle, part, reason, parser.tape());
    }
  }
}

TEST_CASE("deep texts, long texts and long strings", "[snapshot]") {
  simdjson::dom::parser oracle;
  TapeParser parser;
  std::string buffer;
  const auto try_text = [&](const std::string& text) {
    buffer.assign(text).append(kPadding, '\0');
    const std::string_view view = std::string_view(buffer).substr(0, text.size());
    const char* reason = parser.parse(view);
    simdjson::dom::element element;
    const auto error = oracle.parse(view.data(), view.size(), true).get(element);
    INFO(text.size() << " bytes: " << simdjson::error_message(error));
    REQUIRE((reason == nullptr) == (error == simdjson::SUCCESS));
    if (reason != nullptr) return;
    Arena arena;
    CHECK(same(element, parser.tape().materialise(Tape::kRoot, arena)));
  };
  for (const std::size_t depth : {998u, 999u, 1000u, 1001u, 1022u, 1023u, 1024u, 1025u, 20'000u})
    try_text(std::string(depth, '[') + std::string(depth, ']'));
  for (const std::size_t size : {(1u << 23) - 2, (1u << 23) - 1, 1u << 23, (1u << 23) + 1}) {
    try_text("[\"" + std::string(size, 'x') + "\"]");
    try_text("{\"" + std::string(size, 'k') + "\":\"\\n" + std::string(size, 'x') + "\"}");
  }
}
