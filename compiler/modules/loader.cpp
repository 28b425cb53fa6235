// SPDX-License-Identifier: MIT
#include "modules/loader.h"
#include "writ/text.h"

#include <algorithm>
#include <functional>

namespace writ::modules {

namespace {

constexpr std::size_t kNoModule = static_cast<std::size_t>(-1);

/// std.search.service -> std/search/service.writ
std::string library_path(std::string_view module) {
  std::string path(module);
  std::replace(path.begin(), path.end(), '.', '/');
  return path + ".writ";
}

class Loader {
public:
  Loader(const Files& files, SourceMap& sources, const LoadRequest& request, Diagnostics& diagnostics)
      : files_(files), sources_(sources), request_(request), diagnostics_(diagnostics) {}

  ModuleGraph load() {
    for (const std::string& file : request_.files)
      add_file(file);
    if (request_.standard_library)
      for (const embedded::File& file : request_.library)
        add_library(file, true);
    // Imports may add modules while we go.
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      resolve_imports(i);
      if (entries_[i].root) resolve_includes(i);
    }
    return ordered();
  }

private:
  struct Entry {
    syntax::Module module;
    bool root = false;
    bool library = false;
    std::vector<std::pair<std::size_t, Span>> imports;
  };

  std::size_t add(std::string path, std::string text, bool root) {
    const SourceId id = sources_.add(std::move(path), std::move(text));
    Entry entry;
    entry.module = syntax::parse_source(sources_, id, diagnostics_);
    entry.root = root;
    const std::size_t index = entries_.size();
    if (entry.module.name) {
      const std::string name = entry.module.name->text();
      auto [it, added] = by_name_.try_emplace(name, index);
      if (!added)
        diagnostics_.add(Diagnostic(Code::DuplicateName, entry.module.name->span,
                                    "module `" + name + "` is declared twice")
                             .label(entries_[it->second].module.name->span, "first declared here"));
    }
    entries_.push_back(std::move(entry));
    return index;
  }

  void add_file(const std::string& path) {
    if (by_path_.contains(path)) return;
    Result<std::string> text = files_.read(path);
    if (!text.ok()) return diagnostics_.add(text.take_error());
    by_path_[path] = add(path, std::move(*text), true);
  }

  std::size_t add_library(const embedded::File& file, bool root) {
    const std::string path = "<std>/" + std::string(file.path);
    if (auto seen = by_path_.find(path); seen != by_path_.end()) {
      entries_[seen->second].root = entries_[seen->second].root || root;
      return seen->second;
    }
    const std::size_t index = add(path, std::string(file.text), root);
    entries_[index].library = true;
    by_path_[path] = index;
    return index;
  }

  /// The module of this name, loaded from the library when needed.
  std::size_t find_module(const std::string& name) {
    if (auto found = by_name_.find(name); found != by_name_.end()) return found->second;
    const std::string path = library_path(name);
    for (const embedded::File& file : request_.library)
      if (file.path == path) return add_library(file, false);
    return kNoModule;
  }

  void report_unknown(const std::string& name, Span span) {
    std::vector<std::string> library;
    for (const embedded::File& file : request_.library) {
      std::string module(file.path.substr(0, file.path.size() - 5));
      std::replace(module.begin(), module.end(), '/', '.');
      library.push_back(std::move(module));
    }
    std::vector<std::string_view> candidates(library.begin(), library.end());
    for (const auto& [known, index] : by_name_)
      candidates.push_back(known);
    Diagnostic d(Code::UnknownModule, span, "no module `" + name + "`");
    std::vector<std::string> near = nearest(name, candidates);
    // `use a.b.{c}`: the mistake may be in a.b.
    if (near.empty()) near = nearest(name.substr(0, name.rfind('.')), candidates);
    if (!near.empty()) d.notes.push_back("did you mean `" + near.front() + "`?");
    diagnostics_.add(std::move(d));
  }

  void resolve_imports(std::size_t index) {
    // A copy: loading an import moves the entries.
    const std::vector<syntax::UseDecl> uses = entries_[index].module.uses;
    for (const syntax::UseDecl& use : uses) {
      const std::string base = use.module.text();
      if (use.names.empty()) {
        connect(index, base, use.module.span);
        continue;
      }
      // `use a.b.{c, d}`: each is a module a.b.c, or a declaration of module a.b.
      const std::size_t whole = find_module(base);
      if (whole != kNoModule) entries_[index].imports.emplace_back(whole, use.module.span);
      for (const syntax::Identifier& name : use.names) {
        const std::size_t part = find_module(base + "." + name.text);
        if (part != kNoModule)
          entries_[index].imports.emplace_back(part, name.span);
        else if (whole == kNoModule)
          report_unknown(base + "." + name.text, name.span);
      }
    }
  }

