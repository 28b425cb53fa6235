// SPDX-License-Identifier: MIT
#include "vm/place_ids.h"

#include "writ/text.h"

#include <algorithm>

namespace writ::vm {

namespace {

constexpr std::string_view kSubscriptions = "/subscriptions/";
constexpr std::string_view kGroups = "/resourceGroups/";
constexpr std::string_view kProviders = "/providers/";

bool starts_with_fold(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ascii_fold(text.substr(0, prefix.size()), prefix);
}

/// End of the last "/providers/" of the id, and where it begins; npos when there is none.
std::size_t last_provider(std::string_view id) {
  for (std::size_t at = id.rfind('/'); at != std::string_view::npos;
       at = at == 0 ? std::string_view::npos : id.rfind('/', at - 1))
    if (starts_with_fold(id.substr(at), kProviders)) return at;
  return std::string_view::npos;
}

} // namespace

std::string_view subscription_id_of(std::string_view id) {
  if (!starts_with_fold(id, kSubscriptions)) return {};
  const std::size_t end = std::min(id.find('/', kSubscriptions.size()), id.size());
  return end == kSubscriptions.size() ? std::string_view() : id.substr(0, end);
}

std::string_view resource_group_id_of(std::string_view id) {
  const std::size_t begin = subscription_id_of(id).size();
  if (begin == 0 || !starts_with_fold(id.substr(begin), kGroups)) return {};
  const std::size_t name = begin + kGroups.size();
  const std::size_t end = std::min(id.find('/', name), id.size());
  return end == name ? std::string_view() : id.substr(0, end);
}

std::string_view parent_id_of(std::string_view id) {
  const std::size_t provider = last_provider(id);
  if (provider == std::string_view::npos) return {};
  const std::string_view rest = id.substr(provider + kProviders.size());
  // namespace/type/name, then a type and a name for each level below.
  const auto slashes = std::count(rest.begin(), rest.end(), '/');
  if (slashes > 2) return id.substr(0, id.rfind('/', id.rfind('/') - 1));
  const std::string_view scope = id.substr(0, provider);
  return last_provider(scope) == std::string_view::npos ? std::string_view() : scope;
}

std::vector<std::string_view> resources_above(std::string_view id) {
  std::vector<std::string_view> above;
  const std::size_t provider = last_provider(id);
  if (provider == std::string_view::npos) {
    const std::string_view group = resource_group_id_of(id);
    if (!group.empty() && group.size() == id.size()) above.push_back(subscription_id_of(id));
    return above;
  }
  for (std::string_view one = parent_id_of(id); !one.empty(); one = parent_id_of(one)) {
    above.push_back(one);
    if (one.size() <= provider) break; // the resource that it extends
  }
  return above;
}

} // namespace writ::vm
