// SPDX-License-Identifier: MIT
#include "verify/selection.h"
#include "writ/driver/sources.h"

#include <algorithm>

namespace writ::driver::verify {

bool is_selected(const ControlInfo& control, const VerifyRequest& request) {
  if (!request.least_severity.empty() &&
      severity_rank(control.severity) < severity_rank(request.least_severity))
    return false;
  return request.controls.empty() ||
         std::any_of(request.controls.begin(), request.controls.end(),
                     [&](const std::string& glob) { return glob_matches(control.id, glob); });
}

std::vector<EmittedFile> emit_selected(Compilation& compilation, const VerifyRequest& request) {
  std::vector<std::string> keep;
  for (const ControlInfo& control : compilation.controls())
    if (is_selected(control, request)) keep.push_back(control.id);
  Diagnostics refused; // what cannot be emitted, and why, is in ControlInfo
  return keep.empty() ? std::vector<EmittedFile>() : compilation.emit_azure_policy(refused, keep);
}

} // namespace writ::driver::verify
