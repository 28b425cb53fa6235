// SPDX-License-Identifier: MIT
// Values that an initiative gives to the parameters of its members.
#include "check/initiative.h"
#include "writ/json_writer.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace writ::check {

namespace {

Type type_of(ir::ParameterType type) {
  switch (type) {
  case ir::ParameterType::Integer:
    return Type::of(TypeKind::Int);
  case ir::ParameterType::Float:
    return Type::of(TypeKind::Float);
  case ir::ParameterType::Boolean:
    return Type::of(TypeKind::Bool);
  case ir::ParameterType::Array:
    return Type::array_of(Type{});
  case ir::ParameterType::DateTime:
    return Type::of(TypeKind::DateTime);
  case ir::ParameterType::String:
    return Type::of(TypeKind::String);
  case ir::ParameterType::Object:
    return {};
  }
  return {};
}

const ir::PolicyParameter* find_parameter(const std::vector<ir::PolicyParameter>& parameters,
                                          std::string_view name) {
  const auto found =
      std::find_if(parameters.begin(), parameters.end(), [&](const ir::PolicyParameter& parameter) {
        return equal_ascii_fold(parameter.name, name);
      });
  return found == parameters.end() ? nullptr : &*found;
}

/// "A, B, C and 4 more".
std::string named(const std::vector<const Member*>& members) {
  constexpr std::size_t kShown = 5;
  std::string out;
  for (std::size_t i = 0; i < members.size() && i < kShown; ++i)
    out += (i == 0 ? "" : ", ") + members[i]->out.reference;
  if (members.size() > kShown) out += fmt::format(" and {} more", members.size() - kShown);
  return out;
}

/// Members that declare a parameter in the same way.
struct Family {
  const ir::PolicyParameter* declared = nullptr;
  std::vector<Member*> members;
};

class ValueChecker {
public:
  ValueChecker(const InitiativeNames& names, const InitiativeContext& context, Lowering& lowering,
               std::vector<ir::PolicyParameter>& parameters, std::vector<Member>& members)
      : names_(names), graph_(*context.set.graph), diagnostics_(context.diagnostics), lowering_(lowering),
        parameters_(parameters), members_(members) {}

  void run() {
    const std::size_t errors = diagnostics_.errors();
    for (const syntax::IncludeDecl& include : names_.decl.includes)
      if (include.with)
        for (std::size_t i = 0; i < include.with->keys.size(); ++i)
          with(include, include.with->keys[i], include.with->children[i]);
    for (const syntax::SetDecl& set : names_.decl.sets)
      this->set(set);
    for (const syntax::ForwardDecl& decl : names_.decl.forwards)
      forward(decl);
    // A value with a mistake is missing only because of it.
    if (diagnostics_.errors() != errors) return;
    for (const Member& member : members_)
      check_required(member);
  }

private:
  static bool is_given(const Member& member, std::string_view parameter) {
    return std::any_of(member.out.arguments.begin(), member.out.arguments.end(),
                       [&](const ir::Argument& one) { return equal_ascii_fold(one.name, parameter); });
  }

  void report_unknown(const syntax::Identifier& name, const std::vector<Member*>& members) {
    Diagnostic d(Code::UnknownMemberParameter, name.span,
                 members.size() == 1
                     ? fmt::format("{} has no parameter `{}`", members[0]->out.reference, name.text)
                     : fmt::format("no member has a parameter `{}`", name.text));
    std::vector<std::string_view> known;
    for (const Member* member : members)
      if (member->policy)
        for (const ir::PolicyParameter& parameter : member->policy->parameters)
          known.push_back(parameter.name);
    if (const auto near = nearest(name.text, known); !near.empty())
      d.edits.push_back({name.span, near.front()});
    diagnostics_.add(std::move(d));
  }

