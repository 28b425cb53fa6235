// SPDX-License-Identifier: MIT
// Laws that hold for every value, over generated ones. Seeded: a failure prints what to repeat.
#include "tables.h"

#include "writ/semantics/pattern.h"
#include "writ/text.h"

#include <catch2/catch.hpp>
#include <random>

using namespace writ;
using namespace writ::test;

namespace {

constexpr unsigned kSeed = 20310506;
constexpr int kRounds = 4000;

/// Small worlds make equal values likely.
class Generator {
public:
  explicit Generator(Arena& arena) : arena_(arena) {}

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_); }

  std::string_view text() {
    static constexpr std::string_view kPieces[] = {"a", "A", "b", "ß", "ss", "é", "É", "5",
                                                   "*", "?", "#", ".", "-",  "1", "0", "😀"};
    std::string out;
    for (std::size_t i = below(5); i > 0; --i)
      out += kPieces[below(std::size(kPieces))];
    return arena_.copy(out);
  }

  Value value(int depth = 2) {
    switch (below(depth > 0 ? 12 : 10)) {
    case 0:
      return Value::missing();
    case 1:
      return Value::null();
    case 2:
      return Value::boolean(below(2) == 0);
    case 3:
      return Value::integer(static_cast<std::int64_t>(below(12)) - 2);
    case 4:
      return Value::floating(static_cast<double>(below(12)) / 2);
    case 5:
      return Value::string(below(2) == 0 ? "true" : "2031-05-06");
    case 6:
      return below(4) == 0 ? Value::unknown() : Value::absent_field();
    case 10: {
      const auto elements = arena_.array<Value>(below(3));
      for (Value& element : elements)
        element = value(depth - 1);
      return Value::array(elements);
    }
    case 11: {
      const auto members = arena_.array<Member>(below(3));
      for (Member& member : members)
        member = {text(), value(depth - 1)};
      return Value::object(members);
    }
    default:
      return Value::string(text());
    }
  }

private:
  Arena& arena_;
  std::mt19937 random_{kSeed};
};

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

} // namespace

TEST_CASE("a negative operator is the negation of its partner") {
  Arena arena;
  Generator make(arena);
  for (int round = 0; round < kRounds; ++round) {
    const Value left = make.value();
    const Value right = make.value();
    for (const OperatorInfo& row : all_operators()) {
      if (row.negated == row.op) continue;
      const Truth truth = apply_operator(row.op, left, right, {});
      if (apply_operator(row.negated, left, right, {}) != truth_not(truth))
        FAIL(row.azure_name << " " << to_json(left) << " " << to_json(right));
    }
  }
}

TEST_CASE("equality is reflexive and symmetric") {
  Arena arena;
  Generator make(arena);
  for (int round = 0; round < kRounds; ++round) {
    const Value a = make.value();
    const Value b = make.value();
    INFO(to_json(a) << " " << to_json(b));
    const Truth self = values_equal(a, a, {});
    REQUIRE((self == Truth::True || self == Truth::Unknown));
    REQUIRE(values_equal(a, b, {}) == values_equal(b, a, {}));
    REQUIRE(structurally_equal(a, b) == structurally_equal(b, a));
  }
}

TEST_CASE("a value is in a list of itself unless it is null") {
  Arena arena;
  Generator make(arena);
  for (int round = 0; round < kRounds; ++round) {
    const Value a = make.value();
    INFO(to_json(a));
    const Value list = Value::array({&a, 1});
    const Truth in = apply_operator(Operator::In, a, list, {});
    if (a.absent())
      REQUIRE(in == Truth::False);
    else
      REQUIRE(in == values_equal(a, a, {}));
    const Value holds = Value::array(std::span<const Value>(&a, 1));
    if (a.is(ValueKind::String)) REQUIRE(apply_operator(Operator::Contains, holds, a, {}) == Truth::True);
  }
}

TEST_CASE("the four orders agree") {
  Arena arena;
  Generator make(arena);
  for (int round = 0; round < kRounds; ++round) {
    const Value a = make.value();
    const Value b = make.value();
    INFO(to_json(a) << " " << to_json(b));
    const Truth less = apply_operator(Operator::Less, a, b, {});
    const Truth less_or_equals = apply_operator(Operator::LessOrEquals, a, b, {});
    const Truth greater = apply_operator(Operator::Greater, a, b, {});
    const Truth greater_or_equals = apply_operator(Operator::GreaterOrEquals, a, b, {});
    if (!decided(less)) {
      REQUIRE((less_or_equals == less && greater == less && greater_or_equals == less));
    } else if (a.absent()) {
      REQUIRE((less == Truth::False && less_or_equals == Truth::False));
      REQUIRE((greater == Truth::False && greater_or_equals == Truth::False));
    } else {
      REQUIRE(less == truth_not(greater_or_equals));
      REQUIRE(greater == truth_not(less_or_equals));
      REQUIRE(greater == apply_operator(Operator::Less, b, a, {}));
    }
  }
}

