// SPDX-License-Identifier: MIT
// Groups of an initiative: controls of frameworks that its members map to, and groups of its own.
#include "check/initiative.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::check {

namespace {

class GroupChecker {
public:
  GroupChecker(const InitiativeNames& names, const InitiativeContext& context, std::vector<Member>& members,
               std::vector<ir::InitiativeGroup>& groups)
      : names_(names), diagnostics_(context.diagnostics), members_(members), groups_(groups) {}

  void run() {
    for (const syntax::GroupDecl& decl : names_.decl.groups)
      group(decl);
    for (Member& member : members_)
      for (const syntax::Identifier& name : member.include->groups)
        join(member, name);
  }

private:
  void group(const syntax::GroupDecl& decl) {
    if (decl.frameworks.empty()) {
      const syntax::Identifier& name = decl.numbers.front();
      if (decl.numbers.size() > 1 || name.text.empty())
        diagnostics_.add(
            Diagnostic(Code::InvalidInitiative, decl.span,
                       "write `group \"name\" \"title\"`, or say which framework the groups are from"));
      else
        declare({name.text, {}, decl.title, {}, {}}, name.span);
      return;
    }
    for (const syntax::Identifier& name : decl.frameworks)
      if (const syntax::FrameworkDecl* framework = find_framework(name)) groups_of(*framework, name, decl);
  }

  const syntax::FrameworkDecl* find_framework(const syntax::Identifier& name) {
    if (Binding* binding = names_.scope->find(name.text);
        binding && binding->kind == BindingKind::Framework) {
      binding->used = true;
      return binding->framework;
    }
    Diagnostic d(Code::UnknownFramework, name.span, fmt::format("no framework `{}` in scope", name.text));
    std::vector<std::string_view> known;
    for (std::string_view visible : names_.scope->visible())
      if (names_.scope->find(visible)->kind == BindingKind::Framework) known.push_back(visible);
    if (const auto near = nearest(name.text, known); !near.empty())
      d.edits.push_back({name.span, near.front()});
    else
      d.notes.push_back(fmt::format("import it: use std.frameworks.{{{}}}", name.text));
    diagnostics_.add(std::move(d));
    return nullptr;
  }

  void groups_of(const syntax::FrameworkDecl& framework, const syntax::Identifier& name,
                 const syntax::GroupDecl& decl) {
    if (decl.name && decl.numbers.size() > 1)
      diagnostics_.add(Diagnostic(Code::InvalidInitiative, decl.name->span,
                                  "`as` names one group; write the others on lines of their own"));
    bool some = false;
    for (const syntax::FrameworkItem& item : framework.items) {
      if (decl.numbers.empty() && !is_mapped(framework, item.id.text)) continue;
      const auto number =
          std::find_if(decl.numbers.begin(), decl.numbers.end(),
                       [&](const syntax::Identifier& one) { return one.text == item.id.text; });
      if (!decl.numbers.empty() && number == decl.numbers.end()) continue;
      some = true;
      add(framework, item,
          decl.name              ? *decl.name
          : decl.numbers.empty() ? name
                                 : *number,
          decl.name ? decl.name->text : item.id.text);
    }
    for (const syntax::Identifier& number : decl.numbers)
      unknown_number(framework, number);
    if (!some && decl.numbers.empty())
      diagnostics_.add(Diagnostic(Code::EmptyGroup, name.span,
                                  fmt::format("no member maps to a control of {}", framework.title)));
  }

  void unknown_number(const syntax::FrameworkDecl& framework, const syntax::Identifier& number) {
    std::vector<std::string_view> ids;
    for (const syntax::FrameworkItem& item : framework.items)
      ids.push_back(item.id.text);
    if (std::find(ids.begin(), ids.end(), number.text) != ids.end()) return;
    Diagnostic d(Code::UnknownFrameworkControl, number.span,
                 fmt::format("{} has no control \"{}\"", framework.title, number.text));
    if (const auto near = nearest(number.text, ids); !near.empty())
      d.notes.push_back(fmt::format("did you mean \"{}\"?", near.front()));
    diagnostics_.add(std::move(d));
  }

  [[nodiscard]] bool is_mapped(const syntax::FrameworkDecl& framework, const std::string& number) const {
    return std::any_of(members_.begin(), members_.end(),
                       [&](const Member& member) { return maps(member, framework, number); });
  }

  static bool maps(const Member& member, const syntax::FrameworkDecl& framework, const std::string& number) {
    return member.policy && std::any_of(member.policy->mappings.begin(), member.policy->mappings.end(),
                                        [&](const ir::FrameworkMapping& mapping) {
                                          return mapping.framework == framework.name.text &&
                                                 mapping.control == number;
                                        });
  }

  void add(const syntax::FrameworkDecl& framework, const syntax::FrameworkItem& item,
           const syntax::Identifier& at, const std::string& name) {
    if (!declare({name, framework.title, fmt::format("{}: {}", item.id.text, item.title), {}, {}}, at.span))
      return;
    bool some = false;
    for (Member& member : members_) {
      const bool named =
          std::any_of(member.include->groups.begin(), member.include->groups.end(),
                      [&](const syntax::Identifier& one) { return equal_ascii_fold(one.text, name); });
      some = some || named;
      if (!maps(member, framework, item.id.text)) continue;
      member.out.groups.push_back(name);
      some = true;
    }
    if (!some)
      diagnostics_.add(
          Diagnostic(Code::EmptyGroup, at.span,
                     fmt::format("no member maps to \"{}\" of {}", item.id.text, framework.title)));
  }

  /// False when the name is taken.
  bool declare(ir::InitiativeGroup group, Span span) {
    for (std::size_t i = 0; i < groups_.size(); ++i)
      if (equal_ascii_fold(groups_[i].name, group.name)) {
        diagnostics_.add(
            Diagnostic(Code::DuplicateName, span, fmt::format("the group `{}` is declared twice", group.name))
                .label(spans_[i], "first declared here")
                .note("`as` gives a group of a framework another name"));
        return false;
      }
    groups_.push_back(std::move(group));
    spans_.push_back(span);
    return true;
  }

  void join(Member& member, const syntax::Identifier& name) {
    std::vector<std::string_view> known;
    for (const ir::InitiativeGroup& group : groups_) {
      known.push_back(group.name);
      if (!equal_ascii_fold(group.name, name.text)) continue;
      std::vector<std::string>& groups = member.out.groups;
      if (std::find(groups.begin(), groups.end(), group.name) == groups.end()) groups.push_back(group.name);
      return;
    }
    // Once for a line that includes many.
    if (std::find(reported_.begin(), reported_.end(), name.span) != reported_.end()) return;
    reported_.push_back(name.span);
    Diagnostic d(Code::UnknownGroup, name.span, fmt::format("no group `{}` in the initiative", name.text));
    if (const auto near = nearest(name.text, known); !near.empty())
      d.edits.push_back({name.span, "\"" + near.front() + "\""});
    diagnostics_.add(std::move(d));
  }

  const InitiativeNames& names_;
  Diagnostics& diagnostics_;
  std::vector<Member>& members_;
  std::vector<ir::InitiativeGroup>& groups_;
  std::vector<Span> spans_; ///< of the groups
  std::vector<Span> reported_;
};

} // namespace

void member_groups(const InitiativeNames& names, const InitiativeContext& context,
                   std::vector<Member>& members, std::vector<ir::InitiativeGroup>& groups) {
  GroupChecker(names, context, members, groups).run();
}

} // namespace writ::check
