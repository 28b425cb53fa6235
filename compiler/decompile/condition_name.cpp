// SPDX-License-Identifier: MIT
#include "decompile/condition_name.h"
#include "azure/template_parse.h"
#include "decompile/names.h"
#include "writ/semantics/compare.h"
#include "writ/text.h"

#include <optional>

namespace writ::decompile {

using azure::JsonKind;
using azure::JsonNode;

namespace {

constexpr const char* kNameless = "shared_condition";
constexpr std::size_t kLongestValue = 24;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/// "osDisk.osType" -> "os_type", "imageSKU" -> "image_sku": words of the last part of a name or value.
std::string words_of(std::string_view text) {
  while (!text.empty() &&
         (text.back() == '*' || text.back() == '/' || text.back() == ']' || text.back() == '['))
    text.remove_suffix(1);
  const std::size_t slash = text.rfind('/');
  if (slash != std::string_view::npos) text.remove_prefix(slash + 1);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_upper(c) && i > 0 && is_lower(text[i - 1]) && !out.empty() && out.back() != '_') out += '_';
    const std::string one = lower_ascii(std::string_view(&text[i], 1));
    if (is_lower(one[0]) || (c >= '0' && c <= '9'))
      out += one;
    else if (!out.empty() && out.back() != '_')
      out += '_';
  }
  while (!out.empty() && out.back() == '_')
    out.pop_back();
  return out;
}

std::optional<std::string> words_of_value(const JsonNode& value) {
  switch (value.kind) {
  case JsonKind::Bool:
    return value.truth ? "true" : "false";
  case JsonKind::Array:
    return "list";
  case JsonKind::String: {
    if (azure::classify_string(value.text) != azure::StringClass::Literal) return std::nullopt;
    if (value.text.empty()) return "empty";
    const std::string words = words_of(value.text);
    if (words.empty() || words.size() > kLongestValue) return std::nullopt;
    return words;
  }
  default:
    return std::nullopt;
  }
}

/// The field on the left: of `field`, or of `value` when it is one call of field().
std::string_view field_of_left(const JsonNode& condition) {
  if (const JsonNode* field = condition.find("field"); field && field->is(JsonKind::String))
    return azure::classify_string(field->text) == azure::StringClass::Expression ? std::string_view()
                                                                                 : field->text;
  const JsonNode* value = condition.find("value");
  if (!value || !value->is(JsonKind::String)) return {};
  constexpr std::string_view kOpen = "[field('";
  constexpr std::string_view kClose = "')]";
  const std::string_view text = value->text;
  if (!text.starts_with(kOpen) || !text.ends_with(kClose)) return {};
  const std::string_view name = text.substr(kOpen.size(), text.size() - kOpen.size() - kClose.size());
  return name.find('\'') == std::string_view::npos ? name : std::string_view();
}

} // namespace

std::string name_of_condition(const JsonNode& condition) {
  std::string_view field = field_of_left(condition);
  if (field.empty()) return kNameless;
  const std::size_t dot = field.rfind('.');
  if (dot != std::string_view::npos && field.find('/', dot) == std::string_view::npos)
    field.remove_prefix(dot + 1);
  const std::string subject = words_of(field);
  if (subject.empty()) return kNameless;
  for (const azure::JsonMember& member : condition.members) {
    const std::optional<Operator> op = find_operator(member.key);
    if (!op) continue;
    const std::optional<std::string> value = words_of_value(member.value);
    if (!value) return kNameless;
    std::string name;
    if (*op == Operator::Exists)
      name = subject + (*value == "false" ? "_missing" : "_given");
    else if (*op == Operator::Equals || *op == Operator::NotEquals)
      name = subject + (*op == Operator::Equals ? "_is_" : "_is_not_") + *value;
    else
      name = subject + "_" + words_of(info(*op).azure_name) + "_" + *value;
    if (name[0] >= '0' && name[0] <= '9') name = "is_" + name;
    return is_name(name) ? name : kNameless;
  }
  return kNameless;
}

} // namespace writ::decompile
