// SPDX-License-Identifier: MIT
// What is generated for small rules: at, below and above each constant, missing, null, of the wrong type, of
// the other case, empty. Both ways to get there are held to it: whole resources and neighbours of one.
#include "verify/boundary_generator.h"

#include <catch2/catch.hpp>
#include <set>

namespace writ::driver::verify {
namespace {

const std::string kType = "Contoso.Lab/things";

/// "Contoso.Lab/things/rules[*].port" -> "properties.rules[*].port"
std::optional<std::string> path_of(const std::string& type, const std::string& alias) {
  if (type != kType || !alias.starts_with(kType + "/")) return std::nullopt;
  return "properties." + alias.substr(kType.size() + 1);
}

BoundaryRule rule_of(const std::string& condition, const std::string& parameters = "{}") {
  const json definition = {
      {"properties",
       {{"parameters", json::parse(parameters)},
        {"policyRule",
         {{"if", {{"allOf", {{{"field", "type"}, {"equals", kType}}, json::parse(condition)}}}},
          {"then", {{"effect", "audit"}}}}}}}};
  return rule_of_definition(definition, path_of);
}

using Values = std::set<std::string>;

/// Values of a member (a JSON pointer) as texts.
void add_value(Values& out, const json& resource, const std::string& pointer) {
  const json::json_pointer at(pointer);
  if (resource.contains(at)) {
    out.insert(resource.at(at).dump());
    return;
  }
  json::json_pointer holder = at.parent_pointer();
  while (!holder.empty() && !resource.contains(holder))
    holder = holder.parent_pointer();
  if (resource.at(holder).is_object()) out.insert("(missing)");
}

Values values_of(const std::vector<json>& resources, const std::string& pointer) {
  Values out;
  for (const json& resource : resources)
    add_value(out, resource, pointer);
  return out;
}

std::vector<json> generated(const BoundaryRule& rule) {
  BoundaryGenerator generator(rule, 11);
  std::vector<json> out;
  for (int i = 0; i < 6000; ++i)
    out.push_back(generator.next());
  return out;
}

std::vector<json> neighbours(const BoundaryRule& rule) {
  const json base = {{"id", "/x"}, {"name", "n"}, {"type", kType}, {"properties", json::object()}};
  return BoundaryGenerator(rule, 11).neighbours(base, 100'000);
}

void check_contains(const Values& all, const std::vector<std::string>& wanted) {
  for (const std::string& value : wanted) {
    INFO(value);
    CHECK(all.contains(value));
  }
}

TEST_CASE("values stand at, below and above a constant, and are of another case or type") {
  struct Row {
    json constant;
    std::vector<json> around; ///< all of them, in order
  };
  const json e = json::array();
  const std::vector<Row> rows = {
      {"Ab", {"Ab", "aB", "Abx", "A", "xAb", "Ab ", json::array({"Ab"})}},
      {"", {"", "", "x", "x", " ", json::array({""})}},
      {"12", {"12", "12", "12x", "1", "x12", "12 ", json::array({"12"}), 12}},
      {"true", {"true", "TRUE", "truex", "tru", "xtrue", "true ", json::array({"true"}), true}},
      {"a*", {"a*", "A*", "a*x", "a", "xa*", "a* ", "aany", "AANY", json::array({"a*"})}},
      {"#?", {"#?", "#?", "#?x", "#", "x#?", "#? ", "7q", "7Q", json::array({"#?"})}},
      {0, {0, 1, -1, "0", 0.5, e, "", json::array({"e0"}), "a"}},
      {2,
       {2, 3, 1, "2", 2.5, json::array({"e0"}), "a", json::array({"e0", "e1"}), "aa",
        json::array({"e0", "e1", "e2"}), "aaa"}},
      {100, {100, 101, 99, "100", 100.5}},
      {-5, {-5, -4, -6, "-5", -4.5}},
      {2.5, {2.5, 2.0, 3.0}},
      {true, {true, false, "true", "False"}},
      {false, {false, true, "false", "True"}},
      {nullptr, {nullptr}},
      {json::array({1}), {json::array({1}), e}},
      {json::object({{"k", 1}}), {json::object({{"k", 1}}), json::object()}},
  };
  for (const Row& row : rows) {
    std::vector<json> found = values_around(row.constant);
    INFO(row.constant.dump() << " gives " << json(found).dump());
    REQUIRE(found.size() >= 1);
    CHECK(found.front() == row.constant);
    // Numbers and their texts apart: 2 is not 2.0 in JSON.
    Values texts;
    Values wanted;
    for (const json& value : found)
      texts.insert(value.dump());
    for (const json& value : row.around)
      wanted.insert(value.dump());
    CHECK(texts == wanted);
  }
}

TEST_CASE("values that no rule expects are of every kind") {
  std::set<std::string> kinds;
  for (const json& value : strange_values())
    kinds.insert(value.is_number_float() ? "float" : value.type_name());
  CHECK(kinds == std::set<std::string>{"null", "boolean", "number", "float", "string", "array", "object"});
  CHECK(std::count(strange_values().begin(), strange_values().end(), json::array()) == 1);
  CHECK(std::count(strange_values().begin(), strange_values().end(), json::object()) == 1);
  CHECK(std::count(strange_values().begin(), strange_values().end(), json("")) == 1);
}

struct SmallRule {
  const char* condition;
  const char* pointer;
  std::vector<std::string> values;
};

const std::vector<std::string> kAlways = {"(missing)", "null", "\"\"", "true", "false",  "0",
                                          "1",         "5.5",  "[]",   "{}",   "[\"x\"]"};

const std::vector<SmallRule>& small_rules() {
  static const std::vector<SmallRule> list = {
      {R"({"field": "Contoso.Lab/things/state", "equals": "Open"})",
       "/properties/state",
       {"\"Open\"", "\"oPEN\"", "\"Openx\"", "\"Ope\"", "\"xOpen\"", "\"Open \"", "[\"Open\"]"}},
      {R"({"not": {"field": "Contoso.Lab/things/state", "notIn": ["A1", "B2"]}})",
       "/properties/state",
       {"\"A1\"", "\"a1\"", "\"B2\"", "\"b2\"", "\"B2x\"", "[\"A1\"]"}},
      {R"({"anyOf": [{"field": "Contoso.Lab/things/size", "less": 40},
                     {"field": "Contoso.Lab/things/size", "greaterOrEquals": 70}]})",
       "/properties/size",
       {"39", "40", "41", "\"40\"", "40.5", "69", "70", "71"}},
      {R"({"field": "Contoso.Lab/things/flag", "equals": false})",
       "/properties/flag",
       {"false", "true", "\"false\"", "\"True\""}},
      {R"({"field": "Contoso.Lab/things/name", "like": "prod-*"})",
       "/properties/name",
       {"\"prod-any\"", "\"PROD-ANY\"", "\"prod-*\"", "\"prod-\"", "\"xprod-*\""}},
      {R"({"field": "Contoso.Lab/things/name", "match": "ab##"})",
       "/properties/name",
       {"\"ab77\"", "\"AB77\"", "\"ab#\"", "\"ab##x\""}},
      {R"({"field": "Contoso.Lab/things/state", "equals": "[parameters('wanted')]"})",
       "/properties/state",
       {"\"Dear\"", "\"dEAR\"", "\"Dea\""}},
      {R"({"value": "[length(field('Contoso.Lab/things/list'))]", "greater": 2})",
       "/properties/list",
       {"[\"e0\"]", "[\"e0\",\"e1\"]", "[\"e0\",\"e1\",\"e2\"]", "\"aaa\""}},
      {R"({"field": "tags['cost.center']", "equals": "it"})",
       "/tags/cost.center",
       {"\"it\"", "\"IT\"", "\"itx\"", "\"i\""}},
      {R"({"field": "location", "equals": "westeurope"})",
       "/location",
       {"\"westeurope\"", "\"WESTEUROPE\"", "\"westeurop\""}},
      {R"({"field": "Contoso.Lab/things/box.lid", "exists": "false"})", "/properties/box/lid", {"\"false\""}},
  };
  return list;
}

