// SPDX-License-Identifier: MIT
#include "writ/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace writ {

Diagnostic::Diagnostic(Code c, Span s, std::string text)
    : code(c), severity(info(c).severity), span(s), message(std::move(text)) {}

Diagnostic&& Diagnostic::label(Span s, std::string text) && {
  labels.push_back({s, std::move(text)});
  return std::move(*this);
}
Diagnostic&& Diagnostic::note(std::string text) && {
  notes.push_back(std::move(text));
  return std::move(*this);
}
Diagnostic&& Diagnostic::edit(Span s, std::string replacement) && {
  edits.push_back({s, std::move(replacement)});
  return std::move(*this);
}
Diagnostic&& Diagnostic::at(std::string path, std::uint64_t line_number, std::uint64_t column_number) && {
  file = std::move(path);
  line = line_number;
  column = column_number;
  return std::move(*this);
}

void Diagnostics::add(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::Error) ++errors_;
  if (diagnostic.severity == Severity::Warning) ++warnings_;
  if (items_.size() >= kMaxKept) {
    ++dropped_;
    return;
  }
  items_.push_back(std::move(diagnostic));
}

void Diagnostics::append(const Diagnostics& other) {
  for (const Diagnostic& d : other.items_)
    add(d);
  dropped_ += other.dropped_;
}

void Diagnostics::sort() {
  auto key = [](const Diagnostic& d) {
    return std::tie(d.span.begin, d.file, d.line, d.column, d.span.end, d.code, d.message);
  };
  std::stable_sort(items_.begin(), items_.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  auto last = std::unique(items_.begin(), items_.end(),
                          [&](const Diagnostic& a, const Diagnostic& b) { return key(a) == key(b); });
  for (auto it = last; it != items_.end(); ++it) {
    if (it->severity == Severity::Error) --errors_;
    if (it->severity == Severity::Warning) --warnings_;
  }
  items_.erase(last, items_.end());
}

} // namespace writ
