// SPDX-License-Identifier: MIT
// The whole project: scopes of modules, records, controls, tests.
#include "check/check.h"
#include "check/control.h"
#include "check/initiative.h"
#include "writ/text.h"

#include <fmt/format.h>

namespace writ::check {

namespace {

class ProjectChecker {
public:
  ProjectChecker(const modules::ModuleGraph& graph, Catalog& catalog, Diagnostics& diagnostics)
      : graph_(graph), catalog_(catalog), diagnostics_(diagnostics) {}

  CheckedProject check() {
    for (const syntax::Module& module : graph_.modules)
      for (const syntax::RecordDecl& record : module.records)
        add_record(record);
    catalog_.finish();
    for (std::size_t i = 0; i < graph_.modules.size(); ++i)
      scopes_.push_back(module_scope(graph_.modules[i]));
    const std::map<std::size_t, std::set<std::string>> included = included_controls(graph_);
    for (std::size_t i = 0; i < graph_.modules.size(); ++i) {
      const auto names = included.find(i);
      if (graph_.is_root[i])
        module_controls(graph_.modules[i], scopes_[i], nullptr);
      else if (names != included.end())
        module_controls(graph_.modules[i], scopes_[i], &names->second);
    }
    for (std::size_t i = 0; i < graph_.modules.size(); ++i)
      if (graph_.is_root[i]) module_initiatives(i);
    for (std::size_t i = 0; i < graph_.modules.size(); ++i)
      if (graph_.is_root[i]) {
        module_tests(graph_.modules[i]);
        module_names(*scopes_[i]);
      }
    return std::move(out_);
  }

private:
  // --- records become types of the catalogue: from there on they are read like any resource
  void add_record(const syntax::RecordDecl& record) {
    if (const ResourceTypeInfo* known = catalog_.find_type(record.type.text);
        known && !record_types_.contains(lower_ascii(record.type.text))) {
      diagnostics_.add(Diagnostic(Code::InvalidRecord, record.type.span,
                                  fmt::format("`{}` is a resource type of the catalogue", known->name)));
      return;
    }
    if (!record_types_.insert(lower_ascii(record.type.text)).second) {
      diagnostics_.add(Diagnostic(Code::DuplicateName, record.type.span,
                                  fmt::format("record `{}` is declared twice", record.type.text)));
      return;
    }
    out_.records.push_back({record.type.text, record.doc});
    const std::uint32_t type = catalog_.add_type(record.type.text);
    catalog_.type_at(type).data_plane = true;
    add_fields(type, record.type.text + "/", "", record.fields);
  }

  void add_fields(std::uint32_t type, const std::string& prefix, const std::string& path,
                  const std::vector<syntax::TypeField>& fields) {
    std::set<std::string> names;
    for (const syntax::TypeField& field : fields) {
      if (!names.insert(lower_ascii(field.name.text)).second)
        diagnostics_.add(Diagnostic(Code::InvalidRecord, field.name.span,
                                    fmt::format("`{}` is listed twice", field.name.text)));
      add_field(type, prefix, path, field);
    }
  }

  void add_field(std::uint32_t type, const std::string& prefix, const std::string& path,
                 const syntax::TypeField& field) {
    add_value(type, prefix, path.empty() ? field.name.text : path + "." + field.name.text, field.type);
  }

  void add_value(std::uint32_t type, const std::string& prefix, const std::string& path,
                 const syntax::TypeExpr& value) {
    PropertyType property = PropertyType::Unknown;
    if (value.kind == syntax::TypeKind::Array) {
      property = PropertyType::Array;
    } else if (value.kind == syntax::TypeKind::Object) {
      property = PropertyType::Object;
    } else {
      Type named;
      if (!find_named_type(value.name, named)) {
        Diagnostic d(Code::UnknownType, value.span, fmt::format("no type `{}`", value.name));
        if (const auto near = nearest(value.name, type_names()); !near.empty())
          d.edits.push_back({value.span, near.front()});
        diagnostics_.add(std::move(d));
      }
      switch (named.kind) {
      case TypeKind::Bool:
        property = PropertyType::Boolean;
        break;
      case TypeKind::Int:
        property = PropertyType::Integer;
        break;
      case TypeKind::Float:
        property = PropertyType::Number;
        break;
      case TypeKind::String:
      case TypeKind::DateTime:
        property = PropertyType::String;
        break;
      case TypeKind::Object:
        property = PropertyType::Object;
        break;
      default:
        property = PropertyType::Any;
        break;
      }
    }
    catalog_.add_alias(type, prefix + path, path).property_type = property;
    add_fields(type, prefix, path, value.fields);
    if (value.kind == syntax::TypeKind::Array && !value.element.empty())
      add_value(type, prefix, path + "[*]", value.element.front());
  }

