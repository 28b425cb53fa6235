// SPDX-License-Identifier: MIT
// What the first bytes of an input tell.
#pragma once

#include "writ/input.h"

#include <optional>
#include <string>
#include <string_view>

namespace writ::snapshot {

/// Content that is no UTF-8 JSON at all.
struct ForeignEncoding {
  std::string_view what; ///< "UTF-16 text"
  std::string_view help;
};
std::optional<ForeignEncoding> foreign_encoding(std::string_view head);

struct LayoutGuess {
  bool lines = false; ///< every line is a document
  std::string reason;
};
/// `complete`: `head` is the whole input. Source of the rules: docs/snapshots.md, "Detection".
LayoutGuess guess_layout(std::string_view head, bool complete, std::string_view name, InputFormat format);

} // namespace writ::snapshot
