// SPDX-License-Identifier: MIT
// Details of effects, in the members that Azure Policy gives them.
// Source: docs/azure-policy-semantics.md, "Effects".
#include "check/remediation.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>

namespace writ::check {

namespace {

using ir::NodeId;

class RemediationChecker {
public:
  RemediationChecker(const syntax::ControlDecl& control, ControlShape shape, const ScopePtr& scope,
                     Lowering& lowering, const ControlContext& context, ir::Policy& policy)
      : control_(control), shape_(shape), scope_(scope), lowering_(lowering), context_(context),
        graph_(context.graph), policy_(policy) {}

  void check() {
    company();
    for (const syntax::BlockDecl& block : control_.blocks)
      if (block.word.text == "manual")
        manual(block);
      else
        unknown_item(block.word, {"manual"});
    for (const syntax::ActionDecl& action : control_.actions)
      if (action.word.text == "deny")
        deny(action);
      else
        unknown_item(action.word, {"deny"});
    relation_members();
    for (const syntax::RemediateDecl& remediation : control_.remediations)
      remediate(remediation);
    if (!details_.empty()) policy_.effect.details = graph_.record(details_);
  }

private:
  void report(Code code, Span span, std::string message) {
    context_.diagnostics.add(Diagnostic(code, span, std::move(message)));
  }

  void unknown_item(const syntax::Identifier& word, const std::vector<std::string_view>& known) {
    Diagnostic d(Code::InvalidControlItem, word.span, fmt::format("no item `{}` in a control", word.text));
    if (const auto near = nearest(word.text, known); !near.empty())
      d.edits.push_back({word.span, near.front()});
    context_.diagnostics.add(std::move(d));
  }

  /// Items that exclude each other.
  void company() {
    std::vector<std::pair<std::string, Span>> items;
    for (const syntax::RemediateDecl& r : control_.remediations)
      items.emplace_back("`remediate`", r.word.span);
    for (const syntax::ActionDecl& a : control_.actions)
      items.emplace_back("`deny action`", a.word.span);
    for (const syntax::BlockDecl& b : control_.blocks)
      items.emplace_back("`manual`", b.word.span);
    if (items.size() > 1)
      context_.diagnostics.add(Diagnostic(Code::InvalidControlItem, items[1].second,
                                          fmt::format("a control has one effect: {} stands beside {}",
                                                      items[1].first, items[0].first))
                                   .label(items[0].second, "the other one"));
    const bool no_condition = shape_ == ControlShape::DenyAction || shape_ == ControlShape::Manual;
    if (no_condition && !control_.requires_.empty())
      report(Code::InvalidControlItem, control_.requires_.front().span,
             fmt::format("{} requires nothing: `where` says which resources it is about",
                         description_of(shape_)));
    if (shape_ == ControlShape::Deploy && !required_relation(control_))
      report(
          Code::InvalidRemediation, control_.remediations.front().kind.span,
          "`remediate deploy` needs one `require some T of x as r …`: what is deployed must be looked for");
    const bool changes = shape_ == ControlShape::Modify || shape_ == ControlShape::Append;
    if (changes && required_relation(control_))
      report(Code::InvalidRemediation, control_.remediations.front().kind.span,
             "a missing resource is deployed, not modified: write `remediate deploy`");
  }

  void member(std::string_view key, NodeId value) {
    details_.push_back(graph_.literal_text(key));
    details_.push_back(value);
  }
  NodeId text(std::string_view value) { return graph_.literal_text(value); }

  /// type, name … of auditIfNotExists and deployIfNotExists, as they stand in `details`.
  void relation_members() {
    if (!policy_.effect.existence) return;
    const ir::Existence& existence = *policy_.effect.existence;
    member("type", existence.type);
    if (existence.name.valid()) member("name", existence.name);
    if (existence.kind.valid()) member("kind", existence.kind);
    if (existence.resource_group.valid()) member("resourceGroupName", existence.resource_group);
    if (existence.scope.valid()) member("existenceScope", existence.scope);
  }

