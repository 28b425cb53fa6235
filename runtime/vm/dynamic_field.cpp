// SPDX-License-Identifier: MIT
#include "vm/dynamic_field.h"

#include "writ/text.h"

#include <optional>

namespace writ::vm {

using bc::FieldKind;

namespace {

/// The tag that "tags.x", "tags['x']" or "tags[x]" names; nothing when the form is malformed.
std::optional<std::string> tag_name(std::string_view rest) {
  if (rest.front() == '.') {
    if (rest.size() == 1) return std::nullopt;
    return std::string(rest.substr(1));
  }
  const std::size_t close = rest.rfind(']');
  if (close != rest.size() - 1 || close < 2) return std::nullopt;
  const std::string_view inner = rest.substr(1, close - 1);
  if (inner == "*") return std::nullopt;
  if (inner.size() < 2 || inner.front() != '\'' || inner.back() != '\'') return std::string(inner);
  std::string name;
  const std::string_view quoted = inner.substr(1, inner.size() - 2);
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    name += quoted[i];
    if (quoted[i] == '\'' && i + 1 < quoted.size() && quoted[i + 1] == '\'')
      ++i; // a doubled apostrophe is one
  }
  if (name.empty()) return std::nullopt;
  return name;
}

std::vector<std::string> dotted(std::string_view text) {
  std::vector<std::string> keys;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('.', at), text.size());
    keys.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return keys;
}

} // namespace

FieldName classify_field_name(std::string_view name) {
  using Form = FieldName::Form;
  if (name.empty()) return {};
  const std::string folded = lower_ascii(name);
  const auto identity = [](FieldKind kind) { return FieldName{Form::Identity, kind, {}}; };
  if (folded == "name") return identity(FieldKind::Name);
  if (folded == "fullname") return identity(FieldKind::FullName);
  if (folded == "type") return identity(FieldKind::Type);
  if (folded == "id") return identity(FieldKind::Id);
  if (folded == "apiversion") return identity(FieldKind::ApiVersion);
  if (folded == "kind") return {Form::Keys, FieldKind::Kind, {folded}};
  if (folded == "location") return {Form::Keys, FieldKind::Location, {folded}};
  if (folded == "tags") return {Form::Keys, FieldKind::Tags, {folded}};
  // Published rules put a tag name together that may be empty. No resource has such a tag.
  if (folded == "tags[]") return {Form::Keys, FieldKind::Tag, {"tags", ""}};
  if (folded.starts_with("tags.") || folded.starts_with("tags[")) {
    const auto tag = tag_name(std::string_view(folded).substr(4));
    if (!tag) return {};
    return {Form::Keys, FieldKind::Tag, {"tags", *tag}};
  }
  if (folded.starts_with("identity.")) return {Form::Keys, FieldKind::Identity, dotted(folded)};
  return {Form::Other, FieldKind::Alias, {}};
}

} // namespace writ::vm
