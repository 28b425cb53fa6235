// SPDX-License-Identifier: MIT
// The alias catalogue in the shape of `az provider list`. Source: "Catalogue", "Resolution", "Extract
// pattern".
#pragma once

#include "json.h"
#include "path.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::reference {

/// A part of the text at the path: what `{variable}` matches in `phrase`.
struct ExtractPattern {
  std::string phrase;
  std::string variable;
};

/// Where an alias leads, for one API version or by default.
struct AliasPath {
  Path path;
  std::optional<ExtractPattern> pattern;
};

struct AliasEntry {
  AliasPath by_default;
  std::vector<std::pair<std::string, AliasPath>> by_version; ///< lower-case version
};

class Catalogue {
public:
  /// Throws nothing; entries of an unexpected shape are left out.
  static Catalogue load(const json& document);
  void add(const json& document);

  /// Is the name listed for any type?
  [[nodiscard]] bool knows(std::string_view alias) const;
  /// The path for the type and API version (empty = default); nullptr when the type does not list the name.
  [[nodiscard]] const AliasPath* find(std::string_view type, std::string_view alias,
                                      std::string_view api_version) const;
  /// Any entry with that name: tells whether it is an array alias.
  [[nodiscard]] const AliasPath* find_anywhere(std::string_view alias) const;
  /// Does the type support tags and location? Nothing when the catalogue does not say.
  [[nodiscard]] std::optional<bool> is_indexed(std::string_view type) const;

private:
  void add_type(const std::string& type, const json& entry);
  void add_alias(const std::string& type, const json& entry);

  std::unordered_map<std::string, std::unordered_map<std::string, AliasEntry>> by_type_;
  std::unordered_map<std::string, AliasPath> anywhere_;
  std::unordered_map<std::string, bool> indexed_;
};

/// The part of `text` that the pattern extracts.
std::optional<std::string> extract(const ExtractPattern& pattern, std::string_view text);

} // namespace writ::reference
