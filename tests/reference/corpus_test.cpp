// SPDX-License-Identifier: MIT
// Runs the conformance corpus tests/azure through the reference interpreter.
#include "corpus.h"
#include "reference/assignment.h"
#include "reference/reference.h"
#include "reference/text.h"
#include "reference/value.h"

#include <catch2/catch.hpp>

#include <iostream>
#include <map>
#include <set>

namespace writ::reference {
namespace {

/// Members a case may have; others are typing slips.
const std::set<std::string> kCaseMembers{
    "name",       "if",         "expression",  "definition", "parameters", "expect",   "expect_value",
    "code",       "verdict",    "effect",      "details",    "reason",     "invalid",  "resource",
    "resources",  "subject",    "aliases",     "types",      "options",    "context",  "now",
    "assignment", "initiative", "definitions", "exemptions", "attested",   "verdicts", "source"};

std::string code_of(const std::string& error) { return error.substr(0, error.find(':')); }

std::string text_of_failure(const Failure& failure) { return failure.code + ": " + failure.message; }

/// "" when the two are the same text, else what differs.
std::string difference(std::string_view what, const std::string& actual, const std::string& expected) {
  if (actual == expected) return "";
  return std::string(what) + " is " + actual + ", expected " + expected;
}

/// Compares a definition error with the member `invalid`.
std::string check_invalid(const json& expected, const Failure* failure) {
  if (failure == nullptr) return "is accepted, expected the definition error " + expected.get<std::string>();
  if (expected == "any") return "";
  return difference("definition error", failure->code, expected.get<std::string>());
}

std::string run_condition(const CorpusCase& c, const Catalogue& catalogue) {
  const json& condition = c.body["if"];
  const auto failure = check_condition(condition, catalogue, c.options);
  if (c.body.contains("invalid")) return check_invalid(c.body["invalid"], failure ? &*failure : nullptr);
  if (failure) return "definition error " + text_of_failure(*failure);
  std::string error;
  const Truth truth = evaluate_condition(condition, c.subject, c.body.value("parameters", json()), catalogue,
                                         c.context, c.options, &error);
  const json& expected = c.body.at("expect");
  const std::string wanted = expected.is_string() ? expected.get<std::string>() : expected.dump();
  if (std::string d = difference("result", std::string(name_of(truth)), wanted); !d.empty())
    return d + " " + error;
  return c.body.contains("code") ? difference("code", code_of(error), c.body["code"].get<std::string>()) : "";
}

std::string run_expression(const CorpusCase& c, const Catalogue& catalogue) {
  const Outcome outcome = evaluate_expression(
      c.body["expression"], c.subject, c.body.value("parameters", json()), catalogue, c.context, c.options);
  if (c.body.contains("invalid"))
    return check_invalid(c.body["invalid"], outcome.is_error() ? &outcome.failure : nullptr);
  const std::string actual = outcome.is_value()   ? compact(outcome.value)
                             : outcome.is_error() ? "error"
                                                  : "unknown";
  if (c.body.contains("expect_value")) {
    const std::string why = outcome.is_error() ? " " + text_of_failure(outcome.failure) : "";
    const std::string d = difference("value", actual, compact(c.body["expect_value"]));
    return d.empty() ? d : d + why;
  }
  const std::string d = difference("result", actual, c.body.at("expect").get<std::string>());
  if (!d.empty() || !c.body.contains("code")) return d;
  return difference("code", outcome.failure.code, c.body["code"].get<std::string>());
}

std::string check_verdict(const json& expected, const Verdict& verdict) {
  const std::string context = " (reason: " + verdict.reason + ")";
  std::string d = difference("verdict", verdict.verdict, expected.at("verdict").get<std::string>());
  if (d.empty() && expected.contains("effect"))
    d = difference("effect", verdict.effect, expected["effect"].get<std::string>());
  if (d.empty() && expected.contains("code"))
    d = difference("code", code_of(verdict.reason), expected["code"].get<std::string>());
  if (d.empty() && expected.contains("reason"))
    d = difference("reason", verdict.reason, expected["reason"].get<std::string>());
  if (!d.empty()) return d + context;
  if (!expected.contains("details")) return "";
  if (!expected["details"].is_object())
    return difference("details", compact(verdict.details), compact(expected["details"]));
  for (const auto& member : expected["details"].items()) {
    const json* actual = find_member(verdict.details, member.key());
    d = difference("details." + member.key(), actual == nullptr ? "missing" : compact(*actual),
                   compact(member.value()));
    if (!d.empty()) return d;
  }
  return "";
}

std::string run_definition(const CorpusCase& c, const Catalogue& catalogue) {
  auto loaded = Definition::load(c.body.at("definition"), catalogue, c.options);
  const auto* failure = std::get_if<Failure>(&loaded);
  if (c.body.contains("invalid")) return check_invalid(c.body["invalid"], failure);
  if (failure != nullptr) return "definition error " + text_of_failure(*failure);
  Definition& definition = *std::get<std::unique_ptr<Definition>>(loaded);
  const Snapshot snapshot(c.resources);
  EvaluationInput input{c.subject, snapshot, c.context, std::nullopt};
  if (c.body.contains("attested")) input.attested_state = c.body["attested"].get<std::string>();
  return check_verdict(c.body,
                       definition.evaluate(definition.bind(c.body.value("parameters", json())), input));
}

std::vector<json> list_of(const json& body, const char* key) {
  return body.contains(key) ? body[key].get<std::vector<json>>() : std::vector<json>();
}

std::string run_assignment(const CorpusCase& c, const Catalogue& catalogue) {
  PolicyDocuments documents{list_of(c.body, "definitions"), {}, list_of(c.body, "exemptions")};
  if (c.body.contains("initiative")) documents.initiatives.push_back(c.body["initiative"]);
  auto loaded = Assignment::load(c.body["assignment"], documents, catalogue, c.options);
  const auto* failure = std::get_if<Failure>(&loaded);
  if (c.body.contains("invalid")) return check_invalid(c.body["invalid"], failure);
  if (failure != nullptr) return "assignment error " + text_of_failure(*failure);
  const Snapshot snapshot(c.resources);
  const auto verdicts =
      std::get<std::unique_ptr<Assignment>>(loaded)->evaluate(c.subject, snapshot, c.context);
  const json& expected = c.body.at("verdicts");
  std::string d =
      difference("number of verdicts", std::to_string(verdicts.size()), std::to_string(expected.size()));
  for (std::size_t i = 0; i < verdicts.size() && d.empty(); ++i) {
    d = difference("reference", verdicts[i].reference, string_member(expected[i], "reference"));
    if (d.empty()) d = check_verdict(expected[i], verdicts[i].verdict);
    if (d.empty() && expected[i].contains("message"))
      d = difference("message", verdicts[i].message, string_member(expected[i], "message"));
    if (!d.empty()) d = verdicts[i].reference + " " + d;
  }
  return d;
}

/// "" when the case holds, else what went wrong.
std::string run_case(const CorpusCase& c, const Catalogue& catalogue) {
  for (const auto& member : c.body.items())
    if (!kCaseMembers.contains(member.key())) return "unknown member '" + member.key() + "'";
  try {
    if (c.body.contains("if")) return run_condition(c, catalogue);
    if (c.body.contains("expression")) return run_expression(c, catalogue);
    if (c.body.contains("assignment")) return run_assignment(c, catalogue);
    return run_definition(c, catalogue);
  } catch (const std::exception& error) {
    return std::string("exception: ") + error.what();
  }
}

TEST_CASE("the conformance corpus holds for the reference interpreter", "[corpus]") {
  const auto cases = read_corpus(WRIT_SOURCE_DIR "/tests/azure");
  REQUIRE(cases.size() >= 600);
  std::map<std::string, Catalogue> catalogues;
  for (const CorpusCase& c : cases) {
    const std::string key = compact(c.catalogue);
    if (!catalogues.contains(key)) catalogues.emplace(key, Catalogue::load(c.catalogue));
    const std::string problem = run_case(c, catalogues.at(key));
    if (problem.empty())
      SUCCEED();
    else
      FAIL_CHECK(c.file << ":" << c.line << ": " << c.name << ": " << problem);
  }
  std::cout << "conformance corpus: " << cases.size() << " cases\n";
}

} // namespace
} // namespace writ::reference
