// SPDX-License-Identifier: MIT
// The page about the semantics names every operator, function, switch and error, and the files that pin them.
#include "writ/semantics/functions.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

using namespace writ;

namespace {

std::string read(const std::string& path) {
  std::ifstream in(std::string(WRIT_SOURCE_DIR) + "/" + path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string page() { return read("docs/azure-policy-semantics.md"); }

/// The text below a heading of the second level.
std::string section(const std::string& title) {
  const std::string text = page();
  const std::size_t begin = text.find("\n## " + title + "\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find("\n## ", begin + 4) - begin);
}

} // namespace

TEST_CASE("the page has the sections that comments refer to") {
  for (const char* title : {"Values", "Truth", "Case", "Operators", "Equality", "Patterns", "Ordering",
                            "Functions", "Compatibility switches"}) {
    INFO(title);
    CHECK_FALSE(section(title).empty());
  }
}

TEST_CASE("the page names every operator and function with its arguments") {
  const std::string operators = section("Operators");
  for (const OperatorInfo& row : all_operators()) {
    INFO(row.azure_name);
    CHECK(operators.find("`" + std::string(row.azure_name) + "`") != std::string::npos);
  }
  const std::string functions = section("Functions");
  for (const FunctionInfo& row : all_functions()) {
    const std::string arguments = row.max_args == 255 ? std::to_string(row.min_args) + "+"
                                  : row.min_args == row.max_args
                                      ? std::to_string(row.min_args)
                                      : std::to_string(row.min_args) + "-" + std::to_string(row.max_args);
    const std::string cells = "| `" + std::string(row.name) + "` | " + arguments + " | ";
    INFO(cells);
    CHECK(functions.find(cells) != std::string::npos);
  }
}

TEST_CASE("the page names every switch") {
  const std::string switches = section("Compatibility switches");
  for (const char* name : {"like_question_mark", "lenient_ordering", "numeric_strings", "vacuous_missing",
                           "eager_logic", "innermost_current"}) {
    INFO(name);
    CHECK(switches.find("`" + std::string(name) + "`") != std::string::npos);
  }
}

TEST_CASE("the page names every error code that the sources use") {
  const std::string text = page();
  const std::regex code("(?:fail|fails|make_error)\\((?:why, |arena, |call\\.arena, )?\"([a-z-]+)\"");
  std::set<std::string> found;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(WRIT_SOURCE_DIR) + "/runtime/semantics")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string source = read("runtime/semantics/" + entry.path().filename().string());
    for (std::sregex_iterator it(source.begin(), source.end(), code), end; it != end; ++it)
      found.insert((*it)[1]);
  }
  CHECK(found.size() >= 18);
  for (const std::string& word : found) {
    INFO(word);
    CHECK(text.find("`" + word + "`") != std::string::npos);
  }
}

TEST_CASE("every test file that these sections name exists") {
  const std::regex name("tests/semantics/[a-z_]+\\.(?:yaml|cpp)");
  const std::string text = page();
  std::set<std::string> named;
  for (std::sregex_iterator it(text.begin(), text.end(), name), end; it != end; ++it)
    named.insert(it->str());
  CHECK(named.size() >= 8);
  for (const std::string& path : named) {
    INFO(path);
    CHECK(std::filesystem::exists(std::string(WRIT_SOURCE_DIR) + "/" + path));
  }
}
