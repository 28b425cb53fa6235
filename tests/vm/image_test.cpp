// SPDX-License-Identifier: MIT
// Look-ups of an image.
#include "layout.h"
#include "writ/bytecode/bundle.h"

#include <catch2/catch.hpp>

using namespace writ;
using namespace writ::vm;
using namespace writ::vm::testing;

namespace {

bc::Program with_fields(const std::vector<FieldSpec>& fields, const std::string& code) {
  auto program = bc::assemble(layout_text(fields, false) + code);
  REQUIRE(program);
  if (const auto status = bc::verify(*program); !status) FAIL(status.error().message);
  return std::move(*program);
}

} // namespace

TEST_CASE("types are found in any case, others are entry 0") {
  std::vector<FieldSpec> fields;
  for (int i = 0; i < 300; ++i)
    fields.push_back(
        {.name = "f" + std::to_string(i), .type = "contoso.lab/t" + std::to_string(i), .steps = "p"});
  const Image image(with_fields(fields, ""));
  for (int i = 0; i < 300; ++i) {
    const std::uint32_t type = image.find_type("CONTOSO.Lab/T" + std::to_string(i));
    CHECK(image.text(image.program().types[type].name) == "contoso.lab/t" + std::to_string(i));
  }
  CHECK(image.find_type("contoso.lab/t300") == 0);
  CHECK(image.find_type("") == 0);
}

TEST_CASE("fields are found per type") {
  std::vector<FieldSpec> fields;
  for (int i = 0; i < 500; ++i)
    fields.push_back({.name = "f" + std::to_string(i),
                      .type = i % 2 == 0 ? "a/a" : "b/b",
                      .steps = "p" + std::to_string(i / 2)});
  fields.push_back({.name = "everywhere", .kind = "Raw", .type = "", .steps = "x"});
  const Image image(with_fields(fields, ""));
  const std::uint32_t a = image.find_type("a/a");
  const std::uint32_t b = image.find_type("b/b");
  for (std::uint32_t f = 0; f < 500; ++f) {
    CHECK(image.access(a, f).direct == (f % 2 == 0));
    CHECK(image.access(b, f).direct == (f % 2 == 1));
    CHECK(image.access(0, f).path == bc::kNone);
  }
  for (const std::uint32_t type : {0u, a, b})
    CHECK(image.access(type, 500).direct);
}

TEST_CASE("names are known only to programs that compute names") {
  const std::vector<FieldSpec> fields = {{.name = "Contoso.Lab/x", .type = "a/a", .steps = "x"}};
  const Image without(with_fields(fields, ""));
  CHECK(without.find_field("contoso.lab/X") == bc::kNone);
  const Image with(
      with_fields(fields, "block values=1\nLoadConstant v0 =\"x\"\nLoadDynamic v0 v0\nReturnValue v0\n"));
  CHECK(with.find_field("contoso.lab/X") == 0);
  CHECK(with.find_field("other") == bc::kNone);
}

TEST_CASE("an empty program can be prepared") {
  const Image image(with_fields({}, ""));
  CHECK(image.find_type("a/a") == 0);
  CHECK(image.stack_size().values == 0);
}
