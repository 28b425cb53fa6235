// SPDX-License-Identifier: MIT
// The resources that are tried where no proof is to be had: what they hold for small rules.
#include "prove/harness.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

namespace writ::test {
namespace {

using Values = std::set<std::string>;

constexpr std::size_t kCount = 2000;

json about_c(const std::string& condition) {
  return {{"allOf", {{{"field", "type"}, {"equals", "A.B/c"}}, json::parse(condition)}}};
}

Values values_of(const std::vector<Witness>& witnesses, const std::string& pointer) {
  const json::json_pointer at(pointer);
  Values out;
  for (const Witness& witness : witnesses) {
    const json resource = json::parse(witness.resource_json);
    if (resource.contains(at))
      out.insert(resource.at(at).dump());
    else if (resource.contains(at.parent_pointer()) && resource.at(at.parent_pointer()).is_object())
      out.insert("(missing)");
  }
  return out;
}

void check_contains(const Values& all, const std::vector<std::string>& wanted) {
  std::string listed;
  for (const std::string& value : all)
    listed += value + " ";
  for (const std::string& value : wanted) {
    INFO(value << " is not among " << listed);
    CHECK(all.contains(value));
  }
}

bool any_of_kind(const Values& all, char first) {
  return std::any_of(all.begin(), all.end(), [&](const std::string& text) { return text.front() == first; });
}

std::vector<Witness> resources(const json& left, const json& right, std::uint32_t seed = 1,
                               const json& parameters = json::object()) {
  const Compilation compilation =
      compile({definition("l", left, parameters), definition("r", right, parameters)});
  return boundary_resources(compilation, "l", compilation, "r", kCount, seed);
}

TEST_CASE("resources around the constants of both sides") {
  struct Row {
    const char* left;
    const char* right;
    const char* pointer;
    std::vector<std::string> values;
  };
  const std::vector<Row> rows = {
      // at, between, below and above numbers of either side
      {R"({"field": "A.B/c/size", "less": 10})",
       R"({"field": "A.B/c/size", "less": 12})",
       "/properties/size",
       {"10", "11", "12", "8", "13"}},
      {R"({"field": "A.B/c/size", "greaterOrEquals": 0})",
       R"({"field": "A.B/c/size", "greater": 0})",
       "/properties/size",
       {"0", "-2", "1"}},
      {R"({"field": "A.B/c/flag", "equals": true})",
       R"({"field": "A.B/c/flag", "notEquals": false})",
       "/properties/flag",
       {"true", "false"}},
      {R"({"field": "A.B/c/text", "equals": "Open"})",
       R"({"field": "A.B/c/text", "equals": "Shut"})",
       "/properties/text",
       {"\"Open\"", "\"Shut\""}},
      {R"({"field": "A.B/c/text", "like": "a*z"})",
       R"({"field": "A.B/c/text", "exists": true})",
       "/properties/text",
       {}},
  };
  for (const Row& row : rows) {
    INFO(row.left << " " << row.right);
    const Values values = values_of(resources(about_c(row.left), about_c(row.right)), row.pointer);
    check_contains(values, row.values);
    // Nothing, null, and values of every other kind.
    check_contains(values, {"(missing)", "null"});
    CHECK(any_of_kind(values, '"'));
    CHECK(any_of_kind(values, '['));
    CHECK(any_of_kind(values, '{'));
    CHECK((values.contains("true") || values.contains("false")));
  }
}

TEST_CASE("spellings are told apart where a side tells them apart") {
  const Values folded = values_of(resources(about_c(R"({"field": "A.B/c/text", "match": "Open"})"),
                                            about_c(R"({"field": "A.B/c/text", "equals": "Open"})")),
                                  "/properties/text");
  check_contains(folded, {"\"Open\""});
  CHECK(std::any_of(folded.begin(), folded.end(), [](const std::string& text) {
    return text != "\"Open\"" && text.size() == 6 && text[2] == 'p';
  }));
}

TEST_CASE("arrays are empty and of one to three elements, some of which satisfy") {
  const std::vector<Witness> all = resources(
      about_c(
          R"({"count": {"field": "A.B/c/items[*]", "where": {"field": "A.B/c/items[*].size", "equals": 5}},
                  "greater": 1})"),
      about_c(R"({"field": "A.B/c/items[*].size", "equals": 5})"));
  std::set<std::size_t> lengths;
  std::set<std::size_t> hits;
  for (const Witness& witness : all) {
    const json resource = json::parse(witness.resource_json);
    const json::json_pointer at("/properties/items");
    if (!resource.contains(at) || !resource.at(at).is_array()) continue;
    const json& items = resource.at(at);
    lengths.insert(items.size());
    hits.insert(static_cast<std::size_t>(std::count_if(items.begin(), items.end(), [](const json& item) {
      return item.is_object() && item.value("size", json()) == json(5);
    })));
  }
  CHECK(lengths == std::set<std::size_t>{0, 1, 2, 3});
  for (std::size_t number : {0U, 1U, 2U}) // below, at and above what is asked for
    CHECK(hits.contains(number));
  check_contains(values_of(all, "/properties/items"), {"(missing)", "null", "[]"});
}

TEST_CASE("types are those that a side names, and one that neither does") {
  const std::vector<Witness> all =
      resources(about_c(R"({"field": "A.B/c/size", "equals": 1})"), {{"field", "type"}, {"equals", "A.B/d"}});
  Values types;
  for (const Witness& witness : all)
    types.insert(json::parse(witness.resource_json)["type"].get<std::string>());
  check_contains(types, {"A.B/c", "A.B/d"});
  CHECK(types.size() >= 3);
}

TEST_CASE("parameters stand at their defaults") {
  const json parameters = {{"wanted", {{"type", "Integer"}, {"defaultValue", 30}}}};
  const json left = about_c(R"({"field": "A.B/c/size", "less": "[parameters('wanted')]"})");
  const std::vector<Witness> all = resources(left, left, 1, parameters);
  check_contains(values_of(all, "/properties/size"), {"30", "28", "31"});
  for (const Witness& witness : all)
    CHECK(witness.parameters.empty());
}

TEST_CASE("related candidates stand beside some of the resources") {
  json related = definition("l", about_c(R"({"field": "A.B/c/size", "equals": 1})"));
  related["properties"]["policyRule"]["then"] = json::parse(
      R"({"effect": "auditIfNotExists", "details": {"type": "A.B/d",
          "existenceCondition": {"field": "A.B/d/text", "equals": "on"}}})");
  const Compilation compilation = compile({related});
  const std::vector<Witness> all = boundary_resources(compilation, "l", compilation, "l", kCount, 1);
  std::size_t alone = 0;
  Values texts;
  for (const Witness& witness : all) {
    alone += witness.beside_json.empty();
    for (const std::string& text : witness.beside_json) {
      const json other = json::parse(text);
      CHECK(other["type"] == "A.B/d");
      const json::json_pointer at("/properties/text");
      texts.insert(other.contains(at) ? other.at(at).dump() : "(missing)");
    }
  }
  CHECK(alone > 0);
  CHECK(alone < all.size());
  check_contains(texts, {"\"on\"", "(missing)", "null"});
}

