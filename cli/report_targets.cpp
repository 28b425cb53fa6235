// SPDX-License-Identifier: MIT
#include "report_targets.h"

#include "exit_codes.h"
#include "terminal.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace writ::cli {

bool open_reports(std::vector<std::string> formats, const GlobalOptions& global,
                  std::deque<std::ofstream>& files, std::vector<driver::ReportTarget>& out) {
  if (formats.empty()) formats.push_back("text");
  for (const std::string& item : formats) {
    const std::size_t equals = item.find('=');
    driver::ReportTarget target;
    target.format = item.substr(0, equals);
    const auto known = report::finding_formats();
    if (std::find(known.begin(), known.end(), target.format) == known.end()) {
      std::fprintf(stderr, "writ: no format `%s`\n", target.format.c_str());
      return false;
    }
    if (equals == std::string::npos) {
      target.out = &std::cout;
      target.color = use_color(global.color, STDOUT_FILENO);
    } else {
      files.emplace_back(item.substr(equals + 1), std::ios::binary | std::ios::trunc);
      if (!files.back()) {
        std::fprintf(stderr, "writ: cannot write `%s`\n", item.substr(equals + 1).c_str());
        return false;
      }
      target.out = &files.back();
    }
    out.push_back(std::move(target));
  }
  return true;
}

int exit_code_of(const driver::EvaluateOutcome& outcome, bool no_fail, bool fail_on_unknown,
                 bool fail_on_empty) {
  if (outcome.gated > 0 && !no_fail) return kViolations;
  const std::uint64_t unknown = outcome.run.counts[static_cast<std::size_t>(Verdict::Unknown)];
  if (outcome.run.incomplete || (fail_on_unknown && unknown > 0) ||
      (fail_on_empty && !outcome.matched_nothing.empty()))
    return kIncomplete;
  return kClean;
}

} // namespace writ::cli
