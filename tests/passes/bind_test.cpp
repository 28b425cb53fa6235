// SPDX-License-Identifier: MIT
// Parameters of instances.
#include "nodes.h"
#include "passes/bind_parameters.h"
#include "passes/pass.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::testing;

namespace {

struct Bound {
  ir::PolicySet set;
  Diagnostics diagnostics;
};

Bound bound_set(std::string_view text) {
  ir::ParsedSet read = ir::parse_set(text);
  INFO(read.error);
  REQUIRE(read.error.empty());
  Bound out{std::move(read.set), {}};
  passes::Folder fold(*out.set.graph, {}, nullptr);
  passes::bind_parameters(out.set, fold, out.diagnostics);
  REQUIRE(ir::verify(out.set).empty());
  return out;
}

constexpr std::string_view kPolicy = R"(
(policy "P" definition
  (parameter "Kinds" array (default (lit ["a"])))
  (parameter "least" integer)
  (parameter "effect" string (default (lit "audit")))
  (applicable (test in (field "kind") (param "kinds")))
  (violation (test less (field "properties.size") (param "least")) (text (lit "below ") (param "least")))
  (effect (param "effect") (details (record (lit "x") (param "effect")))
    (existence (type (lit "A.B/d")) (condition (test equals (field "name") (param "effect"))))
    (operation (value (param "least")))))
)";

} // namespace

TEST_CASE("each instance has a policy of its own, with its values everywhere") {
  const Bound bound = bound_set(std::string(kPolicy) + R"(
    (policy "Unused" control (applicable (const true)))
    (instance 0 (label "first") (argument "LEAST" (lit 5)))
    (instance 0 (label "second") (argument "least" (lit 7)) (argument "kinds" (lit ["b"])) (argument "effect" (lit "Deny"))))");
  REQUIRE(bound.diagnostics.all().empty());
  REQUIRE(bound.set.policies.size() == 2);
  CHECK(bound.set.instances[1].policy == 1);
  CHECK(bound.set.instances[1].label == "second");
  const ir::Graph& graph = *bound.set.graph;
  const ir::Policy& first = bound.set.policies[0];
  const ir::Policy& second = bound.set.policies[1];
  CHECK(flat(graph, first.applicable) == R"((test in (field "kind") (lit ["a"])))");
  CHECK(flat(graph, second.applicable) == R"((test in (field "kind") (lit ["b"])))");
  CHECK(flat(graph, second.violations[0].when) == R"((test less (field "properties.size") (lit 7)))");
  CHECK(flat(graph, first.violations[0].message) == R"((text (lit "below ") (lit 5)))");
  CHECK(flat(graph, second.effect.name) == R"((lit "Deny"))");
  CHECK(flat(graph, first.effect.details) == R"((record (lit "x") (lit "audit")))");
  CHECK(flat(graph, second.effect.existence->condition) == R"((test equals (field "name") (lit "Deny")))");
  CHECK(flat(graph, first.effect.operations[0].value) == "(lit 5)");
}

TEST_CASE("without instances every policy is one") {
  const Bound bound = bound_set(std::string(kPolicy) + R"((policy "Q" control (applicable (const true))))");
  REQUIRE(bound.set.policies.size() == 2);
  REQUIRE(bound.set.instances.size() == 2);
  CHECK(flat(*bound.set.graph, bound.set.policies[0].applicable) ==
        R"((test in (field "kind") (lit ["a"])))");
  // Without a value it stays, for the code generator to report.
  CHECK(flat(*bound.set.graph, bound.set.policies[0].effect.operations[0].value) == R"((param "least"))");
}

TEST_CASE("equal conditions of instances are one node") {
  const Bound bound =
      bound_set(std::string(kPolicy) +
                R"((instance 0 (argument "least" (lit 5))) (instance 0 (argument "least" (lit 5))))");
  CHECK(bound.set.policies[0].violations[0].when == bound.set.policies[1].violations[0].when);
}

TEST_CASE("arguments may be expressions of literals") {
  const Bound bound = bound_set(
      std::string(kPolicy) +
      R"((instance 0 (argument "least" (call if (call contains (lit "abc") (lit "b")) (lit 5) (call div (lit 1) (lit 0))))))");
  REQUIRE(bound.diagnostics.all().empty());
  CHECK(flat(*bound.set.graph, bound.set.instances[0].arguments[0].value) == "(lit 5)");
  CHECK(flat(*bound.set.graph, bound.set.policies[0].effect.operations[0].value) == "(lit 5)");
}

TEST_CASE("arguments that need a resource are refused") {
  const Bound bound =
      bound_set(std::string(kPolicy) + R"((instance 0 (label "ref") (argument "least" (value "kind"))))");
  REQUIRE(bound.diagnostics.all().size() == 1);
  CHECK(bound.diagnostics.all()[0].code == Code::ParameterNotAllowed);
  CHECK(bound.diagnostics.all()[0].message.find("`least` of `ref`") != std::string::npos);
}

TEST_CASE("a null given for a parameter is a computed null") {
  const Bound bound = bound_set(R"(
    (policy "P" definition (parameter "p" string)
      (applicable (test notEquals (field "kind") (param "p"))))
    (instance 0 (argument "p" (call null))))");
  CHECK(flat(*bound.set.graph, bound.set.policies[0].applicable) ==
        R"((test notEquals (field "kind") (call null)))");
  CHECK(flat(*bound.set.graph, bound.set.instances[0].arguments[0].value) == "(lit null)");
}

TEST_CASE("open parameters stay") {
  ir::ParsedSet read = ir::parse_set(kPolicy);
  Diagnostics diagnostics;
  passes::Options options;
  options.open_parameters = true;
  const passes::Report report = passes::run(read.set, options, diagnostics);
  CHECK(report.problems.empty());
  CHECK(flat(*read.set.graph, read.set.policies[0].applicable) ==
        R"((test in (field "kind") (param "kinds")))");
}
