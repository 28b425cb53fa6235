// SPDX-License-Identifier: MIT
// Mutations of the constants that conditions compare with.
#include "verify/boundary_values.h"
#include "verify/mutation_support.h"

#include <algorithm>

namespace writ::driver::verify::mutation {

namespace {

const json& right_of(const json& subject) {
  static const json none;
  const std::string op = operator_of(subject);
  return op.empty() ? none : subject[op];
}

Variants with_right(const json& subject, const json& right) {
  return {with_operator(subject, operator_of(subject), right)};
}

bool is_plain_text(const json& value) {
  return value.is_string() && !value.get_ref<const std::string&>().starts_with('[');
}

Variants moved(const json& subject, std::int64_t step) {
  if (!right_of(subject).is_number_integer() || subject.contains("count")) return {};
  return with_right(subject, right_of(subject).get<std::int64_t>() + step);
}

} // namespace

Variants constant_more(const json& subject, const MutationSite&) { return moved(subject, 1); }

Variants constant_less(const json& subject, const MutationSite&) { return moved(subject, -1); }

Variants constant_truncated(const json& subject, const MutationSite&) {
  const json& right = right_of(subject);
  if (!is_plain_text(right) || right.get_ref<const std::string&>().size() < 2) return {};
  const std::string text = right.get<std::string>();
  return with_right(subject, text.substr(0, text.size() - 1));
}

Variants constant_other_case(const json& subject, const MutationSite&) {
  const json& right = right_of(subject);
  if (is_plain_text(right)) return with_right(subject, flip_case(right.get<std::string>()));
  if (!right.is_array() || right.empty() || !is_plain_text(right.front())) return {};
  json list = right;
  list.front() = flip_case(right.front().get<std::string>());
  return with_right(subject, list);
}

Variants constant_as_text(const json& subject, const MutationSite&) {
  const json& right = right_of(subject);
  if (right.is_boolean()) return with_right(subject, right.get<bool>() ? "true" : "false");
  if (right.is_number_integer()) return with_right(subject, std::to_string(right.get<std::int64_t>()));
  return {};
}

Variants boolean_flipped(const json& subject, const MutationSite&) {
  const json& right = right_of(subject);
  if (!right.is_boolean() || operator_of(subject) == "exists") return {};
  return with_right(subject, !right.get<bool>());
}

Variants element_dropped(const json& subject, const MutationSite&) {
  const json& right = right_of(subject);
  if (!right.is_array()) return {};
  Variants out;
  for (std::size_t i = 0; i < right.size(); ++i) {
    json list = right;
    list.erase(i);
    out.push_back(with_operator(subject, operator_of(subject), list));
  }
  return out;
}

Variants element_added(const json& subject, const MutationSite&) {
  const json& right = right_of(subject);
  if (!right.is_array()) return {};
  json list = right;
  list.push_back(!right.empty() && is_plain_text(right.front()) ? right.front().get<std::string>() + "-2"
                                                                : std::string("another"));
  return with_right(subject, list);
}

Variants list_emptied(const json& subject, const MutationSite&) {
  const json& right = right_of(subject);
  if (!right.is_array() || right.empty()) return {};
  return with_right(subject, json::array());
}

Variants list_reordered(const json& subject, const MutationSite&) {
  const json& right = right_of(subject);
  if (!right.is_array()) return {};
  json list = right;
  std::reverse(list.begin(), list.end());
  return with_right(subject, list);
}

} // namespace writ::driver::verify::mutation
