// SPDX-License-Identifier: MIT
// However a run is done, it says the same: fused or plain, any number of threads, any size of chunks, any
// form of the input.
#include "forms.h"
#include "writ/bytecode/program.h"
#include "writ/compiler.h"
#include "writ/engine.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include <filesystem>
#include <iostream>
#include <vector>

namespace {

using namespace writ;
using namespace writ::testing;

const std::string kSample = std::string(WRIT_SOURCE_DIR) + "/samples/halden/snapshot.ndjson";

Bundle compiled(const CompileRequest& request) {
  Compilation compilation = Compilation::compile(DiskFiles(), request);
  Result<Bundle> bundle = Bundle::from_program(compilation.program(), "bundle");
  REQUIRE(bundle.ok());
  return *bundle;
}

/// Everything a run says. `places`: where it read it, too.
std::string transcript(const Bundle& bundle, const EngineOptions& options, const std::vector<Input>& inputs,
                       bool places) {
  std::string text;
  const Engine engine({bundle}, options);
  const RunReport report = engine.run(inputs, [&](const Finding& f) {
    ((text += f.control->id) += ' ') +=
        f.resource->id + " " + f.resource->type + " " + f.resource->name + " ";
    if (places)
      text += std::to_string(f.resource->line) + " " + std::to_string(f.resource->byte_begin) + "-" +
              std::to_string(f.resource->byte_end) + " ";
    (text += to_text(f.verdict)) += " " + f.effect + " " + f.details_json + " " + f.reason;
    for (const std::string& message : f.messages)
      text += " | " + message;
    for (const Evidence& e : f.evidence)
      text += " (" + e.pointer + " " + e.field + " " + e.operator_name + " " + e.actual + " " + e.expected +
              (e.negated ? " not)" : ")");
    text += "\n";
  });
  text += std::to_string(report.resources) + " resources";
  for (const std::uint64_t count : report.counts)
    text += " " + std::to_string(count);
  for (const auto& [type, number] : report.types)
    text += "\n" + type + " " + std::to_string(number);
  for (const auto& controls : report.controls)
    for (const ControlSummary& control : controls) {
      text += "\n" + std::to_string(control.applicable);
      for (const std::uint64_t count : control.counts)
        text += " " + std::to_string(count);
    }
  if (places) {
    text += "\n" + std::to_string(report.skipped);
    // What the reader notices between rows comes before what is inside them, chunk by chunk.
    const auto all = report.diagnostics.all();
    std::vector<Diagnostic> diagnostics(all.begin(), all.end());
    std::stable_sort(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& x, const Diagnostic& y) {
      return x.line != y.line ? x.line < y.line : x.column < y.column;
    });
    for (const Diagnostic& d : diagnostics)
      text += "\n" + std::to_string(d.line) + ":" + std::to_string(d.column) + " " + d.message;
  }
  return text;
}

/// Where two texts part, for people.
void check_same(const std::string& want, const std::string& have) {
  if (want == have) return;
  const auto [a, b] = std::mismatch(want.begin(), want.end(), have.begin(), have.end());
  const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, a - want.begin() - 150));
  FAIL("wanted …" << want.substr(from, 400) << "…\nhave …" << have.substr(from, 400) << "…");
}

constexpr std::uint32_t kAllVerdicts = 0xFFFFFFFF;
constexpr std::uint32_t kViolations = 1U << static_cast<unsigned>(Verdict::NonCompliant) |
                                      1U << static_cast<unsigned>(Verdict::Unknown) |
                                      1U << static_cast<unsigned>(Verdict::Error);

EngineOptions options_of(bool plain, unsigned threads, std::size_t chunk_bytes, std::uint32_t deliver,
                         bool complete) {
  EngineOptions options;
  options.now = "2026-01-01T00:00:00Z";
  options.plain = plain;
  options.threads = threads;
  options.chunk_bytes = chunk_bytes;
  options.deliver = deliver;
  options.assume_complete = complete;
  return options;
}

/// Runs the rows in every way and compares with the plain run of one thread.
void compare_ways(const Bundle& bundle, const std::vector<std::string>& rows,
                  std::initializer_list<Form> forms, bool complete = false) {
  for (const std::uint32_t deliver : {kAllVerdicts, kViolations, 0U}) {
    std::string first;
    for (const Form form : forms) {
      std::string plain;
      {
        const FormedInput input(rows, form);
        plain = transcript(bundle, options_of(true, 1, 0, deliver, complete), input.inputs(), true);
      }
      for (const unsigned threads : {1U, 2U, 3U})
        for (const std::size_t chunk : {std::size_t{4096}, std::size_t{0}}) {
          INFO("form " << static_cast<int>(form) << ", " << threads << " threads, chunks of " << chunk);
          const FormedInput input(rows, form);
          check_same(plain, transcript(bundle, options_of(false, threads, chunk, deliver, complete),
                                       input.inputs(), true));
        }
      const FormedInput input(rows, form);
      const std::string said =
          transcript(bundle, options_of(false, 2, 0, deliver, complete), input.inputs(), false);
      if (first.empty()) first = said;
      INFO("form " << static_cast<int>(form));
      check_same(first, said);
    }
  }
}