TEST_CASE("the same seed gives the same resources, and what does not exist gives none") {
  const json left = about_c(R"({"field": "A.B/c/size", "less": 10})");
  const json right = about_c(R"({"field": "A.B/c/size", "less": 11})");
  const auto texts = [](const std::vector<Witness>& witnesses) {
    std::vector<std::string> out;
    for (const Witness& witness : witnesses)
      out.push_back(witness.resource_json);
    return out;
  };
  CHECK(texts(resources(left, right, 3)) == texts(resources(left, right, 3)));
  CHECK(texts(resources(left, right, 3)) != texts(resources(left, right, 4)));
  const Compilation compilation = compile({definition("l", left)});
  CHECK(boundary_resources(compilation, "l", compilation, "nobody", 10, 1).empty());
}

TEST_CASE("every difference of one step is found by running the resources") {
  for (const auto& [left, right] : std::vector<std::pair<const char*, const char*>>{
           {R"({"field": "A.B/c/size", "less": 10})", R"({"field": "A.B/c/size", "lessOrEquals": 10})"},
           {R"({"field": "A.B/c/size", "less": 10})", R"({"field": "A.B/c/size", "less": 11})"},
           {R"({"field": "A.B/c/text", "equals": "a"})", R"({"field": "A.B/c/text", "in": ["a", "b"]})"},
           {R"({"field": "A.B/c/text", "like": "a*"})", R"({"field": "A.B/c/text", "contains": "a"})"},
           {R"({"field": "A.B/c/flag", "exists": true})", R"({"field": "A.B/c/flag", "equals": true})"},
           {R"({"not": {"field": "A.B/c/items[*].size", "equals": 1}})",
            R"({"field": "A.B/c/items[*].size", "notEquals": 1})"},
           {R"({"count": {"field": "A.B/c/list[*]"}, "greater": 1})",
            R"({"count": {"field": "A.B/c/list[*]"}, "greaterOrEquals": 1})"}}) {
    INFO(left << " " << right);
    Compilation compilation = compile({definition("l", about_c(left)), definition("r", about_c(right))});
    std::vector<std::string> rows;
    for (const Witness& witness : boundary_resources(compilation, "l", compilation, "r", kCount, 1))
      rows.push_back(witness.resource_json);
    auto verdicts = run(compilation, rows);
    std::size_t differences = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
      differences += plain(verdicts["l"][i]) != plain(verdicts["r"][i]);
    CHECK(differences > 0);
  }
}

} // namespace
} // namespace writ::test
