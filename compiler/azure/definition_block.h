// SPDX-License-Identifier: MIT
// `definition` blocks of .writ sources: Azure Policy definitions in Writ's spelling. They become the JSON
// they stand for and are read by the same reader as any definition, so that they mean exactly the same.
#pragma once

#include "azure/import.h"
#include "azure/json_doc.h"
#include "syntax/ast.h"

namespace writ::azure {

/// The definition as a JSON document; its positions are those of the source. Mistakes are reported, and then
/// there is none.
std::optional<JsonNode> definition_document(const syntax::DefinitionDecl& decl, Arena& arena,
                                            Diagnostics& diagnostics);

/// Adds a policy for every definition block of a module, and an initiative for every one that lists policies
/// as Azure does. A block with mistakes is reported and left out.
void import_definition_blocks(const SourceMap& sources, const syntax::Module& module, const Catalog& catalog,
                              const ImportOptions& options, ir::PolicySet& out, Diagnostics& diagnostics);

} // namespace writ::azure
