// SPDX-License-Identifier: MIT
// Metadata, parameters and members of an initiative.
#include "check/initiative.h"
#include "check/parameter.h"
#include "ir/limits.h"
#include "writ/json_writer.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::check {

namespace {

constexpr std::string_view kBuiltins = "/providers/Microsoft.Authorization/policyDefinitions/";

bool is_guid(std::string_view text) {
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  return text.size() == kShape.size() &&
         std::equal(text.begin(), text.end(), kShape.begin(), [](char c, char s) {
           const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
           return s == '-' ? c == '-' : hex;
         });
}

class InitiativeChecker {
public:
  InitiativeChecker(const InitiativeNames& names, const InitiativeContext& context)
      : names_(names), decl_(names.decl), context_(context), diagnostics_(context.diagnostics),
        lowering_(*context.set.graph, context.catalog, diagnostics_, context.node_spans, nothing_) {
    for (std::size_t i = 0; i < context.set.policies.size(); ++i)
      policies_[context.set.policies[i].symbol] = i;
  }

  std::optional<ir::Initiative> check() {
    const std::size_t errors = diagnostics_.errors();
    out_.symbol = symbol_of(home(), decl_.name.text);
    out_.name = decl_.name.text;
    out_.title = decl_.title;
    out_.description = one_line(decl_.doc);
    out_.span = decl_.span;
    out_.source = home().source;
    out_.on_request = context_.modules.is_library[names_.home];
    for (const syntax::DefinitionField& field : decl_.fields)
      metadata(field);
    foreign_items();
    for (const syntax::ParamDecl& param : decl_.params)
      parameter(param);
    for (const syntax::IncludeDecl& include : decl_.includes)
      include_members(include);
    if (decl_.includes.empty()) report(decl_.name.span, "an initiative includes at least one control");
    // What follows asks about members: without them it would only repeat what is wrong with them.
    if (diagnostics_.errors() != errors) return std::nullopt;
    member_groups(names_, context_, members_, out_.groups);
    member_values(names_, context_, lowering_, out_.parameters, members_);
    if (diagnostics_.errors() != errors) return std::nullopt;
    for (const syntax::ParamDecl& param : decl_.params)
      if (!is_used(param.name.text))
        diagnostics_.add(Diagnostic(Code::UnusedName, param.name.span,
                                    fmt::format("`{}` is never used", param.name.text)));
    at_most(azure::most(azure::Limit::InitiativeMembers), members_.size(), "policies");
    at_most(azure::most(azure::Limit::InitiativeParameters), out_.parameters.size(), "parameters");
    if (diagnostics_.errors() != errors) return std::nullopt;
    for (Member& member : members_)
      out_.members.push_back(std::move(member.out));
    return std::move(out_);
  }

private:
  [[nodiscard]] const syntax::Module& home() const { return names_.module; }

  void report(Span span, std::string message) {
    diagnostics_.add(Diagnostic(Code::InvalidInitiative, span, std::move(message)));
  }

  void at_most(std::size_t most, std::size_t count, std::string_view what) {
    if (count > most)
      diagnostics_.add(Diagnostic(Code::InitiativeLimit, decl_.name.span,
                                  fmt::format("Azure takes {} {} in an initiative, `{}` has {}", most, what,
                                              decl_.name.text, count)));
  }

  void metadata(const syntax::DefinitionField& field) {
    const std::string& key = field.key.text;
    if (!seen_.insert(key).second) return report(field.key.span, fmt::format("`{}` is given twice", key));
    if (key == "metadata") {
      const auto value = lowering_.literal(field.value, Type::of(TypeKind::Object), names_.scope);
      if (value) out_.metadata_json = to_json(context_.set.graph->constant_value(*value));
      return;
    }
    const std::array<std::pair<std::string_view, std::string*>, 4> texts = {
        {{"id", &out_.name},
         {"version", &out_.version},
         {"category", &out_.category},
         {"description", &out_.description}}};
    for (const auto& [word, target] : texts)
      if (word == key) {
        if (field.value.kind != syntax::ExprKind::String || field.value.text.empty())
          return report(field.value.span, fmt::format("`{}` is a text in quotes", key));
        *target = field.value.text;
        return;
      }
    if (key == "policies" || key == "groups")
      return report(field.key.span,
                    "an initiative lists `policies` and `groups` as Azure does, or it includes "
                    "controls: not both");
    Diagnostic d(Code::InvalidInitiative, field.key.span, fmt::format("no item `{}` in an initiative", key));
    const std::vector<std::string_view> known = {"id",      "version", "category", "description", "metadata",
                                                 "include", "group",   "groups",   "set",         "param"};
    if (const auto near = nearest(key, known); !near.empty())
      d.edits.push_back({field.key.span, near.front()});
    diagnostics_.add(std::move(d));
  }

