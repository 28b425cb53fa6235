// SPDX-License-Identifier: MIT
// What a reader asks before it parses a document, and tells when it has: the door of the cache.
#pragma once

#include "snapshot/chunk.h"

#include <cstdint>
#include <string_view>

namespace writ::snapshot {

/// A document or row that stands directly in a chunk.
struct DocumentText {
  std::string_view text;
  std::uint64_t line = 0; ///< as in Place
  std::uint64_t byte = 0; ///< in the file
  const RowContext* rows = nullptr;
};

/// What reading a document added to the counts.
struct DocumentOutcome {
  /// One resource with type or id, and nothing else: no damage, no page, no warning.
  bool plain = false;
  bool not_exported = false; ///< its properties are null
};

class DocumentMemory {
public:
  virtual ~DocumentMemory() = default;
  /// Whether it is worth while to prepare for documents that are known.
  [[nodiscard]] virtual bool knows_most() const = 0;
  /// Takes over what is known of the document: true = it holds a plain resource, do not read it.
  virtual bool recall(const DocumentText& document, DocumentOutcome& outcome) = 0;
  /// The document that recall() did not know was read.
  virtual void remember(const DocumentText& document, const DocumentOutcome& outcome) = 0;
};

} // namespace writ::snapshot
