// SPDX-License-Identifier: MIT
// Programs that lie. Each file of hostile/ holds cases: a line "; case <name>: <code> <part of the message>"
// and the lines up to the next one.
#include "sample.h"

#include <algorithm>
#include <set>

using namespace writ;
using namespace writ::bc;
using namespace writ::bc::testing;

namespace {

struct HostileCase {
  std::string name;
  std::string code;
  std::string message;
  std::string text;
};

std::vector<HostileCase> read_cases(const std::filesystem::path& path) {
  constexpr std::string_view kCase = "; case ";
  std::vector<HostileCase> cases;
  std::istringstream lines(read_test_file(path));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kCase)) {
      const std::size_t colon = line.find(": ");
      REQUIRE(colon != std::string::npos);
      cases.push_back({line.substr(kCase.size(), colon - kCase.size()), line.substr(colon + 2, 5),
                       line.size() > colon + 8 ? line.substr(colon + 8) : "", ""});
    } else if (!cases.empty()) {
      cases.back().text += line + "\n";
    }
  }
  return cases;
}

std::vector<HostileCase> all_cases() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(test_folder() / "hostile"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<HostileCase> cases;
  for (const auto& file : files)
    for (HostileCase& one : read_cases(file))
      cases.push_back(std::move(one));
  return cases;
}

/// The tables that every program needs.
constexpr const char* kMinimal = "node\ntype\n";

} // namespace

TEST_CASE("the verifier refuses what the interpreter could not survive") {
  const auto cases = all_cases();
  REQUIRE(cases.size() > 60);
  for (const HostileCase& hostile : cases) {
    INFO(hostile.name);
    const Program program = assembled(kMinimal + hostile.text);
    const Status status = verify(program);
    CHECK(code_of(status) == hostile.code);
    if (!status) {
      INFO(status.error().message);
      CHECK(status.error().message.find(hostile.message) != std::string::npos);
    }
    CHECK(code_of(load_text(store_program(program))).substr(0, 3) == "E06");
    CHECK_FALSE(disassemble(program).empty()); // a broken program can still be looked at
  }
}

TEST_CASE("every code of the verifier has a hostile program") {
  std::set<std::string> met = {"E0601", "E0602", "E0603", "E0613"}; // damage_test and round_trip_test
  for (const HostileCase& hostile : all_cases())
    met.insert(hostile.code);
  for (const CodeInfo& row : all_codes())
    if (row.number.substr(0, 3) == "E06") {
      INFO(row.number);
      CHECK(met.count(std::string(row.number)) == 1);
    }
}
