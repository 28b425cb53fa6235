// SPDX-License-Identifier: MIT
// The operator tables: single rows, and every operator against every kind of left side.
#include "tables.h"

#include <catch2/catch.hpp>
#include <set>

using namespace writ;
using namespace writ::test;

namespace {

std::string apply_as_text(Operator op, const Value& left, const Value& right,
                          const SemanticsOptions& options) {
  EvaluationError why;
  const Truth truth = apply_operator(op, left, right, options, &why);
  // The reason belongs to the outcome; without a place for it the outcome is the same.
  if (apply_operator(op, left, right, options) != truth) return "differs without a reason";
  std::string text = describe(truth);
  if (truth == Truth::Error) text.append(" ").append(why.code);
  return text;
}

} // namespace

TEST_CASE("operator tables") {
  for (const std::string& file : kOperatorTables) {
    for (const YAML::Node& group : load_table(file)) {
      const SemanticsOptions options = options_of(group);
      for (std::size_t i = 0; i < group["rows"].size(); ++i) {
        const YAML::Node row = group["rows"][i];
        INFO(place_of(file, group, i));
        Arena arena;
        const auto op = find_operator(row[1].Scalar());
        REQUIRE(op.has_value());
        CHECK(apply_as_text(*op, value_of(arena, row[0]), value_of(arena, row[2]), options) ==
              row[3].Scalar());
      }
    }
  }
}

TEST_CASE("every operator against every kind of left side") {
  const YAML::Node table = load_table("kinds.yaml");
  Arena arena;
  std::vector<Value> lefts;
  std::set<ValueKind> kinds;
  for (const YAML::Node& node : table["lefts"]) {
    lefts.push_back(value_of(arena, node));
    kinds.insert(lefts.back().kind());
  }
  CHECK(kinds.size() == 10); // all of ValueKind
  std::set<Operator> seen;
  for (const YAML::Node& row : table["grid"]) {
    const auto op = find_operator(row[0].Scalar());
    REQUIRE(op.has_value());
    seen.insert(*op);
    std::string expected = row[2].Scalar();
    std::erase(expected, ' ');
    const Value right = value_of(arena, row[1]);
    std::string actual;
    for (const Value& left : lefts)
      actual += "FT?E"[static_cast<int>(apply_operator(*op, left, right, {}))];
    INFO(row[0].Scalar() << " " << to_json(right));
    CHECK(actual == expected);
  }
  CHECK(seen.size() == all_operators().size());
}

TEST_CASE("operators are found by name in any case") {
  CHECK(all_operators().size() == 19);
  for (const OperatorInfo& row : all_operators()) {
    CHECK(info(row.op).azure_name == row.azure_name);
    CHECK(info(row.negated).negated == row.op);
    CHECK(find_operator(row.azure_name) == row.op);
  }
  CHECK(find_operator("NOTIN") == Operator::NotIn);
  CHECK_FALSE(find_operator("lessThan").has_value());
  CHECK_FALSE(find_operator("").has_value());
}

TEST_CASE("locations compare without blanks and case") {
  Arena arena;
  const Value list[] = {Value::string("East US 2"), Value::null(), Value::integer(3)};
  const Value normal = normalize_location(arena, Value::array(list));
  CHECK(to_json(normal) == R"(["eastus2",null,3])");
  CHECK(normalize_location(arena, Value::string("WEST\tEurope ")).as_string() == "westeurope");
  CHECK(normalize_location(arena, Value::missing()).is(ValueKind::Missing));
}
