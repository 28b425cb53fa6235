// SPDX-License-Identifier: MIT
#include "ir/dump.h"
#include "ir/dump_names.h"
#include "ir/sexpr.h"
#include "writ/text.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace writ::ir {

namespace {

template <std::size_t N>
std::optional<std::size_t> index_of(const std::array<std::string_view, N>& words, std::string_view wanted) {
  const auto found = std::find(words.begin(), words.end(), wanted);
  if (found == words.end()) return std::nullopt;
  return static_cast<std::size_t>(found - words.begin());
}

class DumpReader {
public:
  explicit DumpReader(Graph& graph) : graph_(graph) {}

  bool forms(std::string_view text, std::vector<Sexpr>& out) { return read_sexprs(text, out, error); }

  void field(const Sexpr& e) {
    Field field;
    const std::string label = text_at(e, 1);
    field.name = label;
    if (const auto kind = index_of(kFieldKindWords, word_at(e, 2)))
      field.kind = static_cast<FieldKind>(*kind);
    else
      fail(e, "no such kind of field");
    for (std::size_t i = 3; i < e.items.size(); ++i) {
      const Sexpr& part = e.items[i];
      if (part.head() == "name")
        field.name = text_at(part, 1);
      else if (part.head() == "secret")
        field.secret = true;
      else if (part.head() == "path")
        field.path = parse_path(text_at(part, 1));
      else if (part.head() == "on")
        field.resolutions.push_back(resolution(part));
      else
        fail(part, "no such part of a field");
    }
    fields_[label] = graph_.add_field(std::move(field));
  }

  NodeId node(const Sexpr& e) {
    if (e.is_word("none")) return {};
    const std::string_view head = e.head();
    const auto kinds = all_node_kinds();
    const auto kind =
        std::find_if(kinds.begin(), kinds.end(), [&](const NodeKindInfo& k) { return k.name == head; });
    if (kind == kinds.end()) return fail(e, "no such kind of node");
    switch (kind->kind) {
    case NodeKind::Constant:
      return graph_.constant(word_at(e, 1) == "true");
    case NodeKind::Test: {
      const auto op = find_operator(word_at(e, 1));
      if (!op) return fail(e, "no such operator");
      const std::vector<NodeId> sides = children(e, 2, 2);
      return failed() ? NodeId{} : graph_.test(*op, sides[0], sides[1]);
    }
    case NodeKind::Literal:
      return literal(e);
    case NodeKind::Parameter:
      return graph_.parameter(text_at(e, 1));
    case NodeKind::Field: {
      const FieldId id = field_named(e, 1);
      const Binding b = binding(e, 2);
      return failed() ? NodeId{} : graph_.field(id, b.binder, b.level);
    }
    case NodeKind::FieldValue: {
      const FieldId id = field_named(e, 1);
      const Binding b = binding(e, 2);
      return failed() ? NodeId{} : graph_.field_value(id, b.binder, b.level, b.primary);
    }
    case NodeKind::Current: {
      const bool member = e.items.size() > 1 && e.items[1].kind == Sexpr::Kind::Text;
      const FieldId id = member ? field_named(e, 1) : FieldId{};
      const Binding b = binding(e, member ? 2 : 1);
      return failed() ? NodeId{} : graph_.current(b.binder, b.level, id);
    }
    case NodeKind::DynamicField: {
      const std::vector<NodeId> name = children(e, 1, 1);
      return failed() ? NodeId{} : graph_.dynamic_field(name[0]);
    }
    case NodeKind::DynamicFieldValue: {
      const bool primary = e.items.size() > 1 && e.items[1].is_word("primary");
      const std::vector<NodeId> name = children(e, primary ? 2 : 1, 1);
      return failed() ? NodeId{} : graph_.dynamic_field_value(name[0], primary);
    }
    case NodeKind::Count: {
      const bool named = e.items.size() > 1 && e.items[1].kind == Sexpr::Kind::Text;
      const std::vector<NodeId> parts = children(e, named ? 2 : 1, 2);
      return failed() ? NodeId{} : graph_.count(parts[0], parts[1], named ? text_at(e, 1) : "");
    }
    case NodeKind::Join: {
      const bool named = e.items.size() > 1 && e.items[1].kind == Sexpr::Kind::Text;
      const std::vector<NodeId> parts = children(e, named ? 2 : 1);
      return failed() ? NodeId{} : graph_.join(parts, named ? text_at(e, 1) : "");
    }
    case NodeKind::Call: {
      const auto function = find_function(word_at(e, 1));
      if (!function) return fail(e, "no such function");
      const std::vector<NodeId> arguments = children(e, 2);
      return failed() ? NodeId{} : graph_.call(*function, arguments);
    }
    default:
      return plain(e, kind->kind);
    }
  }

  void policy(const Sexpr& e, PolicySet& set) {
    Policy policy;
    policy.id = text_at(e, 1);
    policy.origin =
        e.items.size() > 2 && e.items[2].is_word("definition") ? Origin::AzureDefinition : Origin::Control;
    for (std::size_t i = 3; i < e.items.size() && !failed(); ++i)
      policy_part(e.items[i], policy);
    set.policies.push_back(std::move(policy));
  }

