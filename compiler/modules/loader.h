// SPDX-License-Identifier: MIT
// From paths to parsed modules in dependency order.
#pragma once

#include "syntax/ast.h"
#include "syntax/parse.h"
#include "writ/diagnostic.h"
#include "writ/embedded.h"
#include "writ/files.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace writ::modules {

/// Every module of a compilation. A module imports only modules before it.
struct ModuleGraph {
  std::vector<syntax::Module> modules;
  std::map<std::string, std::size_t, std::less<>> by_name; ///< modules that declare a name
  std::vector<bool> is_root;                               ///< asked for, not only imported
  std::vector<bool> is_library;                            ///< of the standard library
};

struct LoadRequest {
  std::vector<std::string> files;          ///< .writ files
  bool standard_library = false;           ///< every module of `library` is a root
  std::span<const embedded::File> library; ///< where `std.…` is found; paths such as std/search/service.writ
};

/// Reads, parses and orders. An import `a.b.c` is the module that declares that name among the requested
/// files, or in the library. Errors: UnknownModule with near names, ImportCycle with the whole circle,
/// FileUnreadable, and the parser's. What an initiative of a requested module includes is loaded, too; that
/// is no import: order and circles do not matter.
ModuleGraph load_modules(const Files& files, SourceMap& sources, const LoadRequest& request,
                         Diagnostics& diagnostics);

} // namespace writ::modules
