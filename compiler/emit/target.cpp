// SPDX-License-Identifier: MIT
#include "emit/target.h"

#include "azure/emit_definition.h"

#include <array>

namespace writ::emit {

namespace {

constexpr std::array kTargets = {
#define WRIT_TARGET(symbol, name, kinds, ending, shares, template, summary)                                  \
  Target{{name, summary, ending, shares}, kinds, template, remarks_##symbol, render_##symbol},
#include "emit/targets.def"
#undef WRIT_TARGET
};

} // namespace

bool Target::writes(DocumentKind kind) const {
  return kinds.find("DIE"[static_cast<std::size_t>(kind)]) != std::string_view::npos;
}

std::span<const Target> all_targets() { return kTargets; }

const Target* find_target(std::string_view name) {
  for (const Target& target : kTargets)
    if (target.info.name == name) return &target;
  return nullptr;
}

std::string file_text(const nlohmann::ordered_json& document) { return azure::to_canonical_text(document); }

} // namespace writ::emit
