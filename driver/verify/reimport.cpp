// SPDX-License-Identifier: MIT
#include "verify/reimport.h"

#include <fmt/format.h>

namespace writ::driver::verify {

namespace {

constexpr const char* kFolder = "emitted/";

Compilation compile_emitted(const Files& disk, const CompileRequest& compile,
                            const std::vector<EmittedFile>& files) {
  MemoryFiles memory;
  CompileRequest request = compile;
  request.sources.clear();
  request.parameters.clear();
  for (const std::string& path : compile.alias_files)
    if (Result<std::string> text = disk.read(path); text.ok()) memory.contents[path] = std::move(*text);
  for (const EmittedFile& file : files) {
    memory.contents[kFolder + file.path] = file.text;
    request.sources.push_back(kFolder + file.path);
  }
  return Compilation::compile(memory, request);
}

} // namespace

Reimport::Reimport(const Files& disk, const CompileRequest& compile, const std::vector<EmittedFile>& files)
    : compilation_(compile_emitted(disk, compile, files)) {}

std::string Reimport::id_of(const EmittedFile& file) const {
  for (const ControlInfo& control : compilation_.controls())
    if (compilation_.sources().path(compilation_.sources().source_of(control.span)) == kFolder + file.path)
      return control.id;
  return {};
}

std::string Reimport::problem_of(const EmittedFile& file) const {
  for (const Diagnostic& diagnostic : compilation_.diagnostics().all()) {
    if (diagnostic.severity != Severity::Error) continue;
    if (diagnostic.span.empty() ||
        compilation_.sources().path(compilation_.sources().source_of(diagnostic.span)) == kFolder + file.path)
      return fmt::format("{} (line {})", diagnostic.message,
                         compilation_.sources().position(diagnostic.span.begin).line);
  }
  return "no definition was found in it";
}

} // namespace writ::driver::verify
