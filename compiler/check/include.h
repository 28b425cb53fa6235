// SPDX-License-Identifier: MIT
// What the names in an initiative mean: controls and definition blocks of the loaded modules. Private to
// check/.
#pragma once

#include "modules/loader.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace writ::check {

/// A declaration that a name of an initiative means; one of the two pointers is set.
struct IncludedDecl {
  std::size_t module = 0;
  const syntax::ControlDecl* control = nullptr;
  const syntax::DefinitionDecl* definition = nullptr; ///< of a requested module
  std::string symbol;
};

/// "shop.network.closed": module and name.
std::string symbol_of(const syntax::Module& module, const std::string& name);

/// Whether `name`, written in module `home`, means this symbol.
bool names_symbol(const syntax::MemberName& name, const syntax::Module& home, std::string_view symbol);

/// Everything that the name means: modules in the order of their names, declarations in source order.
std::vector<IncludedDecl> declarations_of(const modules::ModuleGraph& graph, std::size_t home,
                                          const syntax::MemberName& name);

/// Controls that initiatives of requested modules name in modules that are not requested themselves:
/// module -> names. They are checked although nobody asked for their module.
std::map<std::size_t, std::set<std::string>> included_controls(const modules::ModuleGraph& graph);

} // namespace writ::check
