// SPDX-License-Identifier: MIT
// Strings of Terraform's JSON syntax.
#pragma once

#include <string>
#include <string_view>

namespace writ::emit {

/// Every string of a `.tf.json` file is a template: `${` and `%{` begin something there and are written `$${`
/// and `%%{`.
std::string terraform_escaped(std::string_view text);

} // namespace writ::emit
