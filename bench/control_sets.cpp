// SPDX-License-Identifier: MIT
#include "control_sets.h"

#include <array>
#include <iterator>
#include <string_view>

namespace writ::bench {

namespace {

struct Kind {
  std::string_view type;
  std::array<std::string_view, 4> properties;
};

// Properties that take any text: a constant that one cannot have would be refused.
constexpr Kind kKinds[] = {
    {"Microsoft.CognitiveServices/accounts", {"customSubDomainName", "endpoint", "location", "name"}},
    {"Microsoft.MachineLearningServices/workspaces",
     {"keyVault", "storageAccount", "friendlyName", "location"}},
    {"Microsoft.Search/searchServices", {"location", "name", "kind", "id"}},
    {"Microsoft.Storage/storageAccounts",
     {"encryption.keyvaultproperties.keyvaulturi", "encryption.keyvaultproperties.keyname", "location",
      "name"}},
    {"Microsoft.KeyVault/vaults", {"tenantId", "vaultUri", "location", "name"}},
};

} // namespace

std::string make_controls(std::size_t count) {
  std::string text = "module bench.controls\n";
  for (std::size_t i = 0; i < count; ++i) {
    const Kind& kind = kKinds[i % std::size(kKinds)];
    const std::size_t round = i / std::size(kKinds);
    const std::string n = std::to_string(i);
    const std::string_view first = kind.properties[round % 4];
    const std::string_view second = kind.properties[(round / 4 + round + 1) % 4];
    text += "\ncontrol c" + n + " \"bench control " + n + "\" {\n  id \"BENCH-" + n +
            "\"\n  severity low\n  fix \"none\"\n\n  on " + std::string(kind.type) + " as r\n\n  require r." +
            std::string(first) + " != \"value" + n + "\" or r.tags[\"owner" + std::to_string(round % 3) +
            "\"] exists or r." + std::string(second) + " == \"other" + n +
            "\"\n    else \"{r.name} breaks control " + n + "\"\n}\n";
  }
  return text;
}

} // namespace writ::bench
