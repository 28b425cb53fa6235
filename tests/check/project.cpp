// SPDX-License-Identifier: MIT
#include "check/project.h"
#include "support/annotations.h"
#include "writ/text.h"

#include <filesystem>
#include <stdexcept>

namespace writ::testing {

std::string read_source_file(const std::string& path) {
  Result<std::string> text = DiskFiles().read(WRIT_SOURCE_DIR "/" + path);
  if (!text.ok()) throw std::runtime_error("cannot read " + path);
  return *text;
}

std::vector<std::string> list_source_files(const std::string& folder, std::string_view suffix) {
  Result<std::vector<std::string>> all = DiskFiles().list(WRIT_SOURCE_DIR "/" + folder);
  if (!all.ok()) throw std::runtime_error("cannot list " + folder);
  const std::string root = WRIT_SOURCE_DIR "/";
  std::vector<std::string> names;
  for (const std::string& path : *all)
    if (path.ends_with(suffix)) names.push_back(path.starts_with(root) ? path.substr(root.size()) : path);
  return names;
}

Catalog catalog_for(std::string_view text) {
  Catalog catalog;
  const std::string folded = lower_ascii(text);
  for (const std::string& path : list_source_files("stdlib/catalog", ".catalog")) {
    const std::string provider = lower_ascii(std::filesystem::path(path).stem().string());
    if (folded.find(provider) == std::string::npos) continue;
    if (Status status = catalog.add_compact(read_source_file(path), path); !status.ok())
      throw std::runtime_error(path + ": " + status.error().message);
  }
  return catalog;
}

CheckedText check_text(std::string_view text) {
  CheckedText out;
  out.catalog = catalog_for(text);
  MemoryFiles files;
  modules::LoadRequest request;
  const std::vector<ProjectFile> parts = split_project(text);
  std::vector<embedded::File> library;
  for (const ProjectFile& part : parts) {
    if (part.library) {
      library.push_back({part.path, part.text});
      continue;
    }
    files.contents[part.path] = part.text;
    request.files.push_back(part.path);
  }
  request.library = library;
  out.graph = modules::load_modules(files, out.sources, request, out.diagnostics);
  out.project = check::check_project(out.graph, out.catalog, out.diagnostics);
  out.diagnostics.sort();
  return out;
}

} // namespace writ::testing
