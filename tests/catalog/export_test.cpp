// SPDX-License-Identifier: MIT
// Provider exports: the shapes they come in, versioned paths, metadata, patterns, data-plane manifests.
#include "catalog/field_of.h"
#include "writ/catalog.h"

#include <catch2/catch.hpp>

namespace {

using namespace writ;

Catalog read_export(std::string_view text) {
  Catalog catalog;
  Status status = catalog.add_provider_export(text, "export.json");
  if (!status.ok()) FAIL(status.error().message);
  return catalog;
}

Alias only(const Catalog& catalog, std::string_view name) {
  std::vector<Alias> entries = catalog.find_alias(name);
  REQUIRE(entries.size() == 1);
  return entries.front();
}

} // namespace

TEST_CASE("an array of providers, a page of them and one provider read alike") {
  const std::string provider = R"({"namespace": "Contoso.Lab", "resourceTypes": [
      {"resourceType": "widgets", "aliases": [
        {"name": "Contoso.Lab/widgets/size", "defaultPath": "properties.size", "paths": []}]},
      {"resourceType": "widgets/parts", "aliases": [
        {"name": "Contoso.Lab/widgets/parts/colour", "defaultPath": "properties.colour", "paths": null}]},
      {"resourceType": "operations", "aliases": null}]})";
  for (const std::string& text :
       {provider, "[" + provider + "]", R"({"value": [)" + provider + R"(], "nextLink": null})"}) {
    CAPTURE(text);
    const Catalog catalog = read_export(text);
    CHECK(catalog.alias_count() == 2);
    CHECK(only(catalog, "contoso.lab/widgets/SIZE").path == "properties.size");
    CHECK(only(catalog, "Contoso.Lab/widgets/parts/colour").path == "properties.colour");
    CHECK(catalog.find_type("Contoso.Lab/operations") != nullptr);
  }
}

TEST_CASE("keys may come in any order") {
  // The namespace behind its types, the types' names behind their aliases, versions before the default path.
  const Catalog catalog = read_export(R"([
    {"resourceTypes": [
       {"aliases": [{"paths": [{"apiVersions": ["2020-01-01"], "path": "properties.old"}],
                     "defaultPath": {"apiVersions": ["2021-01-01"], "path": "properties.a"},
                     "name": "Contoso.Lab/one/a"}], "resourceType": "one"},
       {"aliases": [{"defaultPath": "properties.b", "name": "Contoso.Lab/two/b"}], "resourceType": "two"}],
     "namespace": "Contoso.Lab"},
    {"resourceTypes": [
       {"aliases": [{"defaultPath": "properties.c", "name": "Fabrikam.Box/three/c"}], "resourceType": "three"}],
     "namespace": "Fabrikam.Box"}])");
  REQUIRE(catalog.types().size() == 3);
  CHECK(catalog.types()[0].name == "Contoso.Lab/one");
  CHECK(catalog.types()[1].name == "Contoso.Lab/two");
  CHECK(catalog.types()[2].name == "Fabrikam.Box/three");
  const Alias a = only(catalog, "Contoso.Lab/one/a");
  CHECK(a.path == "properties.a");
  REQUIRE(a.versions.size() == 1);
  CHECK(a.versions[0].api_versions == std::vector<std::string_view>{"2020-01-01"});
}

