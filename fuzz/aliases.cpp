// SPDX-License-Identifier: MIT
// Exports of aliases from anywhere: refused with a reason, or every alias that was read can be found again.
#include "catalog/field_of.h"
#include "writ/catalog.h"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace writ;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  Catalog catalog;
  if (const Status added = catalog.add_provider_export(text, "aliases.json"); !added.ok()) {
    if (added.error().message.empty()) std::abort();
    return 0;
  }
  for (const ResourceTypeInfo& type : catalog.types()) {
    if (!catalog.find_type(type.name)) std::abort();
    for (const std::uint32_t index : type.aliases) {
      const auto entries = catalog.find_alias(catalog.alias(index).name);
      if (entries.empty()) std::abort();
      (void)field_of(catalog, entries);
    }
    (void)catalog.members(type, "");
  }
  (void)catalog.nearest_aliases("Contoso.Lab/widgets/tier");
  return 0;
}
