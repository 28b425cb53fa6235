// SPDX-License-Identifier: MIT
#include "azure/emit_parameter.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

namespace writ::azure {

using nlohmann::ordered_json;

namespace {

constexpr std::array<std::string_view, 7> kParameterTypes = {"String", "Integer", "Float",   "Boolean",
                                                             "Array",  "Object",  "DateTime"};

/// exempt_kinds -> Exempt kinds
std::string words_of(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 32);
  return name;
}

} // namespace

ordered_json parsed_or_empty(const std::string& text) {
  if (text.empty()) return ordered_json::object();
  ordered_json parsed = ordered_json::parse(text, nullptr, false);
  return parsed.is_object() ? parsed : ordered_json::object();
}

ordered_json parameter_json(const ir::Graph& graph, const ir::PolicyParameter& parameter, bool control) {
  ordered_json out;
  out["type"] = kParameterTypes[static_cast<std::size_t>(parameter.type)];
  ordered_json metadata;
  if (!parameter.display_name.empty())
    metadata["displayName"] = parameter.display_name;
  else if (control)
    metadata["displayName"] = words_of(parameter.name);
  if (!parameter.description.empty()) metadata["description"] = parameter.description;
  if (!parameter.strong_type.empty()) metadata["strongType"] = parameter.strong_type;
  const ordered_json more = parsed_or_empty(parameter.metadata_json);
  for (const auto& [key, value] : more.items())
    metadata[key] = value;
  if (!metadata.empty()) out["metadata"] = std::move(metadata);
  if (!parameter.schema_json.empty())
    out["schema"] = ordered_json::parse(parameter.schema_json, nullptr, false);
  if (!parameter.allowed.empty()) {
    out["allowedValues"] = ordered_json::array();
    for (ir::NodeId allowed : parameter.allowed)
      out["allowedValues"].push_back(to_ordered_json(graph.constant_value(allowed)));
  }
  // Defaults and allowed values are data: brackets in them are not template expressions.
  if (parameter.default_value)
    out["defaultValue"] = to_ordered_json(graph.constant_value(*parameter.default_value));
  return out;
}

std::string clipped(const std::string& text, Limit limit) {
  if (utf16_length(text) <= most(limit)) return text;
  std::size_t end = 0; // of whole characters
  for (std::size_t next = 0; next < text.size();) {
    do
      ++next;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0) == 0x80);
    if (utf16_length(std::string_view(text).substr(0, next)) > most(limit) - 3) break;
    end = next;
  }
  return text.substr(0, end) + "...";
}

} // namespace writ::azure
