// SPDX-License-Identifier: MIT
// The YAML tables of this folder as values.
#pragma once

#include "writ/semantics/functions.h"

#include <string>
#include <vector>
#include <yaml-cpp/yaml.h>

namespace writ::test {

/// Plain scalars are JSON literals where they can be, quoted ones strings; `$missing`, `$unknown`, `$field`
/// (the null of an absent field) and `$error:code` stand for what JSON cannot say.
Value value_of(Arena& arena, const YAML::Node& node);

/// Kind and content as text: two values are the same here when a table cannot tell them apart. Errors by
/// code.
std::string describe(const Value& value);
std::string describe(Truth truth);

YAML::Node load_table(const std::string& file);
SemanticsOptions options_of(const YAML::Node& group);

/// "file: name of the group: row 3", for failing checks.
std::string place_of(const std::string& file, const YAML::Node& group, std::size_t row);

extern const std::vector<std::string> kOperatorTables;
extern const std::vector<std::string> kFunctionTables;

} // namespace writ::test
