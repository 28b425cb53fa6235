// SPDX-License-Identifier: MIT
// Programs that the bytecode tests start from.
#pragma once

#include "writ/bytecode/bundle.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <span>
#include <sstream>
#include <string>

namespace writ::bc::testing {

inline std::string read_test_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline std::filesystem::path test_folder() {
  return std::filesystem::path(WRIT_SOURCE_DIR) / "tests" / "bytecode";
}

inline Program assembled(std::string_view text) {
  auto program = assemble(text);
  if (!program) FAIL(program.error().message << " in line " << program.error().line);
  return std::move(*program);
}

inline Program sample_program() { return assembled(read_test_file(test_folder() / "sample.asm")); }

inline Result<Program> load_text(const std::string& bytes) {
  return load_program(std::as_bytes(std::span(bytes.data(), bytes.size())), "test.writb");
}

/// "E0601", or "accepted".
inline std::string code_of(const Result<Program>& result) {
  return result ? "accepted" : std::string(info(result.error().code).number);
}
inline std::string code_of(const Status& result) {
  return result ? "accepted" : std::string(info(result.error().code).number);
}

} // namespace writ::bc::testing
