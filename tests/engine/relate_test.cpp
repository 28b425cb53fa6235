// SPDX-License-Identifier: MIT
#include "relate/inventory.h"

#include <catch2/catch.hpp>

#include <string>

using namespace writ::relate;

TEST_CASE("names select by their last segments", "[relate]") {
  CHECK(name_matches("current", "srv/db/current"));
  CHECK(name_matches("db/Current", "srv/db/current"));
  CHECK(name_matches("SRV/db/current", "srv/db/current"));
  CHECK_FALSE(name_matches("x/srv/db/current", "srv/db/current"));
  CHECK_FALSE(name_matches("srv/current", "srv/db/current"));
  CHECK(name_matches("vm/?", "vm/ext"));
  CHECK_FALSE(name_matches("other/?", "vm/ext"));
  CHECK(name_matches("?", "vm/ext"));
  CHECK_FALSE(name_matches("?/ext", "vm/ext")); // only the last segment may be any
  CHECK_FALSE(name_matches("*", "vm"));
}

TEST_CASE("full names come from the innermost provider part", "[relate]") {
  CHECK(full_name_of("/subscriptions/s/resourceGroups/g/providers/A.B/srv/s1/db/d1") == "s1/d1");
  CHECK(full_name_of("/subscriptions/s/resourceGroups/g/providers/A.B/srv/s1/providers/X.Y/z/n") == "n");
  CHECK(full_name_of("/subscriptions/s/resourceGroups/g") == "g");
  CHECK(full_name_of("/subscriptions/s") == "s");
}

TEST_CASE("the class of a type decides where candidates are looked for", "[relate]") {
  Inventory inventory;
  const auto add = [&](std::string id, std::string type) {
    inventory.add({std::move(id), std::move(type), "", {}, ""});
  };
  const std::string group = "/subscriptions/s/resourceGroups/g";
  const std::string account = group + "/providers/A.B/accounts/a";
  add(account + "/deployments/d", "a.b/accounts/deployments");               // 0
  add(account + "/deployments/d/parts/p", "a.b/accounts/deployments/parts"); // 1
  add(account + "/providers/X.Y/notes/n", "x.y/notes");                      // 2: makes the type an extension
  add(group + "/providers/X.Y/notes/m", "x.y/notes");                        // 3
  add(group + "/providers/C.D/vaults/v", "c.d/vaults");                      // 4
  add(group, "microsoft.resources/subscriptions/resourcegroups");            // 5
  add("/subscriptions/s/resourceGroups/h", "microsoft.resources/subscriptions/resourcegroups"); // 6
  add("/subscriptions/s", "microsoft.resources/subscriptions");                                 // 7
  const auto select = [&](const Primary& primary, const char* type, bool subscription = false) {
    Selection selection;
    selection.type = type;
    selection.subscription_scope = subscription;
    return inventory.select(primary, selection);
  };
  using Found = std::vector<std::size_t>;
  const Primary resource{account, "A.B/accounts"};
  CHECK(select(resource, "a.b/accounts/deployments") == Found{0});
  CHECK(select(resource, "a.b/accounts/deployments/parts") == Found{1});
  CHECK(select(resource, "x.y/notes") == Found{2});
  CHECK(select(resource, "c.d/vaults") == Found{4});
  CHECK(select(resource, "microsoft.resources/subscriptions/resourcegroups") == Found{5});
  CHECK(select(resource, "microsoft.resources/subscriptions/resourcegroups", true) == Found{5, 6});
  CHECK(select(resource, "microsoft.resources/subscriptions") == Found{7});
  CHECK(select(resource, "z/none").empty());
  const Primary scope{"/subscriptions/S", "Microsoft.Resources/subscriptions"};
  CHECK(select(scope, "c.d/vaults") == Found{4});
  CHECK(select(scope, "microsoft.resources/subscriptions/resourcegroups") == Found{5, 6});
  CHECK(select(scope, "x.y/notes").empty()); // attached to the subscription itself only
  const Primary outer{"/SUBSCRIPTIONS/s/resourcegroups/G",
                      "Microsoft.Resources/subscriptions/resourceGroups"};
  CHECK(select(outer, "c.d/vaults") == Found{4});
  CHECK(select(outer, "x.y/notes") == Found{3});
  Selection nothing;
  nothing.type = "c.d/vaults";
  nothing.nothing = true;
  CHECK(inventory.select(resource, nothing).empty());
}
