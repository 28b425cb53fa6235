// SPDX-License-Identifier: MIT
#include "passes/single_valued.h"

#include <algorithm>

namespace writ::passes {

bool is_single_valued(const ir::Graph& graph, ir::NodeId left) {
  const ir::Node& node = graph.node(left);
  if (node.kind == ir::NodeKind::DynamicField) return false;
  if (node.kind != ir::NodeKind::Field) return true;
  const std::size_t bound = node.binder == ir::kUnbound ? 0 : node.level;
  const auto is_bound = [&](const ir::Path& path) { return ir::star_count(path) <= bound; };
  const ir::Field& field = graph.field_info(node.field);
  if (field.kind != ir::FieldKind::Alias) return is_bound(field.path);
  return std::all_of(field.resolutions.begin(), field.resolutions.end(), [&](const ir::Resolution& r) {
    return is_bound(r.path) && std::all_of(r.versions.begin(), r.versions.end(),
                                           [&](const ir::VersionedPath& v) { return is_bound(v.path); });
  });
}

} // namespace writ::passes
