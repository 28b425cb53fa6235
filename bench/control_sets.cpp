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

constexpr Kind kKinds[] = {
    {"Microsoft.CognitiveServices/accounts",
     {"publicNetworkAccess", "networkAcls.defaultAction", "customSubDomainName", "sku.name"}},
    {"Microsoft.MachineLearningServices/workspaces",
     {"publicNetworkAccess", "managedNetwork.isolationMode", "keyVault", "sku.name"}},
    {"Microsoft.Search/searchServices", {"publicNetworkAccess", "hostingMode", "sku.name", "location"}},
    {"Microsoft.Storage/storageAccounts",
     {"publicNetworkAccess", "networkAcls.defaultAction", "minimumTlsVersion", "accessTier"}},
    {"Microsoft.KeyVault/vaults",
     {"publicNetworkAccess", "networkAcls.defaultAction", "tenantId", "location"}},
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