  // --- scopes
  Binding expression_binding(const syntax::LetDecl& let, const ScopePtr& home) {
    Binding binding;
    binding.span = let.name.span;
    binding.expression = &let.value;
    binding.home = home;
    return binding;
  }
  Binding function_binding(const syntax::FnDecl& fn, const ScopePtr& home) {
    Binding binding;
    binding.kind = BindingKind::Function;
    binding.span = fn.name.span;
    binding.function = &fn;
    binding.home = home;
    return binding;
  }
  Binding framework_binding(const syntax::FrameworkDecl& framework) {
    Binding binding;
    binding.kind = BindingKind::Framework;
    binding.span = framework.name.span;
    binding.framework = &framework;
    return binding;
  }

  ScopePtr module_scope(const syntax::Module& module) {
    auto imports = std::make_shared<Scope>();
    for (const syntax::UseDecl& use : module.uses)
      import(use, *imports);
    kept_.push_back(imports);
    auto scope = std::make_shared<Scope>(imports);
    auto add = [&](const syntax::Identifier& name, Binding binding) {
      if (!scope->declare(name.text, std::move(binding)))
        diagnostics_.add(Diagnostic(Code::DuplicateName, name.span,
                                    fmt::format("`{}` is declared twice in this module", name.text))
                             .label(scope->find(name.text)->span, "first declared here"));
    };
    for (const syntax::LetDecl& let : module.lets)
      add(let.name, expression_binding(let, scope));
    for (const syntax::FnDecl& fn : module.functions)
      add(fn.name, function_binding(fn, scope));
    for (const syntax::FrameworkDecl& framework : module.frameworks) {
      add(framework.name, framework_binding(framework));
      describe(framework);
      std::set<std::string> ids;
      for (const syntax::FrameworkItem& item : framework.items)
        if (!ids.insert(item.id.text).second)
          diagnostics_.add(Diagnostic(Code::DuplicateName, item.id.span,
                                      fmt::format("\"{}\" is listed twice", item.id.text)));
    }
    return scope;
  }

  void describe(const syntax::FrameworkDecl& framework) {
    FrameworkInfo info{framework.name.text, framework.title, {}, {}, {}};
    for (const auto& [key, text] : framework.settings) {
      if (key.text == "version") info.version = text;
      if (key.text == "link") info.link = text;
    }
    for (const syntax::FrameworkItem& item : framework.items)
      info.items.emplace_back(item.id.text, item.title);
    out_.frameworks.push_back(std::move(info));
  }

  /// Index of a loaded module, or -1.
  [[nodiscard]] std::ptrdiff_t find_module(const std::string& name) const {
    auto found = graph_.by_name.find(name);
    return found == graph_.by_name.end() ? -1 : static_cast<std::ptrdiff_t>(found->second);
  }

  void import(const syntax::UseDecl& use, Scope& into) {
    const std::string base = use.module.text();
    if (use.names.empty()) {
      if (const std::ptrdiff_t module = find_module(base); module >= 0)
        return import_all(static_cast<std::size_t>(module), use.module.span, into);
      const std::size_t dot = base.rfind('.');
      if (dot == std::string::npos) return;
      const std::ptrdiff_t module = find_module(base.substr(0, dot));
      if (module >= 0)
        import_name(static_cast<std::size_t>(module), {base.substr(dot + 1), use.module.parts.back().span},
                    into);
      return;
    }
    const std::ptrdiff_t whole = find_module(base);
    for (const syntax::Identifier& name : use.names) {
      if (const std::ptrdiff_t part = find_module(base + "." + name.text); part >= 0)
        import_all(static_cast<std::size_t>(part), name.span, into);
      else if (whole >= 0)
        import_name(static_cast<std::size_t>(whole), name, into);
    }
  }

  void import_all(std::size_t module, Span at, Scope& into) {
    if (module >= scopes_.size()) return; // a circle, reported
    for (const auto& [name, binding] : scopes_[module]->own())
      if (!(binding.function && binding.function->is_private)) declare_import(name, binding, at, into);
  }

  void declare_import(const std::string& name, const Binding& binding, Span at, Scope& into) {
    if (into.declare(name, binding)) return;
    const Span first = into.find(name)->span;
    if (first == binding.span) return; // the same declaration by two ways
    diagnostics_.add(Diagnostic(Code::DuplicateName, at, fmt::format("`{}` is imported twice", name))
                         .label(first, "one is declared here")
                         .label(binding.span, "the other here"));
  }

  void import_name(std::size_t module, const syntax::Identifier& name, Scope& into) {
    if (module >= scopes_.size()) return;
    auto& names = scopes_[module]->own();
    auto found = names.find(name.text);
    const bool hidden = found != names.end() && found->second.function && found->second.function->is_private;
    if (found == names.end() || hidden) {
      Diagnostic d(Code::UnknownExport, name.span,
                   hidden ? fmt::format("`{}` is private to its module", name.text)
                          : fmt::format("module `{}` declares no `{}`", graph_.modules[module].name->text(),
                                        name.text));
      std::vector<std::string_view> known;
      for (const auto& [other, binding] : names)
        known.push_back(other);
      if (const auto near = nearest(name.text, known); !hidden && !near.empty())
        d.edits.push_back({name.span, near.front()});
      diagnostics_.add(std::move(d));
      return;
    }
    declare_import(name.text, found->second, name.span, into);
  }

