// SPDX-License-Identifier: MIT
// Runs as a whole: order, threads, positions, counts, sinks that throw.
#include "build.h"
#include "writ/engine.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>

using namespace writ;
using namespace writ::testing;

namespace {

const TestFields kFields = {
    {"name", "name"}, {"state", "properties.state"}, {"access", "properties.publicNetworkAccess"}};

std::vector<TestControl> sample_controls() {
  TestControl audit;
  audit.id = "AUDIT";
  audit.types = {"T/t"};
  audit.violations = {{"state equals \"Off\"", "\"it is off\""}};
  TestControl every = audit;
  every.id = "EVERY";
  every.types = {};
  TestControl related = audit;
  related.id = "RELATED";
  related.effect = "\"auditIfNotExists\"";
  TestRelation relation;
  relation.type = "\"T/t/child\"";
  related.relation = {relation};
  return {audit, every, related};
}

/// A snapshot of several chunks.
std::string big_snapshot(std::size_t rows) {
  std::string text;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::string id = "/subscriptions/s/resourceGroups/g/providers/T/t/r" + std::to_string(i);
    if (i % 500 == 7) text += "{\"id\":\"broken\",\n";
    text += "{\"id\":\"" + id + "\",\"name\":\"r" + std::to_string(i) +
            "\",\"type\":\"T/t\",\"properties\":{\"state\":\"" + (i % 3 == 0 ? "Off" : "On") +
            "\",\"pad\":\"" + std::string(i % 700, 'p') + "\"}}\n";
    if (i % 4 == 0)
      text += "{\"id\":\"" + id + "/child/c\",\"name\":\"c\",\"type\":\"T/t/child\",\"properties\":{}}\n";
  }
  return text;
}

/// Everything a run delivers, as text.
std::string transcript(const Engine& engine, const std::vector<Input>& inputs) {
  std::string text;
  const RunReport report = engine.run(inputs, [&](const Finding& f) {
    text += std::string(f.control->id) + " " + f.resource->id + " " + f.resource->file + ":" +
            std::to_string(f.resource->line) + " " + std::to_string(f.resource->byte_begin) + "-" +
            std::to_string(f.resource->byte_end) + " " + std::string(to_text(f.verdict)) + " " + f.reason;
    for (const std::string& message : f.messages)
      text += " " + message;
    for (const Evidence& evidence : f.evidence)
      text += " " + evidence.pointer + "=" + evidence.actual;
    text += "\n";
  });
  for (const Diagnostic& d : report.diagnostics.all())
    text += d.message + " " + d.file + ":" + std::to_string(d.line) + ":" + std::to_string(d.column) + "\n";
  text += std::to_string(report.resources) + " " + std::to_string(report.skipped);
  for (const std::uint64_t count : report.counts)
    text += " " + std::to_string(count);
  for (const auto& [type, count] : report.types)
    text += " " + type + "=" + std::to_string(count);
  return text;
}

} // namespace

TEST_CASE("any number of threads delivers the same, in the same order", "[engine]") {
  const std::vector<Input> inputs = {Input::of_text("big.ndjson", big_snapshot(6000)),
                                     Input::of_text("small.ndjson", big_snapshot(10))};
  std::string first;
  for (const unsigned threads : {1u, 2u, 3u, 8u}) {
    EngineOptions options;
    options.threads = threads;
    const Engine engine({bundle_of(sample_controls(), kFields)}, options);
    const std::string text = transcript(engine, inputs);
    if (first.empty()) {
      first = text;
      CHECK(text.size() > 100000);
      CHECK(text.find("this is not valid JSON") != std::string::npos);
    } else {
      CHECK((text == first)); // not printed: it is long
    }
  }
}

TEST_CASE("findings name file, line and bytes", "[engine]") {
  const Engine engine({bundle_of(sample_controls(), kFields)}, {});
  const std::string text = big_snapshot(3000);
  std::size_t seen = 0;
  std::vector<std::size_t> line_starts{0};
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
    line_starts.push_back(at + 1);
  const RunReport report = engine.run({Input::of_text("big.ndjson", text)}, [&](const Finding& f) {
    ++seen;
    REQUIRE(f.resource->file == "big.ndjson");
    REQUIRE(f.resource->byte_begin == line_starts[f.resource->line - 1]);
    REQUIRE(text.substr(f.resource->byte_begin, f.resource->byte_end - f.resource->byte_begin)
                .find(f.resource->id) != std::string::npos);
  });
  CHECK(seen > report.resources / 2);
}

TEST_CASE("evidence names the property as the resource spells it", "[engine]") {
  const Engine engine({bundle_of(sample_controls(), kFields)}, {});
  std::vector<Evidence> evidence;
  const RunReport report =
      engine.run_one(R"({"id":"x","type":"t/T","Properties":{"STATE":"off"}})", [&](const Finding& f) {
        if (f.control->id == "AUDIT") evidence = f.evidence;
      });
  CHECK(report.resources == 1);
  REQUIRE(evidence.size() == 1);
  CHECK(evidence[0].pointer == "/Properties/STATE");
  CHECK(evidence[0].actual == "\"off\"");
  CHECK(evidence[0].expected == "\"Off\"");
  CHECK(evidence[0].operator_name == "equals");
  EngineOptions options;
  options.evidence = false;
  const Engine plain({bundle_of(sample_controls(), kFields)}, options);
  const RunReport without = plain.run_one(R"({"id":"x","type":"T/t","properties":{"state":"off"}})",
                                          [&](const Finding& f) { CHECK(f.evidence.empty()); });
  CHECK(without.resources == 1);
}

