// SPDX-License-Identifier: MIT
// The hot path: operators on ASCII text must not touch the heap.
#include "writ/semantics/compare.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <new>

namespace {

std::size_t allocations = 0;

} // namespace

void* operator new(std::size_t bytes) {
  ++allocations;
  if (void* memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(bytes == 0 ? 1 : bytes);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

using namespace writ;

TEST_CASE("operators on ASCII text do not allocate") {
  const Value text = Value::string("Microsoft.CognitiveServices/accounts/deployments");
  const Value same = Value::string("MICROSOFT.cognitiveservices/accounts/deployments");
  const Value pattern = Value::string("microsoft.*/ACCOUNTS/*s");
  const Value part = Value::string("/ACCOUNTS/");
  const Value shape = Value::string("?????????................../......../...........");
  const Value date = Value::string("2031-05-06T07:08:09.1234567+02:00");
  const Value list[] = {part, pattern, Value::integer(5), Value::boolean(true), same};
  const Value strings = Value::array(list);
  const Member members[] = {{"Env", text}};
  const Value object = Value::object(members);
  const SemanticsOptions options;
  const std::size_t before = allocations;
  unsigned held = 0;
  const auto count = [&](Operator op, const Value& left, const Value& right) {
    held += apply_operator(op, left, right, options) == Truth::True ? 1U : 0U;
  };
  count(Operator::Equals, text, same);
  count(Operator::Equals, Value::integer(5), Value::string("5"));
  count(Operator::Equals, Value::boolean(true), Value::string("TRUE"));
  count(Operator::Like, text, pattern);
  count(Operator::Contains, text, part);
  count(Operator::Contains, strings, same);
  count(Operator::Match, text, shape);
  count(Operator::In, text, strings);
  count(Operator::ContainsKey, object, Value::string("env"));
  count(Operator::LessOrEquals, date, date);
  count(Operator::GreaterOrEquals, text, same);
  count(Operator::Exists, text, Value::string("true"));
  count(Operator::Like, Value::integer(443), Value::string("4*"));
  CHECK(allocations == before);
  CHECK(held == 13);
}