  // --- manual { default unknown }
  void manual(const syntax::BlockDecl& block) {
    std::string state = "Unknown";
    for (const syntax::MetaItem& item : block.items) {
      const std::string word = !item.values.empty() && item.values.front().word
                                   ? lower_ascii(item.values.front().word->text)
                                   : std::string();
      if (item.key.text != "default") {
        report(Code::InvalidControlItem, item.key.span, "`manual` has the one line `default`");
      } else if (word == "unknown" || word == "compliant" || word == "noncompliant") {
        state = word == "unknown" ? "Unknown" : word == "compliant" ? "Compliant" : "NonCompliant";
      } else {
        report(Code::InvalidControlItem, item.span, "the default is unknown, compliant or noncompliant");
      }
    }
    member("defaultState", text(state));
  }

  // --- deny action [delete] cascade deny
  void deny(const syntax::ActionDecl& action) {
    if (action.noun.text != "action")
      report(Code::InvalidControlItem, action.noun.span, "write `deny action [delete]`");
    std::vector<Value> names;
    for (const syntax::Identifier& name : action.actions) {
      if (name.text != "delete")
        report(Code::InvalidControlItem, name.span, "only the action `delete` can be denied");
      names.push_back(Value::string("delete"));
    }
    member("actionNames", graph_.literal(Value::array(names)));
    if (!action.setting) return;
    const auto& [key, value] = *action.setting;
    if (key.text != "cascade" || (value.text != "deny" && value.text != "allow")) {
      report(Code::InvalidControlItem, cover(key.span, value.span),
             "behind the actions stands `cascade deny` or `cascade allow`");
      return;
    }
    const std::array<Member, 1> behaviour = {Member{"resourceGroup", Value::string(value.text)}};
    member("cascadeBehaviors", graph_.literal(Value::object(behaviour)));
  }

  // --- remediate
  void remediate(const syntax::RemediateDecl& remediation) {
    if (remediation.word.text != "remediate") return unknown_item(remediation.word, {"remediate"});
    const std::string& kind = remediation.kind.text;
    if (kind != "modify" && kind != "append" && kind != "deploy") {
      Diagnostic d(Code::InvalidRemediation, remediation.kind.span,
                   fmt::format("a remediation is modify, append or deploy, not `{}`", kind));
      if (const auto near = nearest(kind, {"modify", "append", "deploy"}); !near.empty())
        d.edits.push_back({remediation.kind.span, near.front()});
      context_.diagnostics.add(std::move(d));
      return;
    }
    deploys_ = kind == "deploy";
    std::set<std::string> seen;
    for (const syntax::Remedy& item : remediation.items) {
      const std::string& key = item.key.text;
      const bool operation = key == "set" || key == "add" || key == "remove";
      if (!operation && !seen.insert(key).second)
        report(Code::InvalidRemediation, item.key.span, fmt::format("`{}` is given twice", key));
      else
        line(kind, item);
    }
    const bool changes = kind == "modify" || kind == "append";
    if (changes && policy_.effect.operations.empty() && !failed_)
      report(Code::InvalidRemediation, remediation.kind.span,
             fmt::format("`remediate {}` changes nothing: it has no `set`", kind));
    if (kind != "append" && !seen.contains("roles"))
      report(Code::InvalidRemediation, remediation.kind.span,
             fmt::format("`remediate {}` needs `roles`: what its identity may do", kind));
    if (deploys_) finish_deployment(remediation, seen);
  }

  void line(const std::string& kind, const syntax::Remedy& item) {
    const std::string& key = item.key.text;
    const bool changes = kind == "modify" || kind == "append";
    if (changes && (key == "set" || (kind == "modify" && (key == "add" || key == "remove"))))
      return operation(kind, item);
    if (item.value || item.when) {
      report(Code::InvalidRemediation, item.span, fmt::format("`{}` takes one value", key));
      return;
    }
    if (key == "roles" && kind != "append") return roles(item);
    if (key == "conflict" && kind == "modify")
      return word(item, "conflictEffect", {"audit", "deny", "disabled"}, {"audit", "deny", "disabled"});
    if (deploys_ && key == "scope")
      return word(item, "deploymentScope", {"subscription", "resource_group"},
                  {"Subscription", "ResourceGroup"});
    if (deploys_ && key == "delay") {
      if (const NodeId value = operand(item.target); value.valid()) member("evaluationDelay", value);
      return;
    }
    if (deploys_ && key == "location") {
      location_ = operand(item.target);
      return;
    }
    if (deploys_ && key == "parameters") return deployment_parameters(item.target);
    if (deploys_ && key == "template") return deployment_template(item.target);
    std::vector<std::string_view> known = {"roles", "set", "add", "remove", "conflict"};
    if (kind == "append") known = {"set"};
    if (deploys_) known = {"roles", "scope", "delay", "location", "parameters", "template"};
    std::string list;
    for (std::string_view one : known)
      list += (list.empty() ? "" : ", ") + std::string(one);
    Diagnostic d(Code::InvalidRemediation, item.key.span,
                 fmt::format("no line `{}` in `remediate {}`", key, kind));
    if (const auto near = nearest(key, known); !near.empty())
      d.edits.push_back({item.key.span, near.front()});
    context_.diagnostics.add(std::move(d).note("it has " + list));
  }