  void instance(const Sexpr& e, PolicySet& set) {
    PolicyInstance instance;
    instance.policy = number_at(e, 1);
    if (instance.policy >= set.policies.size()) fail(e, "no such policy");
    for (std::size_t i = 2; i < e.items.size(); ++i) {
      const Sexpr& part = e.items[i];
      if (part.head() == "label")
        instance.label = text_at(part, 1);
      else if (part.head() == "argument" && part.items.size() == 3)
        instance.arguments.push_back({text_at(part, 1), node(part.items[2])});
      else
        fail(part, "no such part of an instance");
    }
    set.instances.push_back(std::move(instance));
  }

  NodeId fail(const Sexpr& e, std::string_view reason) {
    if (error.empty()) error = "line " + std::to_string(e.line) + ": " + std::string(reason);
    return {};
  }
  [[nodiscard]] bool failed() const { return !error.empty(); }

  std::string error;

private:
  struct Binding {
    std::uint16_t binder = kUnbound;
    std::uint16_t level = 0;
    bool primary = false;
  };

  std::string text_at(const Sexpr& e, std::size_t index) {
    if (index < e.items.size() && e.items[index].kind == Sexpr::Kind::Text) return e.items[index].text;
    fail(e, "a quoted text is missing");
    return {};
  }
  std::string word_at(const Sexpr& e, std::size_t index) {
    if (index < e.items.size() && e.items[index].kind == Sexpr::Kind::Word) return e.items[index].text;
    fail(e, "a word is missing");
    return {};
  }
  std::uint16_t number_at(const Sexpr& e, std::size_t index) {
    const std::string digits = word_at(e, index);
    std::uint16_t number = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (status != std::errc() || end != digits.data() + digits.size()) fail(e, "a number is missing");
    return number;
  }

  std::vector<NodeId> children(const Sexpr& e, std::size_t first, std::size_t count = SIZE_MAX) {
    std::vector<NodeId> out;
    for (std::size_t i = first; i < e.items.size() && !failed(); ++i) {
      const NodeId child = node(e.items[i]);
      if (!child.valid() && !failed()) fail(e, "`none` is no operand");
      out.push_back(child);
    }
    if (count != SIZE_MAX && out.size() != count && !failed()) fail(e, "wrong number of parts");
    return out;
  }

  NodeId plain(const Sexpr& e, NodeKind kind) {
    const std::vector<NodeId> parts = children(e, 1);
    const bool arity_fits = kind == NodeKind::Not      ? parts.size() == 1
                            : kind == NodeKind::Member ? parts.size() == 2
                            : kind == NodeKind::Record ? parts.size() % 2 == 0
                                                       : true;
    if (!arity_fits) fail(e, "wrong number of parts");
    if (failed()) return {};
    switch (kind) {
    case NodeKind::And:
      return graph_.all_of(parts);
    case NodeKind::Or:
      return graph_.any_of(parts);
    case NodeKind::Not:
      return graph_.negate(parts[0]);
    case NodeKind::Member:
      return graph_.member(parts[0], parts[1]);
    case NodeKind::List:
      return graph_.list(parts);
    case NodeKind::Record:
      return graph_.record(parts);
    default:
      return graph_.text(parts);
    }
  }

  NodeId literal(const Sexpr& e) {
    if (e.items.size() != 2 || e.items[1].kind != Sexpr::Kind::Json) return fail(e, "a value is missing");
    const std::string& text = e.items[1].text;
    if (text == "absent") return graph_.literal(Value::absent_field());
    if (text == "missing") return graph_.literal(Value::missing());
    Arena arena;
    Value value;
    JsonError json_error;
    if (!parse_json(arena, text, value, json_error)) return fail(e, json_error.reason);
    return graph_.literal(value);
  }

  FieldId field_named(const Sexpr& e, std::size_t index) {
    const std::string label = text_at(e, index);
    if (auto found = fields_.find(label); found != fields_.end()) return found->second;
    // Undeclared: a well-known field, a tag, or a raw path.
    Field field;
    field.name = label;
    field.path = parse_path(label);
    if (const auto kind = index_of(kFieldKindWords, label);
        kind && *kind <= static_cast<std::size_t>(FieldKind::Tags))
      field.kind = static_cast<FieldKind>(*kind);
    if (const auto tag = tag_of_name(label)) {
      field.kind = FieldKind::Tag;
      field.path = {{"tags", false}, {*tag, false}};
    }
    const FieldId id = graph_.add_field(std::move(field));
    fields_.emplace(label, id);
    return id;
  }

  Binding binding(const Sexpr& e, std::size_t first) {
    Binding out;
    for (std::size_t i = first; i < e.items.size() && !failed(); ++i) {
      if (e.items[i].is_word("binder"))
        out.binder = number_at(e, ++i);
      else if (e.items[i].is_word("level"))
        out.level = number_at(e, ++i);
      else if (e.items[i].is_word("primary"))
        out.primary = true;
      else
        fail(e, "no such part of a field");
    }
    return out;
  }

