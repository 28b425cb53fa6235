// SPDX-License-Identifier: MIT
// Names in scope. Functions and constants are inlined where they are used, so a name is bound to source, not
// to a computed value: an element index that is right at the declaration would be wrong inside another count.
#pragma once

#include "check/types.h"
#include "syntax/ast.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace writ::check {

class Scope;
using ScopePtr = std::shared_ptr<Scope>;

/// Where a value is in a resource: from the subject of the control or from an element of a count.
struct Place {
  /// Short alias form from the subject: "networkAcls.ipRules[*].value"; empty = the subject. For raw places a
  /// path from the root of the resource.
  std::string suffix;
  int depth = -1;        ///< absolute depth of the count whose element it continues from; -1 = the resource
  std::size_t level = 0; ///< stars of the suffix that are bound by that element
  bool raw = false;      ///< reached with raw(): no alias, no type, evaluated locally only
  bool primary =
      false; ///< inside a relation: a place in the subject of the control, not in the other resource
};

enum class BindingKind : std::uint8_t { Subject, Parameter, Expression, Function, Element, Framework };

struct Binding {
  BindingKind kind = BindingKind::Expression;
  Span span;
  Type type;                                ///< Parameter, Element of a value count
  const syntax::Expr* expression = nullptr; ///< Expression: a `let`, or an argument of an inlined function
  const syntax::FnDecl* function = nullptr;
  const syntax::FrameworkDecl* framework = nullptr;
  std::weak_ptr<Scope> home; ///< scope the expression or function is read in
  ScopePtr kept_home;        ///< the same, owned, for arguments
  Place place;               ///< Element of a field count
  bool is_field_element = false;
  int depth = -1;            ///< Element: absolute depth of its count
  std::size_t open_size = 0; ///< arguments: how many inlined names were open at the call
  bool related = false;      ///< Subject: the other resource of a relation
  bool used = false;
};

class Scope : public std::enable_shared_from_this<Scope> {
public:
  explicit Scope(ScopePtr parent = nullptr) : parent_(std::move(parent)) {}
  /// False when the name is already declared in this very scope.
  bool declare(const std::string& name, Binding binding) {
    return names_.try_emplace(name, std::move(binding)).second;
  }
  Binding* find(std::string_view name) {
    for (Scope* scope = this; scope; scope = scope->parent_.get())
      if (auto found = scope->names_.find(name); found != scope->names_.end()) return &found->second;
    return nullptr;
  }
  /// All visible names, for suggestions.
  [[nodiscard]] std::vector<std::string_view> visible() const {
    std::vector<std::string_view> names;
    for (const Scope* scope = this; scope; scope = scope->parent_.get())
      for (const auto& [name, binding] : scope->names_)
        names.push_back(name);
    return names;
  }
  std::map<std::string, Binding, std::less<>>& own() { return names_; }

private:
  ScopePtr parent_;
  std::map<std::string, Binding, std::less<>> names_;
};

} // namespace writ::check
