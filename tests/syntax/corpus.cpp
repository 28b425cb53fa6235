// SPDX-License-Identifier: MIT
#include "syntax/corpus.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace writ::test {

namespace {

const std::filesystem::path kProjectRoot = WRIT_SOURCE_DIR;

} // namespace

std::string read_project_file(const std::string& relative) {
  std::ifstream in(kProjectRoot / relative, std::ios::binary);
  INFO(relative);
  REQUIRE(in.good());
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> project_files(const std::string& folder, std::string_view suffix) {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kProjectRoot / folder)) {
    const std::string path = std::filesystem::relative(entry.path(), kProjectRoot).generic_string();
    if (entry.is_regular_file() && path.ends_with(suffix)) out.push_back(path);
  }
  std::sort(out.begin(), out.end());
  return out;
}

ParsedText parse_text(std::string path, std::string text, const syntax::ParseLimits& limits) {
  ParsedText out;
  out.id = out.sources.add(std::move(path), std::move(text));
  out.module = syntax::parse_source(out.sources, out.id, out.diagnostics, limits);
  out.diagnostics.sort();
  return out;
}

std::string report_text(const ParsedText& parsed) {
  std::string out;
  for (const Diagnostic& d : parsed.diagnostics.all()) {
    const LineColumn at = parsed.sources.position(d.span.begin);
    out += std::string(parsed.sources.path(parsed.id)) + ":" + std::to_string(at.line) + ":" +
           std::to_string(at.column) + " " + std::string(info(d.code).number) + " " + d.message + "\n";
  }
  return out;
}

void check_golden(const std::string& relative, const std::string& actual) {
  const std::filesystem::path path = kProjectRoot / relative;
  INFO(relative << " (WRIT_UPDATE=1 rewrites it)");
  if (const char* update = std::getenv("WRIT_UPDATE"); update && std::string_view(update) == "1") {
    std::ofstream(path, std::ios::binary) << actual;
    WARN("wrote " << relative);
    return;
  }
  CHECK(read_project_file(relative) == actual);
}

std::vector<CodeBlock> code_blocks(std::string_view markdown, std::string_view language) {
  std::vector<CodeBlock> out;
  std::istringstream in{std::string(markdown)};
  std::string line;
  bool inside = false;
  bool wanted = false;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.starts_with("```")) {
      wanted = !inside && std::string_view(line).substr(3) == language;
      inside = !inside;
      if (wanted) out.push_back({number + 1, {}});
    } else if (inside && wanted) {
      out.back().text += line + '\n';
    }
  }
  return out;
}

} // namespace writ::test
