// SPDX-License-Identifier: MIT
#include "ir/standard_library.h"

#include <deque>
#include <stdexcept>

namespace writ::testing {

CheckedText standard_library() {
  CheckedText out;
  std::deque<std::string> texts;
  std::deque<std::string> paths;
  std::vector<embedded::File> library;
  for (const std::string& path : list_source_files("stdlib/std", ".writ")) {
    texts.push_back(read_source_file(path));
    paths.push_back(path.substr(std::string_view("stdlib/").size()));
    library.push_back({paths.back(), texts.back()});
  }
  std::string all;
  for (const std::string& text : texts)
    all += text;
  out.catalog = catalog_for(all);
  modules::LoadRequest request;
  request.standard_library = true;
  request.library = library;
  out.graph = modules::load_modules(MemoryFiles(), out.sources, request, out.diagnostics);
  out.project = check::check_project(out.graph, out.catalog, out.diagnostics);
  for (const Diagnostic& diagnostic : out.diagnostics.all())
    if (diagnostic.severity == Severity::Error) throw std::runtime_error(diagnostic.message);
  return out;
}

} // namespace writ::testing
