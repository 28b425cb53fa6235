// SPDX-License-Identifier: MIT
// From resources to slots.
#include "snapshot/extract.h"
#include "snapshot/tape_parser.h"
#include "writ/bytecode/program.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace writ;
using namespace writ::snapshot;

namespace {

/// One type with a trie: properties.{access, acls, rules, tier.name}, sku.name, location, tags; acls and
/// rules whole, tier only tested for presence.
bc::Program make_program() {
  bc::Program program;
  program.strings = {"", "location", "properties", "sku", "tags", "access", "acls", "rules", "tier", "name"};
  const auto node = [&](std::string_view key, std::uint32_t slot, bool whole, std::uint32_t first = 0,
                        std::uint32_t count = 0) {
    bc::TrieNode entry;
    for (std::uint32_t i = 0; i < program.strings.size(); ++i)
      if (program.strings[i] == key) entry.key = i;
    entry.slot = slot;
    entry.whole = whole;
    entry.first_child = first;
    entry.child_count = count;
    program.trie.push_back(entry);
  };
  node("", bc::kNone, false, 1, 4);
  node("location", 0, false);
  node("properties", bc::kNone, false, 5, 4);
  node("sku", bc::kNone, false, 9, 1);
  node("tags", 6, false);
  node("access", 1, false);
  node("acls", 2, true);
  node("rules", 3, true);
  node("tier", 4, false, 10, 1);
  node("name", 5, false);
  node("name", 7, false);
  bc::TypeProgram type;
  type.slot_count = 8;
  program.types.push_back(type);
  return program;
}

class Fixture {
public:
  Fixture() : program_(make_program()), index_(program_), extractor_(index_) {}

  std::vector<std::string> extract(std::string_view json) {
    text_ = std::string(json) + std::string(kPadding, '\0');
    arena_.reset();
    if (parser_.parse(std::string_view(text_).substr(0, json.size())) != nullptr) return {"damaged"};
    root.read(parser_.tape(), Tape::kRoot, {}, arena_);
    std::vector<std::string> slots;
    for (const Value& slot : extractor_.extract(root, 0, arena_))
      slots.push_back(slot.is(ValueKind::Missing) ? "-" : slot.is(ValueKind::Unknown) ? "?" : to_json(slot));
    return slots;
  }
  ResourceRoot root;

private:
  bc::Program program_;
  TrieIndex index_;
  Extractor extractor_;
  TapeParser parser_;
  Arena arena_;
  std::string text_;
};

using Slots = std::vector<std::string>;

} // namespace

TEST_CASE("one walk fills the slots of the trie", "[snapshot]") {
  Fixture fixture;
  CHECK(fixture.extract(R"({"location":"we","sku":{"name":"S0","tier":"x"},"other":{"name":"no"},
      "properties":{"access":"Enabled","acls":{"a":[1,{"b":2}]},"rules":[{"c":3}],"tier":{"name":"t"},"more":{"access":"no"}}})") ==
        Slots{R"("we")", R"("Enabled")", R"({"a":[1,{"b":2}]})", R"([{"c":3}])", "{}", R"("S0")", "-",
              R"("t")"});
}

TEST_CASE("nothing of one resource is left for the next", "[snapshot]") {
  Fixture fixture;
  fixture.extract(
      R"({"location":"we","tags":{"a":"b"},"properties":{"access":1,"acls":[],"rules":{},"tier":5},"sku":{"name":"n"}})");
  CHECK(fixture.extract(R"({})") == Slots(8, "-"));
  CHECK(fixture.extract(R"({"sku":"text","properties":[1]})") == Slots(8, "-"));
}

TEST_CASE("keys are found in any case, the first of several counts", "[snapshot]") {
  Fixture fixture;
  CHECK(
      fixture.extract(
          R"({"LOCATION":"a","Location":"b","Properties":{"ACCESS":1,"access":2},"properties":{"access":3,"rules":[]}})") ==
      Slots{R"("a")", "1", "-", "-", "-", "-", "-", "-"});
}

TEST_CASE("null is null, absent is missing", "[snapshot]") {
  Fixture fixture;
  CHECK(fixture.extract(R"({"location":null,"sku":null,"properties":{"access":null,"tier":null}})") ==
        Slots{"null", "null", "-", "-", "null", "-", "-", "-"});
}

TEST_CASE("properties that were not exported are unknown, all of them", "[snapshot]") {
  Fixture fixture;
  CHECK(fixture.extract(R"({"location":"we","properties":null,"sku":{"name":"S0"}})") ==
        Slots{R"("we")", "?", "?", "?", "?", R"("S0")", "-", "?"});
  CHECK(fixture.root.properties() == PropertiesState::NotExported);
}

TEST_CASE("identity comes from the top level", "[snapshot]") {
  Fixture fixture;
  fixture.extract(
      R"({"Id":"/subscriptions/s","NAME":"n","Type":"T/t","apiVersion":"2024-01-01","fullName":"p/n","kind":"K"})");
  CHECK(fixture.root.id() == "/subscriptions/s");
  CHECK(fixture.root.name() == "n");
  CHECK(fixture.root.type() == "T/t");
  CHECK(fixture.root.kind() == "K");
  CHECK(fixture.root.identity().api_version.as_string() == "2024-01-01");
  CHECK(fixture.root.identity().full_name.as_string() == "p/n");
  fixture.extract(R"({"id":7,"name":null,"type":[],"apiVersion":null})");
  CHECK(fixture.root.identity().id.is(ValueKind::Missing));
  CHECK(fixture.root.identity().type.is(ValueKind::Missing));
  CHECK(fixture.root.identity().api_version.is(ValueKind::Missing));
}

TEST_CASE("types are read from ids", "[snapshot]") {
  Arena arena;
  CHECK(type_of_id("/subscriptions/s", arena) == "Microsoft.Resources/subscriptions");
  CHECK(type_of_id("/subscriptions/s/resourceGroups/g", arena) ==
        "Microsoft.Resources/subscriptions/resourceGroups");
  CHECK(type_of_id("/subscriptions/s/resourcegroups/g/providers/A.B/c/n", arena) == "A.B/c");
  CHECK(type_of_id("/subscriptions/s/resourceGroups/g/providers/A.B/c/n/d/m", arena) == "A.B/c/d");
  CHECK(type_of_id("/subscriptions/s/providers/A.B/c/n/Providers/X.Y/z/m", arena) == "X.Y/z");
  CHECK(type_of_id("/subscriptions/s/providers/A.B/c", arena).empty());
  CHECK(type_of_id("plain", arena).empty());
  CHECK(type_of_id("", arena).empty());
  const ResourceId parts = split_id("/Subscriptions/S/resourcegroups/G/providers/A.B/c/n");
  CHECK(parts.subscription == "S");
  CHECK(parts.resource_group == "G");
  CHECK(parts.scope == "/Subscriptions/S/resourcegroups/G");
  CHECK(parts.namespace_name == "A.B");
  CHECK(parts.rest == "c/n");
}