/// Rows of types that no control is about, and other tenants with the sample's shapes.
std::vector<std::string> grown(const std::vector<std::string>& rows) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string row = rows[i];
    for (std::size_t at = row.find("halden"); at != std::string::npos; at = row.find("halden", at + 8))
      row.replace(at, 6, "h" + std::to_string(i % 5));
    out.push_back(row);
    out.push_back(
        R"({"name":"vm)" + std::to_string(i) +
        R"(","properties":{"osProfile":{"adminUsername":"ops"},"x":[1,2.5,{"y":null}]},"type":"Contoso.None/things","id":"/subscriptions/s/resourceGroups/g/providers/Contoso.None/things/vm)" +
        std::to_string(i) + R"("})");
  }
  return out;
}

/// Resources that differ in one thing or in nothing, in places with and without records, and what is related
/// to some of them.
std::vector<std::string> alike_rows() {
  std::vector<std::string> rows;
  const std::vector<std::string> locations = {"", R"("location":"eastus",)", R"("location":"East US",)",
                                              R"("location":"global",)", R"("location":null,)"};
  const std::vector<std::string> tags = {"",
                                         R"("tags":{},)",
                                         R"("tags":{"env":"prod"},)",
                                         R"("TAGS":{"Env":"PROD","owner":"o"},)",
                                         R"("tags":null,)",
                                         R"("tags":{"env":null},)",
                                         R"("tags":"text",)"};
  const std::vector<std::string> kinds = {"",   "a",  "b",      "C",      "eve", "xffx",
                                          "g7", "gx", "shared", "\u00e4", "d"};
  std::size_t number = 0;
  for (const std::string group :
       {"s1/resourceGroups/g1", "s1/resourceGroups/G1", "s1/resourceGroups/g2", "s2/resourceGroups/g1", "S1"})
    for (const std::string type : {"Microsoft.Compute/virtualMachines", "microsoft.compute/virtualmachines",
                                   "Microsoft.Compute/disks", "Contoso.None/things"})
      for (const std::string& location : locations)
        for (const std::string& tag : tags) {
          const std::string& kind = kinds[++number % kinds.size()];
          const std::string name = "n" + std::to_string(number % 40);
          const std::string id = "/subscriptions/" + group + "/providers/" + type + "/" + name;
          rows.push_back(R"({"id":")" + id + R"(","name":")" + name + R"(","type":")" + type + R"(",)" +
                         location + tag + (kind.empty() ? "" : R"("kind":")" + kind + R"(",)") +
                         R"("properties":{}})");
          if (number % 9 == 0)
            rows.push_back(
                R"({"id":")" + id +
                R"(/providers/Microsoft.GuestConfiguration/guestConfigurationAssignments/Baseline","name":"Baseline","type":"Microsoft.GuestConfiguration/guestConfigurationAssignments","properties":{"complianceStatus":")" +
                (number % 2 == 0 ? "Compliant" : "Pending") + R"("}})");
        }
  rows.push_back(
      R"({"name":"x","type":"Microsoft.Compute/virtualMachines","location":"eastus","properties":{}})");
  rows.push_back(R"({"id":"odd","name":"x","type":"Microsoft.Compute/virtualMachines","location":"eastus"})");
  rows.push_back(
      R"({"id":"/subscriptions/s1/resourceGroups/g2/providers/Microsoft.Insights/dataCollectionRules/rule-eastus","name":"rule-eastus","type":"Microsoft.Insights/dataCollectionRules","location":"eastus","properties":{}})");
  rows.push_back(
      R"({"id":"/subscriptions/s1","subscriptionId":"s1","displayName":"prod-one","type":"Microsoft.Resources/subscriptions","tenantId":"t"})");
  rows.push_back(
      R"({"id":"/subscriptions/s1/resourceGroups/g1","name":"g1","type":"Microsoft.Resources/resourceGroups","location":"eastus","tags":{"owner":"me"},"properties":{}})");
  rows.push_back(
      R"({"id":"/subscriptions/s1/resourceGroups/g2","name":"g2","type":"Microsoft.Resources/subscriptions/resourceGroups","location":"westus","managedBy":"/subscriptions/s1/providers/Contoso.Apps/a","properties":{}})");
  return rows;
}

} // namespace

