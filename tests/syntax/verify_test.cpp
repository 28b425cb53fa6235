// SPDX-License-Identifier: MIT
// The verifier finds what it promises to find: trees are damaged by hand.
#include "syntax/ast_verify.h"
#include "syntax/corpus.h"

#include <catch2/catch.hpp>

#include <functional>

using namespace writ;
using syntax::Expr;
using syntax::ExprKind;

namespace {

const char* const kSource = "module a.b\n"
                            "control c \"t\" {\n"
                            "  id \"X\"\n"
                            "  param p: [String] = []\n"
                            "  on A.B/c as x\n"
                            "  where x.a == 1\n"
                            "  require any y in x.ys: y.b exists else \"{x.name}\"\n"
                            "}\n"
                            "record A.B/c { f: { g: Int } }\n"
                            "let o = { k: 1 }\n";

/// What the verifier says after `damage`.
std::vector<std::string> problems_after(const std::function<void(syntax::Module&)>& damage) {
  test::ParsedText parsed = test::parse_text("verify.writ", kSource);
  REQUIRE(parsed.diagnostics.all().empty());
  damage(parsed.module);
  return syntax::verify(parsed.module, parsed.sources);
}

} // namespace

TEST_CASE("a parsed tree is sound") {
  CHECK(problems_after([](syntax::Module&) {}).empty());
}

TEST_CASE("spans outside of their parents are found") {
  const std::vector<std::function<void(syntax::Module&)>> damages = {
      [](syntax::Module& m) { m.controls[0].span = {}; },
      [](syntax::Module& m) { m.controls[0].span.end = 100'000; },
      [](syntax::Module& m) { m.controls[0].name.span = m.records[0].span; },
      [](syntax::Module& m) { m.controls[0].metadata[0].values[0].span = m.controls[0].name.span; },
      [](syntax::Module& m) {
        m.controls[0].where[0].children[0].span = m.controls[0].where[0].children[1].span;
      },
      [](syntax::Module& m) { m.controls[0].where[0].children[0].name_span = m.controls[0].span; },
      [](syntax::Module& m) {
        std::swap(m.controls[0].where[0].span.begin, m.controls[0].where[0].span.end);
      },
      [](syntax::Module& m) {
        m.controls[0].requires_[0].message->children[0].span = m.controls[0].name.span;
      },
      [](syntax::Module& m) { m.controls[0].params[0].type.element[0].span = m.controls[0].name.span; },
      [](syntax::Module& m) { m.records[0].fields[0].type.fields[0].name.span = m.controls[0].name.span; },
      [](syntax::Module& m) { m.lets[0].value.keys[0].span = m.lets[0].name.span; },
      [](syntax::Module& m) { m.name->parts[1].span = m.lets[0].name.span; },
  };
  for (std::size_t i = 0; i < damages.size(); ++i) {
    INFO(i);
    CHECK(!problems_after(damages[i]).empty());
  }
}

TEST_CASE("expressions without the parts of their kind are found") {
  const std::vector<std::function<void(syntax::Module&)>> damages = {
      [](syntax::Module& m) { m.controls[0].where[0].children.pop_back(); },
      [](syntax::Module& m) { m.controls[0].where[0].kind = ExprKind::Not; },
      [](syntax::Module& m) { m.controls[0].where[0].kind = ExprKind::If; },
      [](syntax::Module& m) { m.controls[0].where[0].children[0].text.clear(); },
      [](syntax::Module& m) { m.controls[0].requires_[0].condition.text.clear(); },
      [](syntax::Module& m) { m.lets[0].value.keys.clear(); },
      [](syntax::Module& m) { m.lets[0].value.children[0].children.emplace_back(); },
      [](syntax::Module& m) { m.controls[0].params[0].type.element.clear(); },
      [](syntax::Module& m) { m.controls[0].name.text.clear(); },
  };
  for (std::size_t i = 0; i < damages.size(); ++i) {
    INFO(i);
    CHECK(!problems_after(damages[i]).empty());
  }
}
