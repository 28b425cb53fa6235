// SPDX-License-Identifier: MIT
// Extract patterns, names, limits of values.
#include "vm/dynamic_field.h"
#include "vm/limits.h"
#include "vm/select.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::vm;

namespace {

std::string extracted(std::string_view phrase, std::string_view variable, std::string_view text) {
  return to_json(extract(phrase, variable, Value::string(text)));
}

} // namespace

TEST_CASE("extract patterns") {
  CHECK(extracted("{a}", "a", "x") == "\"x\"");
  CHECK(extracted("{a}", "A", "x") == "\"x\"");
  CHECK(extracted("{a}", "b", "x") == "null");
  CHECK(extracted("{a}", "a", "") == "null");
  CHECK(extracted("{a}/{b}", "b", "x/y") == "\"y\"");
  CHECK(extracted("{a}{b}", "b", "xyz") == "\"z\"");
  CHECK(extracted("Pre-{a}-post", "a", "pre-mid-POST") == "\"mid\"");
  CHECK(extracted("Pre-{a}-post", "a", "pre-mid-POSTX") == "null");
  CHECK(extracted("{a}-{a}", "a", "x-y") == "\"x\"");
  CHECK(extracted("{a", "a", "{a") == "null");
  CHECK(to_json(extract("{a}", "a", Value::integer(3))) == "null");
}

TEST_CASE("a pattern made to be slow gives up") {
  std::string phrase;
  for (int i = 0; i < 200; ++i)
    phrase += "{a}";
  const std::string text(5000, 'x');
  CHECK(extracted(phrase + "!", "a", text) == "null");
}

TEST_CASE("limits of values") {
  Arena arena;
  Limits limits;
  limits.nodes = 3;
  limits.depth = 1;
  limits.text = 2;
  const Value two[] = {Value::integer(1), Value::integer(2)};
  CHECK(within_limits(Value::array(two), limits, arena).is(ValueKind::Array));
  const Value three[] = {Value::integer(1), Value::integer(2), Value::integer(3)};
  CHECK(within_limits(Value::array(three), limits, arena).as_error().code == "limit-exceeded");
  const Value nested[] = {Value::array({two, 1})};
  CHECK(within_limits(Value::array(nested), limits, arena).as_error().code == "limit-exceeded");
  CHECK(within_limits(Value::string("\xF0\x9F\x98\x80"), limits, arena).is(ValueKind::String));
  CHECK(within_limits(Value::string("\xF0\x9F\x98\x80x"), limits, arena).is(ValueKind::Error));
  CHECK(within_limits(Value::integer(1), limits, arena).is(ValueKind::Int));
}

TEST_CASE("field names are classified") {
  using Form = FieldName::Form;
  CHECK(classify_field_name("Name").form == Form::Identity);
  CHECK(classify_field_name("tagsx").form == Form::Other);
  CHECK(classify_field_name("identity").form == Form::Other);
  CHECK(classify_field_name("tags['a']").keys == std::vector<std::string>{"tags", "a"});
  CHECK(classify_field_name("tags['']").form == Form::Invalid);
  CHECK(classify_field_name("tags[").form == Form::Invalid);
  CHECK(classify_field_name("tags[]x").form == Form::Invalid);
}
