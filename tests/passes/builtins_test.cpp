// SPDX-License-Identifier: MIT
// Microsoft's built-in definitions and recorded resources: the IR stays well formed through every pass, the
// programs verify, and both agree about every resource. Needs data that is not part of the project.
#include "azure/import.h"
#include "codegen/codegen.h"
#include "ir/dump.h"
#include "passes/pass.h"
#include "writ/engine.h"
#include "writ/files.h"

#include <catch2/catch.hpp>
#include <iostream>

using namespace writ;

namespace {

/// A value that the parameter accepts.
ir::NodeId some_value(ir::Graph& graph, const ir::PolicyParameter& parameter) {
  if (!parameter.allowed.empty()) return parameter.allowed.front();
  switch (parameter.type) {
  case ir::ParameterType::Integer:
  case ir::ParameterType::Float:
    return graph.literal(Value::integer(1));
  case ir::ParameterType::Boolean:
    return graph.literal(Value::boolean(true));
  case ir::ParameterType::Array:
    return graph.literal(Value::array(std::vector<Value>{Value::string("eastus")}));
  case ir::ParameterType::Object:
    return graph.literal(Value::object({}));
  default:
    return graph.literal_text("env");
  }
}

/// Every finding as a line, in the order of the run.
std::vector<std::string> findings(ir::PolicySet& set, bool optimise, const Catalog& catalog,
                                  const std::string& resources) {
  Diagnostics diagnostics;
  passes::Options options;
  options.optimise = optimise;
  options.catalog = &catalog;
  options.verify = true;
  const passes::Report report = passes::run(set, options, diagnostics);
  for (const ir::Problem& problem : report.problems)
    FAIL_CHECK(problem.policy << ": " << problem.text);
  Result<Bundle> bundle = Bundle::from_program(codegen::generate(set, {}, diagnostics), "builtins");
  for (const Diagnostic& diagnostic : diagnostics.all())
    FAIL_CHECK(diagnostic.message);
  if (!bundle.ok()) FAIL(bundle.error().message);
  CHECK(bundle->control_count() == set.policies.size());

  EngineOptions engine_options;
  engine_options.now = "2031-05-01T00:00:00Z";
  engine_options.evidence = false;
  // Whether a control is passed over by type or by its condition is no difference.
  engine_options.deliver = ~(1U << static_cast<unsigned>(Verdict::NotApplicable));
  const Engine engine({*bundle}, engine_options);
  std::vector<std::string> out;
  const RunReport run = engine.run({Input::of_text("recorded", resources)}, [&](const Finding& finding) {
    out.push_back(finding.resource->id + " " + std::string(finding.control->id) + " " +
                  std::string(to_text(finding.verdict)) + " " + finding.effect);
  });
  CHECK(run.resources > 0);
  return out;
}

} // namespace

TEST_CASE("built-in definitions mean the same before and after the passes") {
  const std::string folder = WRIT_SHARED_DIR "/azure/";
  const DiskFiles files;
  const Result<std::string> definitions = files.read(folder + "builtins.ndjson");
  const Result<std::string> resources = files.read(folder + "recorded-resources.ndjson");
  const Result<std::string> aliases = files.read(folder + "aliases.json");
  if (!definitions.ok() || !resources.ok() || !aliases.ok()) {
    std::cout << "skipped: no built-in definitions, recorded resources or aliases in ../shared/azure\n";
    return;
  }
  Catalog catalog;
  REQUIRE(catalog.add_provider_export(*aliases, "aliases.json").ok());
  SourceMap sources;
  const SourceId source = sources.add("builtins.ndjson", *definitions);
  ir::PolicySet set;
  Diagnostics diagnostics;
  azure::ImportOptions import;
  import.unknown_alias = UnknownAlias::Path;
  azure::import_policies(sources, source, catalog, import, set, diagnostics);
  REQUIRE(set.policies.size() > 1000);
  for (const ir::Problem& problem : ir::verify(set))
    FAIL_CHECK(problem.policy << ": " << problem.text);
  const std::string text = ir::dump(set);
  const ir::ParsedSet again = ir::parse_set(text);
  CHECK(again.error == "");
  CHECK(ir::dump(again.set) == text);

  for (std::size_t i = 0; i < set.policies.size(); ++i) {
    ir::PolicyInstance instance;
    instance.policy = i;
    for (const ir::PolicyParameter& parameter : set.policies[i].parameters)
      if (!parameter.default_value)
        instance.arguments.push_back({parameter.name, some_value(*set.graph, parameter)});
    set.instances.push_back(std::move(instance));
  }
  const auto policies = set.policies;
  const auto instances = set.instances;
  const std::vector<std::string> plain = findings(set, false, catalog, *resources);
  set.policies = policies;
  set.instances = instances;
  const std::vector<std::string> optimised = findings(set, true, catalog, *resources);
  CHECK(plain.size() == optimised.size());
  std::size_t shown = 0;
  for (std::size_t i = 0; i < std::min(plain.size(), optimised.size()) && shown < 10; ++i)
    if (plain[i] != optimised[i]) {
      FAIL_CHECK(plain[i] << " became " << optimised[i]);
      ++shown;
    }
  std::cout << plain.size() << " findings of " << policies.size() << " built-in definitions agree\n";
}
