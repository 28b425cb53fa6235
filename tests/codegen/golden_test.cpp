// SPDX-License-Identifier: MIT
// Generated programs, instruction by instruction.
#include "codegen/codegen.h"
#include "ir/dump.h"
#include "writ/bytecode/bundle.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace writ;

namespace {

std::string read_text(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

} // namespace

TEST_CASE("generated programs") {
  std::vector<std::filesystem::path> cases;
  for (const auto& entry : std::filesystem::directory_iterator(WRIT_SOURCE_DIR "/tests/codegen/golden"))
    if (entry.path().extension() == ".ir") cases.push_back(entry.path());
  std::sort(cases.begin(), cases.end());
  REQUIRE(cases.size() >= 6);
  for (std::filesystem::path path : cases) {
    INFO(path.filename().string());
    const std::string text = read_text(path);
    ir::ParsedSet read = ir::parse_set(text);
    REQUIRE(read.error == "");
    codegen::Options options;
    options.open_parameters = text.starts_with("; open");
    Diagnostics diagnostics;
    const bc::Program program = codegen::generate(read.set, options, diagnostics);
    CHECK(diagnostics.all().empty());
    const Status verified = bc::verify(program);
    CHECK((verified.ok() ? "" : verified.error().message) == "");
    const std::string assembly = bc::disassemble(program);
    path.replace_extension(".asm");
    if (std::getenv("WRIT_UPDATE_GOLDENS") != nullptr) std::ofstream(path, std::ios::binary) << assembly;
    CHECK(assembly == read_text(path));
  }
}
