// SPDX-License-Identifier: MIT
#include "emit/alias_rules.h"

#include "azure/template_parse.h"
#include "emit/body.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::emit {

using nlohmann::ordered_json;

namespace {

bool is_fixed(const Alias& alias) {
  return alias.modifiable == Ternary::No &&
         std::all_of(alias.versions.begin(), alias.versions.end(),
                     [](const AliasVersion& version) { return version.modifiable != Ternary::Yes; });
}

} // namespace

std::string forbidden_operation(const ordered_json& definition, const Catalog& catalog) {
  const ordered_json::json_pointer place("/properties/policyRule/then/details/operations");
  if (!definition.contains(place)) return {};
  for (const ordered_json& operation : definition.at(place)) {
    const std::string field = text_of(operation, "field");
    const std::string verb = text_of(operation, "operation");
    if (azure::classify_string(field) != azure::StringClass::Literal) continue;
    const bool tag = equal_ascii_fold(field, "tags") || lower_ascii(field).starts_with("tags[") ||
                     lower_ascii(field).starts_with("tags.");
    if (equal_ascii_fold(verb, "remove") && !tag)
      return fmt::format("Azure Policy removes tags only, not `{}`", field);
    if (field.find('/') == std::string::npos) continue;
    const std::vector<Alias> entries = catalog.find_alias(field);
    if (!entries.empty() && std::all_of(entries.begin(), entries.end(), is_fixed))
      return fmt::format("Azure Policy cannot modify `{}`: its alias is not modifiable", field);
  }
  return {};
}

} // namespace writ::emit
