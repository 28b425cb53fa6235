// SPDX-License-Identifier: MIT
// Sources from anywhere: parsing ends, every report lies in the text, and the tree is sound whatever was
// wrong.
#include "syntax/parse.h"
#include "syntax/ast_dump.h"
#include "syntax/ast_verify.h"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace writ;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SourceMap sources;
  Diagnostics diagnostics;
  const SourceId id = sources.add("input.writ", std::string(reinterpret_cast<const char*>(data), size));
  const syntax::Module module = syntax::parse_source(sources, id, diagnostics);
  if (module.complete == diagnostics.has_errors()) std::abort();
  for (const Diagnostic& d : diagnostics.all())
    if (d.span.begin < sources.base(id) || d.span.end > sources.base(id) + size + 1) std::abort();
  if (!syntax::verify(module, sources).empty()) std::abort();
  (void)syntax::dump(module);
  return 0;
}
