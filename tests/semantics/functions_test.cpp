// SPDX-License-Identifier: MIT
// The function tables, property access, and the list of functions itself.
#include "tables.h"

#include <catch2/catch.hpp>
#include <set>

using namespace writ;
using namespace writ::test;

namespace {

EvaluationContext context_of(Arena& arena, const YAML::Node& node) {
  EvaluationContext context;
  if (!node) return context;
  context.now = value_of(arena, node["utcNow"]);
  context.subscription = value_of(arena, node["subscription"]);
  context.resource_group = value_of(arena, node["resourceGroup"]);
  context.request_context = value_of(arena, node["requestContext"]);
  context.policy = value_of(arena, node["policy"]);
  return context;
}

/// A call is right when kind and content are; an error must also name its function and say something.
void check_result(const Value& result, const Value& expected, std::string_view function) {
  CHECK(describe(result) == describe(expected));
  if (!result.is(ValueKind::Error) || result.as_error().detail == "from the table") return;
  CHECK(result.as_error().detail.size() > function.size() + 4);
}

} // namespace

TEST_CASE("function tables") {
  std::set<Function> covered;
  for (const std::string& file : kFunctionTables) {
    for (const YAML::Node& group : load_table(file)) {
      const SemanticsOptions options = options_of(group);
      for (std::size_t i = 0; i < group["rows"].size(); ++i) {
        const YAML::Node row = group["rows"][i];
        INFO(place_of(file, group, i));
        Arena arena;
        const EvaluationContext context = context_of(arena, group["context"]);
        const auto function = find_function(row[0].Scalar());
        REQUIRE(function.has_value());
        REQUIRE(row.size() == 3);
        covered.insert(*function);
        const Value arguments = value_of(arena, row[1]);
        const Value result = call_function(*function, arguments.as_array(), context, arena, options);
        check_result(result, value_of(arena, row[2]), info(*function).name);
      }
    }
  }
  for (const FunctionInfo& row : all_functions()) {
    INFO(row.name);
    CHECK(covered.contains(row.function));
  }
}

TEST_CASE("access tables") {
  for (const YAML::Node& group : load_table("access.yaml")) {
    for (std::size_t i = 0; i < group["rows"].size(); ++i) {
      const YAML::Node row = group["rows"][i];
      INFO(place_of("access.yaml", group, i));
      Arena arena;
      const Value result = access_member(value_of(arena, row[0]), value_of(arena, row[1]), arena);
      CHECK(describe(result) == describe(value_of(arena, row[2])));
    }
  }
}

TEST_CASE("functions are found by name in any case") {
  std::set<std::string_view> names;
  for (const FunctionInfo& row : all_functions()) {
    INFO(row.name);
    CHECK(names.insert(row.name).second);
    CHECK(&info(row.function) == &row);
    CHECK(find_function(row.name) == row.function);
    CHECK_FALSE(is_forbidden_function(row.name));
    CHECK_FALSE(row.doc.empty());
    CHECK(row.min_args <= row.max_args);
  }
  CHECK(find_function("RESOURCEGROUP") == Function::ResourceGroup);
  CHECK_FALSE(find_function("regex").has_value());
}

TEST_CASE("functions that a rule may not call") {
  for (const char* name : {"reference", "ResourceId", "listKeys", "LISTanything", "newGuid", "dateTimeAdd",
                           "map", "my.function", "variables", "copyIndex", "tenant", "pickZones"}) {
    INFO(name);
    CHECK(is_forbidden_function(name));
    CHECK_FALSE(find_function(name).has_value());
  }
  for (const char* name : {"foo", "lis", "concat", ""}) {
    INFO(name);
    CHECK_FALSE(is_forbidden_function(name));
  }
}

TEST_CASE("the number of arguments") {
  CHECK(accepts_arity(Function::Substring, 2));
  CHECK_FALSE(accepts_arity(Function::Substring, 1));
  CHECK_FALSE(accepts_arity(Function::Substring, 4));
  CHECK(accepts_arity(Function::Concat, 1000));
  CHECK(accepts_arity(Function::CreateObject, 0));
  CHECK_FALSE(accepts_arity(Function::CreateObject, 3));
}
