// SPDX-License-Identifier: MIT
// What a transfer or an attacker does to a bundle's bytes.
#include "bytecode/sections.h"
#include "sample.h"
#include "writ/bytecode/format.h"

#include <cstdlib>
#include <random>

using namespace writ;
using namespace writ::bc;
using namespace writ::bc::testing;

TEST_CASE("a changed byte never goes unnoticed") {
  const std::string bytes = store_program(sample_program());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x41);
    const std::string code = code_of(load_text(changed));
    INFO("byte " << i);
    CHECK(code == (i < 8 ? "E0602" : i < 12 ? "E0603" : "E0601"));
  }
}

TEST_CASE("a bundle that is cut off is refused") {
  const std::string bytes = store_program(sample_program());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    INFO("size " << size);
    CHECK(code_of(load_text(bytes.substr(0, size))) == "E0601");
    std::string sealed = bytes.substr(0, size);
    seal_bundle(sealed);
    CHECK(code_of(load_text(sealed)) == "E0601");
  }
  std::string longer = bytes + "x";
  seal_bundle(longer);
  CHECK(code_of(load_text(longer)) == "E0601");
}

TEST_CASE("files of other kinds are no bundles") {
  CHECK(code_of(load_text("{\"value\":[]}")) == "E0602");
  CHECK(code_of(load_text("WRITC")) == "E0602");
  CHECK(code_of(load_text("")) == "E0601");
}

TEST_CASE("the error names the file") {
  const auto result = load_text("no bundle");
  REQUIRE_FALSE(result);
  CHECK(result.error().file == "test.writb");
}

/// Someone who changes a byte and repairs the hash meets the verifier. What it accepts must still be a
/// program that can be stored and printed; the VM's tests run such programs.
TEST_CASE("a changed byte with a repaired hash is refused or harmless") {
  const std::string bytes = store_program(sample_program());
  std::mt19937 random(20240607);
  std::size_t accepted = 0;
  for (std::size_t i = kHashedFrom; i < bytes.size(); ++i)
    for (const int change : {1, 0x80, static_cast<int>(random() % 255) + 1}) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(changed[i] ^ change);
      seal_bundle(changed);
      auto result = load_text(changed);
      if (!result) {
        CHECK(code_of(result).substr(0, 3) == "E06");
        continue;
      }
      ++accepted;
      CHECK(store_program(*result) == changed);
      CHECK_FALSE(disassemble(*result).empty());
    }
  CHECK(accepted > 0); // texts may change freely
}

TEST_CASE("malformed sections are refused whatever their hash") {
  const std::string bytes = store_program(sample_program());
  const std::string text = "Contoso.Lab/widgets/tier";
  std::string broken = bytes;
  broken[broken.find(text)] = '\xff'; // invalid UTF-8 in the string pool
  seal_bundle(broken);
  CHECK(code_of(load_text(broken)) == "E0604");
}

TEST_CASE("seeds for the fuzzer") {
  const char* folder = std::getenv("WRIT_SEEDS");
  if (folder == nullptr) return;
  std::ofstream(std::filesystem::path(folder) / "sample.writb", std::ios::binary)
      << store_program(sample_program());
}
