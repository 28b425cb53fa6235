// SPDX-License-Identifier: MIT
#include "ir/field.h"
#include "writ/text.h"

namespace writ::ir {

namespace {

/// A name that would be misread by parse_path needs quotes.
bool plain_step(std::string_view name) {
  if (name.empty()) return false;
  return name.find_first_of(".[]'") == std::string_view::npos;
}

} // namespace

Path parse_path(std::string_view text) {
  Path path;
  std::size_t i = 0;
  while (i < text.size()) {
    if (text[i] == '.') {
      ++i;
      continue;
    }
    if (text.compare(i, 3, "[*]") == 0) {
      if (path.empty() || path.back().each) path.push_back({});
      path.back().each = true;
      i += 3;
      continue;
    }
    if (text.compare(i, 2, "['") == 0) {
      PathStep step;
      i += 2;
      while (i < text.size()) {
        if (text[i] == '\'' && i + 1 < text.size() && text[i + 1] == '\'') {
          step.name += '\'';
          i += 2;
        } else if (text[i] == '\'') {
          break;
        } else {
          step.name += text[i++];
        }
      }
      i += 2; // quote and bracket
      path.push_back(std::move(step));
      continue;
    }
    const std::size_t end = text.find_first_of(".[", i + 1);
    const std::size_t stop = end == std::string_view::npos ? text.size() : end;
    path.push_back({std::string(text.substr(i, stop - i)), false});
    i = stop;
  }
  return path;
}

std::string to_text(const Path& path) {
  std::string out;
  for (const PathStep& step : path) {
    if (step.name.empty()) {
      // [*] on [*]: an element that is an array itself
    } else if (plain_step(step.name)) {
      if (!out.empty()) out += '.';
      out += step.name;
    } else {
      out += "['";
      for (char c : step.name) {
        out += c;
        if (c == '\'') out += '\'';
      }
      out += "']";
    }
    if (step.each) out += "[*]";
  }
  return out;
}

std::optional<std::string> tag_of_name(std::string_view name) {
  constexpr std::string_view kTags = "tags";
  if (name.size() <= kTags.size() || !equal_ascii_fold(name.substr(0, kTags.size()), kTags))
    return std::nullopt;
  const std::string_view rest = name.substr(kTags.size());
  if (rest.front() == '.') return rest.size() > 1 ? std::optional(std::string(rest.substr(1))) : std::nullopt;
  if (rest.size() < 3 || rest.front() != '[' || rest.back() != ']') return std::nullopt;
  const std::string_view inner = rest.substr(1, rest.size() - 2);
  if (inner == "*" || inner == "''") return std::nullopt;
  if (inner.size() < 2 || inner.front() != '\'' || inner.back() != '\'') return std::string(inner);
  std::string tag;
  for (std::size_t i = 1; i + 1 < inner.size(); ++i) {
    tag += inner[i];
    if (inner[i] == '\'' && i + 2 < inner.size() && inner[i + 1] == '\'') ++i;
  }
  return tag;
}

std::size_t star_count(const Path& path) {
  std::size_t stars = 0;
  for (const PathStep& step : path)
    stars += step.each ? 1 : 0;
  return stars;
}

std::size_t star_count(const Field& field) {
  if (field.kind != FieldKind::Alias) return star_count(field.path);
  return field.resolutions.empty() ? 0 : star_count(field.resolutions.front().path);
}

} // namespace writ::ir
