// SPDX-License-Identifier: MIT
// Which members of a resource a policy reads, and what it compares them with: where its boundaries are.
#pragma once

#include "writ/compiler.h"

#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// One step from the root of a resource: a member, and whether all elements of it are meant.
struct ReadingStep {
  std::string name;
  bool each = false;
  bool operator==(const ReadingStep&) const = default;
};

struct Reading {
  std::vector<ReadingStep> path;
  std::vector<std::string> constants;  ///< JSON texts
  std::vector<std::string> parameters; ///< names of the parameters that it is compared with
};

struct PolicyReadings {
  std::vector<std::string> types;         ///< resource types that the rule names
  std::vector<Reading> own;               ///< of the resource itself, each path once
  std::vector<std::string> related_types; ///< constant types of related resources
  std::vector<Reading> related;           ///< of related resources
};

/// Constants of parameters are their default and their allowed values. An unknown id reads nothing.
PolicyReadings readings_of(const Compilation& compilation, std::string_view id);

} // namespace writ
