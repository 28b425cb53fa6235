// SPDX-License-Identifier: MIT
#include "codegen/pools.h"
#include "writ/text.h"

namespace writ::codegen {

Pools::Pools(bc::Program& program, const ir::Graph& graph) : program_(program), graph_(graph) { string(""); }

bc::StringId Pools::string(std::string_view text) {
  auto [it, added] =
      strings_.try_emplace(std::string(text), static_cast<bc::StringId>(program_.strings.size()));
  if (added) program_.strings.emplace_back(text);
  return it->second;
}

std::uint32_t Pools::constant(const Value& value) {
  std::string key(1, static_cast<char>('a' + static_cast<int>(value.kind())));
  append_json(key, value);
  auto [it, added] =
      constants_.try_emplace(std::move(key), static_cast<std::uint32_t>(program_.constants.size()));
  if (added) program_.constants.push_back(copy_into(*program_.arena, value));
  return it->second;
}

std::uint32_t Pools::steps(const ir::Path& path) {
  auto [it, added] = step_runs_.try_emplace(lower_ascii(ir::to_text(path)),
                                            static_cast<std::uint32_t>(program_.steps.size()));
  if (added)
    for (const ir::PathStep& step : path)
      program_.steps.push_back({string(lower_ascii(step.name)), step.each});
  return it->second;
}

std::uint32_t Pools::field(ir::FieldId id) {
  if (auto found = fields_.find(id.index); found != fields_.end()) return found->second;
  const ir::Field& field = graph_.field_info(id);
  bc::Field out;
  out.kind = static_cast<bc::FieldKind>(field.kind);
  out.name = string(field.name);
  out.secret = field.secret;
  std::vector<bc::FieldPath> paths;
  if (field.kind != ir::FieldKind::Alias) {
    bc::FieldPath path;
    path.first_step = steps(field.path);
    path.step_count = static_cast<std::uint32_t>(field.path.size());
    paths.push_back(path);
  }
  for (const ir::Resolution& resolution : field.resolutions) {
    bc::FieldPath path;
    path.type = string(lower_ascii(resolution.type));
    path.first_step = steps(resolution.path);
    path.step_count = static_cast<std::uint32_t>(resolution.path.size());
    path.first_version = static_cast<std::uint32_t>(program_.versions.size());
    for (const ir::VersionedPath& version : resolution.versions)
      for (const std::string& api : version.api_versions)
        program_.versions.push_back(
            {string(api), steps(version.path), static_cast<std::uint32_t>(version.path.size())});
    path.version_count = static_cast<std::uint32_t>(program_.versions.size()) - path.first_version;
    if (!resolution.pattern_phrase.empty()) {
      path.pattern_phrase = string(resolution.pattern_phrase);
      path.pattern_variable = string(resolution.pattern_variable);
    }
    if (resolution.below_root_or_properties) path.flags |= bc::kRootOrProperties;
    paths.push_back(path);
  }
  out.first_path = static_cast<std::uint32_t>(program_.paths.size());
  out.path_count = static_cast<std::uint32_t>(paths.size());
  program_.paths.insert(program_.paths.end(), paths.begin(), paths.end());
  const auto index = static_cast<std::uint32_t>(program_.fields.size());
  program_.fields.push_back(out);
  fields_.emplace(id.index, index);
  return index;
}

} // namespace writ::codegen
