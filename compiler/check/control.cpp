// SPDX-License-Identifier: MIT
#include "check/control.h"
#include "catalog/field_of.h"
#include "check/control_effects.h"
#include "check/parameter.h"
#include "check/remediation.h"
#include "ir/rewrite.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::check {

namespace {

constexpr std::array<std::string_view, 11> kMetadataKeys = {
    "id", "severity", "category", "maps", "fix", "link", "description", "version", "mode", "target", "tags"};
constexpr std::array<std::string_view, 5> kSeverityWords = {"critical", "high", "medium", "low", "info"};

/// Metadata that is one string in quotes.
std::string* text_item(ir::Policy& policy, std::string_view key) {
  if (key == "id") return &policy.id;
  if (key == "category") return &policy.category;
  if (key == "fix") return &policy.fix;
  if (key == "link") return &policy.link;
  if (key == "description") return &policy.description;
  if (key == "version") return &policy.version;
  if (key == "mode") return &policy.mode;
  return nullptr;
}

/// "a, b and c".
std::string list_of(const std::vector<std::string_view>& words) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i)
    out += (i == 0 ? "" : i + 1 == words.size() ? " and " : ", ") + std::string(words[i]);
  return out;
}

class ControlChecker {
public:
  ControlChecker(const syntax::ControlDecl& decl, const ScopePtr& module_scope, const ControlContext& context)
      : decl_(decl), module_scope_(module_scope), context_(context), diagnostics_(context.diagnostics),
        shape_(shape_of(decl)) {}

  std::optional<CheckedControl> check(const std::string& symbol) {
    const std::size_t errors_before = diagnostics_.errors();
    ir::Policy& policy = out_.policy;
    policy.origin = ir::Origin::Control;
    policy.symbol = symbol;
    policy.title = decl_.title;
    policy.span = decl_.span;
    policy.description = one_line(decl_.doc);
    metadata();
    const bool usable = subject();
    auto scope = std::make_shared<Scope>(module_scope_);
    Lowering lowering(context_.graph, context_.catalog, diagnostics_, context_.node_spans, subject_);
    declare(*scope, scope, lowering);
    if (usable) rule(scope, lowering);
    report_unused(*scope);
    if (diagnostics_.errors() != errors_before) return std::nullopt;
    return std::move(out_);
  }

private:
  void metadata() {
    std::set<std::string> seen;
    for (const syntax::MetaItem& item : decl_.metadata) {
      const std::string& key = item.key.text;
      if (std::find(kMetadataKeys.begin(), kMetadataKeys.end(), key) == kMetadataKeys.end()) {
        Diagnostic d(Code::InvalidMetadata, item.key.span, fmt::format("no metadata item `{}`", key));
        const std::vector<std::string_view> known(kMetadataKeys.begin(), kMetadataKeys.end());
        if (const auto near = nearest(key, known); !near.empty())
          d.edits.push_back({item.key.span, near.front()});
        diagnostics_.add(std::move(d));
        continue;
      }
      if (!seen.insert(key).second && key != "maps") {
        diagnostics_.add(
            Diagnostic(Code::InvalidMetadata, item.key.span, fmt::format("`{}` is given twice", key)));
        continue;
      }
      if (key == "maps")
        mappings(item);
      else if (key == "severity")
        severity(item);
      else if (key == "target")
        target(item);
      else if (key == "tags")
        tags(item);
      else
        plain_text(item, *text_item(out_.policy, key));
      if (key == "mode") mode(item);
    }
    for (std::string_view required : {"id", "severity"})
      if (!seen.contains(std::string(required)))
        diagnostics_.add(Diagnostic(Code::MissingMetadata, decl_.name.span,
                                    fmt::format("control `{}` has no `{}`", decl_.name.text, required)));
    if (decl_.title.empty())
      diagnostics_.add(
          Diagnostic(Code::MissingMetadata, decl_.name.span,
                     fmt::format("control `{}` has no title", decl_.name.text))
              .note(fmt::format("write control {} \"what must hold\" {{ … }}", decl_.name.text)));
  }

  void plain_text(const syntax::MetaItem& item, std::string& target) {
    if (item.values.size() != 1 || !item.values[0].text || item.values[0].word) {
      diagnostics_.add(Diagnostic(Code::InvalidMetadata, item.span,
                                  fmt::format("`{}` takes one text in quotes", item.key.text)));
      return;
    }
    target = *item.values[0].text;
    if (target.empty() && item.key.text == "id")
      diagnostics_.add(Diagnostic(Code::InvalidMetadata, item.values[0].span, "an id is not empty"));
  }

