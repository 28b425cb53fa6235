// SPDX-License-Identifier: MIT
// The tape reads like the text: the fast parser and the strict one agree on values.
#include "snapshot/tape_parser.h"

#include <catch2/catch.hpp>

#include <string>

using namespace writ;
using namespace writ::snapshot;

namespace {

std::string padded(std::string_view text) { return std::string(text) + std::string(kPadding, '\0'); }

std::string through_tape(std::string_view text) {
  const std::string buffer = padded(text);
  TapeParser parser;
  Arena arena;
  if (const char* reason = parser.parse(std::string_view(buffer).substr(0, text.size())))
    return std::string("! ") + reason;
  return to_json(parser.tape().materialise(Tape::kRoot, arena));
}

std::string through_value(std::string_view text) {
  Arena arena;
  Value value;
  JsonError error;
  return parse_json(arena, text, value, error) ? to_json(value) : "!";
}

} // namespace

TEST_CASE("values come from the tape as the strict parser reads them", "[snapshot]") {
  for (const std::string_view text :
       {R"({})", R"([])", R"({"a":[],"b":{}})", R"([1,-1,0,9223372036854775807,-9223372036854775808])",
        R"([9223372036854775808,18446744073709551615])",
        R"([1.5,-0.25,1e3,1E-3,123456789012345678901234567890])", R"([true,false,null])",
        R"(["","a","\u00e9\n\"\\","😀"])", R"({"a":{"b":{"c":[{"d":1},{"d":[2,[3]]}]}}})", R"("text")", R"(7)",
        R"( { "a" : 1 } )"}) {
    INFO(text);
    CHECK(through_tape(text) == through_value(text));
  }
}

TEST_CASE("integers beyond 64 bits are numbers, not damage", "[snapshot]") {
  CHECK(through_tape(R"([18446744073709551616])") == through_value(R"([18446744073709551616.0])"));
  CHECK(through_tape(R"({"a":-99999999999999999999,"b":"99999999999999999999"})") ==
        through_value(R"({"a":-99999999999999999999.0,"b":"99999999999999999999"})"));
  CHECK(through_tape(R"([1.00000000000000000000001,1e10,2E+10,3.5e-7,99999999999999999999])") ==
        through_value(R"([1.00000000000000000000001,1e10,2E+10,3.5e-7,99999999999999999999.0])"));
}

TEST_CASE("damage is refused with a reason", "[snapshot]") {
  for (const std::string_view text :
       {"{", "}", "[1,]", "{\"a\":}", "\"\\x\"", "tru", "01", "[1 2]", "\"\n\"", "1e999", ""}) {
    INFO(text);
    CHECK(through_tape(text).substr(0, 1) == "!");
  }
}

TEST_CASE("one parser serves texts of any size in any order", "[snapshot]") {
  TapeParser parser;
  Arena arena;
  for (const std::size_t size : {1u, 70000u, 10u, 300000u, 5u}) {
    const std::string text = padded("\"" + std::string(size, 'x') + "\"");
    REQUIRE(parser.parse(std::string_view(text).substr(0, size + 2)) == nullptr);
    CHECK(parser.tape().text(Tape::kRoot).size() == size);
  }
}

TEST_CASE("counts past the tape's limit are counted", "[snapshot]") {
  std::string text = "[0";
  const std::size_t elements = 0xFFFFFF + 10;
  text.reserve(2 * elements + kPadding);
  for (std::size_t i = 1; i < elements; ++i)
    text += ",0";
  text += ']';
  const std::size_t size = text.size();
  text.append(kPadding, '\0');
  TapeParser parser;
  REQUIRE(parser.parse(std::string_view(text).substr(0, size)) == nullptr);
  CHECK(parser.tape().count(Tape::kRoot) == elements);
}
