// SPDX-License-Identifier: MIT
#include "text_difference.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <vector>

namespace writ::cli {

namespace {

constexpr std::size_t kContext = 3;
/// Texts that are further apart are shown as one replacement: nobody reads that many edits.
constexpr std::int64_t kMostEdits = 1500;

struct Line {
  char mark; ///< ' ', '-' or '+'
  std::string_view text;
};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1);
    out.push_back(text.substr(0, end + 1)); // with its line end, so that a missing one shows
    text.remove_prefix(end + 1);
  }
  return out;
}

using Lines = std::vector<std::string_view>;

/// The shortest script from a to b (E. W. Myers, "An O(ND) difference algorithm"), or one replacement when it
/// is longer than kMostEdits.
std::vector<Line> edits(const Lines& a, const Lines& b) {
  const auto n = static_cast<std::int64_t>(a.size());
  const auto m = static_cast<std::int64_t>(b.size());
  const std::int64_t most = std::min(n + m, kMostEdits);
  std::vector<std::vector<std::int64_t>> trace;
  std::vector<std::int64_t> reached(static_cast<std::size_t>(2 * most + 3), 0);
  const auto at = [&](std::int64_t k) -> std::size_t { return static_cast<std::size_t>(k + most + 1); };
  std::int64_t found = -1;
  for (std::int64_t d = 0; d <= most && found < 0; ++d) {
    trace.push_back(reached);
    for (std::int64_t k = -d; k <= d; k += 2) {
      std::int64_t x = k == -d || (k != d && reached[at(k - 1)] < reached[at(k + 1)])
                           ? reached[at(k + 1)]
                           : reached[at(k - 1)] + 1;
      while (x < n && x - k < m && a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(x - k)])
        ++x;
      reached[at(k)] = x;
      if (x >= n && x - k >= m) {
        found = d;
        break;
      }
    }
  }
  std::vector<Line> out;
  if (found < 0) {
    for (std::string_view line : a)
      out.push_back({'-', line});
    for (std::string_view line : b)
      out.push_back({'+', line});
    return out;
  }
  std::int64_t x = n;
  std::int64_t y = m;
  const auto same = [&] {
    --x, --y;
    out.push_back({' ', a[static_cast<std::size_t>(x)]});
  };
  for (std::int64_t d = found; d > 0; --d) {
    const std::vector<std::int64_t>& before = trace[static_cast<std::size_t>(d)];
    const std::int64_t k = x - y;
    const bool added = k == -d || (k != d && before[at(k - 1)] < before[at(k + 1)]);
    const std::int64_t from_x = before[at(added ? k + 1 : k - 1)];
    const std::int64_t from_y = from_x - (added ? k + 1 : k - 1);
    while (x > from_x && y > from_y)
      same();
    out.push_back(added ? Line{'+', b[static_cast<std::size_t>(from_y)]}
                        : Line{'-', a[static_cast<std::size_t>(from_x)]});
    x = from_x;
    y = from_y;
  }
  while (x > 0)
    same();
  std::reverse(out.begin(), out.end());
  return out;
}

} // namespace

std::string text_difference(std::string_view before, std::string_view after, std::size_t most_lines) {
  if (before == after) return {};
  const std::vector<Line> script = edits(lines_of(before), lines_of(after));
  std::string out;
  std::size_t printed = 0;
  std::size_t left_out = 0;
  std::size_t old_line = 1;
  std::size_t new_line = 1;
  for (std::size_t i = 0; i < script.size();) {
    if (script[i].mark == ' ') {
      ++old_line, ++new_line, ++i;
      continue;
    }
    // A hunk: this change, those within reach of its context, and the context around them.
    std::size_t last = i;
    for (std::size_t j = i; j < script.size() && j <= last + 2 * kContext; ++j)
      if (script[j].mark != ' ') last = j;
    const std::size_t lead = std::min(i, kContext);
    const std::size_t end = std::min(script.size(), last + 1 + kContext);
    std::size_t removed = 0;
    std::size_t added = 0;
    for (std::size_t j = i - lead; j < end; ++j) {
      removed += script[j].mark != '+';
      added += script[j].mark != '-';
    }
    if (printed < most_lines)
      out += fmt::format("  @@ -{},{} +{},{} @@\n", old_line - lead, removed, new_line - lead, added);
    for (std::size_t j = i - lead; j < end; ++j) {
      const Line& line = script[j];
      if (printed++ >= most_lines) {
        left_out += line.mark != ' ';
        continue;
      }
      const bool whole = line.text.ends_with('\n');
      out += fmt::format("  {}{}{}", line.mark, line.text, whole ? "" : "\n  \\ no line end\n");
    }
    for (; i < end; ++i) {
      old_line += script[i].mark != '+';
      new_line += script[i].mark != '-';
    }
  }
  if (left_out > 0) out += fmt::format("  … {} more lines differ\n", left_out);
  return out;
}

} // namespace writ::cli
