// SPDX-License-Identifier: MIT
// Laws of the semantics over random conditions and resources. Source: "Negation law", "Array aliases",
// "approx".
#include "reference/applicability.h"
#include "reference/reference.h"
#include "reference/value.h"

#include <catch2/catch.hpp>

#include <random>

namespace writ::reference {
namespace {

constexpr std::uint32_t kSeed = 20260101;
constexpr int kRounds = 4000;

const std::vector<std::pair<std::string, std::string>> kNegations{
    {"equals", "notEquals"},
    {"like", "notLike"},
    {"match", "notMatch"},
    {"contains", "notContains"},
    {"containsKey", "notContainsKey"},
    {"matchInsensitively", "notMatchInsensitively"}};

/// Small random documents: few names, so that conditions and resources meet.
class Generator {
public:
  explicit Generator(std::uint32_t seed) : engine_(seed) {}

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }

  json scalar() {
    static const std::vector<json> kScalars{"a", "A", "ab", "",   "5",   "true",
                                            5,   5.0, -1,   true, false, nullptr};
    return kScalars[below(kScalars.size())];
  }
  json element() {
    switch (below(4)) {
    case 0:
      return json::object();
    case 1:
      return {{"p", scalar()}};
    case 2:
      return {{"properties", {{"p", scalar()}}}};
    default:
      return scalar();
    }
  }
  json resource() {
    json properties = json::object();
    if (below(4) != 0) properties["x"] = scalar();
    if (below(4) != 0) {
      properties["a"] = json::array();
      for (std::size_t n = below(4); n > 0; --n)
        properties["a"].push_back(element());
    }
    json r = {{"type", below(2) == 0 ? "T/one" : "T/two"}, {"name", below(2) == 0 ? "a" : "b"}};
    if (below(2) == 0) r["kind"] = below(2) == 0 ? "k" : "l";
    if (below(3) == 0) r["tags"] = {{"e", scalar()}};
    r["properties"] = below(12) == 0 ? json(nullptr) : properties;
    return r;
  }
  json right_text() {
    static const std::vector<json> kTexts{"a", "A*", "*", "?", "5", "", "true", 5, "p"};
    return kTexts[below(kTexts.size())];
  }
  json leaf() {
    static const std::vector<std::string> kFields{"type",    "name",       "kind",        "tags.e",
                                                  "T/one/x", "T/one/a[*]", "T/one/a[*].p"};
    const auto& [positive, negative] = kNegations[below(kNegations.size())];
    if (below(10) == 0) return {{"value", "[div(1,0)]"}, {"equals", 1}};
    if (below(6) == 0) return {{"field", kFields[below(kFields.size())]}, {"exists", below(2) == 0}};
    if (below(6) == 0) return {{"field", "type"}, {"equals", below(2) == 0 ? "T/one" : "t/TWO"}};
    return {{"field", kFields[below(kFields.size())]}, {below(2) == 0 ? positive : negative, right_text()}};
  }
  json condition(int depth) {
    if (depth == 0 || below(3) == 0) return leaf();
    if (below(3) == 0) return {{"not", condition(depth - 1)}};
    json children = json::array();
    for (std::size_t n = below(4); n > 0; --n)
      children.push_back(condition(depth - 1));
    return {{below(2) == 0 ? "allOf" : "anyOf", children}};
  }

private:
  std::mt19937 engine_;
};

Catalogue catalogue() {
  return Catalogue::load(json::parse(R"([{"namespace":"T","resourceTypes":[{"resourceType":"one","aliases":[
    {"name":"T/one/x","defaultPath":"properties.x"},
    {"name":"T/one/a[*]","defaultPath":"properties.a[*]"},
    {"name":"T/one/a[*].p","defaultPath":"properties.a[*].properties.p"}]}]}])"));
}

class Laws {
public:
  Truth truth(const json& condition, const json& resource) {
    INFO(compact(condition));
    INFO(compact(resource));
    std::string error;
    const Truth t = evaluate_condition(condition, resource, json(), catalogue_, context_, options_, &error);
    CHECK(error.find("definition error") == std::string::npos);
    return t;
  }
  bool applies(const json& condition, const json& resource) {
    const ParameterValues none;
    ExpressionCache cache;
    Environment env{&resource, &resource, &none, &catalogue_, &context_, &options_, &cache};
    return may_apply(condition, env);
  }

private:
  Catalogue catalogue_ = catalogue();
  Context context_;
  Options options_;
};

