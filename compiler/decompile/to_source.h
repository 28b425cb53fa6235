// SPDX-License-Identifier: MIT
// Azure Policy definitions back to .writ source: definition blocks that compile to the same IR as the JSON
// does.
#pragma once

#include "azure/json_doc.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

namespace writ::decompile {

struct DefinitionSource {
  std::string name;     ///< of the block
  std::string category; ///< as in the metadata, may be empty
  std::string text;     ///< the block, with a line end
};

/// `document`: wrapped in `properties`, unwrapped, or a bare rule. `id` is used when the document has no
/// name. `taken`: names of blocks of the same file; the new one is added.
DefinitionSource definition_source(const azure::JsonNode& document, std::string_view id,
                                   std::set<std::string>& taken);

} // namespace writ::decompile
