// SPDX-License-Identifier: MIT
// Warnings about controls that can never say anything.
#include "check/project.h"
#include "nodes.h"
#include "passes/contradiction.h"
#include "passes/dead_rules.h"
#include "passes/normalise.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::testing;

namespace {

bool never_true(std::string_view text) {
  ir::Graph graph;
  passes::Contradiction contradiction(graph, {});
  return contradiction.never_true(passes::Normaliser(graph)(node_of(graph, text)));
}

/// Codes and lines of the warnings about a control with this body.
std::string warnings(std::string_view body) {
  CheckedText checked = check_text(R"(module m
/// Doc.
control c "A control" {
  id "C-1" severity low category "Test"
)" + std::string(body) + "\n}\n");
  for (const Diagnostic& d : checked.diagnostics.all()) {
    INFO(d.message);
    REQUIRE(d.severity != Severity::Error);
  }
  Diagnostics found;
  passes::warn_dead_rules(checked.project.set, {}, &checked.catalog, found);
  std::string out;
  for (const Diagnostic& d : found.all())
    out += std::string(info(d.code).number) + " line " +
           std::to_string(checked.sources.position(d.span.begin).line) +
           (d.notes.empty() ? "" : " with note") + "; ";
  return out;
}

} // namespace

TEST_CASE("conditions that exclude each other") {
  CHECK(never_true("(const false)"));
  CHECK(never_true(R"((and (test equals (field "kind") (lit "a")) (test equals (field "kind") (lit "b"))))"));
  CHECK(never_true(
      R"((and (test equals (field "kind") (lit "a")) (test notEquals (field "kind") (lit "A"))))"));
  CHECK(never_true(
      R"((and (test in (field "kind") (lit ["a","b"])) (test notIn (field "kind") (lit ["B","A","c"]))))"));
  CHECK(never_true(
      R"((and (test in (field "kind") (lit ["ab","ac"])) (test notLike (field "kind") (lit "A*"))))"));
  CHECK(
      never_true(R"((and (test equals (field "kind") (lit "a")) (test exists (field "kind") (lit false))))"));
  CHECK(never_true(
      R"((and (test equals (field "kind") (lit "ab")) (test contains (field "kind") (lit "z"))))"));
  CHECK(never_true(
      R"((and (test equals (field "location") (lit "westeurope")) (test notEquals (field "location") (lit "West Europe"))))"));
  CHECK(never_true(R"((and (test less (field "size") (lit 3)) (not (test less (field "size") (lit 3)))))"));
  CHECK(never_true(
      R"((or (const false) (and (test equals (field "kind") (lit "a")) (test equals (field "kind") (lit "b")))))"));
  CHECK(never_true(
      R"((and (test equals (field "items[*]") (lit "a")) (not (test equals (field "items[*]") (lit "a")))))"));
}

TEST_CASE("conditions that some resource may satisfy") {
  CHECK_FALSE(never_true("(const true)"));
  CHECK_FALSE(never_true(R"((test equals (field "kind") (lit "a")))"));
  CHECK_FALSE(
      never_true(R"((and (test equals (field "kind") (lit "a")) (test equals (field "name") (lit "b"))))"));
  CHECK_FALSE(never_true(
      R"((and (test in (field "kind") (lit ["a","b"])) (test notEquals (field "kind") (lit "a"))))"));
  // An empty array satisfies both.
  CHECK_FALSE(never_true(
      R"((and (test equals (field "items[*]") (lit "a")) (test equals (field "items[*]") (lit "b"))))"));
  // "5" and 5, "" and absent, "true" and true are equal across kinds.
  CHECK_FALSE(
      never_true(R"((and (test equals (field "kind") (lit "5")) (test equals (field "kind") (lit 5))))"));
  CHECK_FALSE(
      never_true(R"((and (test equals (field "kind") (lit "")) (test exists (field "kind") (lit false))))"));
  CHECK_FALSE(never_true(
      R"((and (test equals (field "kind") (lit "true")) (test equals (field "kind") (lit true))))"));
  // match respects case, equals does not.
  CHECK_FALSE(
      never_true(R"((and (test equals (field "kind") (lit "a")) (test match (field "kind") (lit "A"))))"));
  // Parameters may have any value.
  CHECK_FALSE(
      never_true(R"((and (test equals (field "kind") (lit "a")) (test equals (field "kind") (param "p"))))"));
  CHECK_FALSE(never_true(R"((and (test less (field "size") (lit 3)) (test less (field "size") (lit 4))))"));
}

TEST_CASE("controls that never apply") {
  CHECK(warnings(R"(  on Microsoft.CognitiveServices/accounts as account
  where account.kind == "OpenAI"
  where account.kind == "AIServices"
  require account.publicNetworkAccess == "Disabled")") == "W0010 line 3; ");
  CHECK(warnings(R"(  on Microsoft.CognitiveServices/accounts as account
  where account.kind in ["OpenAI", "AIServices"]
  require account.publicNetworkAccess == "Disabled")") == "");
}

TEST_CASE("requirements that always hold") {
  CHECK(warnings(R"(  on Microsoft.CognitiveServices/accounts as account
  where account.kind == "OpenAI"
  require account.publicNetworkAccess == "Disabled"
  require account.kind != "Face" or account.disableLocalAuth == true)") == "W0011 line 8 with note; ");
  CHECK(warnings(R"(  on Microsoft.CognitiveServices/accounts as account
  require account.kind != "Face" or account.kind != "OpenAI")") == "W0011 line 6; ");
}

TEST_CASE("examples of the pages do what the pages say") {
  for (const std::string number : {"W0010", "W0011"}) {
    INFO(number);
    const std::string page = read_source_file("docs/diagnostics/" + number + ".md");
    const auto example = [&](const std::string& fence) {
      const std::size_t begin = page.find("```" + fence + "\n") + fence.size() + 4;
      return page.substr(begin, page.find("```", begin) - begin);
    };
    const auto numbers = [&](const std::string& source) {
      CheckedText checked = check_text(source);
      for (const Diagnostic& d : checked.diagnostics.all())
        FAIL_CHECK(d.message);
      Diagnostics found;
      passes::warn_dead_rules(checked.project.set, {}, &checked.catalog, found);
      std::string out;
      for (const Diagnostic& d : found.all())
        out += info(d.code).number;
      return out;
    };
    CHECK(numbers(example("writ-error")) == number);
    CHECK(numbers(example("writ")) == "");
  }
}

TEST_CASE("what parameters switch off is no mistake") {
  CHECK(warnings(R"(  on Microsoft.CognitiveServices/accounts as account
  param kinds: [String] = []
  where account.kind in kinds
  require account.disableLocalAuth == true)") == "");
}

TEST_CASE("imported definitions are not judged") {
  ir::ParsedSet read = ir::parse_set(R"((policy "D" definition (applicable (const false))))");
  Diagnostics found;
  passes::warn_dead_rules(read.set, {}, nullptr, found);
  CHECK(found.all().empty());
}
