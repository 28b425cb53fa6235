// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"
#include "writ/bytecode/bundle.h"
#include "writ/files.h"

#include <CLI/CLI.hpp>
#include <cstdio>

namespace writ::cli {

Action setup_disasm(CLI::App& app, const GlobalOptions& global) {
  auto path = std::make_shared<std::string>();
  app.add_option("FILE", *path, "bundle")->required()->type_name("FILE.writb");
  return [path, &global] {
    Diagnostics problems;
    Result<std::string> bytes = DiskFiles().read(*path);
    if (!bytes.ok()) {
      problems.add(bytes.take_error());
    } else {
      Result<bc::Program> program =
          bc::load_program(std::as_bytes(std::span(bytes->data(), bytes->size())), *path);
      if (program.ok()) {
        const std::string text = bc::disassemble(*program);
        std::fwrite(text.data(), 1, text.size(), stdout);
        return int{kClean};
      }
      problems.add(program.take_error());
    }
    print_diagnostics(problems, SourceMap(), global);
    return int{kFailed};
  };
}

} // namespace writ::cli
