// SPDX-License-Identifier: MIT
// Published XXH64 values: another implementation must be able to check our bundles.
#include "writ/bytecode/bundle.h"

#include <catch2/catch.hpp>

#include <string>

TEST_CASE("the content hash is XXH64 with seed 0") {
  CHECK(writ::bc::content_hash("") == 0xEF46DB3751D8E999ull);
  CHECK(writ::bc::content_hash("a") == 0xD24EC4F1A98C6E5Bull);
  CHECK(writ::bc::content_hash("abc") == 0x44BC2CF5AD770999ull);
  CHECK(writ::bc::content_hash("Nobody inspects the spammish repetition") == 0xFBCEA83C8A378BF1ull);
}

TEST_CASE("every byte of a text of any length changes the hash") {
  for (const std::size_t size : {1u, 3u, 4u, 8u, 31u, 32u, 33u, 64u, 100u}) {
    const std::string text(size, 'x');
    for (std::size_t i = 0; i < size; ++i) {
      std::string other = text;
      other[i] = 'y';
      CHECK(writ::bc::content_hash(other) != writ::bc::content_hash(text));
    }
  }
}
