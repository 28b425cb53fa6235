// SPDX-License-Identifier: MIT
#include "document/control_page.h"
#include "document/index_page.h"
#include "facade/state.h"

#include <array>

namespace writ {

namespace {

constexpr std::array<std::string_view, 5> kExpectations = {"passes", "fails", "skips", "unknown", "errors"};

document::Input documentation_input(const Compilation::State& state) {
  document::Input input;
  input.graph = state.project.set.graph.get();
  input.sources = &state.sources;
  for (std::size_t i = 0; i < state.controls.size(); ++i) {
    const ir::Policy& policy = state.project.set.policies[i];
    // What an initiative includes has its page where it belongs.
    if (policy.origin != ir::Origin::Control || state.controls[i].included) continue;
    document::Control control;
    control.policy = &policy;
    if (!state.controls[i].emittable) control.not_emittable_because = state.controls[i].not_emittable_because;
    for (const TestInfo& test : state.tests)
      if (test.control_id == policy.id)
        control.examples.push_back(
            {std::string(kExpectations[static_cast<std::size_t>(test.expectation)]), test.title});
    input.controls.push_back(std::move(control));
  }
  for (const check::FrameworkInfo& framework : state.project.frameworks)
    input.frameworks[framework.name] = {framework.version.empty() ? framework.title
                                                                  : framework.title + " " + framework.version,
                                        framework.link, framework.items};
  for (const check::RecordInfo& record : state.project.records)
    input.records.push_back({record.type, record.comment});
  return input;
}

} // namespace

std::vector<EmittedFile> Compilation::document() {
  const document::Input input = documentation_input(*state_);
  std::vector<EmittedFile> files;
  files.push_back({"README.md", document::index_page(input), {}});
  files.push_back({"frameworks.md", document::frameworks_page(input), {}});
  for (const document::Control& control : input.controls)
    files.push_back(
        {document::page_name(*control.policy), document::control_page(input, control), control.policy->id});
  return files;
}

} // namespace writ
