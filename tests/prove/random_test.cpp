// SPDX-License-Identifier: MIT
// The encoding against the VM: random pairs of conditions over a few fields. What is proved equal must agree
// on every generated resource; a witness must differ.
#include "prove/harness.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <random>

namespace writ::test {
namespace {

class Generator {
public:
  explicit Generator(std::uint32_t seed) : random_(seed) {}

  std::size_t below(std::size_t count) { return random_() % count; }
  bool chance(std::size_t percent) { return below(100) < percent; }
  template <typename T, std::size_t N> const T& one_of(const T (&values)[N]) { return values[below(N)]; }

  json constant() {
    static const json kConstants[] = {"a",     "A",   "b",          "ab", "abc",       "",      "true",
                                      "False", "5",   "1.2",        5,    1,           5.0,     2.5,
                                      true,    false, "2031-01-02", "k",  "long text", "1E+15", 0};
    return one_of(kConstants);
  }
  json list() {
    json out = json::array();
    for (std::size_t i = below(4); i > 0; --i)
      out.push_back(constant());
    return out;
  }
  std::string pattern() {
    static const char* const kPatterns[] = {"a*", "*b", "*a*", "a*b", "abc", "*", "1.*", "t*e"};
    return one_of(kPatterns);
  }
  std::string matching() {
    static const char* const kPatterns[] = {"a?", "#", "a.c", "???", "A"};
    return one_of(kPatterns);
  }
  std::string field() {
    static const char* const kFields[] = {"A.B/c/text",    "A.B/c/size",
                                          "A.B/c/flag",    "A.B/c/box",
                                          "A.B/c/box.lid", "A.B/c/list",
                                          "A.B/c/list[*]", "A.B/c/items[*].key",
                                          "A.B/c/items",   "kind",
                                          "location",      "tags.env",
                                          "name",          "A.B/c/items[*].parts[*]"};
    return one_of(kFields);
  }
  std::string single() {
    static const char* const kFields[] = {"A.B/c/text",    "A.B/c/other", "A.B/c/size", "A.B/c/flag",
                                          "A.B/c/box.lid", "A.B/c/list",  "kind",       "tags.env"};
    return one_of(kFields);
  }
  void with_operator(json& test) {
    switch (below(11)) {
    case 0:
    case 1:
      test[chance(50) ? "equals" : "notEquals"] = constant();
      return;
    case 2:
      test[chance(50) ? "in" : "notIn"] = list();
      return;
    case 3:
      test["exists"] = chance(50);
      return;
    case 4:
    case 5:
      test[chance(50) ? "like" : "notLike"] = pattern();
      return;
    case 6:
      test[chance(50) ? "contains" : "notContains"] = constant();
      return;
    case 7:
    case 8: {
      static const char* const kOrderings[] = {"less", "lessOrEquals", "greater", "greaterOrEquals"};
      json bound = constant();
      if (bound.is_boolean()) bound = 3;
      test[one_of(kOrderings)] = bound;
      return;
    }
    case 9:
      test[chance(50) ? "match" : "matchInsensitively"] = matching();
      return;
    default:
      test[chance(50) ? "containsKey" : "notContainsKey"] = "lid";
      return;
    }
  }
  std::string expression() {
    const std::string f = "field('" + single() + "')";
    switch (below(10)) {
    case 0:
      return "[empty(" + f + ")]";
    case 1:
      return "[length(" + f + ")]";
    case 2:
      return "[toLower(" + f + ")]";
    case 3:
      return "[contains(" + f + ", 'a')]";
    case 4:
      return "[equals(" + f + ", 'A')]";
    case 5:
      return "[if(equals(" + f + ", 'a'), 'b', 'c')]";
    case 6:
      return "[coalesce(" + f + ", 'a')]";
    case 7:
      return "[concat(" + f + ", 'b')]";
    case 8:
      return "[startsWith(" + f + ", 'a')]";
    default:
      return "[" + f + "]";
    }
  }
  json test() {
    json out;
    if (chance(20))
      out["value"] = expression();
    else
      out["field"] = field();
    with_operator(out);
    if (out.contains("value") && chance(15)) {
      json compared = {{"value", out["value"]}, {"equals", "[field('" + single() + "')]"}};
      return compared;
    }
    return out;
  }
  json count() {
    json where;
    if (chance(50)) {
      where = {{"field", chance(60) ? "A.B/c/items[*].key" : "A.B/c/items[*].size"}};
      with_operator(where);
      if (chance(30)) where = {{"anyOf", {where, test()}}};
      json out = {{"count", {{"field", "A.B/c/items[*]"}, {"where", where}}}};
      add_number(out);
      return out;
    }
    where = {{"field", "A.B/c/list[*]"}};
    with_operator(where);
    json out = {{"count", {{"field", "A.B/c/list[*]"}, {"where", where}}}};
    add_number(out);
    return out;
  }
  void add_number(json& out) {
    static const char* const kOperators[] = {"equals", "greater", "less", "greaterOrEquals", "notEquals"};
    out[one_of(kOperators)] = below(3);
  }
  json condition(int depth) {
    if (depth == 0 || chance(30)) return chance(25) ? count() : test();
    if (chance(20)) return {{"not", condition(depth - 1)}};
    json parts = json::array();
    for (std::size_t i = 2 + below(2); i > 0; --i)
      parts.push_back(condition(depth - 1));
    return {{chance(50) ? "allOf" : "anyOf", parts}};
  }

