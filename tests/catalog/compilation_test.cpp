// SPDX-License-Identifier: MIT
// The catalogue in a compilation: what is built in, and what alias files add or get wrong.
#include "writ/compiler.h"
#include "writ/embedded.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

namespace {

using namespace writ;
namespace fs = std::filesystem;

constexpr const char* kControl = "module lab.parts\n"
                                 "control red_parts \"parts are red\" {\n"
                                 "  id       \"LAB-1\"\n"
                                 "  severity low\n"
                                 "  on Contoso.Lab/widgets/parts as part\n"
                                 "  require part.colour == \"red\"\n"
                                 "}\n";

constexpr const char* kExport = R"([{"namespace": "Contoso.Lab", "resourceTypes": [
    {"resourceType": "widgets", "aliases": [
      {"name": "Contoso.Lab/widgets/size", "defaultPath": "properties.size", "paths": []}]},
    {"resourceType": "widgets/parts", "aliases": [
      {"name": "Contoso.Lab/widgets/parts/colour", "defaultPath": "properties.paint.colour", "paths": []}]}]}])";

Compilation compile_lab(const std::vector<std::string>& alias_files) {
  MemoryFiles files;
  files.contents = {{"lab.writ", kControl}, {"lab.json", kExport}, {"broken.json", "[{\"namespace\": }]"}};
  CompileRequest request;
  request.sources = {"lab.writ"};
  request.alias_files = alias_files;
  return Compilation::compile(files, request);
}

void check_embedded(std::span<const embedded::File> files, const char* folder, const char* extension) {
  const fs::path base = fs::path(WRIT_SOURCE_DIR) / "stdlib" / folder;
  std::set<std::string> expected;
  for (const auto& entry : fs::recursive_directory_iterator(base))
    if (entry.path().extension() == extension) expected.insert(entry.path().string());
  std::set<std::string> seen;
  for (const embedded::File& file : files) {
    CAPTURE(file.path);
    // Paths of the library begin with `std/`, those of the catalogue with nothing.
    const fs::path path =
        fs::path(file.path).begin()->string() == folder ? base.parent_path() / file.path : base / file.path;
    const Result<std::string> text = DiskFiles().read(path.string());
    REQUIRE(text.ok());
    CHECK(file.text == *text);
    CHECK(seen.insert(path.string()).second);
  }
  CHECK(seen == expected);
}

} // namespace

TEST_CASE("the files of the library are in the program as they are on disk") {
  check_embedded(embedded::builtin_catalog(), "catalog", ".catalog");
  check_embedded(embedded::standard_library(), "std", ".writ");
}

TEST_CASE("an alias file adds every type of its providers") {
  const Compilation without = compile_lab({});
  REQUIRE_FALSE(without.diagnostics().all().empty());
  CHECK(without.diagnostics().all().front().code == Code::UnknownResourceType);

  const Compilation with = compile_lab({"lab.json"});
  for (const Diagnostic& d : with.diagnostics().all())
    UNSCOPED_INFO(d.message);
  CHECK(with.ok());
  const std::vector<Alias> colour = with.catalog().find_alias("Contoso.Lab/widgets/parts/colour");
  REQUIRE(colour.size() == 1);
  CHECK(colour[0].path == "properties.paint.colour");
  CHECK(with.catalog().find_type("Microsoft.Search/searchServices") != nullptr);
}

TEST_CASE("alias files that cannot be read end the compilation") {
  for (const char* name : {"broken.json", "absent.json"}) {
    CAPTURE(name);
    const Compilation compilation = compile_lab({name});
    CHECK_FALSE(compilation.ok());
    REQUIRE_FALSE(compilation.diagnostics().all().empty());
    const Diagnostic& d = compilation.diagnostics().all().front();
    CHECK(d.code ==
          (name == std::string_view("broken.json") ? Code::InvalidAliasExport : Code::FileUnreadable));
  }
}
