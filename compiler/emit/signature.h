// SPDX-License-Identifier: MIT
// What an assignment of a definition or initiative relies on, and what people read of it. Private to
// versions.
#pragma once

#include "emit/document.h"

#include <string>
#include <vector>

namespace writ::emit {

/// Parameters with type, default and allowed values; the effect without any parameter given; members of an
/// initiative.
class Signature {
public:
  explicit Signature(const Document& document);
  /// {"effect": …, "parameters": {name: {"type", "default", "allowed"}}, "members": [reference ids]}
  [[nodiscard]] const nlohmann::ordered_json& json() const { return json_; }

private:
  nlohmann::ordered_json json_ = nlohmann::ordered_json::object();
};

struct SignatureChange {
  bool breaking = false; ///< an assignment may fail, or Azure starts to do something else on its own
  std::string text;
};
/// `before` and `after` may hold more than the signature.
std::vector<SignatureChange> compare_signatures(const nlohmann::ordered_json& before,
                                                const nlohmann::ordered_json& after);

/// Everything for people, without the version: texts, metadata, groups.
std::string texts_of(const Document& document);

/// Not a copy of a built-in.
bool is_own(const Document& document);
std::string version_of(const Document& document);
void set_version(Document& document, const std::string& version);

} // namespace writ::emit
