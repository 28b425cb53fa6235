// SPDX-License-Identifier: MIT
// The examples of the language reference are one project that compiles without a word of complaint.
#include "check/project.h"
#include "syntax/corpus.h"

#include <catch2/catch.hpp>

using namespace writ;

TEST_CASE("examples of the language reference compile") {
  SourceMap sources;
  Diagnostics diagnostics;
  MemoryFiles files;
  modules::LoadRequest request;
  for (const test::CodeBlock& block :
       test::code_blocks(test::read_project_file("docs/language.md"), "writ")) {
    const std::string path = "docs/language.md:" + std::to_string(block.line);
    files.contents[path] = block.text;
    request.files.push_back(path);
  }
  std::vector<std::pair<std::string, std::string>> library; // texts that the views below look into
  for (const std::string& path : test::project_files("stdlib/std", ".writ"))
    library.emplace_back(path.substr(std::string_view("stdlib/").size()), test::read_project_file(path));
  // Initiatives include controls of the library: their types are needed, too.
  std::string texts = test::read_project_file("docs/language.md");
  for (const auto& [path, text] : library)
    texts += text;
  Catalog catalog = testing::catalog_for(texts);
  std::vector<embedded::File> views;
  for (const auto& [path, text] : library)
    views.push_back({path, text});
  request.library = views;
  const modules::ModuleGraph graph = modules::load_modules(files, sources, request, diagnostics);
  const check::CheckedProject project = check::check_project(graph, catalog, diagnostics);
  diagnostics.sort();
  for (const Diagnostic& d : diagnostics.all())
    FAIL_CHECK(sources.path(sources.source_of(d.span)) << ": line " << sources.position(d.span.begin).line
                                                       << ": " << info(d.code).number << " " << d.message);
  CHECK(project.set.policies.size() >= 15);
  CHECK(project.tests.size() >= 6);
}
