// SPDX-License-Identifier: MIT
// Targets: each renders documents into files.
#pragma once

#include "emit/document.h"
#include "emit/scope.h"
#include "writ/compiler.h"

#include <span>
#include <string>
#include <vector>

namespace writ::emit {

struct RenderOptions {
  Scope scope;
  std::string pac_selector; ///< environment of Enterprise Policy as Code
  bool split = false;       ///< REST bodies: parts as files of their own
};

/// What a target cannot hold of a document. A part that means something refuses the document; a text for
/// people is left out and said.
struct Remark {
  bool refused = true;
  std::string text; ///< the part and why
};

using Remarks = std::vector<Remark> (*)(const Document& document, const RenderOptions& options);
/// `documents`: of kinds that the target writes, none of them refused; definitions first, each kind sorted by
/// name. Paths are relative to the output folder.
using Render = std::vector<EmittedFile> (*)(std::span<const Document> documents,
                                            const RenderOptions& options);

#define WRIT_TARGET(symbol, name, kinds, ending, shares, template, summary)                                  \
  std::vector<Remark> remarks_##symbol(const Document& document, const RenderOptions& options);              \
  std::vector<EmittedFile> render_##symbol(std::span<const Document> documents, const RenderOptions& options);
#include "emit/targets.def"
#undef WRIT_TARGET

struct Target {
  EmitTargetInfo info;
  std::string_view kinds;        ///< letters of targets.def
  bool becomes_template = false; ///< of Azure Resource Manager
  Remarks remarks = nullptr;
  Render render = nullptr;
  [[nodiscard]] bool writes(DocumentKind kind) const;
};
std::span<const Target> all_targets();
/// Null when there is none of this name.
const Target* find_target(std::string_view name);

/// Canonical bytes of a document that is a file by itself.
std::string file_text(const nlohmann::ordered_json& document);

} // namespace writ::emit
