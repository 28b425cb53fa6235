// SPDX-License-Identifier: MIT
#include "path.h"

#include "text.h"
#include "value.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace writ::reference {
namespace {

/// One plain step from a member; nullptr = a hole.
const json* follow(const json* from, const Step& step) {
  if (from == nullptr) return nullptr;
  if (step.kind == Step::Kind::Name) return find_member(*from, step.name);
  return from->is_array() && step.index < from->size() ? &(*from)[step.index] : nullptr;
}

/// An element may be written without its envelope: `properties` right after `[*]` is then skipped.
bool skips_envelope(const json* element, const Path& path, std::size_t at) {
  return at > 0 && path[at - 1].kind == Step::Kind::Every && path[at].kind == Step::Kind::Name &&
         equal_ascii(path[at].name, "properties") && at + 1 < path.size() && element != nullptr &&
         element->is_object() && find_member(*element, "properties") == nullptr;
}

} // namespace

Path parse_path(std::string_view text) {
  Path path;
  std::string name;
  const auto flush = [&] {
    if (!name.empty()) path.push_back({Step::Kind::Name, std::exchange(name, {}), 0});
  };
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] == '.') {
      flush();
      ++at;
      continue;
    }
    const std::size_t close = text[at] == '[' ? text.find(']', at) : std::string_view::npos;
    if (close == std::string_view::npos) {
      name.push_back(text[at++]);
      continue;
    }
    const std::string_view inside = text.substr(at + 1, close - at - 1);
    std::size_t index = 0;
    const auto parsed = std::from_chars(inside.data(), inside.data() + inside.size(), index);
    if (inside == "*") {
      flush();
      path.push_back({Step::Kind::Every, {}, 0});
    } else if (inside.size() >= 2 && inside.front() == '\'' && inside.back() == '\'') {
      flush();
      path.push_back({Step::Kind::Name, std::string(inside.substr(1, inside.size() - 2)), 0});
    } else if (!inside.empty() && parsed.ec == std::errc() && parsed.ptr == inside.data() + inside.size()) {
      flush();
      path.push_back({Step::Kind::Index, {}, index});
    } else {
      name += text.substr(at, close + 1 - at);
    }
    at = close + 1;
  }
  flush();
  return path;
}

bool has_star(const Path& path) {
  return std::any_of(path.begin(), path.end(), [](const Step& s) { return s.kind == Step::Kind::Every; });
}

void walk(const json* start, const Path& path, std::size_t from, const WalkOptions& options,
          const Visitor& visit) {
  const json* at = start;
  for (std::size_t i = from; i < path.size(); ++i) {
    if (path[i].kind == Step::Kind::Every) {
      if (at != nullptr && at->is_array())
        for (const json& element : *at)
          walk(&element, path, i + 1, options, visit);
      else if (options.missing_array_is_hole)
        walk(nullptr, path, i + 1, options, visit);
      return;
    }
    if (!skips_envelope(at, path, i)) at = follow(at, path[i]);
  }
  visit(at);
}

void walk_elements(const json* start, const Path& path, std::size_t from, Chain& chain,
                   const std::function<void(const Chain& chain)>& visit) {
  const json* at = start;
  for (std::size_t i = from; i < path.size(); ++i) {
    if (path[i].kind == Step::Kind::Every) {
      if (at == nullptr || !at->is_array()) return;
      for (const json& element : *at) {
        chain.push_back(&element);
        walk_elements(&element, path, i + 1, chain, visit);
        chain.pop_back();
      }
      return;
    }
    if (!skips_envelope(at, path, i)) at = follow(at, path[i]);
  }
  visit(chain);
}

bool is_untold(const json& resource, const Path& path) {
  if (path.size() < 2 || path[0].kind != Step::Kind::Name || !equal_ascii(path[0].name, "properties"))
    return false;
  const json* properties = find_member(resource, "properties");
  return properties != nullptr && properties->is_null();
}

} // namespace writ::reference