  /// A value that may stand in `details`.
  NodeId operand(const syntax::Expr& e) {
    const Term term = lowering_.expression(e, scope_);
    if (term.failed) {
      failed_ = true;
      return {};
    }
    if (term.value.valid()) return term.value;
    report(Code::NotAValue, e.span, "a value is needed here, not a condition");
    failed_ = true;
    return {};
  }

  void word(const syntax::Remedy& item, std::string_view key, const std::vector<std::string_view>& words,
            const std::vector<std::string_view>& spellings) {
    const std::string& given = item.target.text;
    const auto found = std::find(words.begin(), words.end(), given);
    if (item.target.kind == syntax::ExprKind::Name && found != words.end()) {
      member(key, text(spellings[static_cast<std::size_t>(found - words.begin())]));
      return;
    }
    std::string list;
    for (std::string_view one : words)
      list += (list.empty() ? "" : ", ") + std::string(one);
    report(Code::InvalidRemediation, item.target.span, fmt::format("`{}` is one of {}", item.key.text, list));
  }

  void roles(const syntax::Remedy& item) {
    const NodeId list = operand(item.target);
    if (!list.valid()) return;
    const ir::Node& node = graph_.node(list);
    bool ok = node.kind == ir::NodeKind::Literal && graph_.constant_value(list).is(ValueKind::Array) &&
              !graph_.constant_value(list).as_array().empty();
    if (ok)
      for (const Value& role : graph_.constant_value(list).as_array())
        ok = ok && role.is(ValueKind::String) &&
             lower_ascii(role.as_string()).find("/roledefinitions/") != std::string::npos;
    if (!ok)
      return report(Code::InvalidRemediation, item.target.span,
                    "roles are ids of role definitions, such as std.azure.roles.contributor");
    member("roleDefinitionIds", list);
  }

  /// The name that an operation uses for a place: an alias, a tag, identity.type.
  std::optional<std::string> target(const syntax::Expr& e, bool tags_only) {
    const Term term = lowering_.expression(e, scope_);
    if (term.failed) {
      failed_ = true;
      return std::nullopt;
    }
    if (!term.is_field || !term.place || term.place->raw || term.place->depth >= 0) {
      report(Code::InvalidRemediation, e.span, "only a property of the resource can be changed");
      failed_ = true;
      return std::nullopt;
    }
    const ir::Field& field = graph_.field_info(graph_.node(term.left).field);
    const bool tag = lower_ascii(field.name).starts_with("tags");
    if (tags_only && !tag) {
      report(Code::InvalidRemediation, e.span, "only tags can be removed");
      return std::nullopt;
    }
    for (const Alias& alias : context_.catalog.find_alias(field.name))
      if (alias.modifiable == Ternary::No && shape_ == ControlShape::Modify) {
        report(Code::InvalidRemediation, e.span,
               fmt::format("Azure Policy cannot modify `{}`: its alias is not modifiable", alias.name));
        return std::nullopt;
      }
    return field.name;
  }

