// SPDX-License-Identifier: MIT
// What a function may take and give back, at the limit and one past it.
#include "writ/semantics/functions.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace writ;

namespace {

std::string outcome(Function function, std::vector<Value> arguments) {
  Arena arena;
  const Value result = call_function(function, arguments, {}, arena, {});
  if (result.is(ValueKind::Error)) return std::string(result.as_error().code);
  return result.is(ValueKind::String) ? std::to_string(result.as_string().size()) : "value";
}

/// `depth` arrays around a number.
Value nest(Arena& arena, std::size_t depth) {
  Value value = Value::integer(1);
  for (std::size_t i = 0; i < depth; ++i)
    value = Value::array({arena.make(value), 1});
  return value;
}

} // namespace

TEST_CASE("a returned string has at most 131072 UTF-16 units") {
  const std::string half(kMaxFunctionString / 2, 'x');
  const Value text = Value::string(half);
  CHECK(outcome(Function::Concat, {text, text}) == "131072");
  CHECK(outcome(Function::Concat, {text, text, Value::integer(1)}) == "limit-exceeded");
  // Two bytes a unit, three bytes a unit, and two units in four bytes.
  const std::string accents = [] {
    std::string out;
    for (std::size_t i = 0; i < kMaxFunctionString; ++i)
      out += "\xC3\xA9";
    return out;
  }();
  CHECK(outcome(Function::ToUpper, {Value::string(accents)}) == "262144");
  CHECK(outcome(Function::Concat, {Value::string(accents), Value::integer(1)}) == "limit-exceeded");
}

TEST_CASE("results that would grow without bound stop early") {
  const std::string ones(kMaxFunctionString, '1');
  const Value text = Value::string(ones);
  CHECK(outcome(Function::Replace, {text, Value::string("1"), text}) == "limit-exceeded");
  const std::vector<Value> copies(10000, text);
  const Value array = Value::array(copies);
  CHECK(outcome(Function::Join, {array, text}) == "limit-exceeded");
  CHECK(outcome(Function::String, {array}) == "limit-exceeded");
  CHECK(outcome(Function::DataUri, {array}) == "limit-exceeded");
  CHECK(outcome(Function::Format, {Value::string("{0}"), array}) == "limit-exceeded");
  const std::string places = [] {
    std::string out;
    for (int i = 0; i < 40000; ++i)
      out += "{0}";
    return out;
  }();
  CHECK(outcome(Function::Format, {Value::string(places), text}) == "limit-exceeded");
  CHECK(outcome(Function::Split, {text, Value::string("1")}) == "limit-exceeded");
}

TEST_CASE("an array or object has at most 32768 values and 128 levels") {
  const std::vector<Value> most(kMaxFunctionNodes - 1, Value::integer(1));
  const Value array = Value::array(most);
  CHECK(outcome(Function::Array, {array}) == "value");
  CHECK(outcome(Function::CreateArray, {array}) == "limit-exceeded");
  CHECK(outcome(Function::Concat, {array, array}) == "limit-exceeded");
  CHECK(outcome(Function::Length, {array}) == "value");
  const std::vector<Value> more(kMaxFunctionNodes, Value::integer(1));
  CHECK(outcome(Function::Length, {Value::array(more)}) == "limit-exceeded");

  Arena arena;
  CHECK(outcome(Function::Length, {nest(arena, 128)}) == "value");
  CHECK(outcome(Function::Length, {nest(arena, 129)}) == "limit-exceeded");
  CHECK(outcome(Function::CreateArray, {nest(arena, 127)}) == "value");
  CHECK(outcome(Function::CreateArray, {nest(arena, 128)}) == "limit-exceeded");
  const std::string deep = std::string(200, '[') + std::string(200, ']');
  CHECK(outcome(Function::Json, {Value::string(deep)}) == "limit-exceeded");
}

TEST_CASE("sets of many elements are found quickly") {
  Arena arena;
  std::vector<Value> numbers;
  for (std::int64_t i = 0; i < 30000; ++i)
    numbers.push_back(Value::integer(i % 20000));
  const Value arguments[] = {Value::array(numbers), Value::array(numbers)};
  const Value both = call_function(Function::Intersection, arguments, {}, arena, {});
  REQUIRE(both.is(ValueKind::Array));
  CHECK(both.as_array().size() == 20000);
}
