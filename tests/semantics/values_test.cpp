// SPDX-License-Identifier: MIT
// JSON text in and out, member look-up, copies, numbers as text.
#include "writ/semantics/compare.h"
#include "writ/semantics/number_text.h"
#include "writ/semantics/value.h"

#include <catch2/catch.hpp>
#include <limits>

using namespace writ;

namespace {

std::string reprinted(std::string_view text) {
  Arena arena;
  Value value;
  JsonError error;
  if (!parse_json(arena, text, value, error)) return "error at " + std::to_string(error.offset);
  return to_json(value);
}

} // namespace

TEST_CASE("JSON text is read strictly and printed compactly") {
  CHECK(reprinted(R"( { "a" : [ 1 , -2.50, true,false ,null ] , "b":{} } )") ==
        R"({"a":[1,-2.5,true,false,null],"b":{}})");
  CHECK(reprinted("[]") == "[]");
  CHECK(reprinted(R"("\u0041\n\\\/\"\ud83d\ude00")") == R"("A\n\\/\"😀")");
  CHECK(reprinted("-0") == "0");
  CHECK(reprinted("-0.0") == "-0.0");
  CHECK(reprinted("9223372036854775807") == "9223372036854775807");
  CHECK(reprinted("9223372036854775808") == "9.223372036854776E+18");
  CHECK(reprinted("1e2") == "100.0");
  CHECK(reprinted("1e-400") == "0.0");
  CHECK(reprinted(R"({"a":1,"a":2})") == R"({"a":1,"a":2})");
}

TEST_CASE("anything that is not JSON is refused with its position") {
  const std::pair<const char*, std::size_t> cases[] = {
      {"", 0},
      {"  ", 2},
      {"[1,]", 3},
      {"[1 2]", 3},
      {"{\"a\" 1}", 5},
      {"{a:1}", 1},
      {"'a'", 0},
      {"\"a", 2},
      {"\"\\x\"", 3},
      {"\"\n\"", 1},
      {"01", 1},
      {"1.", 2},
      {"-", 1},
      {"+1", 0},
      {".5", 0},
      {"1e", 2},
      {"tru", 0},
      {"nullx", 4},
      {"[1]]", 3},
      {"\"\\ud800\"", 7},
      {"\"\\udc00\"", 7},
      {"\"\\u12g4\"", 5},
      {"1e400", 0},
      {"\"\xff\"", 3},
      {"{\"a\":1", 6},
      {"NaN", 0},
      {"[1] x", 4},
      {"\xEF\xBB\xBF"
       "1",
       0},
  };
  for (const auto& [text, offset] : cases) {
    INFO(text);
    CHECK(reprinted(text) == "error at " + std::to_string(offset));
  }
}

TEST_CASE("JSON text may nest 128 levels") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(reprinted(nested(128)) == nested(128));
  CHECK(reprinted(nested(129)) == "error at 128");
  CHECK(reprinted(nested(100000)) == "error at 128");
}

TEST_CASE("undecided values can be printed") {
  Arena arena;
  const Value elements[] = {Value::unknown(), make_error(arena, "overflow", "x"), Value::missing()};
  CHECK(to_json(Value::array(elements)) == R"(["<unknown>","<error: overflow>",null])");
}

TEST_CASE("members are found by the first key that matches in ASCII") {
  const Member members[] = {{"Env", Value::integer(1)}, {"env", Value::integer(2)}, {"É", Value::integer(3)}};
  const Value object = Value::object(members);
  CHECK(find_member(object, "env").as_int() == 1);
  CHECK(find_member(object, "É").as_int() == 3);
  CHECK(find_member(object, "é").is(ValueKind::Missing));
  CHECK(find_member(object, "envy").is(ValueKind::Missing));
  CHECK(find_member(Value::string("env"), "env").is(ValueKind::Missing));
}

TEST_CASE("a copy shares nothing with its source") {
  Arena arena;
  Value copy;
  {
    Arena source;
    Value value;
    JsonError error;
    REQUIRE(parse_json(source, R"({"key":["text",{"n":1.5}]})", value, error));
    const Value parts[] = {value, make_error(source, "code", "detail"), Value::absent_field()};
    copy = copy_into(arena, Value::array(parts));
    source.reset();
    for (const char* noise : {"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"})
      source.copy(noise);
  }
  CHECK(to_json(copy) == R"([{"key":["text",{"n":1.5}]},"<error: code>",null])");
  CHECK(copy.as_array()[1].as_error().detail == "detail");
  CHECK(copy.as_array()[2].is_absent_field());
}

TEST_CASE("the canonical text of numbers") {
  const std::pair<double, const char*> cases[] = {
      {5.0, "5.0"},
      {-0.5, "-0.5"},
      {0.1, "0.1"},
      {1e14, "100000000000000.0"},
      {1e15, "1E+15"},
      {1.5e300, "1.5E+300"},
      {0.0001, "0.0001"},
      {0.00001, "1E-05"},
      {123456.789, "123456.789"},
      {1.0 / 3.0, "0.3333333333333333"},
  };
  for (const auto& [number, text] : cases) {
    std::string out;
    append_double(out, number, true);
    CHECK(out == text);
    CHECK(parse_decimal(out) == number);
  }
  std::string buffer;
  CHECK(text_of(Value::integer(std::numeric_limits<std::int64_t>::min()), buffer) == "-9223372036854775808");
  CHECK(text_of(Value::floating(5.0), buffer) == "5.0");
  CHECK(text_of(Value::boolean(true), buffer) == "true");
  CHECK_FALSE(text_of(Value::null(), buffer).has_value());
  CHECK_FALSE(text_of(Value::array({}), buffer).has_value());
}
