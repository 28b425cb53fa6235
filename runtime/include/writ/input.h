// SPDX-License-Identifier: MIT
// Where snapshots come from.
#pragma once

#include <string>
#include <utility>

namespace writ {

/// One source of resources. The envelope (JSON array, NDJSON, one resource, {"value":[…]}, Resource Graph) is
/// detected.
struct Input {
  enum class Kind { Path, StandardInput, Text };
  Kind kind = Kind::Path;
  std::string path; ///< file, folder or glob; for Text the name that findings carry
  std::string text;

  static Input file(std::string path) { return {Kind::Path, std::move(path), {}}; }
  static Input standard_input() { return {Kind::StandardInput, "<stdin>", {}}; }
  static Input of_text(std::string name, std::string text) {
    return {Kind::Text, std::move(name), std::move(text)};
  }
};

} // namespace writ
