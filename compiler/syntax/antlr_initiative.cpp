// SPDX-License-Identifier: MIT
// Items of initiatives that are put together of controls.
#include "syntax/antlr_build.h"

namespace writ::syntax {

Identifier TreeBuilder::name_or_string(WritParser::NameContext* name, antlr4::tree::TerminalNode* text) {
  if (name) return identifier(name);
  if (text) return {string_text(text), span(text->getSymbol())};
  return {};
}

MemberName TreeBuilder::member_name(WritParser::MemberNameContext* context) {
  MemberName out;
  if (!context) return out;
  out.span = span(context);
  out.all = context->STAR() != nullptr;
  out.name.parts.push_back(identifier(context->name()));
  for (WritParser::AnyNameContext* part : context->anyName())
    out.name.parts.push_back(identifier(part));
  out.name.span = cover(out.name.parts.front().span, out.name.parts.back().span);
  return out;
}

IncludeDecl TreeBuilder::include(WritParser::InitiativeIncludeContext* context) {
  IncludeDecl out;
  out.span = span(context);
  for (WritParser::IncludedContext* one : context->included()) {
    IncludedMember member;
    member.span = span(one);
    if (one->IDENT() && one->STRING()) {
      member.word = identifier(one->IDENT()->getSymbol());
      member.guid = {string_text(one->STRING()), span(one->STRING()->getSymbol())};
    } else {
      member.name = member_name(one->memberName());
    }
    out.members.push_back(std::move(member));
  }
  for (WritParser::IncludeClauseContext* clause : context->includeClause()) {
    const auto texts = clause->STRING();
    bool repeated = false;
    if (clause->AS()) {
      repeated = out.reference.has_value();
      out.reference = name_or_string(clause->anyName(), texts.empty() ? nullptr : texts.front());
    } else if (clause->WITH()) {
      repeated = out.with.has_value();
      out.with = object(clause->object());
    } else if (clause->EXCEPT()) {
      for (WritParser::MemberNameContext* name : clause->memberName())
        out.except.push_back(member_name(name));
    } else {
      for (antlr4::tree::TerminalNode* text : texts)
        out.groups.push_back({string_text(text), span(text->getSymbol())});
    }
    if (repeated) out.repeated.push_back(span(clause));
  }
  return out;
}

void TreeBuilder::initiative_item(WritParser::DefinitionItemContext* context, DefinitionDecl& out) {
  if (auto* included = dynamic_cast<WritParser::InitiativeIncludeContext*>(context)) {
    out.includes.push_back(include(included));
  } else if (auto* group = dynamic_cast<WritParser::InitiativeGroupContext*>(context)) {
    GroupDecl item;
    item.span = span(group);
    auto texts = group->STRING();
    const bool numbered = group->FROM() != nullptr;
    // A text without a comma in front is the title of a group of its own, or the name behind `as`.
    if (texts.size() > group->COMMA().size() + 1) {
      if (numbered)
        item.name = Identifier{string_text(texts.back()), span(texts.back()->getSymbol())};
      else
        item.title = string_text(texts.back());
      texts.pop_back();
    }
    for (antlr4::tree::TerminalNode* text : texts)
      item.numbers.push_back({string_text(text), span(text->getSymbol())});
    if (group->name()) item.frameworks.push_back(identifier(group->name()));
    out.groups.push_back(std::move(item));
  } else if (auto* groups = dynamic_cast<WritParser::InitiativeGroupsContext*>(context)) {
    GroupDecl item;
    item.span = span(groups);
    for (WritParser::NameContext* name : groups->name())
      item.frameworks.push_back(identifier(name));
    out.groups.push_back(std::move(item));
  } else if (auto* forward = dynamic_cast<WritParser::InitiativeForwardContext*>(context)) {
    ForwardDecl item;
    item.span = span(forward);
    const auto texts = forward->STRING();
    // A text is the name of the parameter, or stands behind `as`.
    const std::size_t last = forward->name() ? 0 : 1;
    item.parameter = name_or_string(forward->name(), texts.empty() || last == 0 ? nullptr : texts.front());
    if (forward->IDENT()) item.to = identifier(forward->IDENT()->getSymbol());
    item.all = forward->ALL() != nullptr;
    for (WritParser::MemberNameContext* name : forward->memberName())
      item.members.push_back(member_name(name));
    if (forward->AS())
      item.target = name_or_string(forward->anyName(), texts.size() > last ? texts[last] : nullptr);
    out.forwards.push_back(std::move(item));
  } else if (auto* set = dynamic_cast<WritParser::InitiativeSetContext*>(context)) {
    SetDecl item;
    item.span = span(set);
    item.parameter = name_or_string(set->name(), set->STRING());
    if (set->primary()) item.value = primary(set->primary());
    for (WritParser::MemberNameContext* name : set->memberName())
      item.members.push_back(member_name(name));
    if (set->IDENT()) item.allowed = identifier(set->IDENT()->getSymbol());
    out.sets.push_back(std::move(item));
  }
}

} // namespace writ::syntax