  /// Modules that the initiatives of a module include.
  void resolve_includes(std::size_t index) {
    std::vector<syntax::MemberName> names; // a copy: loading moves the entries
    for (const syntax::DefinitionDecl& decl : entries_[index].module.definitions)
      for (const syntax::IncludeDecl& include : decl.includes)
        for (const syntax::IncludedMember& member : include.members)
          if (!member.word) names.push_back(member.name);
    for (const syntax::MemberName& one : names) {
      const std::string name = one.name.text();
      if (one.all) {
        if (!load_below(name)) report_unknown(name, one.name.span);
        continue;
      }
      const std::size_t dot = name.rfind('.');
      if (dot == std::string::npos) continue; // of this very module
      // `include a.b` of a module a.b is the checker's to report.
      if (find_module(name.substr(0, dot)) == kNoModule && find_module(name) == kNoModule)
        report_unknown(name.substr(0, dot), one.name.span);
    }
  }

  /// Loads a module and those below it; false when there is none.
  bool load_below(const std::string& name) {
    const auto is_below = [&](std::string_view module) {
      return module == name || (module.starts_with(name) && module.substr(name.size()).starts_with('.'));
    };
    for (const embedded::File& file : request_.library) {
      std::string module(file.path.substr(0, file.path.size() - 5));
      std::replace(module.begin(), module.end(), '/', '.');
      if (is_below(module) && !by_name_.contains(module)) add_library(file, false);
    }
    return std::any_of(by_name_.begin(), by_name_.end(),
                       [&](const auto& entry) { return is_below(entry.first); });
  }

  void connect(std::size_t index, const std::string& name, Span span) {
    std::size_t target = find_module(name);
    const std::size_t dot = name.rfind('.');
    // `use a.b.c` may name a declaration c of module a.b.
    if (target == kNoModule && dot != std::string::npos) target = find_module(name.substr(0, dot));
    if (target == kNoModule) return report_unknown(name, span);
    entries_[index].imports.emplace_back(target, span);
  }

  ModuleGraph ordered() {
    enum class Mark { None, Open, Done };
    std::vector<Mark> marks(entries_.size(), Mark::None);
    std::vector<std::size_t> order;
    std::vector<std::size_t> path;
    std::function<void(std::size_t)> visit = [&](std::size_t index) {
      marks[index] = Mark::Open;
      path.push_back(index);
      for (const auto& [target, span] : entries_[index].imports) {
        if (marks[target] == Mark::Open) {
          std::string circle;
          for (auto it = std::find(path.begin(), path.end(), target); it != path.end(); ++it)
            circle += name_of(*it) + " -> ";
          diagnostics_.add(Diagnostic(Code::ImportCycle, span, "modules import each other in a circle")
                               .note(circle + name_of(target)));
        } else if (marks[target] == Mark::None) {
          visit(target);
        }
      }
      path.pop_back();
      marks[index] = Mark::Done;
      order.push_back(index);
    };
    for (std::size_t i = 0; i < entries_.size(); ++i)
      if (marks[i] == Mark::None) visit(i);
    ModuleGraph graph;
    for (std::size_t index : order) {
      if (entries_[index].module.name)
        graph.by_name.emplace(entries_[index].module.name->text(), graph.modules.size());
      graph.is_root.push_back(entries_[index].root);
      graph.is_library.push_back(entries_[index].library);
      graph.modules.push_back(std::move(entries_[index].module));
    }
    return graph;
  }

  std::string name_of(std::size_t index) const {
    const auto& name = entries_[index].module.name;
    return name ? name->text() : std::string(sources_.path(entries_[index].module.source));
  }

  const Files& files_;
  SourceMap& sources_;
  const LoadRequest& request_;
  Diagnostics& diagnostics_;
  std::vector<Entry> entries_;
  std::map<std::string, std::size_t> by_path_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
};

} // namespace

ModuleGraph load_modules(const Files& files, SourceMap& sources, const LoadRequest& request,
                         Diagnostics& diagnostics) {
  return Loader(files, sources, request, diagnostics).load();
}

} // namespace writ::modules
