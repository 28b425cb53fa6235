// SPDX-License-Identifier: MIT
// Calls: functions of the template language, functions of the author (inlined), and raw().
#include "check/lower.h"
#include "check/signatures.h"
#include "writ/semantics/functions.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::check {

Term Lowering::call(const syntax::Expr& e, const ScopePtr& scope) {
  if (Binding* binding = scope->find(e.text)) {
    binding->used = true;
    if (binding->kind == BindingKind::Function) return inline_call(*binding, e, scope);
    diagnostics_.add(
        Diagnostic(Code::UnknownFunction, e.name_span, fmt::format("`{}` is not a function", e.text)));
    return failed(e.span);
  }
  const std::optional<Function> function = find_function(e.text);
  if (!function || (info(*function).flags & kSpecial)) {
    Diagnostic d(Code::UnknownFunction, e.name_span,
                 function ? fmt::format("`{}` is not called in Writ", e.text)
                          : fmt::format("no function `{}`", e.text));
    if (function) {
      d.notes.push_back(fmt::format("write properties as {}.property, parameters and elements by their names",
                                    subject_.name));
    } else {
      std::vector<std::string_view> names;
      for (const FunctionInfo& row : all_functions())
        if (!(row.flags & kSpecial)) names.push_back(row.name);
      for (std::string_view name : scope->visible()) {
        const Binding* visible = scope->find(name);
        if (visible && visible->kind == BindingKind::Function) names.push_back(name);
      }
      if (const auto near = nearest(e.text, names); !near.empty())
        d.edits.push_back({e.name_span, near.front()});
    }
    diagnostics_.add(std::move(d));
    return failed(e.span);
  }
  const FunctionInfo& row = info(*function);
  if (!accepts_arity(*function, e.children.size())) {
    const bool pairs = e.children.size() >= row.min_args && e.children.size() <= row.max_args;
    const std::string wanted = pairs                 ? std::string("pairs of")
                               : row.max_args == 255 ? fmt::format("at least {}", row.min_args)
                               : row.min_args == row.max_args
                                   ? fmt::format("{}", row.min_args)
                                   : fmt::format("{} to {}", row.min_args, row.max_args);
    diagnostics_.add(Diagnostic(Code::WrongArguments, e.span,
                                fmt::format("`{}` takes {} argument{}, not {}", row.name, wanted,
                                            wanted == "1" ? "" : "s", e.children.size())));
    return failed(e.span);
  }
  std::vector<ir::NodeId> arguments;
  std::vector<Type> types;
  auto wrong = [&](Span span, const std::string& why) {
    diagnostics_.add(Diagnostic(Code::WrongArguments, span, why));
    return failed(e.span);
  };
  for (const syntax::Expr& child : e.children) {
    const Term term = expression(child, scope);
    if (term.failed) return failed(e.span);
    if (!term.value.valid())
      return wrong(
          child.span,
          term.is_condition()
              ? fmt::format("`{}` takes values, this is a condition", row.name)
              : fmt::format("`{}` has no alias of its own; only its members are values",
                            term.place && !term.place->suffix.empty() ? term.place->suffix : subject_.name));
    if (term.type.kind == TypeKind::Duration) {
      // A duration means days where a number of days is wanted.
      const bool constant = graph_.node(term.value).kind == ir::NodeKind::Literal;
      const std::int64_t seconds = constant ? graph_.constant_value(term.value).as_int() : 1;
      if (*function != Function::AddDays || arguments.size() != 1 || seconds % 86'400 != 0)
        return wrong(child.span, "only addDays takes a duration, of whole days");
      arguments.push_back(graph_.literal(Value::integer(seconds / 86'400)));
      types.push_back(Type::of(TypeKind::Int));
      continue;
    }
    if (!accepts_argument(*function, arguments.size(), term.type))
      return wrong(child.span, fmt::format("`{}` takes {} here, not {}", row.name,
                                           argument_kind(*function, arguments.size()), to_text(term.type)));
    arguments.push_back(term.value);
    types.push_back(term.type);
  }
  return of_value(graph_.call(*function, arguments), result_type(*function, types), e.span);
}

std::optional<Type> Lowering::declared_type(const syntax::TypeExpr& type) {
  Type out;
  if (type.kind == syntax::TypeKind::Object) {
    bool known = true;
    for (const syntax::TypeField& field : type.fields)
      known = declared_type(field.type).has_value() && known;
    if (!known) return std::nullopt;
    return Type::of(TypeKind::Object);
  }
  if (type.kind == syntax::TypeKind::Array) {
    if (type.element.empty()) return Type::array_of(Type{});
    std::optional<Type> element = declared_type(type.element.front());
    if (!element) return std::nullopt;
    return Type::array_of(*std::move(element));
  }
  if (find_named_type(type.name, out)) return out;
  Diagnostic d(Code::UnknownType, type.span, fmt::format("no type `{}`", type.name));
  if (const auto near = nearest(type.name, type_names()); !near.empty())
    d.edits.push_back({type.span, near.front()});
  diagnostics_.add(std::move(d));
  return std::nullopt;
}

bool Lowering::check_argument(const syntax::FnDecl& fn, std::size_t position, const syntax::Expr& argument,
                              const ScopePtr& scope) {
  if (!fn.parameters[position].type) return true;
  const std::optional<Type> wanted = declared_type(*fn.parameters[position].type);
  if (!wanted) return false;
  const Term term = expression(argument, scope);
  if (term.failed) return false;
  if (comparable(*wanted, term.type)) return true;
  diagnostics_.add(Diagnostic(Code::WrongArguments, argument.span,
                              fmt::format("`{}` takes {} for `{}`, not {}", fn.name.text, to_text(*wanted),
                                          fn.parameters[position].name.text, to_text(term.type)))
                       .label(fn.parameters[position].name.span, "declared here"));
  return false;
}

Term Lowering::inline_call(Binding& binding, const syntax::Expr& e, const ScopePtr& scope) {
  const syntax::FnDecl& fn = *binding.function;
  if (e.children.size() != fn.parameters.size()) {
    diagnostics_.add(
        Diagnostic(Code::WrongArguments, e.span,
                   fmt::format("`{}` takes {} argument{}, not {}", fn.name.text, fn.parameters.size(),
                               fn.parameters.size() == 1 ? "" : "s", e.children.size()))
            .label(fn.name.span, "declared here"));
    return failed(e.span);
  }
  if (std::find(open_.begin(), open_.end(), &fn) != open_.end()) {
    diagnostics_.add(
        Diagnostic(Code::RecursiveFunction, e.span, fmt::format("`{}` refers to itself", fn.name.text))
            .label(fn.name.span, "declared here"));
    return failed(e.span);
  }
  const ScopePtr home = binding.kept_home ? binding.kept_home : binding.home.lock();
  auto inner = std::make_shared<Scope>(home);
  for (std::size_t i = 0; i < fn.parameters.size(); ++i) {
    Binding argument;
    argument.kind = BindingKind::Expression;
    argument.span = e.children[i].span;
    argument.expression = &e.children[i];
    argument.kept_home = scope;
    argument.open_size = open_.size();
    argument.used = true;
    if (!inner->declare(fn.parameters[i].name.text, argument)) {
      diagnostics_.add(Diagnostic(Code::DuplicateName, fn.parameters[i].name.span,
                                  fmt::format("`{}` is declared twice", fn.parameters[i].name.text)));
      return failed(e.span);
    }
    if (!check_argument(fn, i, e.children[i], scope)) return failed(e.span);
  }
  open_.push_back(&fn);
  Term result = expression(fn.body, inner);
  open_.pop_back();
  result.span = e.span;
  if (result.failed || !fn.result) return result;
  const std::optional<Type> wanted = declared_type(*fn.result);
  if (!wanted) return failed(e.span);
  if (!comparable(*wanted, result.type)) {
    diagnostics_.add(Diagnostic(Code::IncomparableTypes, fn.body.span,
                                fmt::format("`{}` says it gives {}, its body gives {}", fn.name.text,
                                            to_text(*wanted), to_text(result.type))));
    return failed(e.span);
  }
  return result;
}

Term Lowering::method(const syntax::Expr& e, const ScopePtr& scope) {
  const Term base = expression(e.children[0], scope);
  if (base.failed) return base;
  if (e.text != "raw") {
    diagnostics_.add(
        Diagnostic(Code::UnknownFunction, e.name_span, fmt::format("no method `{}`", e.text))
            .note("the only method is raw(\"properties.…\"); functions are called as name(value, …)"));
    return failed(e.span);
  }
  if (!base.place || e.children.size() != 2 || e.children[1].kind != syntax::ExprKind::String ||
      e.children[1].text.empty() || e.children[1].text.find("[*]") != std::string::npos) {
    diagnostics_.add(Diagnostic(Code::WrongArguments, e.span,
                                "raw() is called on the resource or an element, with one path in quotes")
                         .note("a path has no [*]; write `any x in …raw(\"properties.list\"): x.name …`"));
    return failed(e.span);
  }
  Place place = *base.place;
  std::string prefix = place.suffix;
  if (!place.raw) {
    place.raw = true;
    if (!place.suffix.empty()) {
      const Alias* alias = find_alias(*base.place);
      if (!alias) {
        diagnostics_.add(Diagnostic(Code::WrongArguments, e.span,
                                    fmt::format("`{}` has no alias of its own; read the whole path from `{}`",
                                                base.place->suffix, subject_.name)));
        return failed(e.span);
      }
      prefix = alias->path;
    }
  }
  ir::Path path = ir::parse_path(prefix);
  const ir::Path rest = ir::parse_path(e.children[1].text);
  path.insert(path.end(), rest.begin(), rest.end());
  place.suffix = ir::to_text(path);
  return read(place, e.span, e.children[1].span);
}

} // namespace writ::check