  /// The same in other words, or nearly.
  json reworded(const json& condition) {
    if (condition.contains("not")) return {{"not", reworded(condition["not"])}};
    for (const char* key : {"allOf", "anyOf"}) {
      if (!condition.contains(key)) continue;
      json parts = json::array();
      for (const json& part : condition[key])
        parts.insert(parts.begin(), reworded(part));
      if (chance(50)) return {{key, parts}};
      json negated = json::array();
      for (const json& part : parts)
        negated.push_back({{"not", part}});
      return {{"not", {{key == std::string("allOf") ? "anyOf" : "allOf", negated}}}};
    }
    json out = condition;
    if (out.contains("equals") && chance(40) && out.contains("field")) {
      const json wanted = out["equals"];
      out.erase("equals");
      out["in"] = json::array({wanted});
    } else if (chance(30)) {
      static const std::pair<const char*, const char*> kPairs[] = {
          {"equals", "notEquals"}, {"in", "notIn"}, {"like", "notLike"}, {"contains", "notContains"}};
      const bool many =
          out.contains("field") && out["field"].get<std::string>().find("[*]") != std::string::npos;
      for (const auto& [positive, negative] : kPairs)
        if (out.contains(positive) && (!many || chance(20))) {
          const json wanted = out[positive];
          out.erase(positive);
          out[negative] = wanted;
          return {{"not", out}};
        }
    }
    return out;
  }

