// SPDX-License-Identifier: MIT
#include "written_files.h"

#include "exit_codes.h"
#include "terminal.h"
#include "text_difference.h"

#include <cstdio>
#include <set>

namespace writ::cli {

namespace {

bool is_marked(const Files& files, const std::string& path, std::string_view mark) {
  if (path.find("/writ-") != std::string::npos) return true;
  const Result<std::string> text = files.read(path);
  return text.ok() && text->find(mark) != std::string::npos;
}

} // namespace

int check_written(const Files& files, const std::string& folder, const std::vector<EmittedFile>& expected,
                  std::string_view ending, std::string_view mark) {
  std::size_t stale = 0;
  std::set<std::string> paths;
  for (const EmittedFile& file : expected) {
    const std::string path = folder + "/" + file.path;
    paths.insert(path);
    const Result<std::string> text = files.read(path);
    if (text.ok() && (*text == file.text || file.only_when_absent)) continue;
    ++stale;
    std::printf("%s: %s\n", path.c_str(), text.ok() ? "out of date" : "missing");
    if (text.ok()) std::fputs(printable(text_difference(*text, file.text)).c_str(), stdout);
  }
  if (const Result<std::vector<std::string>> present = files.list(folder); present.ok())
    for (const std::string& path : *present)
      if (path.ends_with(ending) && !paths.contains(path) && (mark.empty() || is_marked(files, path, mark))) {
        std::printf("%s: nothing writes this file any more\n", path.c_str());
        ++stale;
      }
  if (stale == 0) return kClean;
  std::fprintf(stderr, "writ: %zu file%s to renew; run the command without --check\n", stale,
               stale == 1 ? "" : "s");
  return kViolations;
}

Status write_all(Files& files, const std::string& folder, const std::vector<EmittedFile>& written) {
  for (const EmittedFile& file : written) {
    const std::string path = folder + "/" + file.path;
    if (file.only_when_absent && files.kind(path) != Files::Kind::Absent) continue;
    if (Status status = files.write(path, file.text); !status.ok()) return status;
  }
  return Done{};
}

} // namespace writ::cli