  // --- with: the values of one line
  void with(const syntax::IncludeDecl& include, const syntax::Identifier& key, const syntax::Expr& value) {
    std::vector<Member*> members;
    for (Member& member : members_)
      if (member.include == &include) members.push_back(&member);
    bool some = members.empty();
    for (Member* member : members) {
      if (is_given(*member, key.text)) {
        diagnostics_.add(Diagnostic(Code::DuplicateName, key.span,
                                    fmt::format("the parameter `{}` is given twice", key.text)));
        return;
      }
      if (!member->policy) { // Azure knows its parameters
        some = true;
        if (const auto operand = unchecked_value(value))
          member->out.arguments.push_back({key.text, *operand, value.span});
        else
          return;
        continue;
      }
      const ir::PolicyParameter* parameter = find_parameter(member->policy->parameters, key.text);
      if (!parameter) continue;
      some = true;
      const auto operand = value_for(*parameter, value);
      if (!operand) return;
      if (const std::string why = refusal(*parameter, *operand); !why.empty()) {
        diagnostics_.add(
            Diagnostic(Code::MemberValue, value.span,
                       fmt::format("`{}` of {} {}", parameter->name, member->out.reference, why)));
        return;
      }
      member->out.arguments.push_back({parameter->name, *operand, value.span});
    }
    if (!some) report_unknown(key, members);
  }

  /// A parameter of the initiative by its name, or a constant.
  std::optional<ir::NodeId> value_for(const ir::PolicyParameter& parameter, const syntax::Expr& value) {
    if (const ir::PolicyParameter* own = own_parameter(value)) return graph_.parameter(own->name);
    return lowering_.literal(value, type_of(parameter.type), names_.scope);
  }
  std::optional<ir::NodeId> unchecked_value(const syntax::Expr& value) {
    if (const ir::PolicyParameter* own = own_parameter(value)) return graph_.parameter(own->name);
    return lowering_.literal(value, Type{}, names_.scope);
  }
  const ir::PolicyParameter* own_parameter(const syntax::Expr& value) const {
    return value.kind == syntax::ExprKind::Name ? find_parameter(parameters_, value.text) : nullptr;
  }

  [[nodiscard]] std::vector<Value> allowed_by(const ir::PolicyParameter& parameter) const {
    std::vector<Value> out;
    for (const ir::NodeId id : parameter.allowed)
      out.push_back(graph_.constant_value(id));
    return out;
  }

  [[nodiscard]] std::string list_of(const ir::PolicyParameter& parameter) const {
    std::string out;
    for (const Value& value : allowed_by(parameter))
      out += (out.empty() ? "" : ", ") +
             (value.is(ValueKind::String) ? std::string(value.as_string()) : to_json(value));
    return out;
  }

  /// Why a parameter does not take a value or everything that another parameter can be; empty when it does.
  [[nodiscard]] std::string refusal(const ir::PolicyParameter& parameter, ir::NodeId operand) const {
    const std::vector<Value> allowed = allowed_by(parameter);
    if (graph_.node(operand).kind != ir::NodeKind::Parameter) {
      const Value& value = graph_.constant_value(operand);
      return is_allowed(allowed, value)
                 ? std::string()
                 : fmt::format("does not allow {}: it allows {}", to_json(value), list_of(parameter));
    }
    const ir::PolicyParameter& own = *find_parameter(parameters_, graph_.name_of(operand));
    if (own.type != parameter.type)
      return fmt::format("is of type {}, `{}` of type {}", writ::to_text(parameter.type), own.name,
                         writ::to_text(own.type));
    if (allowed.empty()) return {};
    if (own.allowed.empty())
      return fmt::format("allows {} only, `{}` can be anything", list_of(parameter), own.name);
    for (const Value& value : allowed_by(own))
      if (!is_allowed(allowed, value))
        return fmt::format("does not allow {}, which `{}` can be: it allows {}", to_json(value), own.name,
                           list_of(parameter));
    return {};
  }

  // --- set: one value for all that take it
  void set(const syntax::SetDecl& decl) {
    if (decl.allowed && decl.allowed->text != "allowed") {
      diagnostics_.add(Diagnostic(Code::InvalidInitiative, decl.allowed->span,
                                  fmt::format("expected `where allowed`, found `{}`", decl.allowed->text))
                           .edit(decl.allowed->span, "allowed"));
      return;
    }
    std::vector<Member*> members;
    if (!chosen(decl.members, decl.members.empty(), members)) return;
    bool some = false;
    bool taken = false;
    std::vector<const Member*> refusing;
    std::string why;
    for (Member* member : members) {
      const ir::PolicyParameter* parameter =
          member->policy ? find_parameter(member->policy->parameters, decl.parameter.text) : nullptr;
      if (!parameter) continue;
      some = true;
      if (is_given(*member, parameter->name)) continue;
      const auto operand = value_for(*parameter, decl.value);
      if (!operand) return;
      if (std::string reason = refusal(*parameter, *operand); !reason.empty()) {
        if (refusing.empty()) why = std::move(reason);
        refusing.push_back(member);
        continue;
      }
      taken = true;
      member->out.arguments.push_back({parameter->name, *operand, decl.value.span});
    }
    if (!some) return report_unknown(decl.parameter, members);
    if (refusing.empty()) return;
    if (!taken || !decl.allowed)
      diagnostics_.add(
          Diagnostic(Code::MemberValue, decl.value.span,
                     fmt::format("`{}` of {} {}", decl.parameter.text, refusing[0]->out.reference, why))
              .note(decl.allowed ? "no member takes the value"
                                 : fmt::format("refused by {}; `where allowed` leaves them as they are",
                                               named(refusing))));
  }

