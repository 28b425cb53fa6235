// SPDX-License-Identifier: MIT
// Operators and functions against the reference interpreter, which shares no code with them: every row of the
// tables and generated calls. Seeded.
#include "tables.h"

#include "reference/functions.h"
#include "reference/operators.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace writ;
using namespace writ::test;

namespace {

using reference::Outcome;

/// Rows on which the two read the sources differently, with the reason for our reading. The tables pin ours.
bool read_differently(const std::string& row) {
  static const std::string kRows[] = {
      R"(toLower "İ")",                        // the invariant culture keeps the Turkish i's
      R"(toUpper "ıſ")",                       // and the long s
      R"(uri "https://h.example/a b" "c")",    // a base with a blank is not well formed
      R"(uri "file:///a/b" "c")",              // a file URI is absolute without a host
      R"(format "{0:g2}" 1.2345E-05)",         // the exponent form is the shorter one
      R"(greaterOrEquals "straße" "strasse")", // both are lower case: neither sorts before the other by case
      R"(equals "0.0001" 0.0001)",             // plain digits from 1E-04 up …
      R"(equals "100000000000000.0" 100000000000000.0)", // … and below 1E+15
      R"(equals {"a":1,"A":2} {"a":1})",                 // the first of two like keys counts
  };
  return std::find(std::begin(kRows), std::end(kRows), row) != std::end(kRows);
}

bool expressible(const Value& value) {
  if (value.undecided() || value.is(ValueKind::Missing)) return false;
  if (value.is(ValueKind::Array))
    for (const Value& element : value.as_array())
      if (!expressible(element)) return false;
  if (value.is(ValueKind::Object)) {
    // The JSON library of the reference cannot hold a key twice.
    std::vector<std::string_view> keys;
    for (const Member& member : value.as_object()) {
      if (!expressible(member.value) || std::find(keys.begin(), keys.end(), member.key) != keys.end())
        return false;
      keys.push_back(member.key);
    }
  }
  return true;
}

reference::json json_of(const Value& value) { return reference::json::parse(to_json(value)); }

Outcome outcome_of(const Value& value) {
  return value.is_absent_field() ? Outcome::absent() : Outcome::of(json_of(value));
}

/// Through our own reader, so that both sides print numbers alike.
std::string describe_reference(const Outcome& outcome) {
  if (outcome.is_error()) return "error " + outcome.failure.code;
  if (outcome.is_unknown()) return "unknown";
  Arena arena;
  Value value;
  JsonError error;
  if (!parse_json(arena, outcome.value.dump(), value, error)) return "unreadable " + outcome.value.dump();
  return to_json(value);
}

std::string describe_ours(const Value& value) {
  if (value.is(ValueKind::Error)) return "error " + std::string(value.as_error().code);
  return value.is(ValueKind::Unknown) ? "unknown" : to_json(value);
}

/// One call on both sides. Calls that the reference cannot express, or that it leaves to its evaluator, are
/// not compared.
bool compare_call(const FunctionInfo& row, std::span<const Value> arguments) {
  const reference::FunctionRow* function = reference::find_function(row.name);
  REQUIRE(function != nullptr);
  if (function->call == nullptr) return false;
  std::vector<Outcome> outcomes;
  for (const Value& argument : arguments) {
    if (!expressible(argument)) return false;
    outcomes.push_back(outcome_of(argument));
  }
  Arena arena;
  const std::string ours = describe_ours(call_function(row.function, arguments, {}, arena, {}));
  // The reference applies limits in its evaluator.
  if (ours == "error limit-exceeded") return false;
  const std::string theirs = reference::accepts_arity(*function, arguments.size())
                                 ? describe_reference(function->call(outcomes))
                                 : "error arity";
  std::string call(row.name);
  for (const Value& argument : arguments)
    call.append(" ").append(to_json(argument));
  if (read_differently(call)) return false;
  INFO(call);
  CHECK(ours == theirs);
  return true;
}

bool compare_operator(const OperatorInfo& row, const Value& left, const Value& right) {
  if (!(left.is(ValueKind::Missing) || expressible(left)) || !expressible(right)) return false;
  const auto op = reference::find_operator(row.azure_name);
  REQUIRE(op.has_value());
  const reference::json right_json = json_of(right);
  const reference::json left_json = json_of(left);
  std::string theirs = "error";
  if (reference::accepts_right(*op, right_json, true))
    theirs = reference::name_of(
        reference::apply(*op, left.is(ValueKind::Missing) ? nullptr : &left_json, right_json, {}, nullptr));
  const std::string ours = describe(apply_operator(row.op, left, right, {}));
  std::string test(row.azure_name);
  test.append(" ").append(to_json(left)).append(" ").append(to_json(right));
  if (read_differently(test)) return false;
  INFO(test);
  CHECK(ours == theirs);
  return true;
}

class ArgumentGenerator {
public:
  explicit ArgumentGenerator(Arena& arena) : arena_(arena) {}

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

