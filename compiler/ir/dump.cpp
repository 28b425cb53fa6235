// SPDX-License-Identifier: MIT
#include "ir/dump.h"
#include "ir/dump_names.h"
#include "ir/rewrite.h"
#include "ir/sexpr.h"

#include <map>

namespace writ::ir {

namespace {

/// What a field is called in one dump.
class FieldLabels {
public:
  explicit FieldLabels(const Graph& graph) : graph_(graph) {}

  const std::string& operator()(FieldId id) {
    auto [it, added] = labels_.try_emplace(id.index);
    if (added) {
      const std::string& name = graph_.field_info(id).name;
      const std::size_t earlier = uses_of_name_[name]++;
      it->second = earlier == 0 ? name : name + "#" + std::to_string(earlier + 1);
      order_.push_back(id);
    }
    return it->second;
  }
  /// In order of first use.
  [[nodiscard]] const std::vector<FieldId>& order() const { return order_; }

private:
  const Graph& graph_;
  std::map<std::uint32_t, std::string> labels_;
  std::map<std::string, std::size_t> uses_of_name_;
  std::vector<FieldId> order_;
};

Sexpr pair(std::string_view head, std::string_view text) {
  Sexpr e = list(head);
  e.items.push_back(quoted(text));
  return e;
}

std::string literal_text_of(const Value& value) {
  if (value.is_absent_field()) return "absent";
  if (value.is(ValueKind::Missing)) return "missing";
  return to_json(value);
}

class Dumper {
public:
  Dumper(const Graph& graph, FieldLabels& labels) : graph_(graph), labels_(labels) {}

  Sexpr node(NodeId id) {
    if (!id.valid()) return word("none");
    const Node& n = graph_.node(id);
    Sexpr e = list(info(n.kind).name);
    switch (n.kind) {
    case NodeKind::Constant:
      e.items.push_back(word(n.truth ? "true" : "false"));
      break;
    case NodeKind::Test:
      e.items.push_back(word(writ::info(n.op).azure_name));
      break;
    case NodeKind::Literal:
      e.items.push_back({Sexpr::Kind::Json, literal_text_of(graph_.constant_value(id)), {}, 0});
      break;
    case NodeKind::Parameter:
      e.items.push_back(quoted(graph_.name_of(id)));
      break;
    case NodeKind::Call:
      e.items.push_back(word(writ::info(n.function).name));
      break;
    case NodeKind::Count:
    case NodeKind::Join:
      if (const std::string_view hint = graph_.name_hint(id); !hint.empty()) e.items.push_back(quoted(hint));
      break;
    default:
      break;
    }
    if (n.field.valid()) e.items.push_back(quoted(labels_(n.field)));
    if (n.binder != kUnbound) {
      for (std::string_view part : {std::string_view("binder"), std::string_view("level")}) {
        e.items.push_back(word(part));
        e.items.push_back(word(std::to_string(part == "binder" ? n.binder : n.level)));
      }
    }
    if (n.of_primary) e.items.push_back(word("primary"));
    for (NodeId child : graph_.children(id))
      e.items.push_back(node(child));
    return e;
  }

  Sexpr named(std::string_view head, NodeId id) {
    Sexpr e = list(head);
    e.items.push_back(node(id));
    return e;
  }

  Sexpr policy(const Policy& policy) {
    Sexpr e = list("policy");
    e.items.push_back(quoted(policy.id));
    e.items.push_back(word(policy.origin == Origin::Control ? "control" : "definition"));
    for (const PolicyText& text : kPolicyTexts)
      if (!(policy.*text.text).empty()) e.items.push_back(pair(text.word, policy.*text.text));
    for (const FrameworkMapping& mapping : policy.mappings) {
      Sexpr m = pair("maps", mapping.framework);
      m.items.push_back(quoted(mapping.control));
      e.items.push_back(std::move(m));
    }
    for (const std::string& tag : policy.tags)
      e.items.push_back(pair("tag", tag));
    for (const auto& [key, value] : policy.metadata) {
      Sexpr m = pair("metadata", key);
      m.items.push_back(quoted(value));
      e.items.push_back(std::move(m));
    }
    for (const PolicyParameter& p : policy.parameters)
      e.items.push_back(parameter(p));
    for (const std::string& type : policy.types)
      e.items.push_back(pair("on", type));
    e.items.push_back(named("applicable", policy.applicable));
    for (const Violation& violation : policy.violations) {
      Sexpr v = named("violation", violation.when);
      if (violation.message.valid()) v.items.push_back(node(violation.message));
      e.items.push_back(std::move(v));
    }
    if (policy.effect.name.valid()) e.items.push_back(effect(policy.effect));
    return e;
  }

private:
  Sexpr parameter(const PolicyParameter& p) {
    Sexpr e = pair("parameter", p.name);
    e.items.push_back(word(kParameterTypeWords[static_cast<std::size_t>(p.type)]));
    if (p.default_value) e.items.push_back(named("default", *p.default_value));
    for (NodeId allowed : p.allowed)
      e.items.push_back(named("allowed", allowed));
    for (const ParameterText& text : kParameterTexts)
      if (!(p.*text.text).empty()) e.items.push_back(pair(text.word, p.*text.text));
    return e;
  }

