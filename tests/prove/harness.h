// SPDX-License-Identifier: MIT
// Definitions over one invented resource type, proved and run.
#pragma once

#include "writ/compiler.h"
#include "writ/engine.h"
#include "writ/prove.h"

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace writ::test {

using json = nlohmann::ordered_json;

/// Aliases of A.B/c (tracked) and A.B/d, as `az provider list` prints them.
std::string invented_catalogue();
/// A definition that audits what satisfies the condition.
json definition(const std::string& name, const json& condition, const json& parameters = json::object());
/// Compiles definitions; fails the test when one is refused.
Compilation compile(const std::vector<json>& definitions);
/// Verdict of each control (by id) about each resource (by number); `beside` are in the snapshot, too.
std::map<std::string, std::vector<std::string>> run(Compilation& compilation,
                                                    const std::vector<std::string>& resources,
                                                    const std::vector<std::string>& beside = {});
/// What both must agree on when not-applicable and compliant are the same.
std::string plain(const std::string& verdict);

} // namespace writ::test