  Resolution resolution(const Sexpr& e) {
    Resolution out;
    out.type = text_at(e, 1);
    for (std::size_t i = 2; i < e.items.size(); ++i) {
      const Sexpr& part = e.items[i];
      if (part.head() == "path") {
        out.path = parse_path(text_at(part, 1));
      } else if (part.head() == "versions" && part.items.size() > 1) {
        VersionedPath version;
        for (std::size_t v = 1; v + 1 < part.items.size(); ++v)
          version.api_versions.push_back(text_at(part, v));
        version.path = parse_path(text_at(part.items.back(), 1));
        out.versions.push_back(std::move(version));
      } else if (part.head() == "pattern") {
        out.pattern_phrase = text_at(part, 1);
        out.pattern_variable = text_at(part, 2);
      } else if (part.head() == "record") {
        out.below_root_or_properties = true;
      } else {
        fail(part, "no such part of a resolution");
      }
    }
    return out;
  }

  void policy_part(const Sexpr& e, Policy& policy) {
    const std::string_view head = e.head();
    for (const PolicyText& text : kPolicyTexts)
      if (text.word == head) {
        policy.*text.text = text_at(e, 1);
        return;
      }
    if (head == "maps")
      policy.mappings.push_back({text_at(e, 1), text_at(e, 2)});
    else if (head == "tag")
      policy.tags.push_back(text_at(e, 1));
    else if (head == "metadata")
      policy.metadata.emplace_back(text_at(e, 1), text_at(e, 2));
    else if (head == "parameter")
      policy.parameters.push_back(parameter(e));
    else if (head == "on")
      policy.types.push_back(text_at(e, 1));
    else if (head == "applicable")
      policy.applicable = node_at(e, 1);
    else if (head == "violation")
      policy.violations.push_back({node_at(e, 1), e.items.size() > 2 ? node_at(e, 2) : NodeId{}, {}});
    else if (head == "effect")
      effect(e, policy.effect);
    else
      fail(e, "no such part of a policy");
  }

  NodeId node_at(const Sexpr& e, std::size_t index) {
    return index < e.items.size() ? node(e.items[index]) : fail(e, "a node is missing");
  }

  PolicyParameter parameter(const Sexpr& e) {
    PolicyParameter out;
    out.name = text_at(e, 1);
    if (const auto type = index_of(kParameterTypeWords, word_at(e, 2)))
      out.type = static_cast<ParameterType>(*type);
    else
      fail(e, "no such type of a parameter");
    for (std::size_t i = 3; i < e.items.size(); ++i) {
      const Sexpr& part = e.items[i];
      if (part.head() == "default")
        out.default_value = node_at(part, 1);
      else if (part.head() == "allowed")
        out.allowed.push_back(node_at(part, 1));
      for (const ParameterText& text : kParameterTexts)
        if (text.word == part.head()) out.*text.text = text_at(part, 1);
    }
    return out;
  }

  void effect(const Sexpr& e, Effect& out) {
    out.name = node_at(e, 1);
    for (std::size_t i = 2; i < e.items.size(); ++i) {
      const Sexpr& part = e.items[i];
      if (part.head() == "details")
        out.details = node_at(part, 1);
      else if (part.head() == "existence")
        parts(part, kExistenceParts, out.existence.emplace());
      else if (part.head() == "operation")
        parts(part, kOperationParts, out.operations.emplace_back());
      else
        fail(part, "no such part of an effect");
    }
  }

  template <typename Table, typename Owner> void parts(const Sexpr& e, const Table& table, Owner& owner) {
    for (std::size_t i = 1; i < e.items.size(); ++i)
      for (const auto& row : table)
        if (row.word == e.items[i].head()) owner.*row.node = node_at(e.items[i], 1);
  }

  Graph& graph_;
  std::map<std::string, FieldId> fields_;
};

} // namespace

ParsedSet parse_set(std::string_view text) {
  ParsedSet out;
  DumpReader reader(*out.set.graph);
  std::vector<Sexpr> forms;
  if (reader.forms(text, forms))
    for (const Sexpr& form : forms) {
      if (reader.failed()) break;
      if (form.head() == "field")
        reader.field(form);
      else if (form.head() == "policy")
        reader.policy(form, out.set);
      else if (form.head() == "instance")
        reader.instance(form, out.set);
      else
        reader.fail(form, "neither field, policy nor instance");
    }
  out.error = reader.error;
  return out;
}

ParsedNode parse_node(Graph& graph, std::string_view text, std::string_view fields) {
  DumpReader reader(graph);
  std::vector<Sexpr> declarations;
  std::vector<Sexpr> forms;
  if (!reader.forms(fields, declarations) || !reader.forms(text, forms)) return {{}, reader.error};
  for (const Sexpr& declaration : declarations)
    reader.field(declaration);
  if (forms.size() != 1) return {{}, "line 1: one node is wanted"};
  const NodeId node = reader.node(forms[0]);
  return {reader.failed() ? NodeId{} : node, reader.error};
}

} // namespace writ::ir