  void operation(const std::string& kind, const syntax::Remedy& item) {
    const bool removes = item.key.text == "remove";
    const std::optional<std::string> field = target(item.target, removes);
    if (!field) return;
    if (removes == item.value.has_value()) {
      report(Code::InvalidRemediation, item.span,
             removes ? "`remove` takes no value" : fmt::format("`{}` needs `= value`", item.key.text));
      return;
    }
    ir::Operation out;
    if (kind == "modify")
      out.operation = text(removes ? "remove" : item.key.text == "add" ? "add" : "addOrReplace");
    out.field = text(*field);
    if (item.value) {
      out.value = operand(*item.value);
      if (!out.value.valid()) return;
    }
    if (item.when && kind == "append")
      return report(Code::InvalidRemediation, item.when->span, "`remediate append` has no conditions");
    if (item.when) {
      const Term condition = lowering_.expression(*item.when, scope_);
      if (condition.failed) return;
      if (!condition.value.valid() || condition.type.kind != TypeKind::Bool)
        return context_.diagnostics.add(Diagnostic(Code::InvalidRemediation, item.when->span,
                                                   "behind `when` stands a Bool value, not a condition")
                                            .note("Bool values are parameters and functions such as "
                                                  "equals(a, b), not(x), greaterOrEquals(a, b)"));
      out.condition = condition.value;
    }
    policy_.effect.operations.push_back(out);
  }

  // --- deploy
  void deployment_parameters(const syntax::Expr& e) {
    if (e.kind != syntax::ExprKind::Object)
      return report(Code::InvalidRemediation, e.span, "parameters are an object: { name: value }");
    std::vector<NodeId> parts;
    for (std::size_t i = 0; i < e.children.size(); ++i) {
      const NodeId value = operand(e.children[i]);
      if (!value.valid()) return;
      parts.push_back(text(e.keys[i].text));
      const std::array<NodeId, 2> one = {text("value"), value};
      parts.push_back(graph_.record(one));
    }
    parameters_ = graph_.record(parts);
  }

  void deployment_template(const syntax::Expr& e) {
    const NodeId value = operand(e);
    if (!value.valid()) return;
    const ir::Node& node = graph_.node(value);
    if (node.kind != ir::NodeKind::Literal || !graph_.constant_value(value).is(ValueKind::Object))
      return report(Code::InvalidRemediation, e.span,
                    "a template is an object of constants; values come in by its parameters");
    template_ = value;
  }

  void finish_deployment(const syntax::RemediateDecl& remediation, const std::set<std::string>& seen) {
    const auto line = [&](std::string_view key) {
      return std::find_if(remediation.items.begin(), remediation.items.end(),
                          [&](const syntax::Remedy& item) { return item.key.text == key; });
    };
    const auto scope = line("scope");
    const bool subscription = scope != remediation.items.end() && scope->target.text == "subscription";
    if (subscription && !seen.contains("location"))
      report(Code::InvalidRemediation, scope->key.span, "a deployment to a subscription needs a `location`");
    if (!subscription && seen.contains("location"))
      report(Code::InvalidRemediation, line("location")->key.span,
             "`location` belongs to `scope subscription`");
    if (!template_.valid()) {
      if (!seen.contains("template"))
        report(Code::InvalidRemediation, remediation.kind.span, "`remediate deploy` needs a `template`");
      return;
    }
    std::vector<NodeId> properties = {text("mode"), text("incremental")};
    if (parameters_.valid()) {
      properties.push_back(text("parameters"));
      properties.push_back(parameters_);
    }
    properties.push_back(text("template"));
    properties.push_back(template_);
    std::vector<NodeId> deployment;
    if (location_.valid()) {
      deployment.push_back(text("location"));
      deployment.push_back(location_);
    }
    deployment.push_back(text("properties"));
    deployment.push_back(graph_.record(properties));
    member("deployment", graph_.record(deployment));
  }

  const syntax::ControlDecl& control_;
  ControlShape shape_;
  const ScopePtr& scope_;
  Lowering& lowering_;
  const ControlContext& context_;
  ir::Graph& graph_;
  ir::Policy& policy_;
  std::vector<NodeId> details_;
  NodeId location_;
  NodeId parameters_;
  NodeId template_;
  bool deploys_ = false;
  bool failed_ = false;
};

} // namespace

void check_remediation(const syntax::ControlDecl& control, ControlShape shape, const ScopePtr& scope,
                       Lowering& lowering, const ControlContext& context, ir::Policy& policy) {
  RemediationChecker(control, shape, scope, lowering, context, policy).check();
}

} // namespace writ::check
