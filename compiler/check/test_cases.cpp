// SPDX-License-Identifier: MIT
// Test blocks to plain data.
#include "check/control.h"
#include "writ/json_writer.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::check {

namespace {

using syntax::Expr;
using syntax::ExprKind;

constexpr std::array<std::pair<std::string_view, Expectation>, 5> kExpectations = {
    {{"passes", Expectation::Passes},
     {"fails", Expectation::Fails},
     {"skips", Expectation::Skips},
     {"unknown", Expectation::Unknown},
     {"errors", Expectation::Errors}}};

/// JSON text of a literal; false (reported) when it is none.
bool write_json(JsonWriter& json, const Expr& e, Diagnostics& diagnostics) {
  switch (e.kind) {
  case ExprKind::String:
    json.string(e.text);
    return true;
  case ExprKind::Integer:
    json.number(e.integer);
    return true;
  case ExprKind::Float:
    json.raw(fmt::format("{}", e.number));
    return true;
  case ExprKind::Boolean:
    json.boolean(e.boolean);
    return true;
  case ExprKind::Null:
    json.null();
    return true;
  case ExprKind::Name:
    json.string(e.text);
    return true; // effects and other words
  case ExprKind::Array: {
    json.begin_array();
    bool ok = true;
    for (const Expr& child : e.children)
      ok = write_json(json, child, diagnostics) && ok;
    json.end_array();
    return ok;
  }
  case ExprKind::Object: {
    json.begin_object();
    bool ok = true;
    for (std::size_t i = 0; i < e.children.size(); ++i) {
      json.key(e.keys[i].text);
      ok = write_json(json, e.children[i], diagnostics) && ok;
    }
    json.end_object();
    return ok;
  }
  default:
    json.null();
    diagnostics.add(
        Diagnostic(Code::InvalidTest, e.span, "resources of a test are written with constants only"));
    return false;
  }
}

const Expr* find_key(const Expr& object, std::string_view key) {
  for (std::size_t i = 0; i < object.keys.size(); ++i)
    if (equal_ascii_fold(object.keys[i].text, key)) return &object.children[i];
  return nullptr;
}

/// A plausible id: /subscriptions/…/resourceGroups/test/providers/Ns/type/name[/child/name].
std::string plausible_id(const std::string& type, const std::string& name) {
  std::string id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/test/providers/";
  const std::size_t slash = type.find('/');
  id += type.substr(0, slash);
  std::size_t position = slash;
  while (position != std::string::npos) {
    const std::size_t next = type.find('/', position + 1);
    const std::string step =
        type.substr(position + 1, next == std::string::npos ? std::string::npos : next - position - 1);
    id += "/" + step + "/" + (next == std::string::npos ? name : "parent");
    position = next;
  }
  return id;
}

} // namespace

void check_test(const syntax::TestDecl& decl, const syntax::ControlDecl& control, const std::string& symbol,
                Diagnostics& diagnostics, std::vector<TestCase>& out) {
  for (const syntax::TestCaseDecl& item : decl.cases) {
    TestCase test;
    test.control_symbol = symbol;
    test.title = item.title;
    test.span = item.span;
    bool known = false;
    for (const auto& [word, expectation] : kExpectations)
      if (word == item.expectation.text) {
        test.expectation = expectation;
        known = true;
      }
    if (!known) {
      Diagnostic d(
          Code::InvalidTest, item.expectation.span,
          fmt::format("a case passes, fails, skips, is unknown or errors, not `{}`", item.expectation.text));
      std::vector<std::string_view> words;
      for (const auto& [word, expectation] : kExpectations)
        words.push_back(word);
      if (const auto near = nearest(item.expectation.text, words); !near.empty())
        d.edits.push_back({item.expectation.span, near.front()});
      diagnostics.add(std::move(d));
      continue;
    }
    bool ok = true;
    for (const syntax::TestClause& clause : item.clauses) {
      if (clause.key.text == "at" && clause.value.kind == ExprKind::String) {
        test.now = clause.value.text;
      } else if (clause.key.text == "with" && clause.value.kind == ExprKind::Object) {
        for (std::size_t i = 0; i < clause.value.keys.size(); ++i) {
          const syntax::Identifier& name = clause.value.keys[i];
          std::vector<std::string_view> params;
          for (const syntax::ParamDecl& param : control.params)
            params.push_back(param.name.text);
          if (std::find(params.begin(), params.end(), name.text) == params.end()) {
            Diagnostic d(Code::InvalidTest, name.span,
                         fmt::format("control `{}` has no parameter `{}`", control.name.text, name.text));
            if (const auto near = nearest(name.text, params); !near.empty())
              d.edits.push_back({name.span, near.front()});
            diagnostics.add(std::move(d));
            ok = false;
            continue;
          }
          std::string text;
          JsonWriter json(text);
          ok = write_json(json, clause.value.children[i], diagnostics) && ok;
          test.parameters.emplace_back(name.text, std::move(text));
        }
      } else {
        diagnostics.add(
            Diagnostic(Code::InvalidTest, clause.key.span,
                       fmt::format("`{}` does not stand here", clause.key.text))
                .note("a case has `with { parameter: value }` and `at \"2026-01-01T00:00:00Z\"`"));
        ok = false;
      }
    }
    JsonWriter json(test.resource_json);
    json.begin_object();
    const std::string type = control.types.empty() ? std::string() : control.types.front().text;
    const Expr* name = find_key(item.resource, "name");
    const std::string name_text = name && name->kind == ExprKind::String ? name->text : "example";
    if (!find_key(item.resource, "type")) json.field("type", type);
    if (!find_key(item.resource, "id")) json.field("id", plausible_id(type, name_text));
    if (!name) json.field("name", name_text);
    for (std::size_t i = 0; i < item.resource.children.size(); ++i) {
      json.key(item.resource.keys[i].text);
      ok = write_json(json, item.resource.children[i], diagnostics) && ok;
    }
    json.end_object();
    if (ok) out.push_back(std::move(test));
  }
}

} // namespace writ::check
