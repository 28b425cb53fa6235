// SPDX-License-Identifier: MIT
#include "emit/scope.h"

#include "writ/text.h"

#include <vector>

namespace writ::emit {

namespace {

constexpr std::string_view kGroups = "/providers/Microsoft.Management/managementGroups/";
constexpr std::string_view kProviders = "providers";

std::vector<std::string_view> segments_of(std::string_view id) {
  std::vector<std::string_view> out;
  while (!id.empty()) {
    id.remove_prefix(1); // '/'
    const std::size_t end = std::min(id.find('/'), id.size());
    out.push_back(id.substr(0, end));
    id.remove_prefix(end);
  }
  return out;
}

/// "providers/<namespace>/<type>/<name>…" -> "<namespace>/<type>/<name>…"; empty when it is not of this form.
std::string resource_below(const std::vector<std::string_view>& segments, std::size_t first) {
  if (segments.size() < first + 4 || (segments.size() - first) % 2 != 0) return {};
  if (!equal_ascii_fold(segments[first], kProviders)) return {};
  std::string out;
  for (std::size_t i = first + 1; i < segments.size(); ++i)
    out += (out.empty() ? "" : "/") + std::string(segments[i]);
  return out;
}

} // namespace

std::optional<Scope> parse_scope(std::string_view text) {
  Scope scope;
  if (text == "management-group") return scope;
  if (text == "subscription") {
    scope.kind = ScopeKind::Subscription;
    return scope;
  }
  while (text.ends_with('/'))
    text.remove_suffix(1);
  if (!text.starts_with('/')) return std::nullopt;
  scope.id = text;
  const std::vector<std::string_view> segments = segments_of(text);
  for (std::string_view segment : segments)
    if (segment.empty()) return std::nullopt;
  if (text.size() > kGroups.size() && equal_ascii_fold(text.substr(0, kGroups.size()), kGroups)) {
    if (segments.size() != 4) return std::nullopt;
    scope.management_group = segments[3];
    return scope;
  }
  if (segments.size() < 2 || !equal_ascii_fold(segments[0], "subscriptions")) return std::nullopt;
  scope.subscription = segments[1];
  scope.kind = ScopeKind::Subscription;
  if (segments.size() == 2) return scope;
  std::size_t next = 2;
  if (segments.size() >= 4 && equal_ascii_fold(segments[2], "resourceGroups")) {
    scope.resource_group = segments[3];
    scope.kind = ScopeKind::ResourceGroup;
    if (segments.size() == 4) return scope;
    next = 4;
  }
  scope.kind = ScopeKind::Resource;
  scope.resource = resource_below(segments, next);
  return scope.resource.empty() ? std::nullopt : std::optional(scope);
}

} // namespace writ::emit
