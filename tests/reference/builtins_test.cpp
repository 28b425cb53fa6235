// SPDX-License-Identifier: MIT
// Published definitions and recorded resources, when ../shared holds them: everything must load and evaluate.
#include "reference/reference.h"
#include "reference/text.h"
#include "reference/value.h"

#include <catch2/catch.hpp>

#include <chrono>
#include <fstream>
#include <iostream>
#include <map>

namespace writ::reference {
namespace {

const std::string kAzureData = WRIT_SHARED_DIR "/azure/";

bool is_present(const std::string& name) {
  if (std::ifstream(kAzureData + name).good()) return true;
  std::cout << "skipped: " << kAzureData << name << " is not there\n";
  return false;
}

std::vector<json> read_lines(const std::string& name) {
  std::ifstream in(kAzureData + name);
  std::vector<json> out;
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) out.push_back(json::parse(line));
  return out;
}

/// The resource of a line, which may stand inside an envelope.
json resource_of(const json& line) {
  const json* inner = find_member(line, "resource");
  return inner != nullptr && inner->is_object() ? *inner : line;
}

/// A value for every parameter without a default, so that the rule itself is reached.
json plausible_values(const json& definition) {
  json out = json::object();
  const json* properties = find_member(definition, "properties");
  const json* declared = properties == nullptr ? nullptr : find_member(*properties, "parameters");
  if (declared == nullptr) return out;
  static const std::map<std::string, json> kByType{{"string", "x"},
                                                   {"array", json::array({"x"})},
                                                   {"object", json::object()},
                                                   {"boolean", true},
                                                   {"integer", 1},
                                                   {"float", 1.5},
                                                   {"datetime", "2026-01-01T00:00:00Z"}};
  for (const auto& member : declared->items()) {
    if (find_member(member.value(), "defaultValue") != nullptr) continue;
    const std::string type = lower_ascii(string_member(member.value(), "type"));
    const json* allowed = find_member(member.value(), "allowedValues");
    const bool listed = allowed != nullptr && allowed->is_array() && !allowed->empty();
    json value = listed ? allowed->front() : kByType.at(type);
    out[member.key()] = listed && type == "array" && !value.is_array() ? json::array({value}) : value;
  }
  return out;
}

TEST_CASE("published definitions load and evaluate over recorded resources", "[builtins]") {
  if (!is_present("aliases.json") || !is_present("builtins.ndjson") ||
      !is_present("recorded-resources.ndjson"))
    return;
  std::ifstream aliases(kAzureData + "aliases.json");
  const Catalogue catalogue = Catalogue::load(json::parse(aliases));
  std::vector<json> resources;
  for (const json& line : read_lines("recorded-resources.ndjson"))
    resources.push_back(resource_of(line));
  const Snapshot snapshot(std::move(resources));
  Context context;
  context.now = "2026-01-01T00:00:00Z";
  const Options options;

  std::map<std::string, std::size_t> failures;
  std::map<std::string, std::size_t> verdicts;
  std::map<std::string, std::size_t> errors;
  std::size_t loaded = 0;
  std::size_t pairs = 0;
  const std::vector<json> definitions = read_lines("builtins.ndjson");
  const auto start = std::chrono::steady_clock::now();
  constexpr std::size_t kStep = 23; // a prime: walks through all pairs of positions over time
  for (std::size_t d = 0; d < definitions.size(); ++d) {
    auto result = Definition::load(definitions[d].at("definition"), catalogue, options);
    if (const auto* failure = std::get_if<Failure>(&result)) {
      ++failures[failure->code];
      UNSCOPED_INFO(definitions[d].at("path") << ": " << failure->code << ": " << failure->message);
      continue;
    }
    ++loaded;
    Definition& definition = *std::get<std::unique_ptr<Definition>>(result);
    const BoundDefinition bound = definition.bind(plausible_values(definitions[d].at("definition")));
    for (std::size_t r = d % kStep; r < snapshot.resources().size(); r += kStep) {
      const Verdict v =
          definition.evaluate(bound, {snapshot.resources()[r], snapshot, context, std::nullopt});
      ++verdicts[v.verdict];
      if (v.verdict == "error") ++errors[v.reason.substr(0, v.reason.find(':'))];
      ++pairs;
    }
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  std::cout << "published definitions: " << loaded << " of " << definitions.size() << " load; " << pairs
            << " pairs in " << elapsed.count() << " s\n";
  for (const auto& [code, count] : failures)
    std::cout << "  definition error " << code << ": " << count << "\n";
  for (const auto& [word, count] : verdicts)
    std::cout << "  " << word << ": " << count << "\n";
  for (const auto& [code, count] : errors)
    std::cout << "  error " << code << ": " << count << "\n";
  CHECK(loaded == definitions.size());
  CHECK(verdicts["noncompliant"] > 0);
  CHECK(verdicts["compliant"] > 0);
  CHECK(errors["parameter-missing"] == 0);
}

} // namespace
} // namespace writ::reference
