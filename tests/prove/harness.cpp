// SPDX-License-Identifier: MIT
#include "prove/harness.h"

#include "writ/bytecode/program.h"

#include <catch2/catch.hpp>

namespace writ::test {

std::string invented_catalogue() {
  const auto alias = [](const std::string& type, const std::string& path) {
    return json{{"name", "A.B/" + type + "/" + path},
                {"defaultPath", "properties." + path},
                {"paths", json::array()}};
  };
  json c = json::array();
  for (const char* path :
       {"text", "other", "size", "flag", "box", "box.lid", "list", "list[*]", "items", "items[*]",
        "items[*].key", "items[*].size", "items[*].parts", "items[*].parts[*]"})
    c.push_back(alias("c", path));
  const json types = {
      {{"resourceType", "c"}, {"capabilities", "SupportsTags, SupportsLocation"}, {"aliases", c}},
      {{"resourceType", "d"}, {"capabilities", "None"}, {"aliases", json::array({alias("d", "text")})}}};
  return json::array({{{"namespace", "A.B"}, {"resourceTypes", types}}}).dump();
}

json definition(const std::string& name, const json& condition, const json& parameters) {
  return {{"name", name},
          {"properties",
           {{"mode", "All"},
            {"policyType", "Custom"},
            {"displayName", name},
            {"parameters", parameters},
            {"policyRule", {{"if", condition}, {"then", {{"effect", "audit"}}}}}}}};
}

Compilation compile(const std::vector<json>& definitions) {
  MemoryFiles files;
  files.contents["aliases.json"] = invented_catalogue();
  files.contents["definitions.json"] = json(definitions).dump();
  CompileRequest request;
  request.sources = {"definitions.json"};
  request.alias_files = {"aliases.json"};
  Compilation compilation = Compilation::compile(files, request);
  for (const Diagnostic& problem : compilation.diagnostics().all())
    if (problem.severity == Severity::Error) FAIL(problem.message);
  return compilation;
}

std::map<std::string, std::vector<std::string>> run(Compilation& compilation,
                                                    const std::vector<std::string>& resources,
                                                    const std::vector<std::string>& beside) {
  Result<Bundle> bundle = Bundle::from_program(compilation.program(), "test");
  REQUIRE(bundle.ok());
  EngineOptions options;
  options.now = "2031-05-01T00:00:00Z";
  options.evidence = false;
  options.assume_complete = true;
  options.all_not_applicable = true;
  std::string text;
  for (const std::string& resource : resources)
    text += resource + "\n";
  for (const std::string& resource : beside)
    text += resource + "\n";
  std::map<std::string, std::vector<std::string>> verdicts;
  const Engine engine({*bundle}, options);
  const RunReport report = engine.run({Input::of_text("generated", text)}, [&](const Finding& finding) {
    std::vector<std::string>& own = verdicts[std::string(finding.control->id)];
    own.resize(resources.size() + beside.size());
    own.at(finding.resource->line - 1) = to_text(finding.verdict);
  });
  for (const Diagnostic& problem : report.diagnostics.all())
    FAIL(problem.message);
  return verdicts;
}

std::string plain(const std::string& verdict) { return verdict == "not-applicable" ? "compliant" : verdict; }

} // namespace writ::test
