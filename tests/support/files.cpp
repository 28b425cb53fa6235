// SPDX-License-Identifier: MIT
#include "support/files.h"

#include <fstream>
#include <iostream>
#include <sstream>

namespace writ::testing {

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::optional<std::string> read_published(std::string_view name) {
  std::optional<std::string> out = read_file(WRIT_SHARED_DIR "/azure/" + std::string(name));
  if (!out) std::cout << "skipped: ../shared/azure/" << name << " is not there\n";
  return out;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    out.push_back(line);
  return out;
}

} // namespace writ::testing
