// SPDX-License-Identifier: MIT
// The compact catalogue format: what a line means, and which mistakes are reported where.
#include "writ/catalog.h"

#include <catch2/catch.hpp>

namespace {

using namespace writ;

Catalog read_compact(std::string_view text) {
  Catalog catalog;
  Status status = catalog.add_compact(text, "made.catalog");
  if (!status.ok()) FAIL(status.error().message);
  return catalog;
}

const Alias& property(const Catalog& catalog, std::string_view type, std::string_view name) {
  const ResourceTypeInfo* info = catalog.find_type(type);
  REQUIRE(info != nullptr);
  const Alias* alias = catalog.find_property(*info, name);
  REQUIRE(alias != nullptr);
  return *alias;
}

} // namespace

TEST_CASE("a line of the compact format states one alias") {
  const Catalog catalog = read_compact("# a comment\n"
                                       "type Contoso.Lab/widgets tracked\n"
                                       "  size integer\n"
                                       "  sku.name @sku.name string = Basic | Very Large\n"
                                       "\n"
                                       "  etag string ro\n"
                                       "  adminKey string secret modifiable\n"
                                       "  rules[*].access @properties.rules[*].properties.access\n"
                                       "  type string\n"
                                       "  =Contoso.Lab/oldName @properties.old.name boolean deprecated\n"
                                       "type Contoso.Lab/widgets/parts proxy\r\n"
                                       "\tcolour\r\n"
                                       "type Contoso.Data/things data\n");

  const Alias& size = property(catalog, "Contoso.Lab/widgets", "size");
  CHECK(size.name == "Contoso.Lab/widgets/size");
  CHECK(size.path == "properties.size");
  CHECK(size.property_type == PropertyType::Integer);
  CHECK(size.modifiable == Ternary::Unknown);
  CHECK_FALSE(size.read_only);

  const Alias& sku = property(catalog, "Contoso.Lab/widgets", "sku.name");
  CHECK(sku.path == "sku.name");
  CHECK(sku.allowed == std::vector<std::string_view>{"Basic", "Very Large"});

  CHECK(property(catalog, "Contoso.Lab/widgets", "etag").read_only);
  CHECK(property(catalog, "Contoso.Lab/widgets", "adminKey").secret);
  CHECK(property(catalog, "Contoso.Lab/widgets", "adminKey").modifiable == Ternary::Yes);
  CHECK(property(catalog, "Contoso.Lab/widgets", "rules[*].access").path ==
        "properties.rules[*].properties.access");
  CHECK(property(catalog, "Contoso.Lab/widgets", "type").path == "properties.type");
  CHECK(property(catalog, "Contoso.Lab/widgets/parts", "colour").path == "properties.colour");

  const std::vector<Alias> old = catalog.find_alias("contoso.lab/OLDNAME");
  REQUIRE(old.size() == 1);
  CHECK(old[0].path == "properties.old.name");
  CHECK(old[0].deprecated);
  CHECK(catalog.types()[old[0].type].name == "Contoso.Lab/widgets");

  CHECK(catalog.find_type("Contoso.Lab/widgets")->tracked == Ternary::Yes);
  CHECK(catalog.find_type("Contoso.Lab/widgets/parts")->tracked == Ternary::No);
  CHECK(catalog.find_type("Contoso.Data/things")->tracked == Ternary::Unknown);
  CHECK(catalog.find_type("Contoso.Data/things")->data_plane);
}

TEST_CASE("a later file adds to a type and keeps what it is silent about") {
  Catalog catalog;
  REQUIRE(
      catalog
          .add_compact("type Contoso.Lab/widgets tracked\n  size integer ro\n  mode string = A | B\n", "one")
          .ok());
  REQUIRE(catalog.add_compact("type CONTOSO.LAB/WIDGETS\n  SIZE @sku.size\n  weight number\n", "two").ok());

  CHECK(catalog.types().size() == 1);
  CHECK(catalog.alias_count() == 3);
  const Alias& size = property(catalog, "Contoso.Lab/widgets", "size");
  CHECK(size.path == "sku.size");
  CHECK(size.property_type == PropertyType::Integer);
  CHECK(size.read_only);
  CHECK(property(catalog, "Contoso.Lab/widgets", "mode").allowed.size() == 2);
  CHECK(property(catalog, "Contoso.Lab/widgets", "weight").property_type == PropertyType::Number);
  CHECK(catalog.find_type("Contoso.Lab/widgets")->tracked == Ternary::Yes);
}

TEST_CASE("mistakes of the compact format are reported with file and line") {
  struct Row {
    const char* text;
    std::uint64_t line;
    const char* message;
  };
  const Row rows[] = {
      {"type widgets\n", 1, "`type` needs a resource type"},
      {"type\n", 1, "`type` needs a resource type"},
      {"type Contoso.Lab/\n", 1, "`type` needs a resource type"},
      {"# one\n\ntype Contoso.Lab/widgets traked\n", 3, "unknown type flag `traked`"},
      {"  size integer\n", 1, "before the first `type`"},
      {"type Contoso.Lab/widgets\n  size integr\n", 2, "unknown word `integr`"},
      {"type Contoso.Lab/widgets\n  size integer bogus\n", 2, "unknown word `bogus`"},
      {"type Contoso.Lab/widgets\n  size integer string\n", 2, "two types"},
      {"type Contoso.Lab/widgets\n  size @\n", 2, "empty path"},
      {"type Contoso.Lab/widgets\n  =\n", 2, "no name"},
      {"type Contoso.Lab/widgets\n  =Contoso.Lab/old string\n", 2, "needs a path"},
      {"type Contoso.Lab/widgets\n  size string =\n", 2, "no value"},
      {"type Contoso.Lab/widgets\n  size string = A || B\n", 2, "no value"},
      {"type Contoso.Lab/widgets\nsize string\n", 2, "indented"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    Catalog catalog;
    Status status = catalog.add_compact(row.text, "made.catalog");
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().code == Code::InvalidCatalog);
    CHECK(status.error().file == "made.catalog");
    CHECK(status.error().line == row.line);
    CHECK_THAT(status.error().message, Catch::Matchers::Contains(row.message));
  }
}