TEST_CASE("case never decides an operator that folds it") {
  Arena arena;
  Generator make(arena);
  constexpr Operator kFolding[] = {Operator::Equals, Operator::Like, Operator::MatchInsensitively,
                                   Operator::Contains, Operator::Less};
  for (int round = 0; round < kRounds; ++round) {
    const std::string_view left = make.text();
    const std::string_view right = make.text();
    const std::string shouted = upper_ascii(left);
    for (Operator op : kFolding) {
      INFO(info(op).azure_name << " " << left << " " << right);
      REQUIRE(apply_operator(op, Value::string(left), Value::string(right), {}) ==
              apply_operator(op, Value::string(shouted), Value::string(right), {}));
    }
  }
}

TEST_CASE("like agrees with its definition") {
  // The definition: a star takes some prefix of the text, everything else one equal character.
  struct Definition {
    static bool holds(std::string_view text, std::string_view pattern) {
      if (pattern.empty()) return text.empty();
      if (pattern[0] == '*') {
        for (std::size_t taken = 0; taken <= text.size(); ++taken)
          if (holds(text.substr(taken), pattern.substr(1))) return true;
        return false;
      }
      return !text.empty() && text[0] == pattern[0] && holds(text.substr(1), pattern.substr(1));
    }
  };
  std::mt19937 random(kSeed);
  const auto word = [&](std::string_view letters, std::size_t longest) {
    std::string out;
    for (auto i = std::uniform_int_distribution<std::size_t>(0, longest)(random); i > 0; --i)
      out += letters[std::uniform_int_distribution<std::size_t>(0, letters.size() - 1)(random)];
    return out;
  };
  for (int round = 0; round < kRounds; ++round) {
    const std::string text = word("ab?", 8);
    const std::string pattern = word("ab?***", 6);
    INFO(text << " like " << pattern);
    REQUIRE(like(text, pattern) == Definition::holds(text, pattern));
    // The same through the path for text that is not ASCII.
    REQUIRE(like(text + "é", pattern + "é") == Definition::holds(text + "é", pattern + "é"));
  }
}

TEST_CASE("a function never decides more when an argument becomes unknown") {
  Arena arena;
  Generator make(arena);
  const EvaluationContext context{};
  for (int round = 0; round < kRounds; ++round) {
    for (const FunctionInfo& row : all_functions()) {
      if ((row.flags & (kSpecial | kContext)) != 0 || row.min_args == 0) continue;
      std::vector<Value> arguments;
      for (std::size_t i = 0; i < row.min_args; ++i)
        arguments.push_back(make.value());
      const Value sure = call_function(row.function, arguments, context, arena, {});
      arguments[make.below(arguments.size())] = Value::unknown();
      const Value unsure = call_function(row.function, arguments, context, arena, {});
      if (!unsure.undecided() && !sure.undecided() && describe(unsure) != describe(sure))
        FAIL(row.name << " gave " << to_json(sure) << ", then " << to_json(unsure));
    }
    if (round % 100 == 99) arena.reset();
  }
}

TEST_CASE("encodings can be undone") {
  Arena arena;
  Generator make(arena);
  const std::pair<Function, Function> pairs[] = {{Function::Base64, Function::Base64ToString},
                                                 {Function::UriComponent, Function::UriComponentToString},
                                                 {Function::DataUri, Function::DataUriToString}};
  for (int round = 0; round < kRounds; ++round) {
    const Value text = Value::string(make.text());
    for (const auto& [encode, decode] : pairs) {
      const Value encoded = call_function(encode, {&text, 1}, {}, arena, {});
      const Value decoded = call_function(decode, {&encoded, 1}, {}, arena, {});
      REQUIRE(describe(decoded) == describe(text));
    }
  }
}

TEST_CASE("damaged JSON text is refused or read, never more") {
  const std::string sound = R"({"key":[1,-2.5e3,"te\u00e9xt",{"n":null,"t":true}],"other":"é😀"})";
  std::mt19937 random(kSeed);
  for (int round = 0; round < kRounds * 5; ++round) {
    std::string text = sound.substr(0, std::uniform_int_distribution<std::size_t>(0, sound.size())(random));
    for (int i = 0; i < 2 && !text.empty(); ++i)
      text[std::uniform_int_distribution<std::size_t>(0, text.size() - 1)(random)] =
          static_cast<char>(std::uniform_int_distribution<int>(0, 255)(random));
    Arena arena;
    Value value;
    JsonError error;
    if (!parse_json(arena, text, value, error)) {
      REQUIRE(error.offset <= text.size());
      REQUIRE_FALSE(error.reason.empty());
      continue;
    }
    Value again;
    const std::string printed = to_json(value);
    REQUIRE(parse_json(arena, printed, again, error));
    REQUIRE(to_json(again) == printed);
  }
}
