// SPDX-License-Identifier: MIT
#include "emit/bicep_text.h"

#include <array>
#include <fmt/format.h>
#include <limits>

namespace writ::emit {

using nlohmann::ordered_json;

namespace {

constexpr std::array<std::string_view, 3> kLiterals = {"true", "false", "null"};

bool is_identifier(std::string_view text) {
  if (text.empty() || (text[0] >= '0' && text[0] <= '9')) return false;
  for (char c : text)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'))
      return false;
  for (std::string_view literal : kLiterals)
    if (text == literal) return false;
  return true;
}

std::string number(const ordered_json& value) {
  // The smallest integer has no literal either: a minus sign stands before a number.
  const bool plain =
      value.is_number_integer() &&
      !(value.is_number_unsigned() &&
        value.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) &&
      value != std::numeric_limits<std::int64_t>::min();
  return plain ? value.dump() : fmt::format("json({})", bicep_string(value.dump()));
}

} // namespace

std::string bicep_string(std::string_view text) {
  std::string out = "'";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\'' || c == '\\')
      out += std::string("\\") + c;
    else if (c == '$' && i + 1 < text.size() && text[i + 1] == '{')
      out += "\\$";
    else if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else if (c == '\t')
      out += "\\t";
    else if (byte < 0x20 || byte == 0x7F)
      out += fmt::format("\\u{{{:x}}}", byte);
    else
      out += c;
  }
  return out + "'";
}

std::string bicep_key(std::string_view key) {
  return is_identifier(key) ? std::string(key) : bicep_string(key);
}

std::string bicep_value(const ordered_json& value, std::size_t indent, const BicepReference& reference) {
  const std::string inside(indent + 2, ' ');
  const std::string end(indent, ' ');
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const std::string other = reference ? reference(text) : std::string();
    return other.empty() ? bicep_string(text) : other;
  }
  if (value.is_number()) return number(value);
  if (value.is_array()) {
    if (value.empty()) return "[]";
    std::string out = "[\n";
    for (const ordered_json& element : value)
      out += inside + bicep_value(element, indent + 2, reference) + "\n";
    return out + end + "]";
  }
  if (value.is_object()) {
    if (value.empty()) return "{}";
    std::string out = "{\n";
    for (const auto& [key, member] : value.items())
      out += inside + bicep_key(key) + ": " + bicep_value(member, indent + 2, reference) + "\n";
    return out + end + "}";
  }
  return value.dump(); // true, false, null
}

} // namespace writ::emit
