// SPDX-License-Identifier: MIT
#include "syntax/ast_dump.h"

#include <charconv>
#include <span>

namespace writ::syntax {

namespace {

constexpr std::size_t kDumpWidth = 100;

std::string quoted_text(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\x";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string number_text(double value) {
  char buffer[32];
  const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
  return {buffer, result.ptr};
}

std::string related_head(const Expr& e) {
  const RelatedShape& shape = *e.related;
  std::string out = shape.quantity == RelatedQuantity::Some ? "some "
                    : shape.quantity == RelatedQuantity::No ? "no "
                                                            : "count ";
  out += shape.type.text;
  switch (shape.place) {
  case RelatedPlace::Below:
    out += " below";
    break;
  case RelatedPlace::ResourceGroup:
    out += " in-resource-group";
    break;
  case RelatedPlace::Subscription:
    out += " in-subscription";
    break;
  case RelatedPlace::Anywhere:
    break;
  }
  return out + " as " + e.text;
}

/// `named: ` before the child that is the name, and so on.
std::string related_label(const RelatedShape& shape, std::size_t child) {
  const int index = static_cast<int>(child);
  if (index == shape.subject) return "of: ";
  if (index == shape.group) return "group: ";
  if (index == shape.named) return "named: ";
  if (index == shape.kind) return "kind: ";
  return "where: ";
}

/// What stands behind the opening parenthesis: operator and names. Empty for leaves and literals.
std::string head_of(const Expr& e) {
  switch (e.kind) {
  case ExprKind::Member:
    return "." + e.text;
  case ExprKind::Index:
    return "index";
  case ExprKind::Call:
    return "call " + e.text;
  case ExprKind::Method:
    return "method " + e.text;
  case ExprKind::Binary: {
    std::string op(to_text(e.op));
    for (char& c : op)
      if (c == ' ') c = '-';
    return op;
  }
  case ExprKind::Range:
    return "..";
  case ExprKind::Exists:
    return e.boolean ? "not-exists" : "exists";
  case ExprKind::Not:
    return "not";
  case ExprKind::And:
    return "and";
  case ExprKind::Or:
    return "or";
  case ExprKind::If:
    return "if";
  case ExprKind::Quantified:
    return (e.quantifier == Quantifier::Any   ? "any "
            : e.quantifier == Quantifier::All ? "all "
                                              : "none ") +
           e.text;
  case ExprKind::Count:
    return e.text.empty() ? "count" : "count " + e.text;
  case ExprKind::Related:
    return related_head(e);
  case ExprKind::Interpolation:
    return "message";
  default:
    return {};
  }
}

std::string leaf_text(const Expr& e) {
  switch (e.kind) {
  case ExprKind::Name:
    return e.text;
  case ExprKind::String:
    return quoted_text(e.text);
  case ExprKind::Integer:
    return std::to_string(e.integer);
  case ExprKind::Float:
    return number_text(e.number) + "f";
  case ExprKind::Boolean:
    return e.boolean ? "true" : "false";
  case ExprKind::Duration:
    return std::to_string(e.integer) + "s";
  default:
    return "null";
  }
}

/// Opening and closing text of a node with children, and what parts them on one line.
struct Brackets {
  std::string open;
  std::string_view separator;
  char close = ')';
};
Brackets brackets_of(const Expr& e) {
  if (e.kind == ExprKind::Array) return {"[", ", ", ']'};
  if (e.kind == ExprKind::Object) return {"{", ", ", '}'};
  return {"(" + head_of(e), " ", ')'};
}
bool is_leaf(const Expr& e) {
  return e.kind != ExprKind::Array && e.kind != ExprKind::Object && head_of(e).empty();
}

/// The text before a child: its key in an object, its part in a relation.
std::string key_of(const Expr& e, std::size_t child) {
  if (e.related) return related_label(*e.related, child);
  return e.kind == ExprKind::Object ? quoted_text(e.keys[child].text) + ": " : std::string();
}

void write_flat(const Expr& e, std::string& out) {
  if (is_leaf(e)) {
    out += leaf_text(e);
    return;
  }
  const Brackets b = brackets_of(e);
  out += b.open;
  for (std::size_t i = 0; i < e.children.size(); ++i) {
    if (i > 0 || b.close == ')') out += b.separator;
    out += key_of(e, i);
    write_flat(e.children[i], out);
  }
  out += b.close;
}

void write_indented(const Expr& e, std::size_t indent, std::string& out) {
  const std::string flat = dump(e);
  if (is_leaf(e) || indent + flat.size() <= kDumpWidth) {
    out += flat;
    return;
  }
  const Brackets b = brackets_of(e);
  out += b.open;
  for (std::size_t i = 0; i < e.children.size(); ++i) {
    out += '\n';
    out.append(indent + 2, ' ');
    out += key_of(e, i);
    write_indented(e.children[i], indent + 2, out);
  }
  out += b.close;
}

std::string fields_text(std::span<const TypeField> fields) {
  std::string out = "{";
  for (const TypeField& field : fields) {
    if (out.size() > 1) out += ", ";
    out += field.name.text + ": " + dump(field.type);
  }
  return out + "}";
}

class Dumper {
public:
  std::string run(const Module& module) {
    if (!module.complete) line(0, "incomplete");
    if (module.name) line(0, "module " + module.name->text());
    doc(2, module.doc);
    for (const UseDecl& use : module.uses)
      use_declaration(use);
    for (const ControlDecl& control : module.controls)
      control_declaration(control);
    for (const RecordDecl& record : module.records)
      record_declaration(record);
    for (const FnDecl& function : module.functions)
      function_declaration(0, function);
    for (const LetDecl& let : module.lets)
      let_declaration(0, let);
    for (const FrameworkDecl& framework : module.frameworks)
      framework_declaration(framework);
    for (const TestDecl& test : module.tests)
      test_declaration(test);
    for (const DefinitionDecl& definition : module.definitions)
      definition_block(definition);
    return std::move(out_);
  }

private:
  void line(std::size_t indent, const std::string& text) {
    out_.append(indent, ' ');
    out_ += text;
    out_ += '\n';
  }
  void expression(std::size_t indent, const std::string& label, const Expr& e) {
    out_.append(indent, ' ');
    out_ += label;
    out_ += ' ';
    write_indented(e, indent + 2, out_);
    out_ += '\n';
  }
  void doc(std::size_t indent, const std::string& text) {
    if (!text.empty()) line(indent, "doc " + quoted_text(text));
  }
  void settings(std::size_t indent, const std::vector<std::pair<Identifier, std::string>>& items) {
    for (const auto& [key, value] : items)
      line(indent, key.text + " " + quoted_text(value));
  }