  json value(int depth) {
    static const json kStrange[] = {nullptr, json::array(), json::object(), "x",    7,
                                    -1,      "B",           "ABC",          "TRUE", "fal\u017fe"};
    if (depth > 0 && chance(12)) return json::array({value(0), value(0)});
    if (chance(25)) return one_of(kStrange);
    return constant();
  }
  std::string resource(std::size_t number) {
    const std::string type = chance(90) ? "A.B/c" : chance(50) ? "A.B/d" : "A.B/e";
    static const char* const kNames[] = {"a", "abc", "r"};
    const std::string name = one_of(kNames);
    json out = {{"id", "/subscriptions/s/resourceGroups/g" + std::to_string(number) + "/providers/" + type +
                           "/" + name},
                {"name", name},
                {"type", type}};
    if (chance(70)) out["location"] = chance(50) ? "A B" : "westeurope";
    if (chance(50)) out["kind"] = value(0);
    if (chance(60)) out["tags"] = {{"env", value(0)}};
    if (chance(95)) {
      json properties = json::object();
      for (const char* key : {"text", "other", "size", "flag"})
        if (chance(75)) properties[key] = value(1);
      if (chance(60)) properties["box"] = chance(70) ? json{{"lid", value(0)}} : value(0);
      if (chance(70)) {
        properties["list"] = chance(85) ? json::array() : value(0);
        if (properties["list"].is_array())
          for (std::size_t i = below(4); i > 0; --i)
            properties["list"].push_back(value(0));
      }
      if (chance(75)) {
        properties["items"] = chance(90) ? json::array() : value(0);
        if (properties["items"].is_array())
          for (std::size_t i = below(4); i > 0; --i) {
            json element = {{"key", value(0)}, {"size", value(0)}, {"parts", json::array({value(0)})}};
            if (chance(20)) element.erase("key");
            if (chance(30)) element.erase("parts");
            properties["items"].push_back(chance(92) ? element : value(0));
          }
      }
      out["properties"] = properties;
    }
    return out.dump();
  }

private:
  std::mt19937 random_;
};

std::size_t pairs_wanted() {
  const char* text = std::getenv("WRIT_PROOF_PAIRS");
  return text == nullptr ? 150 : static_cast<std::size_t>(std::atoi(text));
}

TEST_CASE("answers about random pairs hold on the VM", "[random]") {
  constexpr std::size_t kBatch = 50;
  constexpr std::size_t kResources = 400;
  std::map<std::string, std::size_t> tally;
  const std::size_t wanted = pairs_wanted();
  for (std::uint32_t seed = 1; (seed - 1) * kBatch < wanted; ++seed) {
    Generator generator(seed);
    std::vector<json> definitions;
    for (std::size_t i = 0; i < kBatch; ++i) {
      const json left = generator.condition(2);
      const json right = generator.chance(75) ? generator.reworded(left) : generator.condition(2);
      definitions.push_back(definition("l" + std::to_string(i), left));
      definitions.push_back(definition("r" + std::to_string(i), right));
    }
    Compilation compilation = compile(definitions);
    std::vector<std::string> resources;
    for (std::size_t i = 0; i < kResources; ++i)
      resources.push_back(generator.resource(i));
    const auto verdicts = run(compilation, resources);
    std::vector<std::string> witnesses;
    std::vector<std::size_t> owners;
    for (std::size_t i = 0; i < kBatch; ++i) {
      const std::string left = "l" + std::to_string(i);
      const std::string right = "r" + std::to_string(i);
      const ProofResult result = prove_equivalent(compilation, left, compilation, right);
      INFO("seed " << seed << " pair " << i << "\n"
                   << definitions[2 * i]["properties"]["policyRule"]["if"].dump() << "\n"
                   << definitions[2 * i + 1]["properties"]["policyRule"]["if"].dump());
      switch (result.outcome) {
      case ProofOutcome::Proved: {
        ++tally["proved"];
        const std::vector<std::string>& a = verdicts.at(left);
        const std::vector<std::string>& b = verdicts.at(right);
        for (std::size_t r = 0; r < resources.size(); ++r)
          if (plain(a.at(r)) != plain(b.at(r))) {
            FAIL_CHECK("proved, but " << a[r] << " and " << b[r] << " on " << resources[r]);
            break;
          }
        break;
      }
      case ProofOutcome::Counterexample:
        ++tally["differs"];
        witnesses.push_back(result.witness_json);
        owners.push_back(i);
        break;
      case ProofOutcome::Undecided: {
        ++tally["undecided"];
        CHECK_FALSE(result.undecided_because.empty());
        if (std::getenv("WRIT_PROOF_SHOW") != nullptr)
          for (const std::string& reason : result.undecided_because)
            std::cout << "  " << reason << "\n";
        break;
      }
      }
    }
    const auto answers = run(compilation, witnesses);
    for (std::size_t w = 0; w < witnesses.size(); ++w) {
      const std::string& a = answers.at("l" + std::to_string(owners[w])).at(w);
      const std::string& b = answers.at("r" + std::to_string(owners[w])).at(w);
      INFO("seed " << seed << " pair " << owners[w] << "\n"
                   << definitions[2 * owners[w]]["properties"]["policyRule"]["if"].dump() << "\n"
                   << definitions[2 * owners[w] + 1]["properties"]["policyRule"]["if"].dump() << "\n"
                   << witnesses[w]);
      CHECK(plain(a) != plain(b));
    }
  }
  for (const auto& [answer, count] : tally)
    std::cout << answer << ": " << count << "\n";
  CHECK(tally["proved"] > wanted / 5);
  CHECK(tally["differs"] > wanted / 10);
}

} // namespace
} // namespace writ::test
