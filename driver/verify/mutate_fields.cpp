// SPDX-License-Identifier: MIT
// Mutations of what conditions read: fields, resource types, counted arrays.
#include "verify/mutation_support.h"
#include "writ/text.h"

namespace writ::driver::verify::mutation {

namespace {

bool is_alias(const std::string& field) { return field.find('/') != std::string::npos; }

json renamed(const json& subject, const std::string& field) {
  json out = subject;
  out["field"] = field;
  return out;
}

/// The alias of the same object that follows in the catalogue, in a circle; the same kind of value when
/// there is one.
std::optional<std::string> sibling_of(const std::string& field, const MutationSite& site) {
  const std::vector<Alias> entries = site.catalog.find_alias(field);
  if (entries.empty()) return std::nullopt;
  const Alias& own = entries.front();
  const std::size_t cut =
      std::max(field.rfind('.') == std::string::npos ? 0 : field.rfind('.'), field.rfind('/'));
  const std::string parent = field.substr(0, cut + 1);
  std::optional<std::string> first;
  std::optional<std::string> next;
  for (std::uint32_t index : site.catalog.types()[own.type].aliases) {
    const Alias& other = site.catalog.alias(index);
    const std::string name(other.name);
    if (!lower_ascii(name).starts_with(lower_ascii(parent)) || equal_ascii_fold(name, field)) continue;
    if (name.find_first_of("./[", parent.size()) != std::string::npos) continue;
    if (other.property_type != own.property_type) continue;
    if (!first) first = name;
    if (!next && lower_ascii(name) > lower_ascii(field)) next = name;
  }
  return next ? next : first;
}

const std::string kCall = "[field('";

/// x of "[field('x')]", or "".
std::string called_field(const json& value) {
  if (!value.is_string()) return {};
  const std::string& text = value.get_ref<const std::string&>();
  if (!text.starts_with(kCall) || !text.ends_with("')]")) return {};
  std::string name = text.substr(kCall.size(), text.size() - kCall.size() - 3);
  return name.find('\'') == std::string::npos ? name : std::string();
}

json without_type_test(const json& junction, const std::string& key, std::size_t i) {
  json out = junction;
  out[key].erase(i);
  return out;
}

} // namespace

Variants alias_of_sibling(const json& subject, const MutationSite& site) {
  const std::string field = field_of(subject);
  if (!is_alias(field) || operator_of(subject).empty()) return {};
  const auto sibling = sibling_of(field, site);
  return sibling ? Variants{renamed(subject, *sibling)} : Variants{};
}

Variants alias_of_parent(const json& subject, const MutationSite& site) {
  const std::string field = field_of(subject);
  const std::size_t dot = field.rfind('.');
  if (!is_alias(field) || dot == std::string::npos || dot < field.rfind('/')) return {};
  const std::string parent = field.substr(0, dot);
  return site.catalog.find_alias(parent).empty() ? Variants{} : Variants{renamed(subject, parent)};
}

Variants star_lost(const json& subject, const MutationSite&) {
  const std::string field = field_of(subject);
  const std::size_t star = field.rfind("[*]");
  if (star == std::string::npos || operator_of(subject).empty()) return {};
  return {renamed(subject, std::string(field).erase(star, 3))};
}

Variants field_to_value(const json& subject, const MutationSite&) {
  const std::string field = field_of(subject);
  if (field.empty() || operator_of(subject).empty() || field.find('\'') != std::string::npos) return {};
  json out = subject;
  out.erase("field");
  out["value"] = kCall + field + "')]";
  return {out};
}

Variants value_to_field(const json& subject, const MutationSite&) {
  if (!subject.contains("value")) return {};
  const std::string field = called_field(subject["value"]);
  if (field.empty()) return {};
  json out = subject;
  out.erase("value");
  out["field"] = field;
  return {out};
}

Variants missing_is_compliant(const json& subject, const MutationSite&) {
  const std::string op = operator_of(subject);
  if (!is_field_leaf(subject) || opposite_of(op).empty() || !op.starts_with("not")) return {};
  return {{{"allOf", json::array({{{"field", subject["field"]}, {"exists", true}}, subject})}}};
}

Variants missing_is_equal(const json& subject, const MutationSite&) {
  const std::string op = operator_of(subject);
  if (!is_field_leaf(subject) || opposite_of(op).empty() || field_of(subject) == "type") return {};
  const json missing = {{"field", subject["field"]}, {"exists", false}};
  if (op.starts_with("not")) return {{{"allOf", json::array({negation(missing), subject})}}};
  return {{{"anyOf", json::array({missing, subject})}}};
}

Variants type_lost(const json& subject, const MutationSite&) {
  const std::string key = junction_of(subject);
  Variants out;
  if (key.empty() || subject[key].size() < 2) return out;
  for (std::size_t i = 0; i < subject[key].size(); ++i)
    if (field_of(subject[key][i]) == "type") out.push_back(without_type_test(subject, key, i));
  return out;
}

Variants type_changed(const json& subject, const MutationSite& site) {
  if (field_of(subject) != "type" || operator_of(subject) != "equals" || !subject["equals"].is_string())
    return {};
  const std::string type = subject["equals"].get<std::string>();
  const ResourceTypeInfo* known = site.catalog.find_type(type);
  if (!known || site.catalog.types().size() < 2) return {};
  const auto index = static_cast<std::size_t>(known - site.catalog.types().data());
  const auto& other = site.catalog.types()[(index + 1) % site.catalog.types().size()];
  return {with_operator(subject, "equals", std::string(other.name))};
}

Variants type_to_prefix(const json& subject, const MutationSite&) {
  if (field_of(subject) != "type" || operator_of(subject) != "equals" || !subject["equals"].is_string())
    return {};
  return {with_operator(subject, "like", subject["equals"].get<std::string>() + "*")};
}

Variants not_into_array(const json& subject, const MutationSite&) {
  if (!subject.contains("not")) return {};
  const json& inner = subject["not"];
  const std::string op = operator_of(inner);
  if (field_of(inner).find("[*]") == std::string::npos || opposite_of(op).empty()) return {};
  return {with_operator(inner, opposite_of(op), inner[op])};
}

Variants count_off_by_one(const json& subject, const MutationSite&) {
  const std::string op = operator_of(subject);
  if (!subject.contains("count") || op.empty() || !subject[op].is_number_integer()) return {};
  const auto wanted = subject[op].get<std::int64_t>();
  Variants out{with_operator(subject, op, wanted + 1)};
  if (wanted > 0) out.push_back(with_operator(subject, op, wanted - 1));
  return out;
}

Variants count_comparison(const json& subject, const MutationSite&) {
  const std::string op = operator_of(subject);
  if (!subject.contains("count") || op.empty()) return {};
  Variants out;
  for (const char* other : {"equals", "notEquals", "less", "lessOrEquals", "greater", "greaterOrEquals"})
    if (op != other) out.push_back(with_operator(subject, other, subject[op]));
  return out;
}

Variants count_where_dropped(const json& subject, const MutationSite&) {
  if (!subject.contains("count") || !subject["count"].is_object() || !subject["count"].contains("where"))
    return {};
  json out = subject;
  out["count"].erase("where");
  return {out};
}

Variants count_where_negated(const json& subject, const MutationSite&) {
  if (!subject.contains("count") || !subject["count"].is_object() || !subject["count"].contains("where"))
    return {};
  json out = subject;
  out["count"]["where"] = negation(subject["count"]["where"]);
  return {out};
}

Variants count_to_array_test(const json& subject, const MutationSite&) {
  if (!subject.contains("count") || !subject["count"].is_object()) return {};
  const json& count = subject["count"];
  if (!count.contains("field") || !count.contains("where") || !is_field_leaf(count["where"])) return {};
  return {count["where"]};
}

} // namespace writ::driver::verify::mutation