  void use_declaration(const UseDecl& use) {
    std::string text = "use " + use.module.text();
    for (std::size_t i = 0; i < use.names.size(); ++i)
      text += (i == 0 ? " {" : ", ") + use.names[i].text;
    line(0, use.names.empty() ? text : text + "}");
  }

  void control_declaration(const ControlDecl& control) {
    line(0, "control " + control.name.text + " " + quoted_text(control.title));
    doc(2, control.doc);
    for (const MetaItem& item : control.metadata)
      metadata(item);
    for (const ParamDecl& param : control.params)
      param_declaration(param);
    if (!control.types.empty()) {
      std::string on = "on ";
      for (std::size_t i = 0; i < control.types.size(); ++i)
        on += (i == 0 ? "" : ", ") + control.types[i].text;
      line(2, control.subject ? on + " as " + control.subject->text : on);
    }
    for (const LetDecl& let : control.lets)
      let_declaration(2, let);
    for (const FnDecl& function : control.functions)
      function_declaration(2, function);
    for (const Expr& where : control.where)
      expression(2, "where", where);
    for (const Require& require : control.requires_) {
      expression(2, "require", require.condition);
      if (require.message) expression(4, "else", *require.message);
    }
    for (const RemediateDecl& remediate : control.remediations)
      remediation(remediate);
    for (const ActionDecl& action : control.actions)
      action_item(action);
    for (const BlockDecl& block : control.blocks) {
      line(2, block.word.text);
      for (const MetaItem& item : block.items)
        metadata(item, 4);
    }
  }

  void remediation(const RemediateDecl& remediate) {
    line(2, remediate.word.text + " " + remediate.kind.text);
    for (const Remedy& item : remediate.items) {
      expression(4, item.key.text, item.target);
      if (item.value) expression(6, "=", *item.value);
      if (item.when) expression(6, "when", *item.when);
    }
  }

  void action_item(const ActionDecl& action) {
    std::string text = action.word.text + " " + action.noun.text + " [";
    for (std::size_t i = 0; i < action.actions.size(); ++i)
      text += (i == 0 ? "" : ", ") + action.actions[i].text;
    text += "]";
    if (action.setting) text += " " + action.setting->first.text + " " + action.setting->second.text;
    line(2, text);
  }

  void metadata(const MetaItem& item, std::size_t indent = 2) {
    std::string text = item.key.text;
    for (std::size_t i = 0; i < item.values.size(); ++i) {
      const MetaValue& value = item.values[i];
      text += i == 0 ? " " : ", ";
      if (value.word) text += value.word->text + (value.text ? " " : "");
      if (value.text) text += quoted_text(*value.text);
      if (!value.is_list) continue;
      text += '[';
      for (std::size_t j = 0; j < value.list.size(); ++j)
        text += (j == 0 ? "" : ", ") + quoted_text(value.list[j]);
      text += ']';
    }
    line(indent, text);
  }

  void param_declaration(const ParamDecl& param) {
    line(2, "param " + param.name.text + ": " + dump(param.type));
    doc(4, param.doc);
    if (param.default_value) expression(4, "default", *param.default_value);
    if (param.allowed) expression(4, "allowed", *param.allowed);
    settings(4, param.settings);
  }

