// SPDX-License-Identifier: MIT
// A case of the conformance corpus through importer, code generator and VM.
#pragma once

#include "reference/corpus.h"

#include <optional>
#include <string>

namespace writ::test {

/// "" when the case holds, what went wrong otherwise; nothing when the case is about a document that the
/// importer does not read (initiatives, assignments, exemptions, attestations).
std::optional<std::string> run_on_vm(const reference::CorpusCase& c);

} // namespace writ::test