  // --- controls and tests
  /// `only`: of a module that nobody asked for, those that an initiative includes.
  void module_controls(const syntax::Module& module, const ScopePtr& scope,
                       const std::set<std::string>* only) {
    const ControlContext context{*out_.set.graph, catalog_, diagnostics_, out_.node_spans, record_types_};
    std::set<std::string> names;
    for (const syntax::ControlDecl& decl : module.controls) {
      if (only && !only->contains(decl.name.text)) continue;
      if (!names.insert(decl.name.text).second) {
        diagnostics_.add(Diagnostic(Code::DuplicateName, decl.name.span,
                                    fmt::format("control `{}` is declared twice", decl.name.text)));
        continue;
      }
      std::optional<CheckedControl> control =
          check_control(decl, symbol_of(module, decl.name.text), scope, context);
      if (!control) continue;
      control->policy.source = module.source;
      auto [first, added] = ids_.try_emplace(lower_ascii(control->policy.id), decl.name.span);
      if (!added) {
        diagnostics_.add(Diagnostic(Code::DuplicateControlId, decl.name.span,
                                    fmt::format("the id \"{}\" is used twice", control->policy.id))
                             .label(first->second, "first used here"));
        continue;
      }
      out_.set.policies.push_back(std::move(control->policy));
      out_.target_azure.push_back(control->target_azure);
      out_.local_record.push_back(control->local_record);
      out_.included_only.push_back(only != nullptr);
    }
  }

  void module_initiatives(std::size_t index) {
    const syntax::Module& module = graph_.modules[index];
    for (const syntax::DefinitionDecl& decl : module.definitions) {
      if (!decl.is_initiative || !decl.is_composed()) continue;
      std::optional<ir::Initiative> initiative = check_initiative(
          {decl, index, module, scopes_[index]}, {graph_, out_.set, catalog_, diagnostics_, out_.node_spans});
      if (!initiative) continue;
      const auto [first, added] = initiatives_.try_emplace(lower_ascii(initiative->name), decl.name.span);
      if (added)
        out_.set.initiatives.push_back(std::move(*initiative));
      else
        diagnostics_.add(Diagnostic(Code::DuplicateName, decl.name.span,
                                    fmt::format("two initiatives are called `{}`", initiative->name))
                             .label(first->second, "first declared here"));
    }
  }

  /// Constants and functions without parameters are checked even where no control uses them; what nobody
  /// outside can use should be used inside.
  void module_names(Scope& scope) {
    const Subject nothing;
    Lowering lowering(*out_.set.graph, catalog_, diagnostics_, out_.node_spans, nothing);
    for (auto& [name, binding] : scope.own()) {
      if (binding.used) continue;
      const ScopePtr home = binding.home.lock();
      if (binding.kind == BindingKind::Expression) lowering.expression(*binding.expression, home);
      if (binding.kind != BindingKind::Function) continue;
      if (binding.function->parameters.empty()) lowering.expression(binding.function->body, home);
      if (binding.function->is_private)
        diagnostics_.add(Diagnostic(Code::UnusedName, binding.span, fmt::format("`{}` is never used", name)));
    }
  }

  void module_tests(const syntax::Module& module) {
    for (const syntax::TestDecl& decl : module.tests) {
      const syntax::ControlDecl* target = nullptr;
      std::vector<std::string_view> names;
      for (const syntax::ControlDecl& control : module.controls) {
        names.push_back(control.name.text);
        if (control.name.text == decl.control.text) target = &control;
      }
      if (!target) {
        Diagnostic d(Code::UnknownControl, decl.control.span,
                     fmt::format("no control `{}` in this file", decl.control.text));
        if (const auto near = nearest(decl.control.text, names); !near.empty())
          d.edits.push_back({decl.control.span, near.front()});
        diagnostics_.add(std::move(d));
        continue;
      }
      const std::string symbol = symbol_of(module, decl.control.text);
      for (const ir::Policy& policy : out_.set.policies)
        if (policy.symbol == symbol) // a control with errors has no tests to run
          check_test(decl, policy, {*out_.set.graph, catalog_, diagnostics_, out_.node_spans, record_types_},
                     out_.tests);
    }
  }

  const modules::ModuleGraph& graph_;
  Catalog& catalog_;
  Diagnostics& diagnostics_;
  CheckedProject out_;
  std::vector<ScopePtr> scopes_;
  std::vector<ScopePtr> kept_;
  std::set<std::string> record_types_;
  std::map<std::string, Span> ids_;
  std::map<std::string, Span> initiatives_; ///< by folded name
};

} // namespace

CheckedProject check_project(const modules::ModuleGraph& graph, Catalog& catalog, Diagnostics& diagnostics) {
  return ProjectChecker(graph, catalog, diagnostics).check();
}

} // namespace writ::check