  void mode(const syntax::MetaItem& item) {
    std::string& mode = out_.policy.mode;
    for (std::string_view known : {"All", "Indexed"})
      if (equal_ascii_fold(mode, known)) {
        mode = known;
        return;
      }
    if (mode.empty() || mode.starts_with("Microsoft.")) return; // empty: reported, or chosen when emitted
    Diagnostic d(Code::InvalidMetadata, item.values[0].span,
                 "a mode is All, Indexed, or one of a resource provider such as Microsoft.KeyVault.Data");
    if (const auto near = nearest(mode, {"All", "Indexed"}); !near.empty())
      d.edits.push_back({item.values[0].span, "\"" + near.front() + "\""});
    diagnostics_.add(std::move(d));
  }

  void severity(const syntax::MetaItem& item) {
    const bool one_word = item.values.size() == 1 && item.values[0].word && !item.values[0].text;
    const std::string word = one_word ? item.values[0].word->text : std::string();
    if (std::find(kSeverityWords.begin(), kSeverityWords.end(), word) == kSeverityWords.end()) {
      Diagnostic d(Code::InvalidMetadata, item.values.empty() ? item.span : item.values[0].span,
                   "a severity is critical, high, medium, low or info");
      const std::vector<std::string_view> known(kSeverityWords.begin(), kSeverityWords.end());
      if (const auto near = nearest(word, known); one_word && !near.empty())
        d.edits.push_back({item.values[0].span, near.front()});
      diagnostics_.add(std::move(d));
      return;
    }
    out_.policy.severity = word;
  }

  void target(const syntax::MetaItem& item) {
    for (const syntax::MetaValue& value : item.values) {
      const std::string word = value.word ? value.word->text : std::string();
      if (word == "azure-policy")
        out_.target_azure = true;
      else if (word != "local")
        diagnostics_.add(Diagnostic(Code::InvalidMetadata, value.span, "a target is local or azure-policy"));
    }
  }

  void tags(const syntax::MetaItem& item) {
    for (const syntax::MetaValue& value : item.values) {
      if (value.is_list)
        out_.policy.tags.insert(out_.policy.tags.end(), value.list.begin(), value.list.end());
      else if (value.text && !value.word)
        out_.policy.tags.push_back(*value.text);
      else
        diagnostics_.add(Diagnostic(Code::InvalidMetadata, value.span, "tags are texts in quotes"));
    }
  }

  void mappings(const syntax::MetaItem& item) {
    for (const syntax::MetaValue& value : item.values) {
      if (!value.word || !value.text) {
        diagnostics_.add(
            Diagnostic(Code::InvalidMetadata, value.span,
                       "a mapping is a framework and a control in quotes, such as mcsb \"NS-2\""));
        continue;
      }
      Binding* binding = module_scope_->find(value.word->text);
      if (!binding || binding->kind != BindingKind::Framework) {
        Diagnostic d(Code::UnknownFramework, value.word->span,
                     fmt::format("no framework `{}` in scope", value.word->text));
        std::vector<std::string_view> known;
        for (std::string_view name : module_scope_->visible())
          if (module_scope_->find(name)->kind == BindingKind::Framework) known.push_back(name);
        if (const auto near = nearest(value.word->text, known); !near.empty())
          d.edits.push_back({value.word->span, near.front()});
        else
          d.notes.push_back(fmt::format("import it: use std.frameworks.{{{}}}", value.word->text));
        diagnostics_.add(std::move(d));
        continue;
      }
      binding->used = true;
      std::vector<std::string_view> ids;
      for (const syntax::FrameworkItem& control : binding->framework->items)
        ids.push_back(control.id.text);
      if (std::find(ids.begin(), ids.end(), *value.text) == ids.end()) {
        Diagnostic d(Code::UnknownFrameworkControl, value.span,
                     fmt::format("{} has no control \"{}\"", binding->framework->title, *value.text));
        if (const auto near = nearest(*value.text, ids); !near.empty())
          d.notes.push_back(fmt::format("did you mean \"{}\"?", near.front()));
        diagnostics_.add(std::move(d));
        continue;
      }
      out_.policy.mappings.push_back({value.word->text, *value.text});
    }
  }

