// SPDX-License-Identifier: MIT
// What a compilation holds between its questions. Private to facade/.
#pragma once

#include "check/check.h"
#include "writ/compiler.h"

#include <nlohmann/json.hpp>

namespace writ {

struct Compilation::State {
  SourceMap sources;
  Diagnostics diagnostics;
  Catalog catalog;
  check::CheckedProject project;
  CompileRequest request;
  std::vector<ir::PolicyInstance> instances; ///< what is evaluated
  std::vector<ControlInfo> controls;
  std::vector<ControlInfo> evaluated; ///< one per instance
  std::vector<TestInfo> tests;
};

/// Reads catalogue, .writ files and Azure Policy JSON of the request into the state. Mistakes are
/// diagnostics.
void read_sources(const Files& files, Compilation::State& state);

/// Gives one `NAME=VALUE` or `CONTROL.NAME=VALUE` of the command line to the controls that have the
/// parameter, and to initiatives; those of the library only when `initiatives` names them.
void set_parameter(check::CheckedProject& project, const std::string& key, const std::string& text,
                   const std::vector<std::string>& initiatives, Diagnostics& diagnostics);

/// The definition of one policy, or why there is none, at the sub-expression that prevents it.
Result<nlohmann::ordered_json> emit_one(Compilation::State& state, std::size_t index);

/// The mode that the definition of a policy has: its own, or for a control without one what its types ask
/// for.
std::string emitted_mode(const Compilation::State& state, const ir::Policy& policy);

/// Whether a control is among those asked for; none asked for: all are.
bool is_kept(const std::vector<std::string>& keep, const std::string& id);

} // namespace writ
