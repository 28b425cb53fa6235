// SPDX-License-Identifier: MIT
// Where resources come from.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

namespace writ {

/// Lines: every line is a document of its own (NDJSON), damage stays in its line. Documents: any JSON, one
/// document or several one after the other. Auto looks at the first bytes.
enum class InputFormat : std::uint8_t { Auto, Lines, Documents };

/// One input of a run. Accepted contents are listed in docs/snapshots.md: arrays, NDJSON, single resources,
/// {"value":[…]} pages, the Azure Resource Graph envelopes, any number of them one after the other.
struct Input {
  enum class Kind : std::uint8_t { Path, Text, Descriptor };

  /// A file, a folder (all *.json, *.ndjson, *.jsonl below it, by path bytes), a pattern with * ? ** (by path
  /// bytes), or
  /// "-" for standard input.
  static Input path(std::string path) { return {Kind::Path, std::move(path), {}, -1, InputFormat::Auto}; }
  static Input file(std::string path) { return Input::path(std::move(path)); }
  static Input standard_input() { return Input::path("-"); }
  /// A text in memory; `name` is what findings and diagnostics call it.
  static Input of_text(std::string name, std::string json) {
    return {Kind::Text, std::move(name), std::move(json), -1, InputFormat::Auto};
  }
  /// An open file descriptor, read to its end and not closed.
  static Input descriptor(int descriptor, std::string name) {
    return {Kind::Descriptor, std::move(name), {}, descriptor, InputFormat::Auto};
  }

  Kind kind = Kind::Path;
  std::string name; ///< path, or the name of a text or descriptor
  std::string contents;
  int file_descriptor = -1;
  InputFormat format = InputFormat::Auto;
};

} // namespace writ
