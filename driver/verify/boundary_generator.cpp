// SPDX-License-Identifier: MIT
#include "verify/boundary_generator.h"
#include "writ/text.h"

#include <functional>

namespace writ::driver::verify {

namespace {

constexpr std::size_t kMostElements = 4;
constexpr std::string_view kSubscription = "Microsoft.Resources/subscriptions";
constexpr std::string_view kGroup = "Microsoft.Resources/subscriptions/resourceGroups";

/// Visits the containers that hold the last member of a path, one for each element on the way; missing
/// objects are made when `make` says so.
void for_each_holder(json& target, const std::vector<ReadingStep>& path, std::size_t at, bool make,
                     const std::function<void(json& holder, const std::string& member)>& visit) {
  if (!target.is_object()) return;
  const ReadingStep& step = path[at];
  if (at + 1 == path.size()) {
    visit(target, step.name);
    return;
  }
  if (!target.contains(step.name)) {
    if (!make) return;
    target[step.name] = step.each ? json::array({json::object()}) : json::object();
  }
  json& next = target[step.name];
  if (!step.each) return for_each_holder(next, path, at + 1, make, visit);
  if (!next.is_array()) return;
  for (json& element : next)
    for_each_holder(element, path, at + 1, make, visit);
}

} // namespace

std::string resource_id(const std::string& group, const std::string& type, const std::string& name) {
  const std::string subscription = group.substr(0, group.find('/', std::string("/subscriptions/").size()));
  if (equal_ascii_fold(type, kSubscription)) return subscription;
  if (equal_ascii_fold(type, kGroup)) return group;
  std::string id = group + "/providers/";
  std::size_t from = type.find('/');
  id += type.substr(0, from);
  while (from != std::string::npos) {
    const std::size_t next = type.find('/', from + 1);
    id += type.substr(from, next == std::string::npos ? next : next - from);
    id += "/" + (next == std::string::npos ? name : std::string("parent"));
    from = next;
  }
  return id;
}

void BoundaryGenerator::place(json& target, const Steps& path, std::size_t at,
                              const BoundaryReading& reading) {
  if (!target.is_object()) return; // a wrong type was put here
  const ReadingStep& step = path[at];
  const bool last = at + 1 == path.size();
  if (!step.each) {
    if (last) {
      target[step.name] = value_near(pick_.of(reading.constants), pick_);
      return;
    }
    if (!target.contains(step.name)) target[step.name] = json::object();
    return place(target[step.name], path, at + 1, reading);
  }
  if (!target.contains(step.name) || !target[step.name].is_array()) {
    target[step.name] = json::array();
    const std::size_t size = pick_(kMostElements);
    for (std::size_t i = 0; i < size; ++i)
      target[step.name].push_back(json::object());
  }
  for (json& element : target[step.name]) {
    if (pick_(5) == 0) continue;
    if (!last)
      place(element, path, at + 1, reading);
    else if (reading.constants.size() > 1 || !reading.constants.front().is_null() || pick_(3) == 0)
      element = value_near(pick_.of(reading.constants), pick_);
  }
}

json BoundaryGenerator::next() {
  json resource;
  const std::string type =
      rule_.types.empty() || pick_(20) == 0 ? std::string("Contoso.Other/things") : pick_.of(rule_.types);
  const std::string name = "r" + std::to_string(++number_);
  resource["id"] = resource_id("/subscriptions/s/resourceGroups/g", type, name);
  resource["name"] = name;
  resource["type"] = pick_(4) == 0 ? flip_case(type) : type;
  if (pick_(3) != 0) resource["location"] = "swedencentral";
  const std::size_t shape = pick_(12);
  if (shape == 0) {
    resource["properties"] = nullptr; // not exported
    return resource;
  }
  if (shape > 1) resource["properties"] = json::object();
  for (const BoundaryReading& reading : rule_.readings) {
    if (pick_(5) == 0) continue; // missing
    if (shape == 1 && reading.path.front().name == "properties") continue;
    place(resource, reading.path, 0, reading);
  }
  return resource;
}

std::vector<json> BoundaryGenerator::neighbours(const json& resource, std::size_t most) {
  std::vector<json> out;
  vary_envelope(resource, out);
  for (const BoundaryReading& reading : rule_.readings)
    vary_reading(resource, reading, out);
  pick_.shuffle(out);
  if (out.size() > most) out.resize(most);
  return out;
}

void BoundaryGenerator::vary_envelope(const json& resource, std::vector<json>& out) {
  const auto with = [&](const char* member, json value) {
    json copy = resource;
    copy[member] = std::move(value);
    out.push_back(std::move(copy));
  };
  const auto without = [&](const char* member) {
    if (!resource.contains(member)) return;
    json copy = resource;
    copy.erase(member);
    out.push_back(std::move(copy));
  };
  with("properties", nullptr);
  with("properties", json::object());
  without("properties");
  without("location");
  with("type", "Contoso.Other/things");
  for (const std::string& type : rule_.types) {
    for (const json& value : values_around(type))
      if (value.is_string()) with("type", value);
    with("type", type + "/children");
  }
}

void BoundaryGenerator::vary_reading(const json& resource, const BoundaryReading& reading,
                                     std::vector<json>& out) {
  vary_lists(resource, reading.path, out);
  if (reading.path.back().each) {
    // The elements themselves are values.
    for (const json& constant : reading.constants)
      if (!constant.is_null())
        for (const json& value : values_around(constant)) {
          json copy = resource;
          for_each_holder(copy, reading.path, 0, true, [&](json& holder, const std::string& member) {
            json& list = holder[member];
            if (!list.is_array() || list.empty()) list = json::array({value});
            list[pick_(list.size())] = value;
          });
          out.push_back(std::move(copy));
        }
    return;
  }
  std::vector<json> values = strange_values();
  for (const json& constant : reading.constants)
    for (json& value : values_around(constant))
      values.push_back(std::move(value));
  const bool identity =
      reading.path.size() == 1 && (reading.path[0].name == "id" || reading.path[0].name == "name");
  for (const json& value : values) {
    if (identity && (!value.is_string() || value == "")) continue; // no resource lacks its id and its name
    json all = resource;
    std::size_t holders = 0;
    for_each_holder(all, reading.path, 0, true, [&](json& holder, const std::string& member) {
      holder[member] = value;
      ++holders;
    });
    out.push_back(std::move(all));
    if (holders < 2) continue;
    // Of several elements one only: some and all come apart.
    json one = resource;
    const std::size_t chosen = pick_(holders);
    std::size_t seen = 0;
    for_each_holder(one, reading.path, 0, true, [&](json& holder, const std::string& member) {
      if (seen++ == chosen) holder[member] = value;
    });
    out.push_back(std::move(one));
  }
  if (identity) return;
  json gone = resource;
  for_each_holder(gone, reading.path, 0, false,
                  [](json& holder, const std::string& member) { holder.erase(member); });
  out.push_back(std::move(gone));
}

void BoundaryGenerator::vary_lists(const json& resource, const Steps& path, std::vector<json>& out) {
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (!path[at].each) continue;
    const Steps to_list(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    const auto change = [&](const std::function<void(json & holder, const std::string& member)>& how) {
      json copy = resource;
      for_each_holder(copy, to_list, 0, true, how);
      out.push_back(std::move(copy));
    };
    change([](json& holder, const std::string& member) { holder.erase(member); });
    change([](json& holder, const std::string& member) { holder[member] = nullptr; });
    change([](json& holder, const std::string& member) { holder[member] = json::array(); });
    change([](json& holder, const std::string& member) { holder[member] = json::array({json::object()}); });
    change([](json& holder, const std::string& member) { holder[member] = "x"; });
    change([](json& holder, const std::string& member) {
      json& list = holder[member];
      if (list.is_array() && !list.empty()) list.erase(list.size() - 1);
    });
    change([](json& holder, const std::string& member) {
      json& list = holder[member];
      if (list.is_array() && !list.empty()) list.push_back(json(list.front()));
    });
    change([](json& holder, const std::string& member) {
      json& list = holder[member];
      if (list.is_array()) list.push_back(json::object());
    });
  }
}

} // namespace writ::driver::verify
