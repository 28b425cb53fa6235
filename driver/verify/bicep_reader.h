// SPDX-License-Identifier: MIT
// The part of Bicep that Writ writes, read strictly: what this reader refuses, the compiler would refuse.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::driver::targets {

using json = nlohmann::ordered_json;

struct BicepDeclaration {
  std::string keyword; ///< resource or module
  std::string symbol;
  std::string type; ///< "Microsoft.X/y@version", or the path of a module
  bool existing = false;
  /// Values: JSON; `symbol.id` is {"$id": symbol}; a call or a bare symbol is {"$call": text}.
  json body;
};

struct BicepFile {
  std::string target_scope;
  std::vector<BicepDeclaration> declarations;
};

/// Nothing, and the problem with its line, when the text is not well formed.
std::optional<BicepFile> read_bicep(std::string_view text, std::string& problem);

} // namespace writ::driver::targets
