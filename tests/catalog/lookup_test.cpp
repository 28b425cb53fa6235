// SPDX-License-Identifier: MIT
// Looking things up: names in any case, the array behind its elements, prefixes, members, nearest names.
#include "catalog/field_of.h"
#include "writ/catalog.h"

#include <catch2/catch.hpp>

namespace {

using namespace writ;

constexpr std::string_view kSource = "type Contoso.Lab/widgets tracked\n"
                                     "  networkAcls.defaultAction string = Allow | Deny\n"
                                     "  networkAcls.ipRules[*].value string\n"
                                     "  network string\n"
                                     "  rules[*] object\n"
                                     "  rules[*].access @properties.rules[*].properties.access string\n"
                                     "  rules[*].access.externalDocs\n"
                                     "  hosts[*] @properties.hosts.list[*].host string = a | b\n"
                                     "  =Contoso.Lab/imageOffer @properties.image.offer string\n"
                                     "type Contoso.Lab/widgetSets tracked\n"
                                     "  =Contoso.Lab/imageOffer @properties.profile.image.offer string\n"
                                     "type Contoso.Lab/widgets/parts\n"
                                     "  colour string\n";

const Catalog& sample() {
  static const Catalog catalog = [] {
    Catalog made;
    REQUIRE(made.add_compact(kSource, "sample.catalog").ok());
    return made;
  }();
  return catalog;
}

} // namespace

TEST_CASE("types and properties are found in any case") {
  const ResourceTypeInfo* type = sample().find_type("contoso.lab/WIDGETS");
  REQUIRE(type != nullptr);
  CHECK(type->name == "Contoso.Lab/widgets");
  CHECK(sample().find_type("Contoso.Lab/widget") == nullptr);
  CHECK(sample().find_type("") == nullptr);

  const Alias* access = sample().find_property(*type, "RULES[*].Access");
  REQUIRE(access != nullptr);
  CHECK(access->name == "Contoso.Lab/widgets/rules[*].access");
  CHECK(sample().short_name(*access) == "rules[*].access");
  CHECK(sample().find_property(*type, "networkAcls") == nullptr);
  CHECK(sample().find_property(*type, "colour") == nullptr);
  CHECK(sample().find_property(*type, "") == nullptr);
}

TEST_CASE("one alias name may be listed on several types with its own path each") {
  const std::vector<Alias> entries = sample().find_alias("contoso.lab/imageoffer");
  REQUIRE(entries.size() == 2);
  CHECK(sample().types()[entries[0].type].name == "Contoso.Lab/widgets");
  CHECK(entries[0].path == "properties.image.offer");
  CHECK(sample().types()[entries[1].type].name == "Contoso.Lab/widgetSets");
  CHECK(entries[1].path == "properties.profile.image.offer");
  CHECK(sample().find_alias("Contoso.Lab/imageOffers").empty());

  const ir::Field field = field_of(sample(), entries);
  REQUIRE(field.resolutions.size() == 2);
  CHECK(field.resolutions[1].type == "Contoso.Lab/widgetSets");
  CHECK(ir::to_text(field.resolutions[1].path) == "properties.profile.image.offer");
}

TEST_CASE("an array that only its elements list is the array") {
  const std::vector<Alias> rules = sample().find_alias("Contoso.Lab/widgets/rules");
  REQUIRE(rules.size() == 1);
  CHECK(rules[0].name == "Contoso.Lab/widgets/rules");
  CHECK(rules[0].path == "properties.rules");
  CHECK(rules[0].property_type == PropertyType::Array);

  // The elements' allowed values are not the array's; a path that does not end in its elements names no
  // array.
  CHECK(sample().find_alias("Contoso.Lab/widgets/hosts").empty());
  CHECK(sample().find_alias("Contoso.Lab/widgets/network").size() == 1);
}

TEST_CASE("a prefix goes on behind a dot or with its elements") {
  const ResourceTypeInfo& type = *sample().find_type("Contoso.Lab/widgets");
  CHECK(sample().is_prefix(type, "networkAcls"));
  CHECK(sample().is_prefix(type, "NETWORKACLS.iprules"));
  CHECK(sample().is_prefix(type, "networkAcls.ipRules[*]"));
  CHECK(sample().is_prefix(type, "rules"));
  CHECK(sample().is_prefix(type, "rules[*]"));
  CHECK(sample().is_prefix(type, "rules[*].access"));
  CHECK_FALSE(sample().is_prefix(type, "network"));
  CHECK_FALSE(sample().is_prefix(type, "networkAcl"));
  CHECK_FALSE(sample().is_prefix(type, "networkAcls.defaultAction"));
  CHECK_FALSE(sample().is_prefix(type, "colour"));
}

TEST_CASE("members are the next steps behind a prefix") {
  const ResourceTypeInfo& type = *sample().find_type("Contoso.Lab/widgets");
  CHECK(sample().members(type, "") == std::vector<std::string>{"hosts", "network", "networkAcls", "rules"});
  CHECK(sample().members(type, "networkacls") == std::vector<std::string>{"defaultAction", "ipRules"});
  CHECK(sample().members(type, "rules[*]") == std::vector<std::string>{"access"});
  CHECK(sample().members(type, "network").empty());
}

TEST_CASE("nearest names come from the same neighbourhood") {
  REQUIRE_FALSE(sample().nearest_types("Contoso.Lab/wigdets").empty());
  CHECK(sample().nearest_types("Contoso.Lab/wigdets").front() == "Contoso.Lab/widgets");
  CHECK(sample().nearest_types("Fabrikam.Storage/boxes").empty());
  const std::vector<std::string> near =
      sample().nearest_aliases("contoso.lab/Widgets/networkAcls.defaultAktion");
  REQUIRE_FALSE(near.empty());
  CHECK(near.front() == "Contoso.Lab/widgets/networkAcls.defaultAction");
  const std::vector<std::string> part = sample().nearest_aliases("Contoso.Lab/widgets/parts/color");
  REQUIRE_FALSE(part.empty());
  CHECK(part.front() == "Contoso.Lab/widgets/parts/colour");
  CHECK(sample().nearest_aliases("nothing").empty());
}

TEST_CASE("a moved catalogue keeps its texts") {
  Catalog first;
  REQUIRE(first.add_compact(kSource, "sample.catalog").ok());
  Catalog second = std::move(first);
  Catalog third;
  third = std::move(second);
  const ResourceTypeInfo* type = third.find_type("Contoso.Lab/widgets");
  REQUIRE(type != nullptr);
  REQUIRE(third.find_property(*type, "network") != nullptr);
  CHECK(third.find_property(*type, "network")->path == "properties.network");
}

TEST_CASE("fields that every resource has") {
  REQUIRE(well_known_field("FullName").has_value());
  CHECK(well_known_field("FullName")->kind == ir::FieldKind::FullName);
  REQUIRE(well_known_field("identity.type").has_value());
  CHECK(ir::to_text(well_known_field("identity.type")->path) == "identity.type");
  CHECK_FALSE(well_known_field("identity.").has_value());
  CHECK_FALSE(well_known_field("properties").has_value());
  CHECK(tag_field("cost.centre").name == "tags['cost.centre']");
  CHECK(tag_field("owner's").name == "tags['owner''s']");
  REQUIRE(tag_field("cost.centre").path.size() == 2);
}
