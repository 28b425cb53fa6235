// SPDX-License-Identifier: MIT
// The conformance corpus tests/azure: the importer and the VM give the expected results.
#include "import/conformance.h"

#include <catch2/catch.hpp>
#include <iostream>

namespace writ::test {
namespace {

TEST_CASE("the conformance corpus holds for importer and VM") {
  const auto cases = reference::read_corpus(WRIT_SOURCE_DIR "/tests/azure");
  REQUIRE(cases.size() >= 400);
  std::size_t held = 0;
  std::size_t others = 0;
  for (const reference::CorpusCase& c : cases) {
    const std::optional<std::string> problem = run_on_vm(c);
    if (!problem)
      ++others;
    else if (problem->empty())
      ++held;
    else
      FAIL_CHECK(c.file << ":" << c.line << ": " << c.name << ": " << *problem);
  }
  CHECK(held > 0);
  std::cout << "conformance corpus on the VM: " << held << " of " << cases.size() << " cases hold, " << others
            << " are about documents that are not read\n";
}

} // namespace
} // namespace writ::test
