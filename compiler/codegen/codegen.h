// SPDX-License-Identifier: MIT
// A set of policies to one program: shared tests, a trie and a control list per resource type.
#pragma once

#include "ir/policy.h"
#include "writ/bytecode/program.h"
#include "writ/catalog.h"
#include "writ/diagnostic.h"
#include "writ/semantics/compare.h"

#include <string>
#include <vector>

namespace writ::codegen {

struct Options {
  /// Parameters keep their names and can be given when the bundle is loaded; otherwise their values are part
  /// of the code, which lets equal tests of different controls be one.
  bool open_parameters = false;
  SemanticsOptions semantics;
  const SourceMap* sources = nullptr; ///< for file and line of controls and instructions
  std::string catalog_hash;
  /// Where computed field names are looked up; without it they find the fields that some rule names.
  const Catalog* catalog = nullptr;
};

/// The program of every instance of the set (or of every policy with its defaults). A control with a
/// parameter without value is reported (MissingParameter) and left out; a definition or member of an
/// initiative gives the verdict error. The graph grows by specialised conditions.
bc::Program generate(const ir::PolicySet& set, const Options& options, Diagnostics& diagnostics);

} // namespace writ::codegen