TEST_CASE("not, allOf and anyOf follow the tables of the four truth values", "[laws]") {
  Generator random(kSeed);
  Laws laws;
  for (int i = 0; i < kRounds; ++i) {
    const json a = random.condition(2);
    const json b = random.condition(2);
    const json r = random.resource();
    const Truth ta = laws.truth(a, r);
    const Truth tb = laws.truth(b, r);
    CHECK(laws.truth({{"not", a}}, r) == truth_not(ta));
    CHECK(laws.truth({{"allOf", json::array({a, b})}}, r) == truth_and(ta, tb));
    CHECK(laws.truth({{"anyOf", json::array({b, a})}}, r) == truth_or(ta, tb));
    CHECK(laws.truth({{"not", {{"allOf", json::array({a, b})}}}}, r) ==
          truth_or(truth_not(ta), truth_not(tb)));
  }
}

TEST_CASE("a negative operator is the negation on one value", "[laws]") {
  Generator random(kSeed + 1);
  Laws laws;
  for (int i = 0; i < kRounds; ++i) {
    const auto& [positive, negative] = kNegations[random.below(kNegations.size())];
    const json right = random.right_text();
    const json r = random.resource();
    CHECK(laws.truth({{"field", "T/one/x"}, {negative, right}}, r) ==
          truth_not(laws.truth({{"field", "T/one/x"}, {positive, right}}, r)));
  }
}

TEST_CASE("an array leaf over a real array says that no element fails", "[laws]") {
  Generator random(kSeed + 2);
  Laws laws;
  for (int i = 0; i < kRounds; ++i) {
    const auto& [positive, negative] = kNegations[random.below(kNegations.size())];
    json r = random.resource();
    r["type"] = "T/one";
    if (!r["properties"].is_object() || !r["properties"].contains("a")) continue;
    const json leaf = {{"field", "T/one/a[*].p"},
                       {random.below(2) == 0 ? positive : negative, random.right_text()}};
    const json failing = {{"count", {{"field", "T/one/a[*]"}, {"where", {{"not", leaf}}}}}, {"equals", 0}};
    CHECK(laws.truth(leaf, r) == laws.truth(failing, r));
    const json all = {{"count", {{"field", "T/one/a[*]"}}}, {"equals", r["properties"]["a"].size()}};
    CHECK(laws.truth(all, r) == Truth::True);
  }
}

TEST_CASE("a resource that the condition holds for is applicable", "[laws]") {
  Generator random(kSeed + 3);
  Laws laws;
  int holding = 0;
  for (int i = 0; i < kRounds; ++i) {
    const json condition = random.condition(3);
    const json r = random.resource();
    if (laws.truth(condition, r) != Truth::True) continue;
    ++holding;
    INFO(compact(condition));
    INFO(compact(r));
    CHECK(laws.applies(condition, r));
  }
  CHECK(holding > kRounds / 10);
}

TEST_CASE("damaged expressions are refused or evaluated, never more", "[laws]") {
  std::mt19937 engine(kSeed + 4);
  const std::string seedling =
      "[concat(if(equals(field('name'),'a'),'x''y',string(add(1,-2))),createArray('q')[0].z)]";
  const std::string alphabet = "[]()',.a1- \"{}";
  const Catalogue none;
  const json resource = {{"name", "a"}};
  for (int i = 0; i < kRounds; ++i) {
    std::string text = seedling;
    for (int k = 0; k < 3; ++k) {
      const auto at = std::uniform_int_distribution<std::size_t>(1, text.size() - 2)(engine);
      const auto letter =
          alphabet[std::uniform_int_distribution<std::size_t>(0, alphabet.size() - 1)(engine)];
      if (engine() % 2 == 0)
        text.erase(at, 1);
      else
        text.insert(at, 1, letter);
    }
    const Outcome outcome = evaluate_expression(text, resource, json(), none, {}, {});
    CHECK((outcome.is_value() || !outcome.failure.code.empty()));
  }
}

} // namespace
} // namespace writ::reference
