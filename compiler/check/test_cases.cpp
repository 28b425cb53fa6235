// SPDX-License-Identifier: MIT
// Test blocks to plain data.
#include "check/control.h"
#include "ir/rewrite.h"
#include "writ/json_writer.h"
#include "writ/semantics/datetime.h"
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

/// Members that a resource may have beside those that policies can see.
constexpr std::array<std::string_view, 20> kRootMembers = {"id",
                                                           "name",
                                                           "type",
                                                           "kind",
                                                           "location",
                                                           "tags",
                                                           "identity",
                                                           "sku",
                                                           "plan",
                                                           "zones",
                                                           "properties",
                                                           "apiVersion",
                                                           "managedBy",
                                                           "etag",
                                                           "systemData",
                                                           "scope",
                                                           "tenantId",
                                                           "extendedLocation",
                                                           "resourceGroup",
                                                           "subscriptionId"};

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

bool fits(ir::ParameterType type, const Expr& value) {
  switch (type) {
  case ir::ParameterType::String:
    return value.kind == ExprKind::String || value.kind == ExprKind::Name;
  case ir::ParameterType::DateTime:
    return value.kind == ExprKind::String && parse_date(value.text);
  case ir::ParameterType::Integer:
    return value.kind == ExprKind::Integer;
  case ir::ParameterType::Float:
    return value.kind == ExprKind::Integer || value.kind == ExprKind::Float;
  case ir::ParameterType::Boolean:
    return value.kind == ExprKind::Boolean;
  case ir::ParameterType::Array:
    return value.kind == ExprKind::Array;
  case ir::ParameterType::Object:
    return true; // also what Any is declared as
  }
  return false;
}

/// Names of members by the lower-cased path of their owner.
using KnownMembers = std::map<std::string, std::set<std::string>, std::less<>>;

class TestChecker {
public:
  TestChecker(const syntax::TestDecl& decl, const ir::Policy& policy, const ControlContext& context)
      : decl_(decl), policy_(policy), context_(context), diagnostics_(context.diagnostics) {}

  void check(std::vector<TestCase>& out) {
    for (const syntax::TestCaseDecl& item : decl_.cases) {
      ok_ = true;
      TestCase test;
      test.control_symbol = policy_.symbol;
      test.title = item.title;
      test.span = item.span;
      expectation(item.expectation, test);
      resource(item.resource, test);
      for (const syntax::TestClause& clause : item.clauses)
        this->clause(clause, test);
      if (ok_) out.push_back(std::move(test));
    }
  }

private:
  void report(Diagnostic diagnostic) {
    ok_ = false;
    diagnostics_.add(std::move(diagnostic));
  }

  void expectation(const syntax::Identifier& word, TestCase& test) {
    std::vector<std::string_view> words;
    for (const auto& [known, value] : kExpectations) {
      words.push_back(known);
      if (known != word.text) continue;
      test.expectation = value;
      return;
    }
    Diagnostic d(Code::InvalidTest, word.span,
                 fmt::format("a case passes, fails, skips, is unknown or errors, not `{}`", word.text));
    if (const auto near = nearest(word.text, words); !near.empty())
      d.edits.push_back({word.span, near.front()});
    report(std::move(d));
  }

  void clause(const syntax::TestClause& clause, TestCase& test) {
    if (clause.key.text == "at" && clause.value.kind == ExprKind::String) {
      if (!parse_date(clause.value.text))
        report(Diagnostic(Code::InvalidTest, clause.value.span,
                          fmt::format("\"{}\" is no date", clause.value.text))
                   .note("dates are written 2031-01-31 or 2031-01-31T12:00:00Z"));
      test.now = clause.value.text;
    } else if (clause.key.text == "with" && clause.value.kind == ExprKind::Object) {
      for (std::size_t i = 0; i < clause.value.keys.size(); ++i)
        parameter(clause.value.keys[i], clause.value.children[i], test);
    } else if (clause.key.text == "given" && clause.value.kind == ExprKind::Array) {
      test.given.emplace();
      for (const Expr& other : clause.value.children)
        given(other, test);
    } else {
      report(Diagnostic(Code::InvalidTest, clause.key.span,
                        fmt::format("`{}` does not stand here", clause.key.text))
                 .note("a case has `with { parameter: value }`, `at \"2026-01-01T00:00:00Z\"` and `given "
                       "[{ type: \"…\", … }]`"));
    }
  }