  Sexpr effect(const Effect& effect) {
    Sexpr e = named("effect", effect.name);
    if (effect.details.valid()) e.items.push_back(named("details", effect.details));
    if (effect.existence) {
      Sexpr x = list("existence");
      for (const ExistencePart& part : kExistenceParts)
        if (const NodeId id = (*effect.existence).*part.node; id.valid())
          x.items.push_back(named(part.word, id));
      e.items.push_back(std::move(x));
    }
    for (const Operation& operation : effect.operations) {
      Sexpr o = list("operation");
      for (const OperationPart& part : kOperationParts)
        if (const NodeId id = operation.*part.node; id.valid()) o.items.push_back(named(part.word, id));
      e.items.push_back(std::move(o));
    }
    return e;
  }

  const Graph& graph_;
  FieldLabels& labels_;
};

Sexpr path_of(const Path& path) { return pair("path", to_text(path)); }

Sexpr field_of_label(const Field& field, const std::string& label) {
  Sexpr e = pair("field", label);
  e.items.push_back(word(kFieldKindWords[static_cast<std::size_t>(field.kind)]));
  if (field.name != label) e.items.push_back(pair("name", field.name));
  if (field.secret) e.items.push_back(list("secret"));
  if (field.kind != FieldKind::Alias) e.items.push_back(path_of(field.path));
  for (const Resolution& resolution : field.resolutions) {
    Sexpr on = pair("on", resolution.type);
    on.items.push_back(path_of(resolution.path));
    for (const VersionedPath& version : resolution.versions) {
      Sexpr v = list("versions");
      for (const std::string& api : version.api_versions)
        v.items.push_back(quoted(api));
      v.items.push_back(path_of(version.path));
      on.items.push_back(std::move(v));
    }
    if (!resolution.pattern_phrase.empty()) {
      Sexpr pattern = pair("pattern", resolution.pattern_phrase);
      pattern.items.push_back(quoted(resolution.pattern_variable));
      on.items.push_back(std::move(pattern));
    }
    if (resolution.below_root_or_properties) on.items.push_back(list("record"));
    e.items.push_back(std::move(on));
  }
  return e;
}

Sexpr instance_of(const PolicyInstance& instance, Dumper& dumper) {
  Sexpr e = list("instance");
  e.items.push_back(word(std::to_string(instance.policy)));
  if (!instance.label.empty()) e.items.push_back(pair("label", instance.label));
  for (const Argument& argument : instance.arguments) {
    Sexpr a = pair("argument", argument.name);
    a.items.push_back(dumper.node(argument.value));
    e.items.push_back(std::move(a));
  }
  return e;
}

} // namespace

std::string dump(const Graph& graph, NodeId node) {
  FieldLabels labels(graph);
  return to_text(Dumper(graph, labels).node(node));
}

std::string dump(const Graph& graph, const Policy& policy) {
  FieldLabels labels(graph);
  return to_text(Dumper(graph, labels).policy(policy)) + '\n';
}

std::string dump(const PolicySet& set) {
  FieldLabels labels(*set.graph);
  Dumper dumper(*set.graph, labels);
  std::string policies;
  for (const Policy& policy : set.policies)
    policies += to_text(dumper.policy(policy)) + '\n';
  for (const PolicyInstance& instance : set.instances)
    policies += to_text(instance_of(instance, dumper)) + '\n';
  std::string out;
  for (FieldId id : labels.order())
    out += to_text(field_of_label(set.graph->field_info(id), labels(id))) + '\n';
  return out + policies;
}

} // namespace writ::ir