  void foreign_items() {
    if (decl_.type || !decl_.when.empty())
      report(decl_.type ? decl_.type->span : decl_.when.front().span,
             "an initiative includes controls; what they are about is theirs to say");
    for (const syntax::LetDecl& let : decl_.lets)
      report(let.name.span, "a constant stands outside of the initiative");
  }

  void parameter(const syntax::ParamDecl& decl) {
    ir::PolicyParameter out;
    check_parameter(decl, lowering_, names_.scope, *context_.set.graph, diagnostics_, out);
    for (const ir::PolicyParameter& other : out_.parameters)
      if (equal_ascii_fold(other.name, out.name))
        diagnostics_.add(Diagnostic(Code::DuplicateName, decl.name.span,
                                    fmt::format("the parameter `{}` is declared twice", out.name))
                             .label(other.span, "first declared here"));
    out_.parameters.push_back(std::move(out));
  }

  // --- members
  void include_members(const syntax::IncludeDecl& include) {
    for (const Span repeated : include.repeated)
      report(repeated, "this is said twice");
    std::size_t named = 0;
    for (const syntax::IncludedMember& entry : include.members)
      named += entry.name.all ? 2 : 1;
    if (include.reference && named > 1)
      return report(include.reference->span, "`as` names one member; include it on a line of its own");
    std::vector<bool> excepted(include.except.size());
    for (const syntax::IncludedMember& entry : include.members) {
      if (entry.word) {
        builtin(include, entry);
        continue;
      }
      std::vector<IncludedDecl> found = declarations_of(context_.modules, names_.home, entry.name);
      if (found.empty()) unknown(entry.name);
      std::erase_if(found, [&](const IncludedDecl& one) {
        bool out = false;
        for (std::size_t e = 0; e < include.except.size(); ++e)
          if (names_symbol(include.except[e], home(), one.symbol)) excepted[e] = out = true;
        return out;
      });
      for (const IncludedDecl& one : found)
        declaration(include, entry, one);
    }
    for (std::size_t e = 0; e < excepted.size(); ++e)
      if (!excepted[e])
        diagnostics_.add(Diagnostic(
            Code::UnknownMember, include.except[e].span,
            fmt::format("`{}` is not among what this line includes", include.except[e].name.text())));
  }

  void builtin(const syntax::IncludeDecl& include, const syntax::IncludedMember& entry) {
    if (entry.word->text != "builtin") {
      diagnostics_.add(
          Diagnostic(Code::InvalidInitiative, entry.word->span,
                     fmt::format("expected the name of a control, or `builtin` and a GUID, found `{}`",
                                 entry.word->text))
              .edit(entry.word->span, "builtin"));
      return;
    }
    std::string guid = entry.guid.text;
    if (guid.size() > kBuiltins.size() && equal_ascii_fold(guid.substr(0, kBuiltins.size()), kBuiltins))
      guid.erase(0, kBuiltins.size());
    if (!is_guid(guid)) {
      report(entry.guid.span, "a built-in policy is named by its GUID");
      return;
    }
    Member member;
    member.out.reference = guid;
    member.out.definition_id = std::string(kBuiltins) + guid;
    member.out.span = entry.span;
    add(std::move(member), include);
  }

  void declaration(const syntax::IncludeDecl& include, const syntax::IncludedMember& entry,
                   const IncludedDecl& decl) {
    Member member;
    member.symbol = decl.symbol;
    member.by_star = entry.name.all;
    member.out.span = entry.span;
    if (decl.definition) {
      member.out.reference = decl.definition->name.text;
      for (const syntax::DefinitionField& field : decl.definition->fields)
        if (field.key.text == "id") member.out.reference = field.value.text;
      member.out.definition_id = member.out.reference;
    } else {
      const auto policy = policies_.find(decl.symbol);
      if (policy == policies_.end()) return; // it has mistakes, which were reported
      member.out.policy = policy->second;
      member.policy = &context_.set.policies[policy->second];
      member.out.reference = member.policy->id;
    }
    add(std::move(member), include);
  }

