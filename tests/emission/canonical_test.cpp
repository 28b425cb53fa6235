// SPDX-License-Identifier: MIT
// Equal sources give equal bytes: whatever their order, the locale, the time zone.
#include "writ/compiler.h"
#include "writ/files.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <clocale>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <locale>
#include <map>
#include <random>

namespace {

using namespace writ;

using Output = std::map<std::string, std::string>; ///< "target/path" -> text

Output emitted(const Files& files, const std::vector<std::string>& sources) {
  CompileRequest request;
  request.sources = sources;
  Compilation compilation = Compilation::compile(files, request);
  REQUIRE(compilation.ok());
  Output out;
  for (const EmitTargetInfo& target : emit_targets()) {
    EmitRequest emit;
    emit.target = target.name;
    for (const EmittedFile& file : compilation.emit(emit).files)
      out[std::string(target.name) + "/" + file.path] = file.text;
  }
  return out;
}

/// The modules of the standard library as files of a user, and a folder of definitions.
MemoryFiles library_files(std::vector<std::string>& paths) {
  const std::string root = std::string(WRIT_SOURCE_DIR) + "/stdlib/";
  const DiskFiles disk;
  MemoryFiles out;
  const std::vector<std::string> modules = disk.list(root + "std").value();
  for (const std::string& path : modules) {
    if (!path.ends_with(".writ")) continue;
    const std::string name = path.substr(root.size());
    (void)out.write(name, *disk.read(path));
    paths.push_back(name);
  }
  // Counts over values that are equal but for the name of their element, in two files.
  for (const char* name : {"alpha", "beta"}) {
    const std::string text = std::string("module lab.") + name + "\n\ncontrol c_" + name +
                             " \"Names\" {\n  id \"LAB-" + name + "\"\n  severity low\n" +
                             "  param suffixes: [String] = [\"a\", \"b\"]\n" +
                             "  on Microsoft.CognitiveServices/accounts as account\n  require any " + name +
                             " in suffixes: account.name like concat(\"*\", " + name + ")\n}\n";
    (void)out.write(std::string("lab/") + name + ".writ", text);
    paths.push_back(std::string("lab/") + name + ".writ");
  }
  // Two copies of one definition, and one of its own.
  const std::string definition =
      R"({"name":"twice","properties":{"displayName":"Twice","mode":"All","metadata":{"version":"1.0.0","category":"T"},)"
      R"("parameters":{"effect":{"type":"String","metadata":{"displayName":"Effect"},"allowedValues":["Audit","Disabled"],)"
      R"("defaultValue":"Audit"}},"policyRule":{"if":{"field":"name","like":"x*"},"then":{"effect":"[parameters('effect')]"}}}})";
  (void)out.write("defs/a.json", definition);
  (void)out.write("defs/b.json", definition);
  paths.push_back("defs/a.json");
  paths.push_back("defs/b.json");
  return out;
}

void check_equal(const Output& a, const Output& b) {
  CHECK(a.size() == b.size());
  for (const auto& [path, text] : a) {
    INFO(path);
    const auto found = b.find(path);
    REQUIRE(found != b.end());
    if (found->second != text) FAIL_CHECK("the bytes differ");
  }
}

} // namespace

TEST_CASE("the order of sources does not show in what is emitted", "[canonical]") {
  std::vector<std::string> paths;
  const MemoryFiles files = library_files(paths);
  const Output first = emitted(files, paths);
  REQUIRE(first.size() > 300);
  CHECK(first.contains("azure-policy/twice.json"));
  check_equal(first, emitted(files, paths)); // again
  std::reverse(paths.begin(), paths.end());
  check_equal(first, emitted(files, paths));
  std::mt19937 random(20260101);
  for (int i = 0; i < 2; ++i) {
    std::shuffle(paths.begin(), paths.end(), random);
    check_equal(first, emitted(files, paths));
  }
}

TEST_CASE("locale and time zone do not show in what is emitted", "[canonical]") {
  const DiskFiles files;
  const Output first = emitted(files, {"std"});
  // A locale of our own: it does not depend on what is installed, and writes numbers as nobody else does.
  struct Separators : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new Separators));
  setenv("TZ", "Pacific/Chatham", 1);
  tzset();
  check_equal(first, emitted(files, {"std"}));
  std::locale::global(before);
  setenv("TZ", "America/St_Johns", 1);
  tzset();
  for (const char* name : {"de_DE.UTF-8", "tr_TR.UTF-8", "C.UTF-8"})
    if (std::setlocale(LC_ALL, name)) check_equal(first, emitted(files, {"std"}));
  std::setlocale(LC_ALL, "C");
  setenv("TZ", "UTC", 1);
  tzset();
}
