// SPDX-License-Identifier: MIT
// Policy sources of a command: compiled texts and loaded bundles behind one door.
#pragma once

#include "writ/bundle.h"
#include "writ/compiler.h"

#include <optional>
#include <string>
#include <vector>

namespace writ::driver {

struct SourceRequest {
  std::vector<std::string>
      policies; ///< values of -p: .writ files, folders, Azure Policy JSON, .writb bundles, std
  std::vector<std::string> alias_files;
  UnknownAlias unknown_alias = UnknownAlias::Error;
  std::vector<std::string>
      semantics; ///< of semantics_switches(), for what is compiled; bundles bring their own
  bool missing_mode_is_all = false; ///< definitions without mode
  /// A definition with an alias that nobody knows is reported, and the others are loaded.
  bool go_on_without_alias = false;
  std::vector<std::pair<std::string, std::string>> parameters; ///< NAME or CONTROL.NAME, value
  std::vector<std::string> controls;                           ///< globs over control ids; empty = all
  std::vector<std::string> initiatives;                        ///< only these are evaluated; empty = all
  bool sources_only = false;  ///< no bundle: nothing is evaluated, and parameters need no values
  std::string least_severity; ///< empty = all
};

/// Everything to evaluate. Errors are in the compilation's diagnostics and in `problems`.
struct LoadedPolicies {
  std::optional<Compilation> compilation;
  std::vector<Bundle> bundles;
  Diagnostics problems;
  [[nodiscard]] bool ok() const { return !problems.has_errors() && (!compilation || compilation->ok()); }
};

/// Names of the other readings of Azure Policy that can be asked for.
std::vector<std::string> semantics_switches();

/// Whether --control and --severity select a control.
bool is_selected(std::string_view id, std::string_view severity, const SourceRequest& request);

LoadedPolicies load_policies(const Files& files, const SourceRequest& request);

/// critical > high > medium > low > info; unknown words rank below info.
int severity_rank(std::string_view severity);
/// `*` any run, `?` one character, ignoring case.
bool glob_matches(std::string_view text, std::string_view pattern);

} // namespace writ::driver