  /// A name of its own says more than a star: it takes the member's place, wherever it stands.
  void add(Member member, const syntax::IncludeDecl& include) {
    member.include = &include;
    if (include.reference) member.out.reference = include.reference->text;
    if (member.out.reference.empty())
      return report(include.reference->span, "the reference id of a member is not empty");
    for (Member& other : members_) {
      if (member.symbol.empty() || other.symbol != member.symbol || member.by_star == other.by_star) continue;
      if (other.by_star) other = std::move(member);
      return;
    }
    for (const Member& other : members_)
      if (equal_ascii_fold(other.out.reference, member.out.reference)) {
        diagnostics_.add(Diagnostic(Code::DuplicateMember, member.out.span,
                                    fmt::format("`{}` is included twice", member.out.reference))
                             .label(other.out.span, "first included here")
                             .note("`as` gives a second use of the same policy a name of its own"));
        return;
      }
    members_.push_back(std::move(member));
  }

  void unknown(const syntax::MemberName& name) {
    const std::string text = name.name.text();
    const std::size_t dot = text.rfind('.');
    const std::string module = dot == std::string::npos ? std::string() : text.substr(0, dot);
    const auto loaded = context_.modules.by_name;
    if (name.all) {
      const bool exists = std::any_of(loaded.begin(), loaded.end(), [&](const auto& entry) {
        return entry.first == text || entry.first.starts_with(text + ".");
      });
      if (exists) // otherwise no module has the name, which was reported
        diagnostics_.add(
            Diagnostic(Code::UnknownMember, name.span, fmt::format("`{}` has no controls", text)));
      return;
    }
    Diagnostic d(Code::UnknownMember, name.span, fmt::format("no control `{}`", text));
    if (loaded.contains(text)) {
      d.message = fmt::format("`{}` is a module", text);
      d.edits.push_back({name.span, text + ".*"});
    } else if (module.empty() || loaded.contains(module)) {
      const std::size_t index = module.empty() ? names_.home : loaded.find(module)->second;
      std::vector<std::string_view> known;
      for (const syntax::ControlDecl& control : context_.modules.modules[index].controls)
        known.push_back(control.name.text);
      const syntax::Identifier& last = name.name.parts.back();
      if (const auto near = nearest(last.text, known); !near.empty())
        d.edits.push_back({last.span, near.front()});
      else if (module.empty())
        d.notes.emplace_back("a control of another file is included by the name of its module, too");
    } else {
      return; // no such module, which was reported
    }
    diagnostics_.add(std::move(d));
  }

  /// Whether some member gets the parameter.
  [[nodiscard]] bool is_used(const std::string& name) const {
    return std::any_of(members_.begin(), members_.end(), [&](const Member& member) {
      return std::any_of(member.out.arguments.begin(), member.out.arguments.end(),
                         [&](const ir::Argument& one) {
                           const ir::Node& node = context_.set.graph->node(one.value);
                           return node.kind == ir::NodeKind::Parameter &&
                                  equal_ascii_fold(context_.set.graph->name_of(one.value), name);
                         });
    });
  }

  const InitiativeNames& names_;
  const syntax::DefinitionDecl& decl_;
  const InitiativeContext& context_;
  Diagnostics& diagnostics_;
  Subject nothing_;
  Lowering lowering_;
  std::unordered_map<std::string, std::size_t> policies_; ///< by symbol
  std::set<std::string> seen_;
  std::vector<Member> members_;
  ir::Initiative out_;
};

} // namespace

std::optional<ir::Initiative> check_initiative(const InitiativeNames& names,
                                               const InitiativeContext& context) {
  return InitiativeChecker(names, context).check();
}

std::vector<Member*> members_named(const syntax::MemberName& name, const InitiativeNames& names,
                                   std::vector<Member>& members, Diagnostics& diagnostics) {
  std::vector<Member*> out;
  for (Member& member : members)
    if (!member.symbol.empty() && names_symbol(name, names.module, member.symbol)) out.push_back(&member);
  if (!out.empty()) return out;
  std::vector<std::string_view> known;
  for (const Member& member : members)
    if (!member.symbol.empty()) known.push_back(member.symbol);
  Diagnostic d(
      Code::UnknownMember, name.span,
      fmt::format("no member of the initiative is called `{}`", name.name.text() + (name.all ? ".*" : "")));
  if (const auto near = nearest(name.name.text(), known); !name.all && !near.empty())
    d.edits.push_back({name.span, near.front()});
  diagnostics.add(std::move(d));
  return out;
}

} // namespace writ::check
