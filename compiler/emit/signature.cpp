// SPDX-License-Identifier: MIT
#include "emit/signature.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <string>

namespace writ::emit {

using nlohmann::ordered_json;

namespace {

const ordered_json& member_of(const ordered_json& object, const char* key) {
  static const ordered_json kNone;
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() ? *found : kNone;
}

const ordered_json* find_folded(const ordered_json& object, const std::string& key) {
  if (!object.is_object()) return nullptr;
  for (auto it = object.begin(); it != object.end(); ++it)
    if (equal_ascii_fold(it.key(), key)) return &it.value();
  return nullptr;
}

/// "[parameters('effect')]" -> effect
std::string parameter_name(const std::string& expression) {
  constexpr std::string_view kHead = "[parameters('";
  constexpr std::string_view kTail = "')]";
  if (!expression.starts_with(kHead) || !expression.ends_with(kTail)) return {};
  return expression.substr(kHead.size(), expression.size() - kHead.size() - kTail.size());
}

/// What Azure does when nobody gives a parameter; empty when that is not known.
std::string effect_of(const ordered_json& properties) {
  const ordered_json& effect = member_of(member_of(member_of(properties, "policyRule"), "then"), "effect");
  if (!effect.is_string()) return {};
  const std::string text = effect.get<std::string>();
  const std::string name = parameter_name(text);
  if (name.empty()) return text;
  const ordered_json* parameter = find_folded(member_of(properties, "parameters"), name);
  if (!parameter) return {};
  const ordered_json& initial = member_of(*parameter, "defaultValue");
  return initial.is_string() ? initial.get<std::string>() : std::string();
}

bool holds(const ordered_json& list, const ordered_json& value) {
  return std::any_of(list.begin(), list.end(), [&](const ordered_json& one) { return one == value; });
}

void compare_parameter(const std::string& name, const ordered_json& before, const ordered_json& after,
                       std::vector<SignatureChange>& out) {
  if (!equal_ascii_fold(before.value("type", ""), after.value("type", ""))) {
    out.push_back({true, fmt::format("parameter `{}` is of another type", name)});
    return;
  }
  if (before.contains("default") && !after.contains("default"))
    out.push_back({true, fmt::format("parameter `{}` lost its default", name)});
  else if (!before.contains("default") && after.contains("default"))
    out.push_back({false, fmt::format("parameter `{}` has a default", name)});
  else if (before.contains("default") && before["default"] != after["default"])
    out.push_back({false, fmt::format("parameter `{}` has another default", name)});
  const ordered_json& was = member_of(before, "allowed");
  const ordered_json& is = member_of(after, "allowed");
  if (was.is_null() && is.is_null()) return;
  if (was.is_null()) {
    out.push_back({true, fmt::format("parameter `{}` allows certain values only", name)});
    return;
  }
  if (is.is_null()) {
    out.push_back({false, fmt::format("parameter `{}` allows every value", name)});
    return;
  }
  for (const ordered_json& value : was)
    if (!holds(is, value))
      out.push_back({true, fmt::format("parameter `{}` no longer allows {}", name, value.dump())});
  for (const ordered_json& value : is)
    if (!holds(was, value))
      out.push_back({false, fmt::format("parameter `{}` also allows {}", name, value.dump())});
}

} // namespace

Signature::Signature(const Document& document) {
  const ordered_json& properties = member_of(document.json, "properties");
  if (document.kind == DocumentKind::Definition) json_["effect"] = effect_of(properties);
  // By name: the order in which they are declared says nothing.
  std::map<std::string, ordered_json> parameters;
  for (const auto& [name, parameter] : member_of(properties, "parameters").items()) {
    ordered_json& out = parameters[name];
    out["type"] = parameter.value("type", "");
    if (parameter.contains("defaultValue")) out["default"] = parameter["defaultValue"];
    // An empty list allows everything.
    if (const ordered_json& allowed = member_of(parameter, "allowedValues");
        allowed.is_array() && !allowed.empty())
      out["allowed"] = allowed;
  }
  json_["parameters"] = ordered_json::object();
  for (auto& [name, parameter] : parameters)
    json_["parameters"][name] = std::move(parameter);
  if (document.kind != DocumentKind::Initiative) return;
  std::vector<std::string> references;
  for (const ordered_json& member : member_of(properties, "policyDefinitions"))
    references.push_back(member.value("policyDefinitionReferenceId", ""));
  std::sort(references.begin(), references.end());
  json_["members"] = references;
}

std::vector<SignatureChange> compare_signatures(const ordered_json& before, const ordered_json& after) {
  std::vector<SignatureChange> out;
  const ordered_json& was = member_of(before, "parameters");
  const ordered_json& is = member_of(after, "parameters");
  for (const auto& [name, parameter] : was.items()) {
    if (const ordered_json* now = find_folded(is, name))
      compare_parameter(name, parameter, *now, out);
    else
      out.push_back({true, fmt::format("parameter `{}` is gone", name)});
  }
  for (const auto& [name, parameter] : is.items())
    if (!find_folded(was, name)) {
      const bool optional = parameter.contains("default");
      out.push_back(
          {!optional, fmt::format("parameter `{}` is new{}", name, optional ? "" : " and has no default")});
    }
  const std::string effect_before = before.value("effect", "");
  const std::string effect_after = after.value("effect", "");
  if (!equal_ascii_fold(effect_before, effect_after))
    out.push_back({true, fmt::format("the effect without parameters is {} instead of {}",
                                     effect_after.empty() ? "open" : effect_after,
                                     effect_before.empty() ? "open" : effect_before)});
  const ordered_json& members_before = member_of(before, "members");
  const ordered_json& members_after = member_of(after, "members");
  for (const ordered_json& reference : members_before)
    if (!holds(members_after, reference))
      out.push_back({true, fmt::format("member {} is gone", reference.get<std::string>())});
  for (const ordered_json& reference : members_after)
    if (!holds(members_before, reference))
      out.push_back({false, fmt::format("member {} is new", reference.get<std::string>())});
  return out;
}

std::string texts_of(const Document& document) {
  const ordered_json& properties = member_of(document.json, "properties");
  ordered_json out;
  for (const char* key : {"displayName", "description", "policyDefinitionGroups"})
    out[key] = member_of(properties, key);
  out["metadata"] = member_of(properties, "metadata");
  if (out["metadata"].is_object()) out["metadata"].erase("version");
  // By name: the order of parameters and members says nothing.
  std::map<std::string, ordered_json> parameters;
  for (const auto& [name, parameter] : member_of(properties, "parameters").items())
    parameters[name] = member_of(parameter, "metadata");
  out["parameters"] = parameters;
  std::map<std::string, ordered_json> groups;
  if (document.kind == DocumentKind::Initiative)
    for (const ordered_json& member : member_of(properties, "policyDefinitions"))
      groups[member.value("policyDefinitionReferenceId", "")] = member_of(member, "groupNames");
  out["groups"] = groups;
  // A version of a preview is another text, not another number.
  const std::string version = version_of(document);
  if (const std::size_t dash = version.find('-'); dash != std::string::npos)
    out["stage"] = version.substr(dash);
  return out.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

bool is_own(const Document& document) {
  const ordered_json& type = member_of(member_of(document.json, "properties"), "policyType");
  return !type.is_string() || equal_ascii_fold(type.get<std::string>(), "Custom");
}

std::string version_of(const Document& document) {
  const ordered_json& properties = member_of(document.json, "properties");
  for (const ordered_json* place : {&member_of(properties, "metadata"), &properties})
    if (const ordered_json& version = member_of(*place, "version"); version.is_string())
      return version.get<std::string>();
  return {};
}

void set_version(Document& document, const std::string& version) {
  ordered_json& properties = document.json["properties"];
  const bool beside = properties.contains("version");
  if (beside) properties["version"] = version;
  if (!beside || member_of(member_of(properties, "metadata"), "version").is_string())
    properties["metadata"]["version"] = version;
}

} // namespace writ::emit
