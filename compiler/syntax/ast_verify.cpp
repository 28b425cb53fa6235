// SPDX-License-Identifier: MIT
#include "syntax/ast_verify.h"
#include "syntax/ast_dump.h"

namespace writ::syntax {

namespace {

/// How many children a kind has, and whether it needs a name.
struct NodeShape {
  std::size_t fewest = 0;
  std::size_t most = 0;
  bool named = false;
};
constexpr std::size_t kAnyNumber = static_cast<std::size_t>(-1);

NodeShape shape_of(const Expr& e) {
  switch (e.kind) {
  case ExprKind::Name:
    return {0, 0, true};
  case ExprKind::Member:
    return {1, 1, true};
  case ExprKind::Call:
    return {0, kAnyNumber, true};
  case ExprKind::Method:
    return {1, kAnyNumber, true};
  case ExprKind::Index:
  case ExprKind::Binary:
  case ExprKind::Range:
    return {2, 2, false};
  case ExprKind::Exists:
  case ExprKind::Not:
    return {1, 1, false};
  case ExprKind::And:
  case ExprKind::Or:
    return {2, kAnyNumber, false};
  case ExprKind::If:
    return {3, 3, false};
  case ExprKind::Quantified:
    return {2, 2, true};
  case ExprKind::Count:
    return e.text.empty() ? NodeShape{1, 1, false} : NodeShape{1, 2, true};
  case ExprKind::Related:
    return {0, 5, true};
  case ExprKind::Array:
  case ExprKind::Object:
  case ExprKind::Interpolation:
    return {0, kAnyNumber, false};
  default:
    return {0, 0, false};
  }
}

class Verifier {
public:
  Verifier(const Module& module, const SourceMap& sources) : complete_(module.complete) {
    const std::uint32_t base = sources.base(module.source);
    whole_ = {base, base + static_cast<std::uint32_t>(sources.text(module.source).size())};
  }

  std::vector<std::string> run(const Module& module) {
    if (module.name) name(*module.name, whole_);
    for (const UseDecl& use : module.uses) {
      inside(use.span, whole_, "use");
      name(use.module, use.span);
      for (const Identifier& item : use.names)
        identifier(item, use.span, "imported name");
    }
    for (const ControlDecl& control : module.controls)
      control_declaration(control);
    for (const RecordDecl& record : module.records) {
      inside(record.span, whole_, "record");
      inside(record.type.span, record.span, "record type");
      fields(record.fields, record.span);
    }
    for (const FnDecl& function : module.functions)
      function_declaration(function, whole_);
    for (const LetDecl& let : module.lets)
      let_declaration(let, whole_);
    for (const FrameworkDecl& framework : module.frameworks) {
      inside(framework.span, whole_, "framework");
      identifier(framework.name, framework.span, "framework name");
      for (const FrameworkItem& item : framework.items)
        inside(item.id.span, framework.span, "framework control");
    }
    for (const TestDecl& test : module.tests)
      test_declaration(test);
    for (const DefinitionDecl& definition : module.definitions)
      definition_block(definition);
    return std::move(problems_);
  }

private:
  void control_declaration(const ControlDecl& control) {
    inside(control.span, whole_, "control");
    identifier(control.name, control.span, "control name");
    if (!control.title_span.empty()) inside(control.title_span, control.span, "control title");
    for (const MetaItem& item : control.metadata) {
      inside(item.span, control.span, "metadata");
      identifier(item.key, item.span, "metadata key");
      for (const MetaValue& value : item.values)
        inside(value.span, item.span, "metadata value");
    }
    for (const ParamDecl& param : control.params) {
      inside(param.span, control.span, "param");
      identifier(param.name, param.span, "param name");
      type(param.type, param.span);
      if (param.default_value) expression(*param.default_value, param.span);
      if (param.allowed) expression(*param.allowed, param.span);
    }
    for (const TypeName& on : control.types)
      inside(on.span, control.span, "resource type");
    if (control.subject) identifier(*control.subject, control.span, "subject");
    for (const Expr& where : control.where)
      expression(where, control.span);
    for (const Require& require : control.requires_) {
      inside(require.span, control.span, "require");
      expression(require.condition, require.span);
      if (require.message) expression(*require.message, require.span);
    }
    for (const RemediateDecl& remediate : control.remediations) {
      inside(remediate.span, control.span, "remediate");
      for (const Remedy& item : remediate.items) {
        inside(item.span, remediate.span, "line of a remediation");
        identifier(item.key, item.span, "key of a remediation");
        expression(item.target, item.span);
        if (item.value) expression(*item.value, item.span);
        if (item.when) expression(*item.when, item.span);
      }
    }
    for (const ActionDecl& action : control.actions) {
      inside(action.span, control.span, "action");
      for (const Identifier& one : action.actions)
        identifier(one, action.span, "denied action");
    }
    for (const BlockDecl& block : control.blocks) {
      inside(block.span, control.span, "block");
      for (const MetaItem& item : block.items)
        inside(item.span, block.span, "line of a block");
    }
    for (const LetDecl& let : control.lets)
      let_declaration(let, control.span);
    for (const FnDecl& function : control.functions)
      function_declaration(function, control.span);
  }

  void definition_block(const DefinitionDecl& definition) {
    inside(definition.span, whole_, "definition");
    identifier(definition.name, definition.span, "definition name");
    for (const ParamDecl& param : definition.params) {
      inside(param.span, definition.span, "param");
      identifier(param.name, param.span, "param name");
      if (param.default_value) expression(*param.default_value, param.span);
      if (param.allowed) expression(*param.allowed, param.span);
    }
    for (const LetDecl& let : definition.lets)
      let_declaration(let, definition.span);
    for (const Expr& when : definition.when)
      expression(when, definition.span);
    for (const DefinitionField& field : definition.fields) {
      identifier(field.key, definition.span, "key of a definition");
      expression(field.value, definition.span);
    }
    initiative_items(definition);
  }

