// SPDX-License-Identifier: MIT
// Azure Policy JSON as a front end: definitions become policies of the IR.
#pragma once

#include "ir/policy.h"
#include "writ/catalog.h"
#include "writ/compiler.h"
#include "writ/diagnostic.h"
#include "writ/source.h"

namespace writ::azure {

struct ImportOptions {
  UnknownAlias unknown_alias = UnknownAlias::Error;
  bool innermost_current = false;   ///< current() in nested counts is the innermost element, not a mistake
  bool missing_mode_is_all = false; ///< a definition without mode is read as All instead of Indexed
  bool raw_paths = false;           ///< names that are no alias are paths from the root: for tests
};

/// Adds a policy for every definition of one text: a definition (wrapped in `properties`, unwrapped, or a
/// bare rule), an array or {"value": […]} of definitions, or one a line, also as {"path": …, "definition":
/// …}; likewise every initiative, assignment and exemption. A document with mistakes is reported and left
/// out; the others are added. Which documents belong together is found out by assign/link.h. Source:
/// docs/azure-policy-semantics.md, "Definition document".
void import_policies(const SourceMap& sources, SourceId source, const Catalog& catalog,
                     const ImportOptions& options, ir::PolicySet& out, Diagnostics& diagnostics);

} // namespace writ::azure
