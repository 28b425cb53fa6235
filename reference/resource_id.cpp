// SPDX-License-Identifier: MIT
#include "resource_id.h"

#include "text.h"

#include <utility>

namespace writ::reference {
namespace {

std::string_view without_trailing_slash(std::string_view id) {
  while (!id.empty() && id.back() == '/')
    id.remove_suffix(1);
  return id;
}

std::vector<std::string> split_segments(std::string_view id) {
  std::vector<std::string> out;
  std::string segment;
  for (char c : id) {
    if (c == '/') {
      if (!segment.empty()) out.push_back(std::exchange(segment, {}));
    } else {
      segment.push_back(c);
    }
  }
  if (!segment.empty()) out.push_back(segment);
  return out;
}

} // namespace

std::string ResourceId::full_name() const {
  std::string out;
  for (const std::string& name : names)
    out += (out.empty() ? "" : "/") + name;
  return out;
}

ResourceId parse_resource_id(std::string_view id) {
  ResourceId out;
  out.text = without_trailing_slash(id);
  const std::vector<std::string> s = split_segments(out.text);
  std::size_t provider = s.size();
  for (std::size_t i = 0; i + 1 < s.size(); ++i) {
    if (equal_ascii(s[i], "providers")) {
      provider = i;
      ++out.providers;
      ++i;
    } else if (i == 0 && equal_ascii(s[i], "subscriptions")) {
      out.subscription = s[++i];
    } else if (i == 2 && equal_ascii(s[i], "resourceGroups")) {
      out.resource_group = s[++i];
    }
  }
  if (provider < s.size()) {
    out.type = s[provider + 1];
    for (std::size_t i = provider + 2; i + 1 < s.size(); i += 2) {
      out.type += "/" + s[i];
      out.names.push_back(s[i + 1]);
    }
  } else if (!out.resource_group.empty()) {
    out.type = "Microsoft.Resources/subscriptions/resourceGroups";
    out.names.push_back(out.resource_group);
  } else if (!out.subscription.empty()) {
    out.type = "Microsoft.Resources/subscriptions";
    out.names.push_back(out.subscription);
  }
  return out;
}

bool is_under(std::string_view id, std::string_view parent) {
  id = without_trailing_slash(id);
  parent = without_trailing_slash(parent);
  return !parent.empty() && id.size() > parent.size() && starts_with_ascii(id, parent) &&
         id[parent.size()] == '/';
}

bool is_in_scope(std::string_view id, std::string_view scope) {
  return equal_ascii(without_trailing_slash(id), without_trailing_slash(scope)) || is_under(id, scope);
}

} // namespace writ::reference