  std::string_view text() {
    static constexpr std::string_view kWhole[] = {"",
                                                  "2031-05-06T07:08:09Z",
                                                  "2031-05-06",
                                                  "true",
                                                  "10.0.0.0/8",
                                                  "10.1.2.3",
                                                  "fd00::/8",
                                                  "fd00::1",
                                                  "YWJj",
                                                  "https://h.example/a",
                                                  "{\"k\":[1,2.5]}",
                                                  " 12 ",
                                                  "{0}-{1,4}",
                                                  "{0:N1}"};
    static constexpr std::string_view kPieces[] = {"a", "A", "b", "ß", "ss", "é", "5",  "*", "?", "#",
                                                   ".", "-", "1", "0", "😀",  " ", "%2", "/", ":", "+"};
    if (below(4) == 0) return kWhole[below(std::size(kWhole))];
    std::string out;
    for (std::size_t i = below(5); i > 0; --i)
      out += kPieces[below(std::size(kPieces))];
    return arena_.copy(out);
  }

  Value value(int depth = 2) {
    static constexpr std::string_view kKeys[] = {"a", "A", "b", "key", "Key", "É"};
    switch (below(depth > 0 ? 12 : 9)) {
    case 0:
      return below(2) == 0 ? Value::null() : Value::absent_field();
    case 1:
      return Value::boolean(below(2) == 0);
    case 2:
    case 3:
      return Value::integer(static_cast<std::int64_t>(below(12)) - 2);
    case 4:
      return Value::floating(static_cast<double>(below(12)) / 4);
    case 9:
    case 10: {
      const auto elements = arena_.array<Value>(below(4));
      const bool texts = below(2) == 0;
      for (Value& element : elements)
        element = texts ? Value::string(text()) : value(depth - 1);
      return Value::array(elements);
    }
    case 11: {
      const auto members = arena_.array<Member>(below(4));
      for (Member& member : members)
        member = {kKeys[below(std::size(kKeys))], value(depth - 1)};
      return Value::object(members);
    }
    default:
      return Value::string(text());
    }
  }

private:
  Arena& arena_;
  std::mt19937 random_{20310506};
};

} // namespace

TEST_CASE("the reference interpreter agrees with the function tables") {
  int compared = 0;
  for (const std::string& file : kFunctionTables) {
    for (const YAML::Node& group : load_table(file)) {
      if (group["options"] || group["context"]) continue;
      for (std::size_t i = 0; i < group["rows"].size(); ++i) {
        const YAML::Node row = group["rows"][i];
        Arena arena;
        const auto function = find_function(row[0].Scalar());
        REQUIRE(function.has_value());
        if (compare_call(info(*function), value_of(arena, row[1]).as_array())) ++compared;
      }
    }
  }
  CHECK(compared > 500);
}

TEST_CASE("the reference interpreter agrees on generated calls") {
  Arena arena;
  ArgumentGenerator make(arena);
  int compared = 0;
  for (int round = 0; round < 400; ++round) {
    for (const FunctionInfo& row : all_functions()) {
      const std::size_t most = row.max_args == 255 ? row.min_args + 2U : row.max_args;
      std::vector<Value> arguments;
      for (std::size_t i = row.min_args + make.below(most - row.min_args + 1); i > 0; --i)
        arguments.push_back(make.value());
      if (compare_call(row, arguments)) ++compared;
    }
  }
  CHECK(compared > 10000);
}

TEST_CASE("the reference interpreter agrees on operators") {
  int compared = 0;
  for (const std::string& file : kOperatorTables) {
    for (const YAML::Node& group : load_table(file)) {
      if (group["options"]) continue;
      for (const YAML::Node& row : group["rows"]) {
        Arena arena;
        const auto op = find_operator(row[1].Scalar());
        REQUIRE(op.has_value());
        if (compare_operator(info(*op), value_of(arena, row[0]), value_of(arena, row[2]))) ++compared;
      }
    }
  }
  CHECK(compared > 200);
  Arena arena;
  ArgumentGenerator make(arena);
  for (int round = 0; round < 2000; ++round) {
    const Value left = make.value();
    const Value right = make.value();
    for (const OperatorInfo& row : all_operators())
      compare_operator(row, left, right);
  }
}