  void initiative_items(const DefinitionDecl& definition) {
    for (const IncludeDecl& include : definition.includes) {
      inside(include.span, definition.span, "include");
      for (const IncludedMember& member : include.members) {
        inside(member.span, include.span, "included member");
        if (member.word)
          identifier(member.guid, member.span, "id of a built-in");
        else
          member_name(member.name, member.span);
      }
      for (const MemberName& one : include.except)
        member_name(one, include.span);
      if (include.with) expression(*include.with, include.span);
      for (const Identifier& group : include.groups)
        inside(group.span, include.span, "group of an include");
    }
    for (const GroupDecl& group : definition.groups) {
      inside(group.span, definition.span, "group");
      for (const Identifier& number : group.numbers)
        inside(number.span, group.span, "number of a group");
      for (const Identifier& framework : group.frameworks)
        identifier(framework, group.span, "framework of a group");
    }
    for (const ForwardDecl& forward : definition.forwards) {
      inside(forward.span, definition.span, "forward");
      identifier(forward.parameter, forward.span, "forwarded parameter");
      for (const MemberName& one : forward.members)
        member_name(one, forward.span);
    }
    for (const SetDecl& set : definition.sets) {
      inside(set.span, definition.span, "set");
      identifier(set.parameter, set.span, "parameter that is set");
      expression(set.value, set.span);
      for (const MemberName& one : set.members)
        member_name(one, set.span);
    }
  }

  void member_name(const MemberName& one, Span parent) {
    inside(one.span, parent, "name of a member");
    name(one.name, one.span);
  }

  void let_declaration(const LetDecl& let, Span parent) {
    inside(let.span, parent, "let");
    identifier(let.name, let.span, "let name");
    expression(let.value, let.span);
  }

  void function_declaration(const FnDecl& function, Span parent) {
    inside(function.span, parent, "fn");
    identifier(function.name, function.span, "fn name");
    for (const FnParameter& parameter : function.parameters) {
      identifier(parameter.name, function.span, "fn parameter");
      if (parameter.type) type(*parameter.type, function.span);
    }
    if (function.result) type(*function.result, function.span);
    expression(function.body, function.span);
  }

  void test_declaration(const TestDecl& test) {
    inside(test.span, whole_, "test");
    identifier(test.control, test.span, "test name");
    for (const TestCaseDecl& item : test.cases) {
      inside(item.span, test.span, "test case");
      identifier(item.expectation, item.span, "expectation");
      for (const TestClause& clause : item.clauses) {
        identifier(clause.key, item.span, "test clause");
        expression(clause.value, item.span);
      }
      expression(item.resource, item.span);
    }
  }

  void fields(const std::vector<TypeField>& items, Span parent) {
    for (const TypeField& field : items) {
      inside(field.name.span, parent, "field");
      type(field.type, parent);
    }
  }

  void type(const TypeExpr& t, Span parent) {
    inside(t.span, parent, "type");
    const bool sound = t.kind == TypeKind::Array   ? t.element.size() == 1
                       : t.kind == TypeKind::Named ? complete_ ? !t.name.empty() : true
                                                   : t.element.empty();
    if (!sound) problem("type " + dump(t) + " has the wrong parts");
    for (const TypeExpr& element : t.element)
      type(element, t.span);
    fields(t.fields, t.span);
  }

  void expression(const Expr& e, Span parent) {
    inside(e.span, parent, "expression");
    if (!e.name_span.empty()) inside(e.name_span, e.span, "name in an expression");
    const NodeShape shape = shape_of(e);
    const bool sound = e.children.size() >= shape.fewest && e.children.size() <= shape.most &&
                       (!shape.named || !complete_ || !e.text.empty()) &&
                       (e.kind == ExprKind::Object ? e.keys.size() == e.children.size() : e.keys.empty()) &&
                       (e.kind == ExprKind::Related) == e.related.has_value();
    if (!sound)
      return problem("an expression of kind " + std::to_string(static_cast<int>(e.kind)) + " has " +
                     std::to_string(e.children.size()) + " children");
    for (const Identifier& key : e.keys)
      inside(key.span, e.span, "object key");
    for (const Expr& child : e.children)
      expression(child, e.span);
  }

  void name(const QualifiedName& qualified, Span parent) {
    inside(qualified.span, parent, "qualified name");
    for (const Identifier& part : qualified.parts)
      identifier(part, qualified.span, "part of a name");
  }
  void identifier(const Identifier& item, Span parent, const char* what) {
    inside(item.span, parent, what);
    if (complete_ && item.text.empty()) problem(std::string(what) + " is empty");
  }
  void inside(Span span, Span parent, const char* what) {
    if (span.empty() && !complete_) return;
    if (parent.empty() && !complete_) parent = whole_;
    if (span.begin <= span.end && span.begin >= parent.begin && span.end <= parent.end && !span.empty())
      return;
    problem(std::string(what) + " [" + std::to_string(span.begin) + "," + std::to_string(span.end) +
            ") is not inside [" + std::to_string(parent.begin) + "," + std::to_string(parent.end) + ")");
  }
  void problem(std::string text) { problems_.push_back(std::move(text)); }

  Span whole_;
  bool complete_;
  std::vector<std::string> problems_;
};

} // namespace

std::vector<std::string> verify(const Module& module, const SourceMap& sources) {
  return Verifier(module, sources).run(module);
}

} // namespace writ::syntax
