// SPDX-License-Identifier: MIT
#include "emit/body.h"

#include "writ/text.h"

#include <fmt/format.h>
#include <map>

namespace writ::emit {

using nlohmann::ordered_json;

namespace {

constexpr std::string_view kOpen = "{scope}";
constexpr std::string_view kAuthorization = "{scope}/providers/Microsoft.Authorization/";
constexpr std::string_view kExemptions = "/providers/Microsoft.Authorization/policyExemptions/";

std::string symbol_of(std::string_view name) {
  std::string out;
  for (char c : lower_ascii(name))
    out += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
  return out.empty() || out[0] < 'a' ? "policy_" + out : out;
}

} // namespace

std::optional<OwnId> own_id(std::string_view text) {
  if (!text.starts_with(kAuthorization)) return std::nullopt;
  text.remove_prefix(kAuthorization.size());
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return OwnId{std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))};
}

ordered_json with_scope(ordered_json node, const Scope& scope) {
  if (scope.id.empty()) return node;
  if (node.is_string()) {
    const auto& text = node.get_ref<const std::string&>();
    if (own_id(text)) node = scope.id + text.substr(kOpen.size());
  } else if (node.is_structured()) {
    for (ordered_json& child : node)
      child = with_scope(std::move(child), scope);
  }
  return node;
}

std::vector<std::string> own_members(const ordered_json& initiative) {
  std::vector<std::string> out;
  const ordered_json& properties = initiative.at("properties");
  if (const auto members = properties.find("policyDefinitions"); members != properties.end())
    for (const ordered_json& member : *members)
      if (const std::optional<OwnId> own = own_id(text_of(member, "policyDefinitionId")))
        out.push_back(own->name);
  return out;
}

std::optional<Scope> exemption_scope(const Document& exemption) {
  const std::string id = text_of(exemption.json, "id");
  const std::string folded = lower_ascii(id);
  const std::size_t at = folded.rfind(lower_ascii(kExemptions));
  return at == std::string::npos || at == 0 ? std::nullopt : parse_scope(std::string_view(id).substr(0, at));
}

std::string text_of(const ordered_json& object, std::string_view key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> symbols_of(std::span<const Document> documents) {
  std::map<std::string, int> uses;
  std::vector<std::string> out;
  for (const Document& document : documents) {
    out.push_back(symbol_of(document.name));
    ++uses[out.back()];
  }
  for (std::size_t i = 0; i < out.size(); ++i)
    if (uses[out[i]] > 1) {
      const std::string id = text_of(documents[i].json, "id");
      out[i] += "_" + short_hash(fmt::format("{} {}", static_cast<int>(documents[i].kind),
                                             id.empty() ? documents[i].name : id));
    }
  return out;
}

std::string short_hash(std::string_view text) {
  std::uint32_t hash = 2166136261U; // FNV-1a
  for (char c : lower_ascii(text))
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return fmt::format("{:08x}", hash);
}

ordered_json deployable(const ordered_json& properties) {
  ordered_json out = properties;
  if (out.contains("policyType")) out["policyType"] = "Custom";
  return out;
}

} // namespace writ::emit
