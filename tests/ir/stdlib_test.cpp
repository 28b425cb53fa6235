// SPDX-License-Identifier: MIT
// What the checker makes of the standard library is well formed and survives its dump.
#include "ir/dump.h"
#include "ir/standard_library.h"
#include "ir/verify.h"

#include <catch2/catch.hpp>

using namespace writ;

TEST_CASE("the standard library lowers to well-formed IR") {
  const testing::CheckedText library = testing::standard_library();
  REQUIRE_FALSE(library.project.set.policies.empty());
  for (const ir::Problem& problem : ir::verify(library.project.set))
    FAIL_CHECK(problem.policy << ": " << problem.text);
}

TEST_CASE("the standard library survives dump and parse") {
  const testing::CheckedText library = testing::standard_library();
  const std::string text = ir::dump(library.project.set);
  const ir::ParsedSet read = ir::parse_set(text);
  REQUIRE(read.error.empty());
  REQUIRE(ir::dump(read.set) == text);
  REQUIRE(ir::verify(read.set).empty());
}
