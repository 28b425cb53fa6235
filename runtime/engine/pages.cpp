// SPDX-License-Identifier: MIT
#include "engine/pages.h"

#include <algorithm>

namespace writ {

namespace {

Diagnostic partial(const std::string& file, std::uint64_t line, std::string what) {
  return Diagnostic(Code::PartialExport, {}, std::move(what))
      .at(file, line)
      .note("export the remaining pages too: they may follow in this file or be inputs of their own");
}

} // namespace

void PageCheck::add(const snapshot::PageNote& note, const std::string& file) {
  if (note.page.total) {
    Counted& counted = counted_[*note.page.total];
    if (counted.file.empty()) {
      counted.file = file;
      counted.line = note.line;
    }
    counted.rows += note.rows;
    return;
  }
  if (note.page.truncated && !note.page.continues) {
    truncated_.push_back({file, note.line, true});
    return;
  }
  if (!ends_.empty() && ends_.back().file == file) ends_.pop_back();
  ends_.push_back({file, note.line, note.page.continues});
}

std::vector<Diagnostic> PageCheck::finish() const {
  std::vector<Diagnostic> warnings;
  for (const auto& [total, counted] : counted_)
    if (counted.rows < total)
      warnings.push_back(partial(counted.file, counted.line,
                                 "the export is truncated: " + std::to_string(counted.rows) + " of " +
                                     std::to_string(total) + " rows are here"));
  for (const FileEnd& page : truncated_)
    warnings.push_back(partial(page.file, page.line, "the export says that it is truncated"));
  const bool some_end =
      std::any_of(ends_.begin(), ends_.end(), [](const FileEnd& end) { return !end.continues; });
  for (const FileEnd& end : ends_)
    if (end.continues && !some_end)
      warnings.push_back(
          partial(end.file, end.line, "the export is truncated: the last page names a next one"));
  return warnings;
}

} // namespace writ