  bool subject() {
    if (decl_.on_items.size() != 1 || !decl_.subject || decl_.types.empty()) {
      diagnostics_.add(Diagnostic(Code::IncompleteControl,
                                  decl_.on_items.size() > 1 ? decl_.on_items[1] : decl_.name.span,
                                  decl_.on_items.size() > 1
                                      ? "a control has one `on`; list several types behind it with commas"
                                      : fmt::format("control `{}` does not say which resources it is about",
                                                    decl_.name.text))
                           .note("write `on Microsoft.CognitiveServices/accounts as account`"));
      return false;
    }
    if (decl_.requires_.empty() && shape_ != ControlShape::DenyAction && shape_ != ControlShape::Manual) {
      diagnostics_.add(Diagnostic(Code::IncompleteControl, decl_.name.span,
                                  fmt::format("control `{}` requires nothing", decl_.name.text)));
      return false;
    }
    subject_.name = decl_.subject->text;
    for (const syntax::TypeName& type : decl_.types) {
      const ResourceTypeInfo* known = context_.catalog.find_type(type.text);
      if (!known) {
        Diagnostic d(Code::UnknownResourceType, type.span, fmt::format("no resource type `{}`", type.text));
        if (const auto near = context_.catalog.nearest_types(type.text); !near.empty())
          d.edits.push_back({type.span, near.front()});
        else
          d.notes.push_back(
              "types beyond the built-in catalogue come from --aliases, or from a `record` declaration");
        diagnostics_.add(std::move(d));
        continue;
      }
      if (std::find(subject_.types.begin(), subject_.types.end(), known) != subject_.types.end()) {
        diagnostics_.add(
            Diagnostic(Code::DuplicateName, type.span, fmt::format("`{}` is listed twice", known->name)));
        continue;
      }
      subject_.types.push_back(known);
      out_.policy.types.emplace_back(known->name);
      if (context_.record_types.contains(lower_ascii(known->name))) out_.local_record = true;
    }
    return subject_.types.size() == decl_.types.size();
  }

  void declare(Scope& scope, const ScopePtr& self, Lowering& lowering) {
    auto add = [&](const syntax::Identifier& name, Binding binding) {
      binding.span = name.span;
      binding.home = self;
      if (!scope.declare(name.text, binding))
        diagnostics_.add(Diagnostic(Code::DuplicateName, name.span,
                                    fmt::format("`{}` is declared twice in this control", name.text))
                             .label(scope.find(name.text)->span, "first declared here"));
    };
    if (decl_.subject) {
      Binding subject;
      subject.kind = BindingKind::Subject;
      subject.used = true;
      add(*decl_.subject, subject);
    }
    for (const syntax::ParamDecl& param : decl_.params) {
      Binding binding;
      binding.kind = BindingKind::Parameter;
      binding.type = parameter(param, lowering);
      add(param.name, binding);
    }
    for (const syntax::LetDecl& let : decl_.lets) {
      Binding binding;
      binding.expression = &let.value;
      add(let.name, binding);
    }
    for (const syntax::FnDecl& fn : decl_.functions) {
      Binding binding;
      binding.kind = BindingKind::Function;
      binding.function = &fn;
      add(fn.name, binding);
    }
  }

  Type parameter(const syntax::ParamDecl& decl, Lowering& lowering) {
    ir::PolicyParameter out;
    Type type = check_parameter(decl, lowering, module_scope_, context_.graph, diagnostics_, out);
    for (const ir::PolicyParameter& other : out_.policy.parameters)
      if (other.name != out.name && equal_ascii_fold(other.name, out.name))
        diagnostics_.add(
            Diagnostic(Code::DuplicateName, decl.name.span,
                       fmt::format("Azure Policy takes the parameters `{}` and `{}` for the same", other.name,
                                   out.name))
                .label(other.span, "first declared here"));
    if (type.kind == TypeKind::Effect) check_effects(decl, out);
    out_.policy.parameters.push_back(std::move(out));
    return type;
  }

  void check_effects(const syntax::ParamDecl& decl, const ir::PolicyParameter& out) {
    auto check = [&](ir::NodeId id, Span span) {
      const std::string_view word = context_.graph.constant_value(id).as_string();
      const auto effects = effects_of(shape_);
      const std::vector<std::string_view> known(effects.begin(), effects.end());
      if (std::any_of(known.begin(), known.end(), [&](std::string_view e) { return equal_fold(e, word); }))
        return;
      Diagnostic d(Code::InvalidParameter, span,
                   fmt::format("`{}` is not an effect of {}", word, description_of(shape_)));
      if (const auto near = nearest(word, known); !near.empty())
        d.edits.push_back({span, near.front()});
      else
        d.notes.push_back("its effects are " + list_of(known));
      diagnostics_.add(std::move(d));
    };
    if (out.default_value) check(*out.default_value, decl.default_value->span);
    for (std::size_t i = 0; i < out.allowed.size(); ++i)
      check(out.allowed[i], out.allowed.size() == decl.allowed->children.size()
                                ? decl.allowed->children[i].span
                                : decl.allowed->span);
    if (has_effect_)
      diagnostics_.add(
          Diagnostic(Code::InvalidParameter, decl.span, "a control has one parameter of type Effect")
              .note("the effect of the control is its value"));
    has_effect_ = true;
  }

