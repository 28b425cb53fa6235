// SPDX-License-Identifier: MIT
// Sources to programs and to Azure Policy. Collects errors, never throws.
//
//   writ::DiskFiles files;
//   writ::Compilation c = writ::Compilation::compile(files, {.sources = {"controls", "std"}});
//   if (!c.ok()) … c.diagnostics() …
#pragma once

#include "writ/catalog.h"
#include "writ/diagnostic.h"
#include "writ/files.h"
#include "writ/ledger.h"
#include "writ/semantics/compare.h"
#include "writ/source.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace writ {

namespace bc {
struct Program;
}

/// What an alias that nobody knows means for a definition.
enum class UnknownAlias : std::uint8_t {
  Error, ///< the definition is an error
  Skip,  ///< the definition is left out with a warning
  Path   ///< `<type>/<rest>` is read as properties.<rest>, or as a top-level member
};

struct CompileRequest {
  /// .writ files and folders, Azure Policy JSON, and "std" for the standard library.
  std::vector<std::string> sources;
  std::vector<std::string> alias_files; ///< exports of `az provider list --expand resourceTypes/aliases`
  UnknownAlias unknown_alias = UnknownAlias::Error;
  /// NAME or CONTROL.NAME, and a value as JSON text or a plain word.
  std::vector<std::pair<std::string, std::string>> parameters;
  /// Names of initiatives: only these are evaluated. Initiatives of the library are evaluated only when
  /// named.
  std::vector<std::string> initiatives;
  /// Other readings of Azure Policy; recorded in the program.
  SemanticsOptions semantics;
  bool missing_mode_is_all = false; ///< a definition without mode is read as All instead of Indexed
  bool optimise = true;
};

/// A control as tools list it.
struct ControlInfo {
  std::string id;
  std::string symbol;
  std::string title;
  std::string severity;
  std::string category;
  Span span;
  bool emittable = false;
  std::string not_emittable_because;
  bool included = false; ///< of a module that nobody asked for: an initiative includes it
};

enum class TestExpectation : std::uint8_t { Passes, Fails, Skips, Unknown, Errors };
struct TestInfo {
  std::string control_id;
  std::string title;
  TestExpectation expectation = TestExpectation::Passes;
  std::vector<std::pair<std::string, std::string>> parameters; ///< name, JSON text
  std::string resource_json;
  std::string resource_id;
  /// The other resources of the snapshot, JSON each; absent: nothing is known of others.
  std::optional<std::vector<std::string>> given;
  std::string now;
  Span span;
};

struct EmittedFile {
  std::string path; ///< relative to the output folder
  std::string text;
  std::string control_id;
  bool only_when_absent = false; ///< the user fills it in: never written over, never out of date
};

/// One output of `writ emit`.
struct EmitTargetInfo {
  std::string_view name;    ///< "azure-policy"
  std::string_view summary; ///< what it writes
  std::string_view ending;  ///< of the files that it writes
  /// Files of the user stand in the same folders: only one that says `"source": "writ"` can be left over.
  bool shares_folders = false;
};
/// All of them, in the order of compiler/emit/targets.def.
std::vector<EmitTargetInfo> emit_targets();

/// How far a version has to go; the larger of several changes counts. Rules: docs/emission.md, "Versions".
enum class VersionBump : std::uint8_t { None, Patch, Minor, Major, First };
/// "none", "patch", "minor", "major", "new".
std::string_view to_text(VersionBump bump);

/// A definition or initiative that gets another version than the lock says.
struct VersionChange {
  std::string name;
  VersionBump bump = VersionBump::None; ///< None: only the author asks for another version
  std::string from;                     ///< empty: it is new
  std::string to;
  std::vector<std::string> reasons;
};

struct EmitRequest {
  std::string target = "azure-policy"; ///< a name of emit_targets()
  std::vector<std::string> keep;       ///< only these ids of evaluated(); empty = all
  /// Where the policies will live: the id of a management group or subscription, or "management-group" or
  /// "subscription" for one that is chosen at deployment.
  std::string scope = "management-group";
  std::string pac_selector = "tenant";      ///< environment of Enterprise Policy as Code
  std::vector<LedgerEntry> exemptions = {}; ///< what the target `exemptions` writes
  /// Assignments that exemptions belong to: name of an initiative or control (empty = of all), and id.
  std::vector<std::pair<std::string, std::string>> assignments = {};
  /// Text of the version lock, empty = a new one; nothing = versions are what the sources say.
  std::optional<std::string> version_lock = std::nullopt;
  bool split = false; ///< REST bodies: their parts also as files of their own, for `az policy`
};

struct EmitResult {
  std::vector<EmittedFile> files; ///< sorted by path
  /// Errors: what could not be emitted, each with the sub-expression or part and the reason. `files` holds
  /// everything else.
  Diagnostics not_emittable;
  Diagnostics warnings;        ///< what was emitted, but not to the letter (texts that were cut)
  std::size_t definitions = 0; ///< that are in `files`
  std::size_t initiatives = 0;
  std::size_t exemptions = 0;
  std::string version_lock; ///< the lock as it has to be now; empty when none was given
  std::vector<VersionChange> version_changes;
};

/// One compilation: sources, their meaning, and what can be made of them.
class Compilation {
public:
  static Compilation compile(const Files& files, const CompileRequest& request);
  ~Compilation();
  Compilation(Compilation&&) noexcept;
  Compilation& operator=(Compilation&&) noexcept;

  [[nodiscard]] bool ok() const;
  [[nodiscard]] const Diagnostics& diagnostics() const;
  [[nodiscard]] Diagnostics& diagnostics();
  [[nodiscard]] const SourceMap& sources() const;
  [[nodiscard]] const Catalog& catalog() const;
  [[nodiscard]] const std::vector<ControlInfo>& controls() const;
  /// What is evaluated: a policy once for each initiative and assignment that it is part of, under the name
  /// that it has there; otherwise the control itself.
  [[nodiscard]] const std::vector<ControlInfo>& evaluated() const;
  [[nodiscard]] const std::vector<TestInfo>& tests() const;

  /// The program of all that is evaluated. `open_parameters`: values can be given when the bundle is loaded.
  /// `keep`: only these ids of evaluated(); empty = all.
  [[nodiscard]] bc::Program program(bool open_parameters = false, const std::vector<std::string>& keep = {});
  /// The program of one of controls() on its own, with open parameters.
  [[nodiscard]] bc::Program control_program(const std::string& id);
  /// Renders what can be expressed for one target. Equal sources give equal bytes, whatever the order in
  /// which they are named. An unknown target or scope is an error of `not_emittable`, and no file.
  [[nodiscard]] EmitResult emit(const EmitRequest& request);
  /// Definitions alone, as their REST bodies: emit() with the target azure-policy.
  [[nodiscard]] std::vector<EmittedFile> emit_azure_policy(Diagnostics& not_emittable,
                                                           const std::vector<std::string>& keep = {});
  /// Markdown: a page for every control of a .writ source, README.md as the index, frameworks.md.
  [[nodiscard]] std::vector<EmittedFile> document();
  struct State;
  /// For other public doors of the compiler, which know what is inside: writ/prove.h.
  [[nodiscard]] State& state() const { return *state_; }

private:
  explicit Compilation(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Azure Policy definitions as .writ source: one file per category. Recompiled, each is the same policy as
/// its JSON. Mistakes in the JSON are reported; definitions are not checked, which compiling the result does.
std::vector<EmittedFile> definitions_to_source(const Files& files, const std::vector<std::string>& paths,
                                               SourceMap& sources, Diagnostics& diagnostics);

} // namespace writ
