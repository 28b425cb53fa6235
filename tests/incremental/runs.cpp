// SPDX-License-Identifier: MIT
#include "runs.h"

#include "writ/bytecode/program.h"
#include "writ/compiler.h"
#include "writ/files.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace writ::testing {

namespace fs = std::filesystem;

namespace {

constexpr const char* kDefinitions = R"([
{"name":"needs-deployment","properties":{"mode":"All","policyRule":{
  "if":{"field":"type","equals":"Microsoft.CognitiveServices/accounts"},
  "then":{"effect":"auditIfNotExists","details":{"type":"Microsoft.CognitiveServices/accounts/deployments",
    "existenceCondition":{"field":"name","notLike":"nothing*"}}}}}},
{"name":"needs-named-scope","properties":{"mode":"All","policyRule":{
  "if":{"allOf":[{"field":"type","equals":"Microsoft.CognitiveServices/accounts"},
                 {"value":"[subscription().displayName]","exists":true}]},
  "then":{"effect":"audit"}}}},
{"name":"needs-related-in-scope","properties":{"mode":"All","policyRule":{
  "if":{"field":"type","equals":"Microsoft.MachineLearningServices/workspaces"},
  "then":{"effect":"auditIfNotExists","details":{"type":"Microsoft.Storage/storageAccounts",
    "existenceCondition":{"value":"[resourceGroup().location]","notEquals":"nowhere"}}}}}},
{"name":"old","properties":{"mode":"All","policyRule":{
  "if":{"allOf":[{"field":"type","equals":"Microsoft.Storage/storageAccounts"},
                 {"value":"[utcNow()]","greater":"2026-06-01"}]},
  "then":{"effect":"audit"}}}}
])";

} // namespace

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "writ-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}
Folder::~Folder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

std::string Folder::write(const std::string& name, const std::string& text) const {
  write_file(path(name), text);
  return path(name);
}

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

const std::vector<Bundle>& bundles() {
  static const std::vector<Bundle> made = [] {
    MemoryFiles files;
    files.contents["definitions.json"] = kDefinitions;
    CompileRequest request;
    request.sources = {"std", "definitions.json"};
    Compilation compilation = Compilation::compile(files, request);
    for (const Diagnostic& problem : compilation.diagnostics().all())
      if (problem.severity == Severity::Error) throw std::runtime_error(problem.message);
    Result<Bundle> bundle = Bundle::from_program(compilation.program(), "test");
    if (!bundle.ok()) throw std::runtime_error(bundle.error().message);
    return std::vector<Bundle>{*bundle};
  }();
  return made;
}

std::vector<std::string> rows() {
  std::vector<std::string> out;
  std::ifstream in(std::string(WRIT_SOURCE_DIR) + "/samples/halden/snapshot.ndjson");
  std::string subscription;
  for (std::string line; std::getline(in, line);) {
    const std::size_t at = line.find("/subscriptions/");
    if (subscription.empty() && at != std::string::npos) subscription = line.substr(at, 15 + 36);
    out.push_back(line);
  }
  // Where they stand matters: in the middle, with damage on both sides.
  const auto middle = out.begin() + static_cast<std::ptrdiff_t>(out.size() / 2);
  out.insert(middle, {R"({"id":")" + subscription +
                          R"(","type":"Microsoft.Resources/subscriptions","displayName":"Test","tags":{}})",
                      R"({"broken":)", "", R"({"name":"neither type nor id"})", "17",
                      R"({"id":"/x/y","type":"Contoso.Things/rows","properties":null})"});
  return out;
}

std::string lines_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += line + "\n";
  return text;
}

EngineOptions options_of_tests() {
  EngineOptions options;
  options.now = "2026-03-01T00:00:00Z";
  return options;
}

namespace {

Reports reports_of(driver::EvaluateRequest request) {
  std::ostringstream json;
  std::ostringstream ndjson;
  std::ostringstream text;
  request.reports = {{"json", &json}, {"ndjson", &ndjson}, {"text", &text}};
  request.verdicts = {Verdict::Compliant, Verdict::NonCompliant, Verdict::Exempt, Verdict::Unknown,
                      Verdict::Error};
  const driver::EvaluateOutcome outcome = driver::evaluate(std::move(request));
  return {json.str(), ndjson.str(), text.str(), outcome.problems.cache, outcome.problems.failures.errors()};
}

} // namespace

Reports run(const std::vector<std::string>& paths, const EngineOptions& options,
            const RecordOptions& records) {
  driver::EvaluateRequest request;
  request.bundles = bundles();
  for (const std::string& path : paths)
    request.inputs.push_back(Input::path(path));
  request.options = options;
  request.records = records;
  return reports_of(std::move(request));
}

Reports merge(const std::vector<std::string>& partial_files) {
  Result<PartialResults> partial = PartialResults::open(partial_files);
  if (!partial.ok()) throw std::runtime_error(partial.error().message);
  driver::EvaluateRequest request;
  request.partial = &*partial;
  return reports_of(std::move(request));
}

} // namespace writ::testing
