// SPDX-License-Identifier: MIT
#include "check/include.h"

#include <algorithm>

namespace writ::check {

std::string symbol_of(const syntax::Module& module, const std::string& name) {
  return module.name ? module.name->text() + "." + name : name;
}

bool names_symbol(const syntax::MemberName& name, const syntax::Module& home, std::string_view symbol) {
  const std::string text = name.name.text();
  if (name.all) return symbol.starts_with(text + ".");
  return symbol == (name.name.parts.size() > 1 ? text : symbol_of(home, text));
}

std::vector<IncludedDecl> declarations_of(const modules::ModuleGraph& graph, std::size_t home,
                                          const syntax::MemberName& name) {
  std::vector<IncludedDecl> out;
  const auto search = [&](std::size_t index) {
    const syntax::Module& module = graph.modules[index];
    const auto is_meant = [&](const std::string& symbol) {
      return names_symbol(name, graph.modules[home], symbol);
    };
    for (const syntax::ControlDecl& control : module.controls)
      if (const std::string symbol = symbol_of(module, control.name.text); is_meant(symbol))
        out.push_back({index, &control, nullptr, symbol});
    if (!graph.is_root[index]) return;
    for (const syntax::DefinitionDecl& definition : module.definitions)
      if (const std::string symbol = symbol_of(module, definition.name.text);
          !definition.is_initiative && is_meant(symbol))
        out.push_back({index, nullptr, &definition, symbol});
  };
  if (!name.all && name.name.parts.size() == 1) {
    search(home);
    return out;
  }
  for (const auto& [module, index] : graph.by_name)
    search(index);
  return out;
}

std::map<std::size_t, std::set<std::string>> included_controls(const modules::ModuleGraph& graph) {
  std::map<std::size_t, std::set<std::string>> out;
  for (std::size_t home = 0; home < graph.modules.size(); ++home) {
    if (!graph.is_root[home]) continue;
    for (const syntax::DefinitionDecl& decl : graph.modules[home].definitions)
      for (const syntax::IncludeDecl& include : decl.includes)
        for (const syntax::IncludedMember& member : include.members) {
          if (member.word) continue;
          for (const IncludedDecl& found : declarations_of(graph, home, member.name)) {
            const bool excepted = std::any_of(include.except.begin(), include.except.end(),
                                              [&](const syntax::MemberName& name) {
                                                return names_symbol(name, graph.modules[home], found.symbol);
                                              });
            if (found.control && !excepted && !graph.is_root[found.module])
              out[found.module].insert(found.control->name.text);
          }
        }
  }
  return out;
}

} // namespace writ::check
