// SPDX-License-Identifier: MIT
// Policy documents from anywhere: reading them ends, reports lie in the text, and what is accepted is sound
// IR, becomes code that runs, and source that means the same.
#include "assign/instances.h"
#include "assign/link.h"
#include "azure/definition_block.h"
#include "azure/import.h"
#include "codegen/codegen.h"
#include "decompile/to_source.h"
#include "ir/dump.h"
#include "ir/verify.h"
#include "passes/pass.h"
#include "syntax/parse.h"
#include "writ/engine.h"

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <set>
#include <string>

using namespace writ;

namespace {

constexpr std::string_view kAliases = R"([{"namespace":"Contoso.Lab","resourceTypes":[
  {"resourceType":"widgets","capabilities":"SupportsTags, SupportsLocation","aliases":[
    {"name":"Contoso.Lab/widgets/tier","defaultPath":"properties.tier"},
    {"name":"Contoso.Lab/widgets/rules[*]","defaultPath":"properties.rules[*]"},
    {"name":"Contoso.Lab/widgets/rules[*].access","defaultPath":"properties.rules[*].properties.access"}]},
  {"resourceType":"widgets/parts","aliases":[
    {"name":"Contoso.Lab/widgets/parts/size","defaultPath":"properties.size"}]}]}])";
constexpr std::string_view kSnapshot =
    R"({"id":"/subscriptions/S/resourceGroups/G/providers/Contoso.Lab/widgets/w1","name":"w1","type":"Contoso.Lab/widgets","location":"West Plains 2","kind":"Basic","tags":{"env":"prod"},"properties":{"tier":"Gold","rules":[{"properties":{"access":"Allow"}},{"properties":null},"x"]}}
{"id":"/subscriptions/S/resourceGroups/G/providers/Contoso.Lab/widgets/w1/parts/p","name":"p","type":"Contoso.Lab/widgets/parts","properties":{"size":3}}
)";

const Catalog& catalog() {
  static const Catalog known = [] {
    Catalog out;
    if (!out.add_provider_export(kAliases, "aliases.json").ok()) std::abort();
    return out;
  }();
  return known;
}

[[noreturn]] void stop(std::string_view why, std::string_view what = {}) {
  std::cerr << why << ": " << what << "\n";
  std::abort();
}

void check_reports(const Diagnostics& diagnostics, const SourceMap& sources, SourceId id, std::size_t size) {
  for (const Diagnostic& d : diagnostics.all())
    if (d.span.begin < sources.base(id) || d.span.end > sources.base(id) + size + 1)
      stop("a report outside the text", d.message);
}

/// A text that is one definition, written as source, is the same IR.
void check_source(const std::string& text, const std::string& dump) {
  SourceMap sources;
  Diagnostics diagnostics;
  Arena arena;
  azure::JsonReader reader(sources, sources.add("definition.json", text), diagnostics);
  const std::optional<azure::JsonNode> node = reader.next(arena);
  if (!node || !reader.at_end() || !node->is(azure::JsonKind::Object) || node->find("definition") ||
      node->find("value"))
    return;
  std::set<std::string> taken;
  const std::string source = decompile::definition_source(*node, "policy", taken).text;
  SourceMap again;
  Diagnostics problems;
  ir::PolicySet set;
  const syntax::Module module = syntax::parse_source(again, again.add("definition.writ", source), problems);
  if (module.complete) azure::import_definition_blocks(again, module, catalog(), {}, set, problems);
  if (problems.has_errors()) stop(problems.all().front().message, source);
  if (ir::dump(set) != dump) stop("other IR", source);
}

void run(ir::PolicySet& set, SourceMap& sources) {
  Diagnostics diagnostics;
  assign::link(set, diagnostics);
  set.instances = assign::instances_of(set, catalog(), {}, diagnostics);
  assign::specialise(set);
  passes::Options options;
  options.catalog = &catalog();
  options.verify = true;
  if (const auto problems = passes::run(set, options, diagnostics).problems; !problems.empty())
    stop("IR after a pass", problems.front().text);
  codegen::Options generation;
  generation.sources = &sources;
  generation.catalog = &catalog();
  Result<Bundle> bundle = Bundle::from_program(codegen::generate(set, generation, diagnostics), "fuzz");
  if (!bundle.ok()) stop("bundle", bundle.error().message);
  EngineOptions engine;
  engine.now = "2031-01-01T00:00:00Z";
  engine.all_not_applicable = true;
  Input input = Input::of_text("snapshot", std::string(kSnapshot));
  input.format = InputFormat::Lines;
  (void)Engine({*bundle}, engine).run({input}, [](const Finding&) {});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  SourceMap sources;
  Diagnostics diagnostics;
  ir::PolicySet set;
  const SourceId id = sources.add("policy.json", text);
  azure::import_policies(sources, id, catalog(), {}, set, diagnostics);
  check_reports(diagnostics, sources, id, size);
  if (const auto problems = ir::verify(set); !problems.empty()) stop("IR", problems.front().text);
  if (set.policies.empty() && set.initiatives.empty() && set.assignments.empty()) return 0;
  if (set.policies.size() == 1 && set.initiatives.empty() && set.assignments.empty() &&
      set.exemptions.empty() && !diagnostics.has_errors())
    check_source(text, ir::dump(set));
  run(set, sources);
  return 0;
}
