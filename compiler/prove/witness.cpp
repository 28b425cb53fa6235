// SPDX-License-Identifier: MIT
#include "prove/witness.h"

#include "writ/semantics/extension_types.h"
#include "writ/text.h"

#include <nlohmann/json.hpp>

namespace writ::prove {

namespace {

using json = nlohmann::ordered_json;

constexpr std::string_view kSubscription = "/subscriptions/00000000-0000-0000-0000-000000000001";

json to_document(const Value& value) { return json::parse(to_json(value)); }

/// …/providers/<namespace>/<type>/parent/<type>/<name>
std::string provider_path(std::string_view type, std::string_view name) {
  const std::size_t slash = std::min(type.find('/'), type.size());
  std::string path = "/providers/" + std::string(type.substr(0, slash));
  std::string_view rest = type.substr(std::min(slash + 1, type.size()));
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    const bool last = end == rest.size();
    path += "/" + std::string(rest.substr(0, end)) + "/" + (last ? std::string(name) : "parent");
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return path;
}

} // namespace

std::string WitnessWriter::text_of_place(Subject subject, std::string_view name, std::string_view otherwise) {
  for (PlaceId id = 0; id < shape_.size(); ++id) {
    const Place& place = shape_[id];
    if (place.role != PlaceRole::Text || place.subject != subject || place.key != name) continue;
    const Value value = evaluation_.value_of(id, choice_);
    if (value.is(ValueKind::String)) return std::string(value.as_string());
  }
  return std::string(otherwise);
}

std::string WitnessWriter::name_of_resource() { return text_of_place(Subject::Resource, "name", "witness"); }

std::string WitnessWriter::resource_id(std::string_view type, std::string_view name) {
  std::string id(kSubscription);
  if (equal_ascii_fold(type, "Microsoft.Resources/subscriptions")) return id;
  id += "/resourceGroups/witness";
  if (equal_ascii_fold(type, "Microsoft.Resources/subscriptions/resourceGroups")) return id;
  return id + provider_path(type, name);
}

std::string WitnessWriter::resource(std::string_view type) {
  const std::string name = name_of_resource();
  const std::string id = text_of_place(Subject::Resource, "id", resource_id(type, name));
  return write(Subject::Resource, type, id, name, {});
}

std::string WitnessWriter::candidate(std::string_view resource_type, const CandidateChoice& wanted) {
  std::string name = wanted.name.empty() ? "related" : wanted.name.substr(wanted.name.rfind('/') + 1);
  name = text_of_place(Subject::Candidate, "name", name);
  const std::string above =
      text_of_place(Subject::Resource, "id", resource_id(resource_type, name_of_resource()));
  const std::string child = std::string(resource_type) + "/";
  std::string id;
  if (wanted.type.size() > child.size() && equal_ascii_fold(wanted.type.substr(0, child.size()), child)) {
    id = above;
    std::string_view rest = std::string_view(wanted.type).substr(child.size());
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('/'), rest.size());
      id += "/" + std::string(rest.substr(0, end)) + "/" + (end == rest.size() ? name : "parent");
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  } else if (is_known_extension(wanted.type) ||
             equal_ascii_fold(resource_type, "Microsoft.Resources/subscriptions")) {
    id = above + provider_path(wanted.type, name);
  } else {
    id = resource_id(wanted.type, name);
  }
  return write(Subject::Candidate, wanted.type, text_of_place(Subject::Candidate, "id", id), name,
               wanted.kind);
}

std::string WitnessWriter::write(Subject subject, std::string_view type, std::string_view id,
                                 std::string_view name, std::string_view kind) {
  json out = {{"id", id}, {"name", name}, {"type", type}};
  if (!kind.empty()) out["kind"] = kind;
  for (PlaceId place = 0; place < shape_.size(); ++place) {
    const Place& own = shape_[place];
    if (own.subject != subject) continue;
    if (own.role == PlaceRole::Text) {
      const bool written = own.key == "location" || own.key == "apiVersion" || own.key == "fullName";
      const Value value = evaluation_.value_of(place, choice_);
      if (written && !value.is(ValueKind::Missing)) out[own.key] = to_document(value);
    } else if (own.role == PlaceRole::Root) {
      const json members = to_document(evaluation_.value_of(place, choice_));
      for (const auto& [key, value] : members.items())
        if (!out.contains(key)) out[key] = value;
    }
  }
  // A resource without properties was exported all the same.
  bool exported = false;
  for (const auto& [key, value] : out.items())
    exported = exported || equal_ascii_fold(key, "properties");
  if (!exported) out["properties"] = json::object();
  return out.dump();
}

} // namespace writ::prove
