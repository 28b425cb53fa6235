// SPDX-License-Identifier: MIT
// Names for conditions that a rule repeats: what they say, in a few words.
#pragma once

#include "azure/json_doc.h"

#include <string>

namespace writ::decompile {

/// "image_sku_like_7" of {"field": "Microsoft.Compute/imageSKU", "like": "7*"}; "shared_condition" of what
/// cannot be said in a few words.
std::string name_of_condition(const azure::JsonNode& condition);

} // namespace writ::decompile