  void rule(const ScopePtr& scope, Lowering& lowering) {
    ir::Graph& graph = context_.graph;
    ir::Policy& policy = out_.policy;
    const ir::NodeId type = graph.field(graph.add_field(*well_known_field("type")));
    std::vector<ir::NodeId> applicable;
    if (policy.types.size() == 1) {
      applicable.push_back(graph.test(Operator::Equals, type, graph.literal_text(policy.types.front())));
    } else {
      std::vector<Value> names;
      for (const std::string& name : policy.types)
        names.push_back(Value::string(name));
      applicable.push_back(graph.test(Operator::In, type, graph.literal(Value::array(names))));
    }
    for (const syntax::Expr& where : decl_.where) {
      const ir::NodeId condition = lowering.condition(where, scope);
      if (condition.valid() && lowering.check_joins(condition, where.span)) applicable.push_back(condition);
    }
    policy.applicable = graph.all_of(applicable);
    violations(scope, lowering);
    policy.effect.name = graph.literal_text(customary_effect());
    refuse_joined_effect();
    check_remediation(decl_, shape_, scope, lowering, context_, policy);
    for (const ir::PolicyParameter& parameter : policy.parameters) {
      Binding* binding = scope->find(parameter.name);
      if (binding && binding->type.kind == TypeKind::Effect) {
        policy.effect.name = graph.parameter(parameter.name);
        binding->used = true;
      }
    }
  }

  /// What is counted is known after the run, and locally only: no effect of Azure can rest on it.
  void refuse_joined_effect() {
    if (shape_ == ControlShape::Plain) return;
    const ir::Graph& graph = context_.graph;
    bool joined = false;
    const auto look = [&](ir::NodeId id) {
      ir::for_each_node(graph, id, [&](ir::NodeId, const ir::Node& node) {
        joined = joined || node.kind == ir::NodeKind::Join;
      });
    };
    look(out_.policy.applicable);
    for (const ir::Violation& violation : out_.policy.violations)
      look(violation.when);
    if (joined)
      diagnostics_.add(Diagnostic(Code::JoinWithEffect, decl_.name.span,
                                  fmt::format("{} cannot count other resources", description_of(shape_)))
                           .note("what is counted is evaluated locally only: put it into a control that only "
                                 "requires"));
  }

  void violations(const ScopePtr& scope, Lowering& lowering) {
    ir::Graph& graph = context_.graph;
    ir::Policy& policy = out_.policy;
    if (const syntax::Expr* relation = required_relation(decl_)) {
      policy.effect.existence = lowering.existence(*relation, scope);
      const syntax::Require& require = decl_.requires_.front();
      ir::Violation violation;
      violation.when = graph.constant(true); // what is missing decides, not what the resource is
      if (require.message) violation.message = lowering.message(*require.message, scope);
      violation.span = require.span;
      policy.violations.push_back(violation);
      return;
    }
    for (const syntax::Require& require : decl_.requires_) {
      ir::Violation violation;
      const ir::NodeId condition = lowering.condition(require.condition, scope);
      if (condition.valid() && lowering.check_joins(condition, require.condition.span))
        violation.when = graph.negate(condition);
      if (require.message) {
        violation.message = lowering.message(*require.message, scope);
        lowering.refuse_joins(violation.message, require.message->span);
      }
      violation.span = require.span;
      policy.violations.push_back(violation);
    }
    // Protected from deletion, or to be attested: every resource that `where` lets through.
    if (shape_ == ControlShape::DenyAction || shape_ == ControlShape::Manual)
      policy.violations.push_back({graph.constant(true), {}, decl_.name.span});
  }

  /// The effect of a control without a parameter for it: audit, deployIfNotExists.
  [[nodiscard]] std::string customary_effect() const {
    std::string word(effects_of(shape_).front());
    word[0] = static_cast<char>(word[0] + ('a' - 'A'));
    return word;
  }

  void report_unused(Scope& scope) {
    for (const auto& [name, binding] : scope.own())
      if (!binding.used)
        diagnostics_.add(Diagnostic(Code::UnusedName, binding.span, fmt::format("`{}` is never used", name)));
  }

  const syntax::ControlDecl& decl_;
  const ScopePtr& module_scope_;
  const ControlContext& context_;
  Diagnostics& diagnostics_;
  Subject subject_;
  ControlShape shape_;
  bool has_effect_ = false;
  CheckedControl out_;
};

} // namespace

std::optional<CheckedControl> check_control(const syntax::ControlDecl& decl, const std::string& symbol,
                                            const ScopePtr& module_scope, const ControlContext& context) {
  return ControlChecker(decl, module_scope, context).check(symbol);
}

} // namespace writ::check
