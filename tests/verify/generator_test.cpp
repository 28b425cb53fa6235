// SPDX-License-Identifier: MIT
// What is generated: the same for the same seed, around the constants of the rule, with and without
// everything.
#include "verify/boundary_situation.h"

#include <catch2/catch.hpp>
#include <set>

namespace writ::driver::verify {
namespace {

BoundaryRule sample_rule() {
  BoundaryRule rule;
  rule.add_type("Contoso.Lab/things");
  rule.add({{"properties"}, {"state"}}, "Open");
  rule.add({{"properties"}, {"size"}}, 4);
  rule.add({{"properties"}, {"rules", true}, {"action"}}, "Allow");
  rule.add({{"tags"}, {"cost.center"}}, nullptr);
  return rule;
}

std::vector<json> resources(std::uint32_t seed, std::size_t count) {
  BoundaryGenerator generator(sample_rule(), seed);
  std::vector<json> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back(generator.next());
  return out;
}

TEST_CASE("the same seed gives the same resources, another seed others") {
  CHECK(resources(7, 50) == resources(7, 50));
  CHECK(resources(7, 50) != resources(8, 50));
}

TEST_CASE("resources stand around the boundaries of the rule") {
  std::set<std::string> states;
  std::set<std::string> sizes;
  std::set<std::size_t> lengths;
  bool no_properties = false;
  bool null_properties = false;
  bool tagged = false;
  bool placed = false;
  bool unplaced = false;
  for (const json& resource : resources(1, 2000)) {
    no_properties |= !resource.contains("properties");
    placed |= resource.contains("location");
    unplaced |= !resource.contains("location");
    tagged |= resource.contains("tags") && resource["tags"].contains("cost.center");
    const json properties = resource.value("properties", json());
    null_properties |= resource.contains("properties") && properties.is_null();
    if (!properties.is_object()) continue;
    states.insert(properties.value("state", json("(missing)")).dump());
    sizes.insert(properties.value("size", json("(missing)")).dump());
    if (properties.contains("rules")) lengths.insert(properties["rules"].size());
  }
  for (const char* state :
       {"\"Open\"", "\"oPEN\"", "\"Openx\"", "\"Ope\"", "[\"Open\"]", "null", "true", "\"(missing)\""})
    CHECK(states.contains(state));
  for (const char* size : {"4", "3", "5", "\"4\"", "4.5", "null", "\"(missing)\"", "\"aaaa\""})
    CHECK(sizes.contains(size));
  CHECK(lengths == std::set<std::size_t>{0, 1, 2, 3});
  CHECK((no_properties && null_properties && tagged && placed && unplaced));
}

TEST_CASE("neighbours change one thing each") {
  const json base = json::parse(R"({"id":"/x","name":"n","type":"Contoso.Lab/things","location":"here",
    "properties":{"state":"Open","size":4,"rules":[{"action":"Allow"},{"action":"Deny"}]}})");
  BoundaryGenerator generator(sample_rule(), 3);
  const std::vector<json> all = generator.neighbours(base, 10'000);
  CHECK(all.size() > 80);
  const auto has = [&](const char* pointer, const json& value) {
    for (const json& one : all)
      if (one.contains(json::json_pointer(pointer)) && one.at(json::json_pointer(pointer)) == value)
        return true;
    return false;
  };
  CHECK(has("/properties/state", "oPEN"));
  CHECK(has("/properties/size", 5));
  CHECK(has("/properties/rules/0/action", "aLLOW"));
  CHECK(has("/properties/rules", json::array()));
  CHECK(has("/type", "Contoso.Other/things"));
  CHECK(has("/tags/cost.center", "x"));
  CHECK(generator.neighbours(base, 5).size() == 5);
}

TEST_CASE("related resources are below, beside, elsewhere, and absent") {
  RelatedShape shape{"Contoso.Lab/things/parts", "main", {}};
  shape.rule.add({{"properties"}, {"kind"}}, "Engine");
  SituationGenerator generator(sample_rule(), {shape}, 5);
  std::set<std::string> parents;
  std::set<std::size_t> counts;
  bool named = false;
  bool complete = false;
  for (int i = 0; i < 400; ++i) {
    const Situation situation = generator.next();
    complete |= situation.complete;
    std::size_t count = 0;
    for (std::size_t j = 1; j < situation.rows.size(); ++j) {
      const json& row = situation.rows[j];
      if (row["type"] != shape.type) continue;
      ++count;
      named |= row["name"] == "main";
      const std::string id = row["id"].get<std::string>();
      parents.insert(id.substr(0, id.find("/parts")));
    }
    counts.insert(count);
  }
  CHECK(counts == std::set<std::size_t>{0, 1, 2, 3});
  CHECK(parents.size() > 3);
  CHECK(named);
  CHECK(complete);
}

TEST_CASE("ids fill in the parents of nested types") {
  const std::string group = "/subscriptions/s1/resourceGroups/g1";
  CHECK(resource_id(group, "A.B/c", "n") == group + "/providers/A.B/c/n");
  CHECK(resource_id(group, "A.B/c/d", "n") == group + "/providers/A.B/c/parent/d/n");
  CHECK(resource_id(group, "microsoft.resources/subscriptions", "n") == "/subscriptions/s1");
  CHECK(resource_id(group, "Microsoft.Resources/subscriptions/resourceGroups", "n") == group);
}

} // namespace
} // namespace writ::driver::verify