TEST_CASE("paths by API version") {
  const Catalog catalog =
      read_export(R"([{"namespace": "Contoso.Lab", "resourceTypes": [{"resourceType": "plans", "aliases": [
    {"name": "Contoso.Lab/plans/tier", "defaultPath": "sku.tier",
     "defaultMetadata": {"type": "String", "attributes": "None"},
     "paths": [
       {"path": "properties.pricingTier", "apiVersions": ["2015-06-15", "2016-01-01"],
        "metadata": {"type": "String", "attributes": "Modifiable"}},
       {"path": "sku.tier", "apiVersions": ["2020-01-01"]},
       {"path": null, "apiVersions": ["2021-01-01"]}]},
    {"name": "Contoso.Lab/plans/first", "defaultPath": null,
     "paths": [{"path": "properties.first", "apiVersions": ["2015-06-15"]},
               {"path": "properties.second", "apiVersions": ["2016-01-01"]}]},
    {"name": "Contoso.Lab/plans/nowhere", "paths": []}]}]}])");
  CHECK(catalog.alias_count() == 2);
  CHECK(catalog.find_alias("Contoso.Lab/plans/nowhere").empty());

  const Alias tier = only(catalog, "Contoso.Lab/plans/tier");
  CHECK(tier.path == "sku.tier");
  CHECK(tier.modifiable == Ternary::No);
  REQUIRE(tier.versions.size() == 2);
  CHECK(tier.versions[0].path == "properties.pricingTier");
  CHECK(tier.versions[0].modifiable == Ternary::Yes);
  CHECK(tier.versions[1].modifiable == Ternary::Unknown);

  // As a field, only the versions that differ from the default path are left.
  const std::vector<Alias> entries{tier};
  const ir::Field field = field_of(catalog, entries);
  REQUIRE(field.resolutions.size() == 1);
  REQUIRE(field.resolutions[0].versions.size() == 1);
  CHECK(field.resolutions[0].versions[0].api_versions ==
        std::vector<std::string>{"2015-06-15", "2016-01-01"});

  CHECK(only(catalog, "Contoso.Lab/plans/first").path == "properties.first");
}

TEST_CASE("the array of versioned elements has its versions without the elements") {
  const Catalog catalog =
      read_export(R"([{"namespace": "Contoso.Lab", "resourceTypes": [{"resourceType": "plans", "aliases": [
    {"name": "Contoso.Lab/plans/rules[*]", "defaultPath": "properties.rules[*]",
     "paths": [{"path": "properties.oldRules[*]", "apiVersions": ["2015-06-15"]}]}]}]}])");
  const Alias rules = only(catalog, "Contoso.Lab/plans/rules");
  CHECK(rules.path == "properties.rules");
  REQUIRE(rules.versions.size() == 1);
  CHECK(rules.versions[0].path == "properties.oldRules");
}

TEST_CASE("metadata, kinds, patterns and the extra keys") {
  const Catalog catalog = read_export(R"([{"namespace": "Contoso.Lab", "resourceTypes": [
    {"resourceType": "keys", "capabilities": "CrossResourceGroupResourceMove, SupportsTags, SupportsLocation", "aliases": [
      {"name": "Contoso.Lab/keys/value", "defaultPath": "properties.value", "type": "PlainText, Mask",
       "defaultMetadata": {"type": "String", "attributes": "Modifiable"}},
      {"name": "Contoso.Lab/keys/count", "defaultPath": "properties.count", "type": "Deprecated",
       "defaultMetadata": {"type": "NotSpecified", "attributes": "None"}},
      {"name": "Contoso.Lab/keys/offer", "defaultPath": "properties.image.id",
       "defaultPattern": {"phrase": "/images/{offer}/x", "variable": "offer", "type": "Extract"},
       "defaultMetadata": {"type": "Any"}},
      {"name": "Contoso.Lab/keys/mode", "defaultPath": "properties.mode", "x-type": "string", "x-readOnly": true,
       "x-allowed": ["On", "Off"]},
      {"name": "Contoso.Lab/keys/flags[*]", "defaultPath": "properties.flags[*]", "x-type": "array<object>"}]},
    {"resourceType": "keys/uses", "capabilities": "None", "aliases": []}]}])");
  CHECK(catalog.find_type("Contoso.Lab/keys")->tracked == Ternary::Yes);
  CHECK(catalog.find_type("Contoso.Lab/keys/uses")->tracked == Ternary::No);

  const Alias value = only(catalog, "Contoso.Lab/keys/value");
  CHECK(value.secret);
  CHECK_FALSE(value.deprecated);
  CHECK(value.modifiable == Ternary::Yes);
  CHECK(value.property_type == PropertyType::String);

  const Alias count = only(catalog, "Contoso.Lab/keys/count");
  CHECK(count.deprecated);
  CHECK(count.property_type == PropertyType::Unknown);
  CHECK(count.modifiable == Ternary::No);

  const Alias offer = only(catalog, "Contoso.Lab/keys/offer");
  CHECK(offer.pattern_phrase == "/images/{offer}/x");
  CHECK(offer.pattern_variable == "offer");
  CHECK(offer.property_type == PropertyType::Any);
  CHECK(offer.modifiable == Ternary::Unknown);

  const Alias mode = only(catalog, "Contoso.Lab/keys/mode");
  CHECK(mode.read_only);
  CHECK(mode.allowed == std::vector<std::string_view>{"On", "Off"});
  CHECK(only(catalog, "Contoso.Lab/keys/flags[*]").property_type == PropertyType::Array);
}