  void parameter(const syntax::Identifier& name, const Expr& value, TestCase& test) {
    std::vector<std::string_view> names;
    for (const ir::PolicyParameter& parameter : policy_.parameters) {
      names.push_back(parameter.name);
      if (parameter.name != name.text) continue;
      if (!fits(parameter.type, value) || !allowed(parameter, value))
        report(Diagnostic(Code::InvalidTest, value.span,
                          fmt::format("the parameter `{}` does not take this value", name.text))
                   .label(parameter.span, "declared here"));
      std::string text;
      JsonWriter json(text);
      write(json, value);
      test.parameters.emplace_back(name.text, std::move(text));
      return;
    }
    Diagnostic d(Code::InvalidTest, name.span,
                 fmt::format("control `{}` has no parameter `{}`", decl_.control.text, name.text));
    if (const auto near = nearest(name.text, names); !near.empty())
      d.edits.push_back({name.span, near.front()});
    report(std::move(d));
  }

  [[nodiscard]] bool allowed(const ir::PolicyParameter& parameter, const Expr& value) const {
    if (parameter.allowed.empty()) return true;
    if (value.kind == ExprKind::Array)
      return std::all_of(value.children.begin(), value.children.end(),
                         [&](const Expr& element) { return allowed(parameter, element); });
    return std::any_of(parameter.allowed.begin(), parameter.allowed.end(), [&](ir::NodeId id) {
      const Value& one = context_.graph.constant_value(id);
      if (value.kind == ExprKind::Integer) return one.is_number() && one.as_number() == double(value.integer);
      if (value.kind == ExprKind::Float) return one.is_number() && one.as_number() == value.number;
      if (value.kind == ExprKind::Boolean) return one.is(ValueKind::Bool) && one.as_bool() == value.boolean;
      return one.is(ValueKind::String) && equal_fold(one.as_string(), value.text);
    });
  }

  /// The text of a member, or what stands for it.
  static std::string text_or(const Expr& object, std::string_view key, std::string otherwise) {
    const Expr* found = find_key(object, key);
    if (found && found->kind == ExprKind::String) return found->text;
    return otherwise;
  }

  void resource(const Expr& object, TestCase& test) {
    const std::string name = text_or(object, "name", "example");
    const std::string type = text_or(object, "type", policy_.types.front());
    test.resource_id = text_or(object, "id", plausible_id(policy_.types.front(), name));
    test.resource_json = resource_json(object, policy_.types.front(), name, test.resource_id);
    note_misspelt(object, type);
  }

  /// A resource beside the one of the test: below it when its type continues or extends that of the test's
  /// own.
  void given(const Expr& object, TestCase& test) {
    const std::string type = object.kind == ExprKind::Object ? text_or(object, "type", "") : std::string();
    if (type.find('/') == std::string::npos) {
      report(Diagnostic(Code::InvalidTest, object.span, "a given resource is an object with a `type`"));
      return;
    }
    const std::string name = text_or(object, "name", "other" + std::to_string(test.given->size() + 1));
    const std::string& own = policy_.types.front();
    std::string id;
    if (lower_ascii(type).starts_with(lower_ascii(own) + "/"))
      id = test.resource_id + type.substr(own.size()) + "/" + name;
    else if (asked_below(type))
      id = test.resource_id + "/providers/" + type + "/" + name;
    else
      id = plausible_id(type, name);
    test.given->push_back(resource_json(object, type, name, text_or(object, "id", id)));
    note_misspelt(object, type);
  }

  /// The control looks for resources of this type below its own.
  [[nodiscard]] bool asked_below(const std::string& type) const {
    if (joined_below(type)) return true;
    const auto& existence = policy_.effect.existence;
    return existence && !existence->resource_group.valid() && !existence->scope.valid() &&
           equal_ascii_fold(context_.graph.constant_value(existence->type).as_string(), type);
  }

  [[nodiscard]] bool joined_below(const std::string& type) const {
    bool below = false;
    const auto look = [&](ir::NodeId root) {
      ir::for_each_node(context_.graph, root, [&](ir::NodeId id, const ir::Node& node) {
        if (node.kind != ir::NodeKind::Join) return;
        const auto parts = context_.graph.children(id);
        const auto text = [&](ir::NodeId part) { return context_.graph.constant_value(part).as_string(); };
        below = below || (equal_ascii_fold(text(parts[0]), type) &&
                          text(parts[1]) == ir::kJoinPlaces[static_cast<std::size_t>(ir::JoinPlace::Below)]);
      });
    };
    look(policy_.applicable);
    for (const ir::Violation& violation : policy_.violations)
      look(violation.when);
    return below;
  }

