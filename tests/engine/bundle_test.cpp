// SPDX-License-Identifier: MIT
#include "build.h"
#include "writ/bytecode/bundle.h"
#include "writ/bytecode/program.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::testing;

namespace {

Bundle sample() {
  TestControl control;
  control.id = "C";
  control.violations = {{"state equals param(Level)", {}}};
  control.parameters = {{"Level", 1, "1", ""},
                        {"effect", 0, "\"Audit\"", R"(["Audit","Deny"])"},
                        {"kinds", 4, "[]", R"(["a","b"])"},
                        {"ratio", 2, "", ""},
                        {"on", 3, "true", ""},
                        {"extra", 5, "{}", ""},
                        {"since", 6, "\"2026-01-01\"", ""}};
  return bundle_of({control}, {{"state", "properties.state"}});
}

bool accepts(std::string_view name, std::string_view json) {
  Bundle bundle = sample();
  const Status status = bundle.set_parameter("", name, json);
  if (!status) CHECK(status.error().code == Code::ParameterNotAllowed);
  return status.ok();
}

} // namespace

TEST_CASE("bundles list their controls and open parameters", "[engine]") {
  const Bundle bundle = sample();
  REQUIRE(bundle.control_count() == 1);
  CHECK(bundle.control(0).id == "C");
  const auto open = bundle.open_parameters();
  REQUIRE(open.size() == 7);
  CHECK(open[0].name == "Level");
  CHECK(open[0].default_json == "1");
  CHECK(open[3].default_json.empty());
  CHECK(bundle.hash().size() == 16);
  CHECK(bundle.hash() == sample().hash());
}

TEST_CASE("parameters take values of their type", "[engine]") {
  CHECK(accepts("level", "5"));
  CHECK(accepts("LEVEL", "\"5\""));
  CHECK(accepts("level", "3.0"));
  CHECK_FALSE(accepts("level", "3.5"));
  CHECK_FALSE(accepts("level", "true"));
  CHECK_FALSE(accepts("level", "five"));
  CHECK(accepts("ratio", "0.5"));
  CHECK(accepts("ratio", "1"));
  CHECK(accepts("ratio", "\"2.5\""));
  CHECK_FALSE(accepts("ratio", "much"));
  CHECK(accepts("on", "false"));
  CHECK(accepts("on", "\"TRUE\""));
  CHECK_FALSE(accepts("on", "1"));
  CHECK(accepts("extra", "{\"a\":1}"));
  CHECK_FALSE(accepts("extra", "[1]"));
  CHECK(accepts("since", "2026-02-01"));
  CHECK_FALSE(accepts("since", "soon"));
}

TEST_CASE("allowed values are compared exactly, arrays element by element", "[engine]") {
  CHECK(accepts("effect", "Deny"));
  CHECK(accepts("effect", "\"Deny\""));
  CHECK_FALSE(accepts("effect", "deny"));
  CHECK(accepts("kinds", R"(["a"])"));
  CHECK(accepts("kinds", "[]"));
  CHECK_FALSE(accepts("kinds", R"(["a","z"])"));
  CHECK_FALSE(accepts("kinds", "a"));
}

TEST_CASE("an unknown parameter or control is an error", "[engine]") {
  Bundle bundle = sample();
  CHECK(bundle.set_parameter("c", "level", "2").ok());
  const Status unknown = bundle.set_parameter("", "nobody", "2");
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().code == Code::UnknownParameter);
  const Status elsewhere = bundle.set_parameter("D", "level", "2");
  REQUIRE_FALSE(elsewhere.ok());
  CHECK(elsewhere.error().code == Code::UnknownParameter);
}

TEST_CASE("a bundle read from bytes is the bundle that was stored", "[engine]") {
  TestControl control;
  control.id = "C";
  control.violations = {{"true", {}}};
  auto program = bc::assemble(assembly_of({control}, {}));
  REQUIRE(program.ok());
  const std::string bytes = bc::store_program(*program);
  const auto loaded = Bundle::load(std::as_bytes(std::span(bytes.data(), bytes.size())), "c.writb");
  REQUIRE(loaded.ok());
  CHECK(loaded->control(0).id == "C");
  const auto damaged = Bundle::load(std::as_bytes(std::span(bytes.data(), bytes.size() - 3)), "c.writb");
  REQUIRE_FALSE(damaged.ok());
}
