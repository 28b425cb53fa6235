// SPDX-License-Identifier: MIT
// "Did you mean": optimal string alignment distance with a limit, and the nearest of many names.
#include "writ/text.h"

#include <algorithm>

namespace writ {

namespace {
char lower_for_distance(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
} // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  // Three rows: transpositions look two rows back.
  std::vector<std::size_t> before(a.size() + 1), previous(a.size() + 1), row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i)
    previous[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    row[0] = j;
    std::size_t best = row[0];
    const char bc = lower_for_distance(b[j - 1]);
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const char ac = lower_for_distance(a[i - 1]);
      std::size_t cost = std::min({previous[i] + 1, row[i - 1] + 1, previous[i - 1] + (ac == bc ? 0U : 1U)});
      if (i > 1 && j > 1 && ac == lower_for_distance(b[j - 2]) && lower_for_distance(a[i - 2]) == bc)
        cost = std::min(cost, before[i - 2] + 1);
      row[i] = cost;
      best = std::min(best, cost);
    }
    if (best > limit) return limit + 1;
    std::swap(before, previous);
    std::swap(previous, row);
  }
  return previous[a.size()] > limit ? limit + 1 : previous[a.size()];
}

std::vector<std::string> nearest(std::string_view name, const std::vector<std::string_view>& candidates,
                                 std::size_t count) {
  // A third of the length may differ: enough for typing slips, too little for unrelated short names.
  const std::size_t limit = std::clamp<std::size_t>((name.size() + 2) / 3, 1, 6);
  std::vector<std::pair<std::size_t, std::string_view>> found;
  for (std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(name, candidate, limit);
    if (distance <= limit) found.emplace_back(distance, candidate);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<std::string> names;
  for (const auto& [distance, candidate] : found) {
    if (names.size() == count) break;
    names.emplace_back(candidate);
  }
  return names;
}

} // namespace writ
