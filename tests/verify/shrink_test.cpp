// SPDX-License-Identifier: MIT
// A counterexample is as small as it can be, and parameters are tried at their boundaries.
#include "verify/parameter_sets.h"
#include "verify/shrink.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace writ::driver::verify {
namespace {

Situation sample() {
  Situation out;
  out.rows.push_back(json::parse(R"({"id":"/a","type":"T","name":"n","tags":{"x":"1"},"properties":
    {"a":"a long text with needle inside","list":[{"k":1},{"k":2,"more":[1,2,3]},{"k":3}],"n":42}})"));
  out.rows.push_back(json::parse(R"({"id":"/b","type":"U","properties":{"z":1}})"));
  out.rows.push_back(json::parse(R"({"id":"/c","type":"V"})"));
  out.complete = true;
  return out;
}

TEST_CASE("what the difference does not need goes") {
  const Situation smallest = shrink(sample(), [](const Situation& one) {
    const json::json_pointer at("/properties/a");
    return one.rows[0].contains(at) && one.rows[0][at].is_string() &&
           one.rows[0][at].get<std::string>().find("needle") != std::string::npos;
  });
  CHECK(smallest.rows.size() == 1);
  CHECK_FALSE(smallest.complete);
  // Texts lose their end only: what is in front of the needle stays.
  CHECK(smallest.rows[0] ==
        json::parse(R"({"id":"/a","type":"T","properties":{"a":"a long text with needle"}})"));
  CHECK(deciding_pointers(smallest.rows[0]) == std::vector<std::string>{"/properties/a"});
}

TEST_CASE("elements and other rows go one by one") {
  const Situation smallest = shrink(sample(), [](const Situation& one) {
    const json list = one.rows[0].value("properties", json::object()).value("list", json::array());
    const bool two =
        std::any_of(list.begin(), list.end(), [](const json& e) { return e.value("k", 0) == 2; });
    const bool other =
        std::any_of(one.rows.begin(), one.rows.end(), [](const json& row) { return row["type"] == "V"; });
    return two && other;
  });
  CHECK(smallest.rows.size() == 2);
  CHECK(smallest.rows[0] == json::parse(R"({"id":"/a","type":"T","properties":{"list":[{"k":2}]}})"));
  CHECK(smallest.rows[1]["type"] == "V");
}

TEST_CASE("nothing is left but what every resource has") {
  const Situation smallest = shrink(sample(), [](const Situation&) { return true; });
  CHECK(smallest.rows.size() == 1);
  CHECK(smallest.rows[0] == json::parse(R"({"id":"/a","type":"T"})"));
  CHECK(deciding_pointers(smallest.rows[0]) == std::vector<std::string>{"/type"});
}

TEST_CASE("shrinking stops when it has asked often enough") {
  std::size_t asked = 0;
  (void)shrink(
      sample(), [&](const Situation&) { return ++asked % 2 == 0; }, 10);
  CHECK(asked <= 10);
}

TEST_CASE("pointers escape what JSON pointers escape") {
  CHECK(deciding_pointers(json::parse(R"({"tags":{"a/b~c":"x"}})")) ==
        std::vector<std::string>{"/tags/a~1b~0c"});
}

TEST_CASE("parameters are tried at their defaults, then one at a time") {
  const auto sets = parameter_sets(json::parse(R"({
    "effect": {"type": "String", "defaultValue": "Audit", "allowedValues": ["Audit", "Deny", "Disabled"]},
    "least": {"type": "Integer", "defaultValue": 2},
    "strict": {"type": "Boolean", "defaultValue": false},
    "names": {"type": "Array", "defaultValue": ["a", "b"]},
    "needed": {"type": "String"}})"));
  std::vector<std::string> texts;
  for (const ParameterSet& set : sets)
    texts.push_back(set.text());
  const std::string needed = R"(needed = "alpha")";
  REQUIRE(texts.front() == needed);
  for (const char* other :
       {R"(effect = "Deny")", R"(effect = "Disabled")", "least = 1", "least = 3", "least = 0",
        "strict = true", "names = []", R"(names = ["a"])", R"(names = ["b"])"})
    CHECK(std::count(texts.begin(), texts.end(), needed + ", " + other) == 1);
  CHECK(std::count(texts.begin(), texts.end(), needed + R"(, effect = "Audit")") == 0);
  CHECK(parameter_sets(json()).size() == 1);
  CHECK(parameter_sets(json::parse(R"({"odd": null, "odder": {"defaultValue": 1}})")).size() >= 1);
}

} // namespace
} // namespace writ::driver::verify
