// SPDX-License-Identifier: MIT
// A case of the conformance corpus through importer, code generator and VM.
#pragma once

#include "reference/corpus.h"

#include <cstdint>
#include <optional>
#include <string>

namespace writ::test {

/// How a definition gets to its verdict.
enum class Pipeline : std::uint8_t {
  Plain,    ///< code straight from the importer's IR, on the portable instruction loop
  Optimised ///< as the program does it
};

/// "" when the case holds, what went wrong otherwise; nothing when the case is about a document that the
/// importer does not read (attestations).
std::optional<std::string> run_on_vm(const reference::CorpusCase& c, Pipeline pipeline);

} // namespace writ::test
