// SPDX-License-Identifier: MIT
// Verifier, part 2: fields and paths, and per type the trie, its slots and their uses.
#include "verifier.h"
#include "writ/bytecode/format.h"

#include <algorithm>
#include <span>
#include <string_view>

namespace writ::bc {

namespace {

Diagnostic layout_error(std::string what) { return Diagnostic(Code::BundleTable, {}, std::move(what)); }
Diagnostic layout_limit(std::string what) { return Diagnostic(Code::BundleLimit, {}, std::move(what)); }

std::span<const Step> steps_of(const Program& program, std::uint32_t first, std::uint32_t count) {
  return std::span(program.steps).subspan(first, count);
}

std::size_t stars(std::span<const Step> steps) {
  return static_cast<std::size_t>(
      std::count_if(steps.begin(), steps.end(), [](const Step& s) { return s.each; }));
}

bool same_steps(const Program& program, std::span<const Step> a, std::span<const Step> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](const Step& x, const Step& y) {
    return x.each == y.each && program.strings[x.name] == program.strings[y.name];
  });
}

Status verify_steps(const Program& program, std::uint32_t first, std::uint32_t count) {
  const auto steps = steps_of(program, first, count);
  if (steps.size() > ProgramLimits::kPathSteps || stars(steps) > ProgramLimits::kPathStars)
    return layout_limit("a path has too many steps");
  return Done{};
}

Status verify_paths(const Program& program) {
  for (const Step& step : program.steps)
    if (!is_lower(program.strings[step.name])) return layout_error("a path step is not in lower case");
  for (const VersionPath& version : program.versions)
    if (auto status = verify_steps(program, version.first_step, version.step_count); !status) return status;
  for (const FieldPath& path : program.paths) {
    if (auto status = verify_steps(program, path.first_step, path.step_count); !status) return status;
    if (path.version_count > ProgramLimits::kPathVersions)
      return layout_limit("a path has too many versions");
    if ((path.pattern_phrase == kNone) != (path.pattern_variable == kNone))
      return layout_error("a pattern lacks its phrase or its variable");
    if (path.pattern_phrase != kNone &&
        program.strings[path.pattern_phrase].size() > ProgramLimits::kPatternText)
      return layout_limit("a pattern is too long");
    if (path.type != kNone && !is_lower(program.strings[path.type]))
      return layout_error("the type of a path is not in lower case");
  }
  for (const Field& field : program.fields) {
    const auto paths = std::span(program.paths).subspan(field.first_path, field.path_count);
    for (std::size_t i = 1; i < paths.size(); ++i) {
      const bool ascends =
          paths[i].type != kNone &&
          (paths[i - 1].type == kNone || program.strings[paths[i - 1].type] < program.strings[paths[i].type]);
      if (!ascends)
        return layout_error("the paths of field `" + program.strings[field.name] + "` are not in order");
    }
  }
  return Done{};
}

/// Tries of all types. Remembers the way up from each node, which slot uses are compared with.
class TrieCheck {
public:
  explicit TrieCheck(const Program& program)
      : program_(program), parent_(program.trie.size(), kNone), owned_(program.trie.size(), false) {}

  Status check(const TypeProgram& type) {
    node_of_slot_.clear();
    slots_ += type.slot_count; // each is filled by a node of its own
    if (slots_ > program_.trie.size()) return layout_error("there are more slots than trie nodes");
    node_of_slot_.resize(type.slot_count, kNone);
    const TrieNode& root = program_.trie[type.trie_root];
    const bool bare =
        root.child_count == 0 && root.slot == kNone; // many types may share one that reads nothing
    if (!bare && owned_[type.trie_root]) return layout_error("two types share a trie");
    owned_[type.trie_root] = true;
    if (auto status = check_subtree(type.trie_root); !status) return status;
    if (std::find(node_of_slot_.begin(), node_of_slot_.end(), kNone) != node_of_slot_.end())
      return layout_error("a slot is filled by no trie node");
    return Done{};
  }

  /// True when the keys from the root to the slot's node are the names of these steps.
  [[nodiscard]] bool leads_to(std::uint32_t slot, std::span<const Step> steps) const {
    std::uint32_t node = node_of_slot_[slot];
    for (std::size_t i = steps.size(); i > 0; --i) {
      if (parent_[node] == kNone ||
          program_.strings[program_.trie[node].key] != program_.strings[steps[i - 1].name])
        return false;
      node = parent_[node];
    }
    return parent_[node] == kNone;
  }

private:
  struct Visit {
    std::uint32_t node;
    std::uint32_t depth;
  };