TEST_CASE("several bundles are asked in their order", "[engine]") {
  TestControl other;
  other.id = "OTHER";
  other.types = {"T/t"};
  other.violations = {{"true", {}}};
  const Engine engine({bundle_of(sample_controls(), kFields), bundle_of({other}, kFields)}, {});
  std::string order;
  const RunReport report =
      engine.run_one(R"({"id":"/x/T/t/a","name":"a","type":"T/t","properties":{"state":"Off"}})",
                     [&](const Finding& f) { order += std::string(f.control->id) + " "; });
  CHECK(order == "AUDIT EVERY OTHER RELATED ");
  REQUIRE(report.controls.size() == 2);
  CHECK(report.controls[0].size() == 3);
  CHECK(report.controls[1][0].counts[static_cast<std::size_t>(Verdict::NonCompliant)] == 1);
}

TEST_CASE("the report says what was read", "[engine]") {
  const Engine engine({bundle_of(sample_controls(), kFields)}, {});
  const RunReport report = engine.run(
      {Input::of_text("a.json", "[{\"id\":\"1\",\"type\":\"T/t\"},{\"id\":\"2\",\"type\":\"t/T\"}]"),
       Input::of_text("b.ndjson", "{\"id\":\"3\",\"type\":\"U/u\"}\n")},
      [](const Finding&) {});
  CHECK(report.resources == 3);
  CHECK(report.types == std::map<std::string, std::uint64_t>{{"t/t", 2}, {"u/u", 1}});
  REQUIRE(report.inputs.size() == 2);
  CHECK(report.inputs[0].format == "array");
  CHECK(report.inputs[0].resources == 2);
  CHECK(report.inputs[1].format == "lines");
  CHECK(report.inputs[1].resources == 1);
  CHECK(report.controls[0][0].applicable == 2);
  CHECK_FALSE(report.incomplete);
}

TEST_CASE("pages of one export may be in several files", "[engine]") {
  const Engine engine({bundle_of(sample_controls(), kFields)}, {});
  const auto incomplete = [&](const std::vector<std::string>& texts) {
    std::vector<Input> inputs;
    for (const std::string& text : texts)
      inputs.push_back(Input::of_text(std::to_string(inputs.size()) + ".json", text));
    return engine.run(inputs, [](const Finding&) {}).incomplete;
  };
  const std::string row = R"({"id":"1","type":"T/t"})";
  const std::string open = "{\"value\":[" + row + "],\"nextLink\":\"x\"}";
  const std::string end = "{\"value\":[" + row + "]}";
  CHECK(incomplete({open}));
  CHECK(incomplete({open + "\n" + open}));
  CHECK_FALSE(incomplete({open + "\n" + end}));
  CHECK_FALSE(incomplete({open, end}));
  CHECK_FALSE(incomplete({end, open})); // files come in any order
  CHECK_FALSE(incomplete({end}));
  const auto counted = [&](const std::string& rest) { return "{\"data\":[" + row + "]," + rest + "}"; };
  CHECK(incomplete({counted("\"count\":1,\"total_records\":2")}));
  CHECK_FALSE(incomplete(
      {counted("\"count\":1,\"total_records\":2,\"skip_token\":\"x\""), counted("\"total_records\":2")}));
  CHECK(incomplete({counted("\"resultTruncated\":\"true\"")}));
}

TEST_CASE("a sink that throws ends the run and the caller sees it", "[engine]") {
  for (const unsigned threads : {1u, 2u}) {
    EngineOptions options;
    options.threads = threads;
    const Engine engine({bundle_of(sample_controls(), kFields)}, options);
    const std::vector<Input> inputs = {Input::of_text("big.ndjson", big_snapshot(4000))};
    std::size_t calls = 0;
    const auto run = [&] {
      return engine.run(inputs, [&](const Finding&) {
        if (++calls == 100) throw std::runtime_error("full");
      });
    };
    CHECK_THROWS_AS(run(), std::runtime_error);
    CHECK(calls == 100);
  }
}

TEST_CASE("an input without resources is said", "[engine]") {
  const Engine engine({bundle_of(sample_controls(), kFields)}, {});
  const RunReport report = engine.run({Input::of_text("x.json", "[]")}, [](const Finding&) {});
  REQUIRE(report.diagnostics.all().size() == 1);
  CHECK(report.diagnostics.all()[0].code == Code::EmptyInput);
}

TEST_CASE("real resources are evaluated without incident", "[engine][shared]") {
  const Engine engine({bundle_of(sample_controls(), kFields)}, {});
  for (const std::string name : {"recorded-resources.ndjson", "rest-examples.ndjson"}) {
    const std::string path = std::string(WRIT_SHARED_DIR) + "/azure/" + name;
    if (!std::filesystem::exists(path)) {
      std::cout << "skipped: " << path << " is not there\n";
      continue;
    }
    std::uint64_t findings = 0;
    const RunReport report = engine.run({Input::path(path)}, [&](const Finding&) { ++findings; });
    std::cout << name << ": " << report.resources << " resources evaluated\n";
    CHECK(report.resources > 50);
    CHECK(findings >= report.resources);
    CHECK(report.counts[static_cast<std::size_t>(Verdict::Error)] == 0);
  }
}
