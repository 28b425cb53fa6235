// SPDX-License-Identifier: MIT
#include "verify/boundary_situation.h"
#include "writ/text.h"

#include <algorithm>

namespace writ::driver::verify {

namespace {

constexpr const char* kSubscription = "/subscriptions/s1";
constexpr const char* kGroup = "/subscriptions/s1/resourceGroups/g1";

/// Where a related resource can be.
enum Place : std::size_t { BelowOrBeside, Attached, OtherParent, OtherGroup, OtherSubscription, kPlaces };

std::string constant_text(const json& object, const char* member) {
  if (!object.is_object() || !object.contains(member) || !object[member].is_string()) return {};
  std::string text = object[member].get<std::string>();
  return text.starts_with('[') ? std::string() : text;
}

std::string text_of(const json& row, const char* member) {
  return row.contains(member) && row[member].is_string() ? row[member].get<std::string>() : std::string();
}

} // namespace

std::optional<RelatedShape> related_shape(const json& definition, const PathOf& path_of) {
  const json details = member_of(definition, "/policyRule/then/details");
  const std::string type = constant_text(details, "type");
  if (type.empty()) return std::nullopt;
  RelatedShape out;
  out.type = type;
  const std::string name = constant_text(details, "name");
  out.name = name.substr(name.find('/') == std::string::npos ? 0 : name.rfind('/') + 1);
  out.rule = rule_of_condition(details.value("existenceCondition", json::object()),
                               member_of(definition, "/parameters"), {type}, path_of);
  return out;
}

SituationGenerator::SituationGenerator(BoundaryRule rule, std::vector<RelatedShape> related,
                                       std::uint32_t seed)
    : primaries_(std::move(rule), seed), pick_(seed + 1) {
  for (RelatedShape& shape : related) {
    BoundaryRule rows = shape.rule;
    related_.push_back({std::move(shape), BoundaryGenerator(std::move(rows), seed + 2)});
  }
}

json SituationGenerator::related_row(Related& related, const json& primary, std::size_t place) {
  json row = related.rows.next();
  const std::string& type = related.shape.type;
  const std::string name =
      !related.shape.name.empty() && pick_(4) != 0 ? related.shape.name : "o" + std::to_string(++number_);
  const std::string id = text_of(primary, "id");
  const std::string primary_type = text_of(primary, "type");
  const bool child = lower_ascii(type).starts_with(lower_ascii(primary_type) + "/");
  const auto below = [&](const std::string& parent) {
    return parent + type.substr(primary_type.size()) + "/" + name;
  };
  switch (place) {
  case Attached:
    row["id"] = child ? below(id) : id + "/providers/" + type + "/" + name;
    break;
  case OtherParent:
    row["id"] = child ? below(id + "other") : id + "other/providers/" + type + "/" + name;
    break;
  case OtherGroup:
    row["id"] = resource_id(std::string(kSubscription) + "/resourceGroups/g2", type, name);
    break;
  case OtherSubscription:
    row["id"] = resource_id("/subscriptions/s2/resourceGroups/g1", type, name);
    break;
  default:
    row["id"] = child ? below(id) : resource_id(kGroup, type, name);
  }
  row["name"] = name;
  row["type"] = type;
  return row;
}

void SituationGenerator::add_scopes(Situation& situation) {
  situation.rows.push_back({{"id", kSubscription},
                            {"type", "Microsoft.Resources/subscriptions"},
                            {"name", "Subscription"},
                            {"subscriptionId", "s1"},
                            {"tenantId", "t"},
                            {"displayName", "Subscription"},
                            {"tags", {{"owner", "alpha"}}},
                            {"properties", {{"state", "Enabled"}}}});
  situation.rows.push_back({{"id", kGroup},
                            {"type", "Microsoft.Resources/subscriptions/resourceGroups"},
                            {"name", "g1"},
                            {"location", pick_(2) == 0 ? "westeurope" : "swedencentral"},
                            {"tags", {{"owner", "alpha"}}},
                            {"managedBy", pick_(3) == 0 ? json() : json("/x")},
                            {"properties", {{"provisioningState", "Succeeded"}}}});
}

Situation SituationGenerator::next() {
  Situation out;
  json primary = primaries_.next();
  const std::string type = text_of(primary, "type");
  primary["id"] = resource_id(kGroup, type, "r" + std::to_string(number_));
  if (!primary["name"].is_string()) primary["name"] = "r" + std::to_string(number_); // none lacks its name
  out.rows.push_back(std::move(primary));
  out.complete = pick_(2) == 0;
  // What is itself a scope has no record of it beside.
  if (text_of(out.rows[0], "id").find("/providers/") != std::string::npos && pick_(2) == 0) add_scopes(out);
  for (Related& related : related_) {
    // A type is either attached to resources or not: the inventory tells which.
    const bool attached = pick_(2) == 0;
    for (std::size_t n = pick_(4); n > 0; --n) {
      std::size_t place = pick_(3) == 0 ? pick_(kPlaces) : std::size_t{BelowOrBeside};
      if (attached && (place == BelowOrBeside || place == OtherGroup)) place = Attached;
      if (!attached && (place == Attached || place == OtherParent)) place = BelowOrBeside;
      out.rows.push_back(related_row(related, out.rows[0], place));
    }
  }
  return out;
}

std::vector<Situation> SituationGenerator::neighbours(const Situation& situation, std::size_t most) {
  std::vector<Situation> out;
  for (json& row : primaries_.neighbours(situation.rows[0], most)) {
    out.push_back(situation);
    out.back().rows[0] = std::move(row);
  }
  for (std::size_t i = 1; i < situation.rows.size(); ++i) {
    out.push_back(situation);
    out.back().rows.erase(out.back().rows.begin() + static_cast<std::ptrdiff_t>(i));
    for (Related& related : related_)
      if (equal_ascii_fold(text_of(situation.rows[i], "type"), related.shape.type))
        for (json& row : related.rows.neighbours(situation.rows[i], most)) {
          out.push_back(situation);
          out.back().rows[i] = std::move(row);
        }
  }
  for (Related& related : related_)
    for (std::size_t place = 0; place < kPlaces; ++place) {
      out.push_back(situation);
      out.back().rows.resize(1);
      out.back().rows.push_back(related_row(related, situation.rows[0], place));
    }
  out.push_back(situation);
  out.back().complete = !situation.complete;
  pick_.shuffle(out);
  if (out.size() > most) out.resize(most);
  return out;
}

} // namespace writ::driver::verify