  Status check_subtree(std::uint32_t root) {
    std::vector<Visit> open{{root, 0}};
    while (!open.empty()) {
      const Visit visit = open.back();
      open.pop_back();
      if (visit.depth > ProgramLimits::kPathSteps) return layout_limit("a trie is too deep");
      const TrieNode& node = program_.trie[visit.node];
      if (node.slot != kNone) {
        if (node.slot >= node_of_slot_.size())
          return layout_error("a trie node fills a slot that its type does not have");
        if (node_of_slot_[node.slot] != kNone) return layout_error("two trie nodes fill one slot");
        node_of_slot_[node.slot] = visit.node;
      }
      for (std::uint32_t i = 0; i < node.child_count; ++i) {
        const std::uint32_t child = node.first_child + i;
        if (child <= visit.node || owned_[child]) return layout_error("a trie is not a tree");
        owned_[child] = true;
        parent_[child] = visit.node;
        const std::string& key = program_.strings[program_.trie[child].key];
        if (!is_lower(key)) return layout_error("a trie key is not in lower case");
        if (i > 0 && program_.strings[program_.trie[child - 1].key] >= key)
          return layout_error("the children of a trie node are not in order");
        open.push_back({child, visit.depth + 1});
      }
    }
    return Done{};
  }

  const Program& program_;
  std::vector<std::uint32_t> parent_;
  std::vector<bool> owned_;
  std::vector<std::uint32_t> node_of_slot_; // of the type under check
  std::uint64_t slots_ = 0;
};

/// A use agrees with its path: the slot's way plus the remaining steps is the path, and what the slot cannot
/// answer (a path of another API version, the fallback below `properties`) is reachable from it.
Status verify_use(const Program& program, const TypeProgram& type, const SlotUse& use,
                  const TrieCheck& tries) {
  const Field& field = program.fields[use.field];
  const std::string where = "the slot of field `" + program.strings[field.name] + "` ";
  if (use.path < field.first_path || use.path >= field.first_path + field.path_count)
    return layout_error(where + "belongs to another field's path");
  const FieldPath& path = program.paths[use.path];
  if (path.type != kNone && (type.name == kNone || program.strings[path.type] != program.strings[type.name]))
    return layout_error(where + "belongs to another type's path");
  if (use.slot == kNone) return Done{};
  if (use.slot >= type.slot_count) return layout_error(where + "is not a slot of the type");

  const auto steps = steps_of(program, path.first_step, path.step_count);
  if (use.step_count > steps.size()) return layout_error(where + "leaves more steps than its path has");
  const std::size_t walked = steps.size() - use.step_count;
  if (!same_steps(program, steps.subspan(walked), steps_of(program, use.first_step, use.step_count)))
    return layout_error(where + "leaves other steps than those of its path");
  const bool each = walked > 0 && steps[walked - 1].each;
  if (use.each != each || stars(steps.first(walked)) != (each ? 1u : 0u))
    return layout_error(where + "lies behind a [*]");
  if (!tries.leads_to(use.slot, steps.first(walked)))
    return layout_error(where + "is filled from another path");

  if (type.needs_whole) return Done{};
  if ((path.flags & kRootOrProperties) != 0 && walked > 0)
    return layout_error(where + "hides the fallback below `properties`");
  for (const VersionPath& version :
       std::span(program.versions).subspan(path.first_version, path.version_count)) {
    const auto other = steps_of(program, version.first_step, version.step_count);
    if (other.size() < walked || !same_steps(program, other.first(walked), steps.first(walked)))
      return layout_error(where + "hides the path of another API version");
  }
  return Done{};
}

Status verify_types(const Program& program) {
  if (program.types.empty() || program.types[0].name != kNone)
    return layout_error("there is no entry for other types");
  TrieCheck tries(program);
  for (std::size_t i = 0; i < program.types.size(); ++i) {
    const TypeProgram& type = program.types[i];
    if (i > 0) {
      if (type.name == kNone || !is_lower(program.strings[type.name]))
        return layout_error("a type has no name in lower case");
      if (i > 1 && program.strings[program.types[i - 1].name] >= program.strings[type.name])
        return layout_error("the types are not in order");
    }
    if (auto status = tries.check(type); !status) return status;
    const auto uses = std::span(program.slot_uses).subspan(type.first_use, type.use_count);
    for (std::size_t u = 0; u < uses.size(); ++u) {
      if (u > 0 && uses[u - 1].field >= uses[u].field)
        return layout_error("the slot uses of a type are not in order");
      if (auto status = verify_use(program, type, uses[u], tries); !status) return status;
    }
  }
  return Done{};
}

} // namespace

bool is_lower(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::uint32_t most_stars(const Program& program, const Field& field) {
  std::size_t most = 0;
  for (const FieldPath& path : std::span(program.paths).subspan(field.first_path, field.path_count)) {
    most = std::max(most, stars(steps_of(program, path.first_step, path.step_count)));
    for (const VersionPath& version :
         std::span(program.versions).subspan(path.first_version, path.version_count))
      most = std::max(most, stars(steps_of(program, version.first_step, version.step_count)));
  }
  return static_cast<std::uint32_t>(most);
}

Status verify_layout(const Program& program) {
  if (auto status = verify_paths(program); !status) return status;
  return verify_types(program);
}

} // namespace writ::bc
