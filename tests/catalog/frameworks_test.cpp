// SPDX-License-Identifier: MIT
// The framework data of the standard library: one framework a module, named after it, with well-formed ids.
#include "syntax/parse.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace {

using namespace writ;
namespace fs = std::filesystem;

struct Expectation {
  const char* id_form;
  std::size_t count;
  std::vector<const char*> some;
};

const std::map<std::string, Expectation>& expectations() {
  static const std::map<std::string, Expectation> table = {
      {"mcsb",
       {"(NS|IM|PA|DP|AM|LT|IR|PV|ES|BR|DS|GS|AI)-[1-9][0-9]?", 92, {"AI-1", "AI-7", "NS-10", "GS-10"}}},
      {"nist_ai_rmf",
       {"(GOVERN|MAP|MEASURE|MANAGE) [1-6](\\.[1-9][0-9]?)?",
        91,
        {"GOVERN 1", "MEASURE 2.13", "MANAGE 4.3"}}},
      {"owasp_llm", {"LLM(0[1-9]|10)", 10, {"LLM01", "LLM10"}}},
      {"eu_ai_act", {"Article [1-9][0-9]{0,2}", 28, {"Article 12", "Article 15", "Article 55"}}},
      {"mitre_atlas",
       {"AML\\.(T[0-9]{4}(\\.[0-9]{3})?|M[0-9]{4})", 48, {"AML.T0051", "AML.T0051.001", "AML.M0029"}}},
      {"iso_42001", {"A\\.([2-9]|10)(\\.[1-9]){1,2}", 38, {"A.2.2", "A.6.2.8", "A.10.4"}}},
  };
  return table;
}

} // namespace

TEST_CASE("each framework file holds its framework") {
  std::set<std::string> seen;
  for (const auto& entry :
       fs::directory_iterator(fs::path(WRIT_SOURCE_DIR) / "stdlib" / "std" / "frameworks")) {
    CAPTURE(entry.path().string());
    const std::string name = entry.path().stem().string();
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    SourceMap sources;
    Diagnostics diagnostics;
    const SourceId id = sources.add(entry.path().string(), text.str());
    const syntax::Module module = syntax::parse_source(sources, id, diagnostics);
    CHECK(diagnostics.all().empty());
    CHECK_FALSE(module.doc.empty());
    REQUIRE(module.frameworks.size() == 1);
    const syntax::FrameworkDecl& framework = module.frameworks.front();
    CHECK(framework.name.text == name);
    CHECK_FALSE(framework.title.empty());
    std::set<std::string> settings;
    for (const auto& [key, value] : framework.settings) {
      settings.insert(key.text);
      CHECK_FALSE(value.empty());
    }
    CHECK(settings == std::set<std::string>{"link", "version"});

    auto expected = expectations().find(name);
    REQUIRE(expected != expectations().end());
    seen.insert(name);
    const std::regex form(expected->second.id_form);
    std::set<std::string> ids;
    std::set<std::string> titles;
    for (const syntax::FrameworkItem& item : framework.items) {
      CAPTURE(item.id.text);
      CHECK(std::regex_match(item.id.text, form));
      CHECK(ids.insert(item.id.text).second);
      CHECK_FALSE(item.title.empty());
      CHECK(titles.insert(item.title).second);
    }
    CHECK(ids.size() == expected->second.count);
    for (const char* one : expected->second.some)
      CHECK(ids.count(one) == 1);
  }
  CHECK(seen.size() == expectations().size());
}