  void let_declaration(std::size_t indent, const LetDecl& let) {
    expression(indent, "let " + let.name.text, let.value);
    doc(indent + 2, let.doc);
  }

  void function_declaration(std::size_t indent, const FnDecl& function) {
    std::string text = (function.is_private ? "private fn " : "fn ") + function.name.text + "(";
    for (std::size_t i = 0; i < function.parameters.size(); ++i) {
      const FnParameter& parameter = function.parameters[i];
      text += (i == 0 ? "" : ", ") + parameter.name.text;
      if (parameter.type) text += ": " + dump(*parameter.type);
    }
    text += ')';
    if (function.result) text += ": " + dump(*function.result);
    expression(indent, text, function.body);
    doc(indent + 2, function.doc);
  }

  void record_declaration(const RecordDecl& record) {
    line(0, "record " + record.type.text);
    doc(2, record.doc);
    for (const TypeField& field : record.fields) {
      line(2, field.name.text + ": " + dump(field.type));
      doc(4, field.doc);
    }
  }

  void framework_declaration(const FrameworkDecl& framework) {
    line(0, "framework " + framework.name.text + " " + quoted_text(framework.title));
    doc(2, framework.doc);
    settings(2, framework.settings);
    for (const FrameworkItem& item : framework.items)
      line(2, "control " + quoted_text(item.id.text) + " " + quoted_text(item.title));
  }

  void definition_block(const DefinitionDecl& definition) {
    line(0, (definition.is_initiative ? "initiative " : "definition ") + definition.name.text + " " +
                quoted_text(definition.title));
    doc(2, definition.doc);
    for (const ParamDecl& param : definition.params)
      param_declaration(param);
    if (definition.type)
      line(2, "on " + definition.type->text + (definition.subject ? " as " + definition.subject->text : ""));
    for (const LetDecl& let : definition.lets)
      let_declaration(2, let);
    for (const Expr& when : definition.when)
      expression(2, "when", when);
    for (const DefinitionField& field : definition.fields)
      expression(2, field.key.text, field.value);
    for (const IncludeDecl& include : definition.includes)
      include_item(include);
    for (const GroupDecl& group : definition.groups)
      group_item(group);
    for (const ForwardDecl& forward : definition.forwards)
      line(2, "forward " + forward.parameter.text + " " + forward.to.text +
                  (forward.all ? " all" : names_text(forward.members)) +
                  (forward.target ? " as " + forward.target->text : ""));
    for (const SetDecl& set : definition.sets)
      expression(2,
                 "set " + set.parameter.text + (set.members.empty() ? "" : " in" + names_text(set.members)) +
                     (set.allowed ? " where " + set.allowed->text : ""),
                 set.value);
  }

  static std::string names_text(const std::vector<MemberName>& names) {
    std::string out;
    for (const MemberName& name : names)
      out += (out.empty() ? " " : ", ") + name.name.text() + (name.all ? ".*" : "");
    return out;
  }

  void include_item(const IncludeDecl& include) {
    std::string text = "include";
    for (const IncludedMember& member : include.members) {
      text += &member == &include.members.front() ? "" : ",";
      text += member.word ? " " + member.word->text + " " + quoted_text(member.guid.text)
                          : names_text({member.name});
    }
    if (!include.except.empty()) text += " except" + names_text(include.except);
    if (include.reference) text += " as " + quoted_text(include.reference->text);
    for (const Identifier& group : include.groups)
      text += (&group == &include.groups.front() ? " in " : ", ") + quoted_text(group.text);
    line(2, text);
    if (include.with) expression(4, "with", *include.with);
  }

  void group_item(const GroupDecl& group) {
    std::string text = group.numbers.empty() ? "groups" : "group";
    for (const Identifier& number : group.numbers)
      text += (&number == &group.numbers.front() ? " " : ", ") + quoted_text(number.text);
    for (const Identifier& framework : group.frameworks)
      text += (&framework == &group.frameworks.front() ? " from " : ", ") + framework.text;
    if (!group.title.empty()) text += " title " + quoted_text(group.title);
    if (group.name) text += " as " + quoted_text(group.name->text);
    line(2, text);
  }

  void test_declaration(const TestDecl& test) {
    line(0, "test " + test.control.text);
    for (const TestCaseDecl& item : test.cases) {
      line(2, item.expectation.text + " " + quoted_text(item.title));
      for (const TestClause& clause : item.clauses)
        expression(4, clause.key.text, clause.value);
      expression(4, "resource", item.resource);
    }
  }

  std::string out_;
};

} // namespace

std::string dump(const Expr& expr) {
  std::string out;
  write_flat(expr, out);
  return out;
}

std::string dump(const TypeExpr& type) {
  if (type.kind == TypeKind::Array)
    return "[" + (type.element.empty() ? std::string("?") : dump(type.element.front())) + "]";
  if (type.kind == TypeKind::Object) return fields_text(type.fields);
  return type.name;
}

std::string dump(const Module& module) { return Dumper().run(module); }

} // namespace writ::syntax
