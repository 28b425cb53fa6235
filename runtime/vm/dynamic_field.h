// SPDX-License-Identifier: MIT
// Computed field names. Source: docs/azure-policy-semantics.md, "Field names" and "Tag names".
#pragma once

#include "writ/bytecode/program.h"

#include <string>
#include <string_view>
#include <vector>

namespace writ::vm {

struct FieldName {
  enum class Form : std::uint8_t {
    Invalid,  ///< no field name: empty, a tag form without a name
    Identity, ///< answered by the resource's identity: `kind`
    Keys,     ///< members of the resource: `keys`
    Other     ///< an alias or nothing
  };
  Form form = Form::Invalid;
  bc::FieldKind kind = bc::FieldKind::Raw; ///< Location keeps its meaning in tests
  std::vector<std::string> keys;           ///< lower case
};

FieldName classify_field_name(std::string_view name);

} // namespace writ::vm