  /// The members that names mean, each once; false when a name means none.
  bool chosen(const std::vector<syntax::MemberName>& names, bool all, std::vector<Member*>& out) {
    if (all)
      for (Member& member : members_)
        out.push_back(&member);
    for (const syntax::MemberName& name : names) {
      const std::vector<Member*> found = members_named(name, names_, members_, diagnostics_);
      if (found.empty()) return false;
      for (Member* member : found)
        if (std::find(out.begin(), out.end(), member) == out.end()) out.push_back(member);
    }
    return true;
  }

  // --- forwards
  void forward(const syntax::ForwardDecl& decl) {
    if (decl.to.text != "to") {
      diagnostics_.add(Diagnostic(Code::InvalidInitiative, decl.to.span,
                                  fmt::format("expected `forwards to`, found `{}`", decl.to.text))
                           .edit(decl.to.span, "to"));
      return;
    }
    std::vector<Member*> members;
    if (!chosen(decl.members, decl.all, members)) return;
    const syntax::Identifier& target = decl.target ? *decl.target : decl.parameter;
    std::vector<Member*> having;
    bool some = false;
    for (Member* member : members) {
      if (!member->policy || !find_parameter(member->policy->parameters, target.text)) continue;
      some = true;
      if (!is_given(*member, target.text)) having.push_back(member);
    }
    if (!some) return report_unknown(target, members);
    if (find_parameter(parameters_, decl.parameter.text))
      forward_declared(decl, target, having);
    else
      forward_as_declared(decl, target, having);
  }

  void forward_declared(const syntax::ForwardDecl& decl, const syntax::Identifier& target,
                        const std::vector<Member*>& members) {
    const ir::NodeId operand = graph_.parameter(find_parameter(parameters_, decl.parameter.text)->name);
    std::vector<const Member*> refusing;
    std::string why;
    for (Member* member : members) {
      const ir::PolicyParameter& parameter = *find_parameter(member->policy->parameters, target.text);
      if (std::string reason = refusal(parameter, operand); !reason.empty()) {
        if (refusing.empty())
          why = fmt::format("`{}` of {} {}", parameter.name, member->out.reference, reason);
        refusing.push_back(member);
        continue;
      }
      member->out.arguments.push_back({parameter.name, operand, decl.span});
    }
    if (refusing.empty()) return;
    if (!decl.all || refusing.size() == members.size()) {
      diagnostics_.add(Diagnostic(Code::MemberValue, decl.span, why));
      return;
    }
    diagnostics_.add(Diagnostic(Code::NotForwarded, decl.span,
                                fmt::format("`{}` is not forwarded to {} of the members that have it: {}",
                                            decl.parameter.text, refusing.size(), named(refusing)))
                         .note(why)
                         .note("name the members instead of `all`, or forward another parameter to these"));
  }

  [[nodiscard]] bool same(const ir::PolicyParameter& a, const ir::PolicyParameter& b) const {
    if (a.type != b.type || a.allowed.size() != b.allowed.size()) return false;
    if (a.default_value.has_value() != b.default_value.has_value()) return false;
    // Equal literals are one node.
    if (a.default_value && a.default_value->index != b.default_value->index) return false;
    return std::all_of(a.allowed.begin(), a.allowed.end(), [&](ir::NodeId id) {
      return std::any_of(b.allowed.begin(), b.allowed.end(),
                         [&](ir::NodeId other) { return other.index == id.index; });
    });
  }

