// SPDX-License-Identifier: MIT
#include "corpus.h"

#include "reference/value.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>

namespace writ::reference {
namespace {

json from_scalar(const YAML::Node& node) {
  const std::string text = node.Scalar();
  // Quoted scalars carry the non-specific tag "!".
  if (node.Tag() == "!") return text;
  if (text == "null" || text == "~" || text.empty()) return nullptr;
  if (text == "true") return true;
  if (text == "false") return false;
  const json number = json::parse(text, nullptr, false);
  return number.is_number() ? number : json(text);
}

json from_yaml(const YAML::Node& node) {
  switch (node.Type()) {
  case YAML::NodeType::Undefined:
  case YAML::NodeType::Null:
    return nullptr;
  case YAML::NodeType::Scalar:
    return from_scalar(node);
  case YAML::NodeType::Sequence: {
    json out = json::array();
    for (const auto& element : node)
      out.push_back(from_yaml(element));
    return out;
  }
  case YAML::NodeType::Map:
    break;
  }
  json out = json::object();
  for (const auto& member : node)
    out[member.first.Scalar()] = from_yaml(member.second);
  return out;
}

/// `[{name: T/a, path: p, …}]` in the shape of `az provider list`; `type` says which type lists the name.
json catalogue_from(const json& aliases, const json& types) {
  std::map<std::string, json> by_type;
  const auto entry_of = [&](const std::string& type) -> json& {
    json& entry = by_type[type];
    if (entry.is_null())
      entry = {{"resourceType", type.substr(type.find('/') + 1)}, {"aliases", json::array()}};
    return entry;
  };
  for (const auto& member : types.items())
    entry_of(member.key())["capabilities"] = member.value();
  for (const json& alias : aliases) {
    const auto name = alias.at("name").get<std::string>();
    std::string type = string_member(alias, "type");
    if (type.empty()) type = name.substr(0, name.rfind('/'));
    json row = {{"name", name}, {"defaultPath", alias.value("path", json(nullptr))}};
    if (alias.contains("paths")) row["paths"] = alias["paths"];
    if (alias.contains("pattern")) row["defaultPattern"] = alias["pattern"];
    if (alias.contains("attributes")) row["defaultMetadata"] = {{"attributes", alias["attributes"]}};
    entry_of(type)["aliases"].push_back(row);
  }
  json providers = json::array();
  for (auto& [type, entry] : by_type)
    providers.push_back(
        {{"namespace", type.substr(0, type.find('/'))}, {"resourceTypes", json::array({entry})}});
  return providers;
}

Options options_from(const json& switches) {
  Options options;
  const std::map<std::string, bool*> flags{
      {"rawPaths", &options.raw_paths},
      {"likeQuestionMark", &options.like_question_mark},
      {"lenientOrdering", &options.lenient_ordering},
      {"numericStrings", &options.numeric_strings},
      {"innermostCurrent", &options.innermost_current},
      {"vacuousMissing", &options.vacuous_missing},
      {"eagerLogic", &options.eager_logic},
      {"assumeComplete", &options.assume_complete},
      {"fullDetails", &options.full_details},
      {"missingModeIsAll", &options.missing_mode_is_all},
  };
  for (const auto& member : switches.items()) {
    if (member.key() == "unknownAlias") {
      const auto word = member.value().get<std::string>();
      options.unknown_alias = word == "path"   ? UnknownAlias::AsPath
                              : word == "skip" ? UnknownAlias::Skip
                                               : UnknownAlias::Error;
      continue;
    }
    const auto flag = flags.find(member.key());
    if (flag == flags.end()) throw std::runtime_error("unknown option " + member.key());
    *flag->second = member.value().get<bool>();
  }
  return options;
}

Context context_from(const json& body, const std::string& now) {
  Context context;
  context.now = now;
  for (const auto& [key, target] : {std::pair{"subscription", &context.subscription},
                                    {"resourceGroup", &context.resource_group},
                                    {"requestContext", &context.request_context},
                                    {"policy", &context.policy}})
    if (const json* member = find_member(body, key)) *target = *member;
  return context;
}

/// The member of the case, else of the file, else of the fixture, else null.
const json& first_given(const char* key, std::initializer_list<const json*> sources) {
  static const json kNull;
  for (const json* source : sources)
    if (source->is_object() && source->contains(key)) return source->at(key);
  return kNull;
}

CorpusCase fill_case(const json& body, const json& file, const json& fixture) {
  CorpusCase out;
  out.body = body;
  out.name = body.at("name").get<std::string>();
  out.catalogue = catalogue_from(first_given("aliases", {&body, &file, &fixture}),
                                 first_given("types", {&body, &file, &fixture}));
  out.options = options_from(first_given("options", {&body, &file}));
  const json& now = first_given("now", {&body, &file, &fixture});
  out.context = context_from(first_given("context", {&body, &file, &fixture}),
                             now.is_string() ? now.get<std::string>() : "");
  if (body.contains("resources"))
    out.resources = body["resources"].get<std::vector<json>>();
  else if (body.contains("resource"))
    out.resources.push_back(body["resource"]);
  else
    out.resources.push_back(first_given("resource", {&file, &fixture}));
  if (out.resources.front().is_null()) out.resources.front() = json::object();
  out.subject = out.resources.front();
  const std::string subject = string_member(body, "subject");
  for (const json& resource : out.resources)
    if (!subject.empty() && string_member(resource, "id") == subject) out.subject = resource;
  return out;
}

} // namespace

json read_yaml(const std::string& file) {
  try {
    return from_yaml(YAML::LoadFile(file));
  } catch (const YAML::Exception& error) {
    throw std::runtime_error(file + ":" + std::to_string(error.mark.line + 1) + ": " + error.msg);
  }
}

std::vector<CorpusCase> read_corpus(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().extension() == ".yaml" && entry.path().parent_path().filename() != "fixtures")
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<CorpusCase> out;
  for (const fs::path& path : files) {
    const json file = read_yaml(path.string());
    const YAML::Node lines = YAML::LoadFile(path.string())["cases"];
    json fixture;
    if (const std::string name = string_member(file, "fixture"); !name.empty())
      fixture = read_yaml((fs::path(folder) / "fixtures" / (name + ".yaml")).string());
    std::size_t index = 0;
    for (const json& body : file.at("cases")) {
      const int line = lines[index++].Mark().line + 1;
      try {
        CorpusCase filled = fill_case(body, file, fixture);
        filled.file = fs::relative(path, folder).string();
        filled.section = string_member(file, "section");
        filled.line = line;
        out.push_back(std::move(filled));
      } catch (const std::exception& error) {
        throw std::runtime_error(path.string() + ":" + std::to_string(line) + ": " + error.what());
      }
    }
  }
  return out;
}

} // namespace writ::reference
