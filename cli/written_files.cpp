// SPDX-License-Identifier: MIT
#include "written_files.h"

#include "exit_codes.h"

#include <cstdio>
#include <set>
#include <sstream>

namespace writ::cli {

namespace {

void print_difference(const std::string& present, const std::string& wanted) {
  std::istringstream have(present);
  std::istringstream want(wanted);
  for (int number = 1;; ++number) {
    std::string left;
    std::string right;
    const bool more_left = static_cast<bool>(std::getline(have, left));
    const bool more_right = static_cast<bool>(std::getline(want, right));
    if (!more_left && !more_right) return; // line ends only
    if (more_left && more_right && left == right) continue;
    std::printf("  line %d\n", number);
    if (more_left) std::printf("  - %s\n", left.c_str());
    if (more_right) std::printf("  + %s\n", right.c_str());
    return;
  }
}

} // namespace

int check_written(const Files& files, const std::string& folder, const std::vector<EmittedFile>& expected,
                  std::string_view ending) {
  std::size_t stale = 0;
  std::set<std::string> paths;
  for (const EmittedFile& file : expected) {
    const std::string path = folder + "/" + file.path;
    paths.insert(path);
    const Result<std::string> text = files.read(path);
    if (text.ok() && *text == file.text) continue;
    ++stale;
    std::printf("%s: %s\n", path.c_str(), text.ok() ? "out of date" : "missing");
    if (text.ok()) print_difference(*text, file.text);
  }
  if (const Result<std::vector<std::string>> present = files.list(folder); present.ok())
    for (const std::string& path : *present)
      if (path.ends_with(ending) && !paths.contains(path)) {
        std::printf("%s: nothing writes this file any more\n", path.c_str());
        ++stale;
      }
  if (stale == 0) return kClean;
  std::fprintf(stderr, "writ: %zu file%s to renew; run the command without --check\n", stale,
               stale == 1 ? "" : "s");
  return kViolations;
}

} // namespace writ::cli