  /// Nobody declares the parameter: it is what the members say. Those that say something else get one of
  /// their own, so that forwarding alone changes no default.
  void forward_as_declared(const syntax::ForwardDecl& decl, const syntax::Identifier& target,
                           const std::vector<Member*>& members) {
    std::vector<Family> families;
    for (Member* member : members) {
      const ir::PolicyParameter* parameter = find_parameter(member->policy->parameters, target.text);
      auto family = std::find_if(families.begin(), families.end(),
                                 [&](const Family& one) { return same(*one.declared, *parameter); });
      if (family == families.end()) family = families.insert(families.end(), {parameter, {}});
      family->members.push_back(member);
    }
    std::stable_sort(families.begin(), families.end(),
                     [](const Family& a, const Family& b) { return a.members.size() > b.members.size(); });
    std::map<std::string, std::size_t> taken;
    for (std::size_t i = 1; i < families.size(); ++i)
      ++taken[lower_ascii(name_of(decl.parameter.text, *families[i].declared, false))];
    for (std::size_t i = 0; i < families.size(); ++i) {
      const Family& family = families[i];
      std::string name = decl.parameter.text;
      if (i > 0) {
        name = name_of(decl.parameter.text, *family.declared, false);
        if (taken[lower_ascii(name)] > 1) name = name_of(decl.parameter.text, *family.declared, true);
      }
      if (name.empty() || find_parameter(parameters_, name)) return disagree(decl, families);
      ir::PolicyParameter own = *family.declared;
      own.name = name;
      own.span = decl.span;
      parameters_.push_back(std::move(own));
      const ir::NodeId operand = graph_.parameter(name);
      for (Member* member : family.members)
        member->out.arguments.push_back(
            {find_parameter(member->policy->parameters, target.text)->name, operand, decl.span});
    }
  }

  /// `effect_AuditIfNotExists`: the default, and where that does not tell them apart what is allowed. Empty:
  /// no name can be made of it.
  [[nodiscard]] std::string name_of(const std::string& name, const ir::PolicyParameter& parameter,
                                    bool with_allowed) const {
    if (!parameter.default_value) return {};
    std::string out = name + "_" + word_of(*parameter.default_value);
    if (with_allowed) {
      if (parameter.allowed.empty()) return {};
      out += "_of";
      for (const ir::NodeId id : parameter.allowed)
        out += "_" + word_of(id);
    }
    const bool plain = std::all_of(out.begin(), out.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    return plain ? out : std::string();
  }
  [[nodiscard]] std::string word_of(ir::NodeId literal) const {
    const Value& value = graph_.constant_value(literal);
    return value.is(ValueKind::String) ? std::string(value.as_string()) : to_json(value);
  }

  void disagree(const syntax::ForwardDecl& decl, const std::vector<Family>& families) {
    Diagnostic d(
        Code::ForwardDisagreement, decl.parameter.span,
        fmt::format("members declare `{}` in {} different ways", decl.parameter.text, families.size()));
    for (const Family& family : families)
      if (d.labels.size() < 4)
        d.labels.push_back({family.declared->span, fmt::format("{}", family.members.front()->out.reference)});
    d.notes.push_back(fmt::format("declare it: `param {}: … = …`", decl.parameter.text));
    diagnostics_.add(std::move(d));
  }

  void check_required(const Member& member) {
    if (!member.policy) return;
    for (const ir::PolicyParameter& parameter : member.policy->parameters)
      if (!parameter.default_value && !is_given(member, parameter.name))
        diagnostics_.add(Diagnostic(Code::MemberValue, member.out.span,
                                    fmt::format("`{}` of {} has no default and gets no value", parameter.name,
                                                member.out.reference))
                             .note("give it one: `with { … }`, `set`, or `param … forwards to`"));
  }

  const InitiativeNames& names_;
  ir::Graph& graph_;
  Diagnostics& diagnostics_;
  Lowering& lowering_;
  std::vector<ir::PolicyParameter>& parameters_;
  std::vector<Member>& members_;
};

} // namespace

void member_values(const InitiativeNames& names, const InitiativeContext& context, Lowering& lowering,
                   std::vector<ir::PolicyParameter>& parameters, std::vector<Member>& members) {
  ValueChecker(names, context, lowering, parameters, members).run();
}

} // namespace writ::check