TEST_CASE("small rules: every boundary of every constant is generated") {
  for (const SmallRule& one : small_rules()) {
    const BoundaryRule rule =
        rule_of(one.condition, R"({"wanted": {"type": "String", "defaultValue": "Dear"}})");
    CHECK(rule.types == std::vector<std::string>{kType});
    for (const auto& [how, resources] :
         {std::pair{"resources", generated(rule)}, {"neighbours", neighbours(rule)}}) {
      INFO(one.condition << ": " << how);
      const Values values = values_of(resources, one.pointer);
      check_contains(values, one.values);
      check_contains(values, kAlways);
    }
  }
}

TEST_CASE("small rules: arrays are missing, null, empty, of the wrong type, and of one to three elements") {
  const BoundaryRule rule = rule_of(
      R"({"count": {"field": "Contoso.Lab/things/rules[*]",
          "where": {"field": "Contoso.Lab/things/rules[*].port", "equals": 22}}, "greater": 1})");
  std::set<std::size_t> lengths;
  std::set<std::size_t> hits;
  Values ports;
  for (const json& resource : generated(rule)) {
    const json::json_pointer at("/properties/rules");
    if (!resource.contains(at) || !resource.at(at).is_array()) continue;
    lengths.insert(resource.at(at).size());
    std::size_t hit = 0;
    for (const json& element : resource.at(at)) {
      if (!element.is_object()) continue;
      ports.insert(element.contains("port") ? element["port"].dump() : "(missing)");
      hit += element.value("port", json()) == json(22);
    }
    hits.insert(hit);
  }
  CHECK(lengths == std::set<std::size_t>{0, 1, 2, 3});
  CHECK(hits == std::set<std::size_t>{0, 1, 2, 3}); // below, at and above the number that is counted
  check_contains(ports, {"22", "21", "23", "\"22\"", "22.5"});
  check_contains(ports, kAlways);

  json base = {{"id", "/x"}, {"name", "n"}, {"type", kType}};
  base["properties"]["rules"] = json::parse(R"([{"port": 22}, {"port": 80}])");
  const Values lists = values_of(BoundaryGenerator(rule, 11).neighbours(base, 100'000), "/properties/rules");
  check_contains(lists, {"(missing)", "null", "[]", "\"x\"", R"([{}])", R"([{"port":22}])",
                         R"([{"port":22},{"port":80},{"port":22}])", R"([{"port":22},{"port":80},{}])",
                         R"([{"port":23},{"port":23}])", R"([{},{}])"});
  // Of two elements one alone, whichever: some and all come apart.
  CHECK((lists.contains(R"([{"port":23},{"port":80}])") || lists.contains(R"([{"port":22},{"port":23}])")));
}

TEST_CASE("small rules: what every resource has is varied, too") {
  const std::vector<json> all = neighbours(rule_of(R"({"field": "Contoso.Lab/things/size", "equals": 1})"));
  check_contains(values_of(all, "/type"),
                 {"\"Contoso.Lab/things\"", "\"cONTOSO.lAB/THINGS\"", "\"Contoso.Lab/things/children\"",
                  "\"Contoso.Other/things\"", "\"Contoso.Lab/thing\"", "\"Contoso.Lab/thingsx\""});
  check_contains(values_of(all, "/properties"), {"(missing)", "null", "{}"});
  for (const json& resource : all) {
    CHECK(resource.value("id", "") == "/x");
    CHECK(resource.value("name", "") == "n");
  }
}

TEST_CASE("a name is compared, but no resource lacks its own") {
  const std::vector<json> all = neighbours(rule_of(R"({"field": "name", "equals": "main"})"));
  const Values names = values_of(all, "/name");
  check_contains(names, {"\"main\"", "\"MAIN\"", "\"mai\"", "\"mainx\""});
  for (const char* value : {"(missing)", "null", "\"\"", "1"})
    CHECK_FALSE(names.contains(value));
}

TEST_CASE("what a rule looks at and compares with") {
  const auto readings = [](const BoundaryRule& rule) {
    Values out;
    for (const BoundaryReading& reading : rule.readings) {
      std::string path;
      for (const ReadingStep& step : reading.path)
        path += (path.empty() ? "" : ".") + step.name + (step.each ? "[*]" : "");
      out.insert(path + " " + json(reading.constants).dump());
    }
    return out;
  };
  CHECK(readings(rule_of(R"({"anyOf": [
          {"field": "Contoso.Lab/things/a", "equals": 1}, {"field": "Contoso.Lab/things/a", "equals": 2},
          {"field": "Contoso.Lab/things/list[*].b", "in": ["x", "y"]},
          {"field": "Contoso.Lab/unknown/c", "equals": 1},
          {"count": {"field": "Contoso.Lab/things/all[*]"}, "equals": 0},
          {"value": "[field('tags.owner')]", "equals": "me"}]})")) ==
        Values{"properties.a [1,2]", "properties.list[*].b [\"x\",\"y\"]", "properties.all[*] [null]",
               "tags.owner [\"me\"]"});
  // Longer paths stand behind shorter ones, so that they win when a resource is made.
  const BoundaryRule nested = rule_of(R"({"anyOf": [
      {"field": "Contoso.Lab/things/list[*].b", "equals": 1}, {"field": "Contoso.Lab/things/list", "exists": true}]})");
  REQUIRE(nested.readings.size() == 2);
  CHECK(nested.readings[0].path.size() < nested.readings[1].path.size());
}

} // namespace
} // namespace writ::driver::verify
