// SPDX-License-Identifier: MIT
// Everything an evaluation depends on, and the scopes of running counts. Source: "Scope inside `where`".
#pragma once

#include "catalogue.h"
#include "expression.h"
#include "options.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace writ::reference {

class Snapshot;

/// Parameter values by lower-case name.
using ParameterValues = std::unordered_map<std::string, json>;

/// One array alias up to one of its `[*]`, and the element that stands there now.
struct Binding {
  std::string alias; ///< lower case, ends in [*]
  const json* element = nullptr;
};

/// One running count.
struct Scope {
  bool by_value = false;
  std::string name;              ///< value counts: lower case
  std::vector<Binding> bindings; ///< field counts: outermost star first, the counted alias last
  const json* element = nullptr;
};

struct Environment {
  const json* subject = nullptr; ///< what `field` conditions read
  const json* origin = nullptr;  ///< what the function field() reads
  const ParameterValues* parameters = nullptr;
  const Catalogue* catalogue = nullptr;
  const Context* context = nullptr;
  const Options* options = nullptr;
  ExpressionCache* cache = nullptr;
  const Snapshot* snapshot = nullptr;
  std::vector<Scope> scopes = {}; ///< innermost last
  std::size_t value_iterations = 1;
};

/// The API version of the request, else of the resource, else empty.
std::string api_version_of(const json& resource, const Context& context);

} // namespace writ::reference
