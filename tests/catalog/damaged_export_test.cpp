// SPDX-License-Identifier: MIT
// Exports that cannot be read: a position for every mistake, nothing thrown, whatever the bytes.
#include "writ/catalog.h"

#include <catch2/catch.hpp>
#include <random>

namespace {

using namespace writ;

Diagnostic failure(std::string_view text) {
  Catalog catalog;
  Status status = catalog.add_provider_export(text, "broken.json");
  REQUIRE_FALSE(status.ok());
  return status.take_error();
}

constexpr std::string_view kGood =
    R"([{"namespace":"Contoso.Lab","resourceTypes":[{"resourceType":"w","aliases":[{"name":"Contoso.Lab/w/a",)"
    R"("defaultPath":"properties.a","defaultMetadata":{"type":"String","attributes":"Modifiable"},"defaultPattern":null,)"
    R"("paths":[{"path":"properties.b","apiVersions":["2020-01-01"],"metadata":{"type":"String","attributes":"None"}}]}]}]}])";

} // namespace

TEST_CASE("malformed exports are reported with their position") {
  struct Row {
    const char* text;
    std::uint64_t line;
    std::uint64_t column;
  };
  const Row rows[] = {
      {"[\n  {\"namespace\": \"Contoso.Lab\",\n   \"resourceTypes\": [}]", 3, 22},
      {"[\n{\"namespace\": nul}]", 2, 18},
      {"[{\"namespace\": \"Contoso.Lab\"", 1, 29},
      {"[{\"namespace\": \"a\nb\"}]", 1, 18},
      {"", 1, 1},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Diagnostic d = failure(row.text);
    CHECK(d.code == Code::InvalidAliasExport);
    CHECK(d.file == "broken.json");
    CHECK(d.line == row.line);
    CHECK(d.column == row.column);
    CHECK(d.message.find("json.exception") == std::string::npos);
    CHECK(d.message.find('\n') == std::string::npos);
  }
}

TEST_CASE("JSON that is no provider export is reported") {
  for (const char* text : {"[]", "{}", "null", "42", "\"aliases\"", "{\"value\": []}",
                           "[{\"namespace\": \"Contoso.Lab\", \"resourceTypes\": []}]",
                           "[{\"id\": \"/subscriptions/1\", \"type\": \"Contoso.Lab/widgets\"}]",
                           "[{\"resourceTypes\": [{\"resourceType\": \"w\", \"aliases\": [{\"name\": "
                           "\"x/w/a\", \"defaultPath\": \"a\"}]}]}]",
                           "[{\"namespace\": 1, \"resourceTypes\": [{\"resourceType\": 2, \"aliases\": "
                           "[{\"name\": 3, \"defaultPath\": 4}]}]}]"}) {
    CAPTURE(text);
    const Diagnostic d = failure(text);
    CHECK_THAT(d.message, Catch::Matchers::Contains("holds no alias"));
    REQUIRE_FALSE(d.notes.empty());
    CHECK_THAT(d.notes.front(), Catch::Matchers::Contains("az provider list"));
  }
}

TEST_CASE("deep nesting ends the reading") {
  const std::string deep = std::string(100'000, '[');
  CHECK_THAT(failure(deep).message, Catch::Matchers::Contains("nested too deep"));
  std::string objects;
  for (int i = 0; i < 1000; ++i)
    objects += "{\"aliases\":[";
  CHECK_THAT(failure(objects).message, Catch::Matchers::Contains("nested too deep"));
}

TEST_CASE("every cut of an export is reported") {
  for (std::size_t length = 0; length < kGood.size(); ++length) {
    CAPTURE(length);
    const Diagnostic d = failure(kGood.substr(0, length));
    CHECK(d.line == 1);
    CHECK(d.column <= length + 1);
  }
}

TEST_CASE("altered bytes never break the reader") {
  std::mt19937 random(20260822);
  std::uniform_int_distribution<std::size_t> position(0, kGood.size() - 1);
  constexpr std::string_view kBytes = "{}[]\",:\\ntaliases01\x80\xff";
  std::uniform_int_distribution<std::size_t> byte(0, kBytes.size() - 1);
  std::size_t refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text(kGood);
    for (int change = 0; change <= round % 4; ++change)
      text[position(random)] = kBytes[byte(random)];
    Catalog catalog;
    Status status = catalog.add_provider_export(text, "altered.json");
    if (!status.ok()) {
      ++refused;
      CHECK(status.error().code == Code::InvalidAliasExport);
    }
    // What was read is consistent all the same.
    for (const ResourceTypeInfo& type : catalog.types())
      for (std::uint32_t index : type.aliases)
        REQUIRE(&catalog.types()[catalog.alias(index).type] == &type);
  }
  CHECK(refused > 1000);
}
