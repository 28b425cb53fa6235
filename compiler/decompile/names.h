// SPDX-License-Identifier: MIT
// Names for what has none in Azure Policy JSON.
#pragma once

#include <string>
#include <string_view>

namespace writ::decompile {

/// True when the text can stand as a name in Writ: an identifier that is no word of the language.
bool is_name(std::string_view text);
/// True when it can stand behind a dot.
bool is_member_name(std::string_view text);
/// "Secure transfer to storage accounts should be enabled" -> secure_transfer_to_storage_accounts.
std::string name_of_title(std::string_view title);
/// The last word of a type or array in the singular: storageAccounts -> account, ipRules -> rule.
std::string singular_of(std::string_view plural);
/// A string in quotes.
std::string quoted(std::string_view text);

} // namespace writ::decompile
