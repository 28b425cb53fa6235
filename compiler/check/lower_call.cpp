// SPDX-License-Identifier: MIT
// Calls: functions of the template language, functions of the author (inlined), and raw().
#include "check/lower.h"
#include "writ/semantics/functions.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::check {

namespace {

/// What is known about results; functions not listed give Any.
Type result_of(std::string_view name) {
  struct Row {
    std::string_view name;
    TypeKind kind;
  };
  constexpr Row kRows[] = {
      {"length", TypeKind::Int},
      {"indexOf", TypeKind::Int},
      {"lastIndexOf", TypeKind::Int},
      {"add", TypeKind::Int},
      {"sub", TypeKind::Int},
      {"mul", TypeKind::Int},
      {"div", TypeKind::Int},
      {"mod", TypeKind::Int},
      {"int", TypeKind::Int},
      {"float", TypeKind::Float},
      {"string", TypeKind::String},
      {"toLower", TypeKind::String},
      {"toUpper", TypeKind::String},
      {"trim", TypeKind::String},
      {"replace", TypeKind::String},
      {"substring", TypeKind::String},
      {"format", TypeKind::String},
      {"join", TypeKind::String},
      {"padLeft", TypeKind::String},
      {"utcNow", TypeKind::DateTime},
      {"addDays", TypeKind::DateTime},
      {"empty", TypeKind::Bool},
      {"startsWith", TypeKind::Bool},
      {"endsWith", TypeKind::Bool},
      {"contains", TypeKind::Bool},
      {"equals", TypeKind::Bool},
      {"ipRangeContains", TypeKind::Bool},
      {"bool", TypeKind::Bool},
      {"less", TypeKind::Bool},
      {"lessOrEquals", TypeKind::Bool},
      {"greater", TypeKind::Bool},
      {"greaterOrEquals", TypeKind::Bool},
      {"and", TypeKind::Bool},
      {"or", TypeKind::Bool},
      {"not", TypeKind::Bool},
      {"base64", TypeKind::String},
      {"base64ToString", TypeKind::String},
      {"uniqueString", TypeKind::String},
      {"guid", TypeKind::String},
  };
  for (const Row& row : kRows)
    if (row.name == name) return Type::of(row.kind);
  if (name == "split") return Type::array_of(Type::of(TypeKind::String));
  if (name == "range") return Type::array_of(Type::of(TypeKind::Int));
  return {};
}

} // namespace

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
  if (e.children.size() < row.min_args || (row.max_args != 255 && e.children.size() > row.max_args)) {
    const std::string wanted = row.max_args == 255 ? fmt::format("at least {}", row.min_args)
                               : row.min_args == row.max_args
                                   ? fmt::format("{}", row.min_args)
                                   : fmt::format("{} to {}", row.min_args, row.max_args);
    diagnostics_.add(Diagnostic(Code::WrongArguments, e.span,
                                fmt::format("`{}` takes {} argument{}, not {}", row.name, wanted,
                                            wanted == "1" ? "" : "s", e.children.size())));
    return failed(e.span);
  }
  std::vector<ir::NodeId> arguments;
  for (const syntax::Expr& child : e.children) {
    // A duration means days where a number of days is wanted.
    if (child.kind == syntax::ExprKind::Duration && row.name == "addDays" && child.integer % 86'400 == 0) {
      arguments.push_back(graph_.literal(Value::integer(child.integer / 86'400)));
      continue;
    }
    const Term term = expression(child, scope);
    if (term.failed) return failed(e.span);
    if (!term.value.valid() || term.type.kind == TypeKind::Duration) {
      diagnostics_.add(Diagnostic(Code::WrongArguments, child.span,
                                  term.type.kind == TypeKind::Duration
                                      ? "only addDays takes a duration, of whole days"
                                      : fmt::format("`{}` takes values, this is a condition", row.name)));
      return failed(e.span);
    }
    arguments.push_back(term.value);
  }
  return of_value(graph_.call(*function, arguments), result_of(row.name), e.span);
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
    inner->declare(fn.parameters[i].name.text, argument);
  }
  open_.push_back(&fn);
  Term result = expression(fn.body, inner);
  open_.pop_back();
  result.span = e.span;
  if (!result.failed && fn.result) {
    Type wanted;
    if (fn.result->kind == syntax::TypeKind::Named && find_named_type(fn.result->name, wanted)) {
      const Type given = result.is_condition() ? Type::of(TypeKind::Bool) : result.type;
      if (!comparable(wanted, given)) {
        diagnostics_.add(Diagnostic(Code::IncomparableTypes, fn.body.span,
                                    fmt::format("`{}` says it gives {}, its body gives {}", fn.name.text,
                                                to_text(wanted), to_text(given))));
        return failed(e.span);
      }
    }
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
