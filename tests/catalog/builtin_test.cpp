// SPDX-License-Identifier: MIT
// The built-in catalogue as it is in the repository, and the whole public alias export when it is at hand.
#include "ir/field.h"
#include "writ/catalog.h"
#include "writ/text.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

using namespace writ;
namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in.good());
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

std::vector<fs::path> catalog_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(WRIT_SOURCE_DIR) / "stdlib" / "catalog"))
    if (entry.path().extension() == ".catalog") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

const Catalog& builtin() {
  static const Catalog catalog = [] {
    Catalog made;
    for (const fs::path& file : catalog_files()) {
      Status status = made.add_compact(read_file(file), file.filename().string());
      if (!status.ok())
        FAIL(status.error().file << ":" << status.error().line << " " << status.error().message);
    }
    return made;
  }();
  return catalog;
}

const Alias& property(std::string_view type, std::string_view name) {
  const ResourceTypeInfo* info = builtin().find_type(type);
  if (info == nullptr) FAIL("no type " << type);
  const Alias* alias = builtin().find_property(*info, name);
  if (alias == nullptr) FAIL("no property " << name << " on " << type);
  return *alias;
}

bool allows(const Alias& alias, std::string_view value) {
  return std::find(alias.allowed.begin(), alias.allowed.end(), value) != alias.allowed.end();
}

} // namespace

TEST_CASE("the built-in catalogue loads") {
  std::vector<std::string> texts;
  for (const fs::path& file : catalog_files())
    texts.push_back(read_file(file));
  const auto start = std::chrono::steady_clock::now();
  Catalog catalog;
  for (const std::string& text : texts)
    REQUIRE(catalog.add_compact(text, "built-in").ok());
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  std::cout << "built-in catalogue: " << catalog.types().size() << " types, " << catalog.alias_count()
            << " aliases in " << took.count() << " ms\n";
  CHECK(catalog.types().size() >= 40);
  CHECK(catalog.alias_count() >= 3500);
}

TEST_CASE("the built-in catalogue knows what AI controls ask about") {
  const char* const kAccounts = "Microsoft.CognitiveServices/accounts";
  CHECK(builtin().find_type(kAccounts)->tracked == Ternary::Yes);
  CHECK(property(kAccounts, "publicNetworkAccess").property_type == PropertyType::String);
  CHECK(allows(property(kAccounts, "publicNetworkAccess"), "Disabled"));
  CHECK(property(kAccounts, "disableLocalAuth").property_type == PropertyType::Boolean);
  CHECK(allows(property(kAccounts, "networkAcls.defaultAction"), "Deny"));
  CHECK(property(kAccounts, "sku.name").path == "sku.name");
  CHECK(builtin().is_prefix(*builtin().find_type(kAccounts), "encryption"));

  const char* const kDeployments = "Microsoft.CognitiveServices/accounts/deployments";
  CHECK(builtin().find_type(kDeployments)->tracked == Ternary::No);
  for (const char* name :
       {"model.format", "model.name", "model.version", "raiPolicyName", "versionUpgradeOption"})
    CHECK_FALSE(property(kDeployments, name).path.empty());

  CHECK_FALSE(property("Microsoft.CognitiveServices/accounts/raiPolicies", "contentFilters[*].blocking")
                  .path.empty());
  CHECK(allows(property("Microsoft.MachineLearningServices/workspaces", "managedNetwork.isolationMode"),
               "AllowOnlyApprovedOutbound"));
  CHECK(property("Microsoft.Search/searchServices", "disableLocalAuth").property_type ==
        PropertyType::Boolean);
  CHECK_FALSE(property("Microsoft.Security/pricings", "pricingTier").path.empty());
  CHECK_FALSE(property("Microsoft.Security/assessments", "status.code").path.empty());
  CHECK_FALSE(property("Microsoft.Insights/diagnosticSettings", "logs[*].enabled").path.empty());
  CHECK_FALSE(property("Microsoft.Authorization/roleAssignments", "roleDefinitionId").path.empty());
  CHECK_FALSE(property("Microsoft.Logic/workflows", "state").path.empty());
  CHECK_FALSE(property("Microsoft.App/agents", "actionConfiguration.mode").path.empty());
  CHECK_FALSE(property("Microsoft.App/sessionPools", "sessionNetworkConfiguration.status").path.empty());
  CHECK_FALSE(property("Microsoft.Insights/activityLogAlerts", "condition.allOf[*].field").path.empty());
}

TEST_CASE("every alias of the built-in catalogue has a path to walk") {
  for (const ResourceTypeInfo& type : builtin().types())
    for (std::uint32_t index : type.aliases) {
      const Alias& alias = builtin().alias(index);
      CAPTURE(alias.name);
      REQUIRE_FALSE(alias.path.empty());
      const ir::Path path = ir::parse_path(alias.path);
      REQUIRE(ir::to_text(path) == alias.path);
      const std::string short_name(builtin().short_name(alias));
      if (short_name != alias.name) REQUIRE(builtin().find_property(type, lower_ascii(short_name)) == &alias);
    }
}

TEST_CASE("the whole public alias export loads") {
  const fs::path file = fs::path(WRIT_SHARED_DIR) / "azure" / "aliases.json";
  if (!fs::exists(file)) {
    std::cout << "skipped: no ../shared/azure/aliases.json\n";
    return;
  }
  const std::string text = read_file(file);
  const auto start = std::chrono::steady_clock::now();
  Catalog catalog;
  Status status = catalog.add_provider_export(text, "aliases.json");
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  REQUIRE(status.ok());
  std::cout << "alias export: " << text.size() << " bytes, " << catalog.types().size() << " types, "
            << catalog.alias_count() << " aliases in " << took.count() << " ms\n";

  // 79,549 entries stand in the file under 1,574 type names. 22 names repeat another in a different case, and
  // with them 467 aliases.
  std::size_t listed = 0;
  for (std::size_t at = text.find("\"defaultPath\""); at != std::string::npos;
       at = text.find("\"defaultPath\"", at + 1))
    ++listed;
  CHECK(listed == 79'549);
  CHECK(catalog.alias_count() == 79'549 - 467);
  CHECK(catalog.types().size() == 1'574 - 22);
  CHECK(took.count() < 5'000);

  const std::vector<Alias> publisher = catalog.find_alias("microsoft.compute/imagepublisher");
  CHECK(publisher.size() == 3);
  const ResourceTypeInfo* rules = catalog.find_type("Microsoft.Network/networkSecurityGroups");
  REQUIRE(rules != nullptr);
  const Alias* access = catalog.find_property(*rules, "securityRules[*].access");
  REQUIRE(access != nullptr);
  CHECK(access->path == "properties.securityRules[*].properties.access");

  // What the packed files say about paths is what the export says.
  std::size_t compared = 0;
  for (const ResourceTypeInfo& type : builtin().types()) {
    const ResourceTypeInfo* exported = catalog.find_type(type.name);
    if (exported == nullptr) continue;
    for (std::uint32_t index : type.aliases) {
      const Alias& packed = builtin().alias(index);
      const Alias* original = catalog.find_property(*exported, builtin().short_name(packed));
      if (original == nullptr) continue;
      CAPTURE(packed.name);
      CHECK(packed.path == original->path);
      ++compared;
    }
  }
  CHECK(compared > 3'000);
}
