// SPDX-License-Identifier: MIT
// Diagnostics: numbered, with spans, notes and suggested edits. They carry data; report/ renders them.
#pragma once

#include "writ/source.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

enum class Severity : std::uint8_t { Error, Warning, Note };

/// Every diagnostic code, from base/codes/*.def. Numbers are never reused.
enum class Code : std::uint16_t {
#define WRIT_CODE(name, number, severity, summary) name,
#include "writ/codes.def"
#undef WRIT_CODE
};

/// One row of the code table.
struct CodeInfo {
  Code code;
  std::string_view name;   ///< identifier, such as UnknownProperty
  std::string_view number; ///< "E0203"
  Severity severity;
  std::string_view summary; ///< one line, the title of docs/diagnostics/<number>.md
};

/// The table, in order of its files.
std::span<const CodeInfo> all_codes();
const CodeInfo& info(Code code);
/// Looks up "E0203" (any case); null when unknown.
const CodeInfo* find_code(std::string_view number);

/// A secondary position with its own short text.
struct Label {
  Span span;
  std::string text;
};

/// A replacement that would fix the problem.
struct Edit {
  Span span;
  std::string replacement;
};

/// Message style: lower case, no final period, names in backticks, one sentence; help goes into notes.
struct Diagnostic {
  Code code;
  Severity severity;
  Span span;           ///< primary position; empty when the problem has none
  std::string message; ///< without code and severity
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::vector<Edit> edits;
  std::string file; ///< for inputs that are not in a SourceMap (snapshots): path, printed when span is empty
  std::uint64_t line = 0;   ///< line in `file`, from 1; 0 = unknown
  std::uint64_t column = 0; ///< column in `file`, from 1; 0 = unknown

  Diagnostic(Code c, Span s, std::string text);
  Diagnostic&& label(Span s, std::string text) &&;
  Diagnostic&& note(std::string text) &&;
  Diagnostic&& edit(Span s, std::string replacement) &&;
  Diagnostic&& at(std::string path, std::uint64_t line_number = 0, std::uint64_t column_number = 0) &&;
};

/// Collects diagnostics of a run. Not thread-safe; one per compilation or per reading thread.
class Diagnostics {
public:
  /// Reports past this many errors are counted but not kept (a broken file must not flood the terminal).
  static constexpr std::size_t kMaxKept = 2000;

  void add(Diagnostic diagnostic);
  void append(const Diagnostics& other);
  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t errors() const { return errors_; }
  [[nodiscard]] std::size_t warnings() const { return warnings_; }
  [[nodiscard]] std::size_t dropped() const { return dropped_; }
  [[nodiscard]] std::span<const Diagnostic> all() const { return items_; }
  /// Sorts by position (texts in the order they were added) and removes exact repetitions.
  void sort();

private:
  std::vector<Diagnostic> items_;
  std::size_t errors_ = 0;
  std::size_t warnings_ = 0;
  std::size_t dropped_ = 0;
};

} // namespace writ
