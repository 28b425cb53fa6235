// SPDX-License-Identifier: MIT
// Semantic versions of what is emitted: a lock file remembers what each definition and initiative meant, and
// a change gives a new version. The rules are in docs/emission.md, "Versions".
#pragma once

#include "emit/document.h"
#include "writ/compiler.h"
#include "writ/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace writ::emit {

/// "1.2.3-preview".
struct Version {
  std::uint32_t major = 1;
  std::uint32_t minor = 0;
  std::uint32_t patch = 0;
  std::string suffix; ///< with its dash, or empty
  /// By number; the suffix plays no part.
  [[nodiscard]] bool is_older(const Version& other) const;
  [[nodiscard]] std::string text() const;
};
/// Three numbers, then nothing or a suffix of letters, digits and dots. Nothing for anything else.
std::optional<Version> parse_version(std::string_view text);

class VersionLock {
public:
  /// Reads a lock file; an empty text is a new one. Error: InvalidVersionLock, which says what is wrong.
  static Result<VersionLock> parse(std::string_view text);

  /// Gives each own definition and initiative its version, in the document and in the lock. Built-ins and
  /// exemptions keep what they have. Entries of other documents stay as they are. A version in a document
  /// that is no version is reported (InvalidVersionLock), and counts as none.
  std::vector<VersionChange> apply(std::span<Document> documents, Diagnostics& diagnostics);

  /// Canonical bytes of the file.
  [[nodiscard]] std::string text() const;

private:
  std::map<std::string, std::map<std::string, nlohmann::ordered_json>> kinds_; ///< kind -> name -> entry
};

} // namespace writ::emit
