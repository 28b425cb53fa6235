// SPDX-License-Identifier: MIT
// Diagnostics in, text out.
#pragma once

#include "writ/diagnostic.h"
#include "writ/source.h"

#include <string>

namespace writ::report {

/// One diagnostic as rustc-like text: header, position, source line with carets, labels, notes, suggested
/// edits.
std::string to_text(const Diagnostic& diagnostic, const SourceMap& sources, bool color);
/// All of them, a blank line between, and a closing count.
std::string to_text(const Diagnostics& diagnostics, const SourceMap& sources, bool color);
/// {"diagnostics":[{code,severity,message,file,line,column,endLine,endColumn,labels,notes,edits}…],"errors":n,"warnings":n}
std::string to_json(const Diagnostics& diagnostics, const SourceMap& sources);

} // namespace writ::report