  std::string resource_json(const Expr& object, const std::string& type, const std::string& name,
                            const std::string& id) {
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    if (!find_key(object, "type")) json.field("type", type);
    if (!find_key(object, "id")) json.field("id", id);
    if (!find_key(object, "name")) json.field("name", name);
    members(json, object);
    json.end_object();
    return text;
  }

  void note_misspelt(const Expr& object, const std::string& type) {
    const ResourceTypeInfo* known = context_.catalog.find_type(type);
    if (!known) return;
    const auto [entry, added] = known_.try_emplace(known);
    if (added) entry->second = collect_known(*known);
    find_misspelt(entry->second, object, "");
  }

  void members(JsonWriter& json, const Expr& object) {
    for (std::size_t i = 0; i < object.children.size(); ++i) {
      for (std::size_t before = 0; before < i; ++before)
        if (equal_ascii_fold(object.keys[before].text, object.keys[i].text))
          report(Diagnostic(Code::InvalidTest, object.keys[i].span,
                            fmt::format("`{}` is written twice", object.keys[i].text)));
      json.key(object.keys[i].text);
      write(json, object.children[i]);
    }
  }

  /// JSON text of a literal.
  void write(JsonWriter& json, const Expr& e) {
    switch (e.kind) {
    case ExprKind::String:
    case ExprKind::Name: // effects and other words
      json.string(e.text);
      return;
    case ExprKind::Integer:
      json.number(e.integer);
      return;
    case ExprKind::Float:
      json.raw(to_json(Value::floating(e.number)));
      return;
    case ExprKind::Boolean:
      json.boolean(e.boolean);
      return;
    case ExprKind::Null:
      json.null();
      return;
    case ExprKind::Array:
      json.begin_array();
      for (const Expr& child : e.children)
        write(json, child);
      json.end_array();
      return;
    case ExprKind::Object:
      json.begin_object();
      members(json, e);
      json.end_object();
      return;
    default:
      json.null();
      report(Diagnostic(Code::InvalidTest, e.span, "resources of a test are written with constants only"));
    }
  }

  // --- misspelt properties: members beside which the catalogue knows one with nearly the same name

  /// Members by the lower-cased path of their owner, arrays seen through: "properties.networkacls" -> ….
  KnownMembers collect_known(const ResourceTypeInfo& type) const {
    KnownMembers known;
    for (std::string_view member : kRootMembers)
      known[""].insert(std::string(member));
    for (std::uint32_t index : type.aliases) {
      std::string owner;
      for (const ir::PathStep& step : ir::parse_path(context_.catalog.alias(index).path)) {
        if (step.name.empty()) continue;
        known[owner].insert(step.name);
        if (type.data_plane && owner.empty()) known["properties"].insert(step.name);
        owner += (owner.empty() ? "" : ".") + lower_ascii(step.name);
      }
    }
    return known;
  }

  void find_misspelt(const KnownMembers& known, const Expr& e, const std::string& path) {
    if (e.kind == ExprKind::Array)
      for (const Expr& child : e.children)
        find_misspelt(known, child, path);
    if (e.kind != ExprKind::Object) return;
    const auto found = known.find(path);
    if (found == known.end()) return;
    const std::vector<std::string_view> names(found->second.begin(), found->second.end());
    for (std::size_t i = 0; i < e.keys.size(); ++i) {
      const std::string& key = e.keys[i].text;
      if (std::any_of(names.begin(), names.end(),
                      [&](std::string_view n) { return equal_ascii_fold(n, key); })) {
        find_misspelt(known, e.children[i], path + (path.empty() ? "" : ".") + lower_ascii(key));
        continue;
      }
      const auto near = nearest(key, names, 1);
      // A member that policies cannot see is no mistake; one that looks like another is.
      if (near.empty() || path == "tags") continue;
      diagnostics_.add(Diagnostic(Code::UnknownTestProperty, e.keys[i].span,
                                  fmt::format("the catalogue knows no `{}` here", key))
                           .edit(e.keys[i].span, near.front()));
    }
  }

  const syntax::TestDecl& decl_;
  const ir::Policy& policy_;
  const ControlContext& context_;
  Diagnostics& diagnostics_;
  bool ok_ = true;
  std::map<const ResourceTypeInfo*, KnownMembers> known_; ///< of the types that cases were about
};

} // namespace

void check_test(const syntax::TestDecl& decl, const ir::Policy& policy, const ControlContext& context,
                std::vector<TestCase>& out) {
  TestChecker(decl, policy, context).check(out);
}

} // namespace writ::check