TEST_CASE("what waits for the end of the input says the same fused and plain", "[fused]") {
  CompileRequest request;
  request.sources = {std::string(WRIT_SOURCE_DIR) + "/tests/fused/waiting.ndjson"};
  const Bundle bundle = compiled(request);
  for (const bool complete : {false, true}) {
    INFO("complete " << complete);
    compare_ways(bundle, alike_rows(), {Form::Lines, Form::ArrayFromPipe}, complete);
  }
}

TEST_CASE("the library says the same fused and plain, in every form", "[fused]") {
  CompileRequest request;
  request.sources = {"std"};
  const Bundle bundle = compiled(request);
  const std::vector<std::string> rows = lines_of(kSample);
  REQUIRE(rows.size() > 100);
  compare_ways(bundle, grown(rows),
               {Form::Lines, Form::LinesInMemory, Form::Array, Form::ArrayFromPipe, Form::LinesFromPipe,
                Form::Pages, Form::Documents});
}

TEST_CASE("damaged rows are the same damage fused and plain", "[fused]") {
  CompileRequest request;
  request.sources = {"std"};
  const Bundle bundle = compiled(request);
  const std::vector<std::string> rows = lines_of(kSample);
  for (const unsigned seed : {1U, 2U, 3U}) {
    const std::vector<std::string> broken = damaged(rows, seed);
    for (const Form form : {Form::Lines, Form::LinesFromPipe, Form::Array, Form::ArrayFromPipe})
      compare_ways(bundle, broken, {form});
  }
}

TEST_CASE("members are known however they are spelled, fused and plain", "[fused]") {
  CompileRequest request;
  request.sources = {"std"};
  const std::string named = R"("id":"/subscriptions/s/resourceGroups/g/providers/a/b/c","name":"c",)";
  const std::string open = R"("properties":{"disableLocalAuth":false})";
  // A type that nobody is about, and one that somebody is about, under keys that are the same key.
  const std::string idle = R"("Contoso.None/things")";
  const std::string wanted = R"("Microsoft.CognitiveServices/accounts")";
  std::vector<std::string> rows;
  for (const std::string& members : std::initializer_list<std::string>{
           R"("\u0074ype":)" + wanted + R"(,"type":)" + idle + "," + open,
           R"("typ\u0065":)" + idle + R"(,"type":)" + wanted + "," + open,
           R"("TYPE":)" + idle + R"(,"type":)" + wanted + "," + open,
           R"("type":"","type":)" + idle + "," + open, R"("type":5,"type":)" + idle + "," + open,
           R"("type":"Contoso.None\/things","properties":null)",
           R"("type":)" + idle + R"(,"\u0070roperties":null)", R"("\u0070roperties":null,"type":)" + idle,
           R"("Properties":null,"properties":{},"type":)" + idle,
           R"( "type" : )" + idle + R"( , "properties" : null )",
           R"("properties":{"type":)" + idle + R"(},"type":)" + wanted, R"("type":)" + idle + R"(,"a\x":1)",
           R"("type":)" + idle + R"(,"a":"\ud83d\ude00","b":[1.5,01])"})
    rows.push_back("{" + named + members + "}");
  compare_ways(compiled(request), rows, {Form::Lines, Form::Array});
}

TEST_CASE("built-in definitions say the same fused and plain", "[fused][shared]") {
  const std::string shared = WRIT_SHARED_DIR;
  if (!std::filesystem::exists(shared + "/azure/builtins.ndjson")) {
    std::cout << "skipped: there is no " << shared << "/azure\n";
    return;
  }
  CompileRequest request;
  request.sources = {shared + "/azure/builtins.ndjson"};
  request.alias_files = {shared + "/azure/aliases.json"};
  const Bundle bundle = compiled(request);
  std::vector<std::string> rows = lines_of(kSample);
  rows.resize(60);
  for (const char* file : {"/azure/rest-examples.ndjson", "/azure/recorded-resources.ndjson"}) {
    const std::vector<std::string> more = lines_of(shared + file);
    for (std::size_t i = 0; i < more.size(); i += 7)
      rows.push_back(more[i]);
  }
  rows.push_back(
      R"({"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v","name":"v","type":"Microsoft.Compute/virtualMachines","location":"westeurope","properties":{"storageProfile":{"imageReference":{"publisher":"MicrosoftWindowsServer","offer":"WindowsServer","sku":"2019-Datacenter"},"osDisk":{"osType":"Windows"}}}})");
  compare_ways(bundle, rows, {Form::Lines});
}