TEST_CASE("a data-plane manifest") {
  const Catalog catalog = read_export(R"({"dataNamespace": "Contoso.Vault.Data",
    "aliases": [{"name": "Contoso.Vault.Data/shared", "paths": [{"path": "shared", "schemaVersions": ["1.0"]}]}],
    "resourceTypeAliases": [{"resourceType": "vaults/secrets", "aliases": [
      {"name": "Contoso.Vault.Data/vaults/secrets/expires", "paths": [{"path": "attributes.expires", "apiVersions": ["1.0"]}]},
      {"name": "Contoso.Vault.Data/vaults/secrets/kind", "paths": [{"path": "kind", "schemaVersions": ["1.0", "2.0"]}]}]}]})");
  const ResourceTypeInfo* type = catalog.find_type("Contoso.Vault.Data/vaults/secrets");
  REQUIRE(type != nullptr);
  CHECK(type->data_plane);
  const Alias kind = only(catalog, "Contoso.Vault.Data/vaults/secrets/kind");
  CHECK(kind.path == "kind");
  REQUIRE(kind.versions.size() == 1);
  CHECK(kind.versions[0].api_versions == std::vector<std::string_view>{"1.0", "2.0"});
  const std::vector<Alias> entries{kind};
  CHECK(field_of(catalog, entries).resolutions.at(0).below_root_or_properties);

  // An alias of the whole namespace means the same on each of its types.
  const std::vector<Alias> shared = catalog.find_alias("Contoso.Vault.Data/shared");
  REQUIRE(shared.size() == 1);
  CHECK(catalog.types()[shared[0].type].name == "Contoso.Vault.Data/vaults/secrets");
  CHECK(shared[0].path == "shared");
}

TEST_CASE("an export over known types replaces paths and keeps types and values") {
  Catalog catalog;
  REQUIRE(catalog.add_compact("type Contoso.Lab/widgets tracked\n  mode string ro = On | Off\n", "one").ok());
  REQUIRE(catalog
              .add_provider_export(
                  R"([{"namespace": "contoso.lab", "resourceTypes": [{"resourceType": "Widgets", "aliases": [
      {"name": "Contoso.Lab/Widgets/Mode", "defaultPath": "properties.newMode", "paths":
        [{"path": "properties.mode", "apiVersions": ["2020-01-01"]}]}]}]}])",
                  "two")
              .ok());
  CHECK(catalog.types().size() == 1);
  const Alias mode = only(catalog, "Contoso.Lab/widgets/mode");
  CHECK(mode.path == "properties.newMode");
  CHECK(mode.versions.size() == 1);
  CHECK(mode.allowed.size() == 2);
  CHECK(mode.read_only);
  CHECK(catalog.find_type("Contoso.Lab/widgets")->tracked == Ternary::Yes);

  // Paths go together: a source with one path for all versions takes the older source's versions away.
  REQUIRE(catalog.add_compact("type Contoso.Lab/widgets\n  mode\n", "three").ok());
  CHECK(only(catalog, "Contoso.Lab/widgets/mode").path == "properties.mode");
  CHECK(only(catalog, "Contoso.Lab/widgets/mode").versions.empty());
}

TEST_CASE("a repeated alias is one alias") {
  const Catalog catalog = read_export(R"([{"namespace": "Contoso.Lab", "resourceTypes": [
    {"resourceType": "widgets", "aliases": [{"name": "Contoso.Lab/widgets/size", "defaultPath": "properties.size"}]},
    {"resourceType": "WIDGETS", "aliases": [{"name": "Contoso.Lab/WIDGETS/size", "defaultPath": "properties.size"}]}]}])");
  CHECK(catalog.types().size() == 1);
  CHECK(catalog.alias_count() == 1);
  CHECK(catalog.find_type("contoso.lab/widgets")->aliases.size() == 1);
}
