// SPDX-License-Identifier: MIT
#include "verify/boundary_rule.h"

#include <algorithm>
#include <array>

namespace writ::driver::verify {

namespace {

constexpr std::array kOperators = {"equals",
                                   "notEquals",
                                   "like",
                                   "notLike",
                                   "match",
                                   "notMatch",
                                   "matchInsensitively",
                                   "notMatchInsensitively",
                                   "contains",
                                   "notContains",
                                   "in",
                                   "notIn",
                                   "containsKey",
                                   "notContainsKey",
                                   "less",
                                   "lessOrEquals",
                                   "greater",
                                   "greaterOrEquals",
                                   "exists"};

/// "properties.a[*].b", "tags['a.b']".
std::vector<ReadingStep> steps_of(const std::string& path) {
  if (path.rfind("tags['", 0) == 0 && path.size() > 8) return {{"tags"}, {path.substr(6, path.size() - 8)}};
  std::vector<ReadingStep> out;
  for (std::size_t from = 0; from <= path.size();) {
    const std::size_t dot = std::min(path.find('.', from), path.size());
    std::string name = path.substr(from, dot - from);
    const bool each = name.ends_with("[*]");
    if (each) name.resize(name.size() - 3);
    out.push_back({std::move(name), each});
    from = dot + 1;
  }
  return out;
}

/// Collects fields and constants of a condition as they are written.
class TextReader {
public:
  explicit TextReader(const json& parameters) : parameters_(parameters) {}

  void collect(const json& node) {
    if (node.is_array())
      for (const json& child : node)
        collect(child);
    if (!node.is_object()) return;
    if (node.contains("field") && node["field"].is_string())
      for (const char* op : kOperators)
        if (node.contains(op)) note(node["field"].get<std::string>(), node[op]);
    if (node.contains("value"))
      for (const char* op : kOperators)
        if (node.contains(op)) {
          expression(node["value"], node[op]);
          expression(node[op], nullptr);
        }
    if (node.contains("count") && node["count"].is_object()) {
      const json& count = node["count"];
      if (count.contains("field") && count["field"].is_string())
        note(count["field"].get<std::string>(), nullptr);
      if (count.contains("value")) expression(count["value"], nullptr);
      if (count.contains("where")) collect(count["where"]);
    }
    for (const char* key : {"allOf", "anyOf", "not"})
      if (node.contains(key)) collect(node[key]);
  }

  [[nodiscard]] BoundaryRule rule(std::vector<std::string> types, const PathOf& path_of) const {
    BoundaryRule out;
    out.types = std::move(types);
    for (const auto& [field, constant] : noted_)
      if (field == "type" && constant.is_string()) out.add_type(constant.get<std::string>());
    for (const auto& [field, constant] : noted_) {
      if (field == "type") continue;
      std::string path = field;
      if (field.rfind("tags", 0) != 0 && field.find('/') != std::string::npos) {
        std::optional<std::string> found;
        for (const std::string& type : out.types)
          if (!found) found = path_of(type, field);
        if (!found) continue;
        path = *found;
      }
      out.add(steps_of(path), constant);
    }
    return out;
  }

private:
  /// Names that an expression reads with field() or current(), compared with `constant`.
  void expression(const json& text, const json& constant) {
    if (!text.is_string() || !text.get_ref<const std::string&>().starts_with('[')) return;
    const std::string& source = text.get_ref<const std::string&>();
    for (const std::string call : {"field('", "current('"})
      for (std::size_t at = source.find(call); at != std::string::npos; at = source.find(call, at + 1)) {
        const std::size_t from = at + call.size();
        const std::size_t to = source.find('\'', from);
        if (to != std::string::npos) note(source.substr(from, to - from), constant);
      }
  }

  void note(const std::string& field, const json& constant) {
    if (constant.is_array()) {
      for (const json& element : constant)
        noted_.emplace_back(field, element);
      if (constant.empty()) noted_.emplace_back(field, nullptr);
      return;
    }
    if (constant.is_string()) {
      const std::string text = constant.get<std::string>();
      const std::string prefix = "[parameters('";
      if (text.rfind(prefix, 0) == 0) {
        const std::string name = text.substr(prefix.size(), text.find('\'', prefix.size()) - prefix.size());
        return note(field, parameters_.value(name, json::object()).value("defaultValue", json()));
      }
    }
    noted_.emplace_back(field, constant);
  }

  const json& parameters_;
  std::vector<std::pair<std::string, json>> noted_;
};

} // namespace

void BoundaryRule::add(const std::vector<ReadingStep>& path, const json& constant) {
  auto found = std::find_if(readings.begin(), readings.end(),
                            [&](const BoundaryReading& reading) { return reading.path == path; });
  if (found == readings.end()) {
    // A test of an array's members also meets an array that is not there: longer paths go last, so that they
    // win when a resource is made.
    const auto place = std::find_if(readings.begin(), readings.end(), [&](const BoundaryReading& reading) {
      return reading.path.size() > path.size();
    });
    found = readings.insert(place, {path, {}});
  }
  if (std::find(found->constants.begin(), found->constants.end(), constant) == found->constants.end())
    found->constants.push_back(constant);
}

void BoundaryRule::add_type(const std::string& type) {
  if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
}

void BoundaryRule::merge(const BoundaryRule& other) {
  for (const std::string& type : other.types)
    add_type(type);
  for (const BoundaryReading& reading : other.readings)
    for (const json& constant : reading.constants)
      add(reading.path, constant);
}

BoundaryRule rule_of_condition(const json& condition, const json& parameters,
                               const std::vector<std::string>& types, const PathOf& path_of) {
  TextReader reader(parameters);
  reader.collect(condition);
  return reader.rule(types, path_of);
}

const json& body_of(const json& definition) {
  return definition.is_object() && definition.contains("properties") ? definition["properties"] : definition;
}

json member_of(const json& definition, const std::string& pointer) {
  const json& body = body_of(definition);
  const json::json_pointer at(pointer);
  return body.contains(at) && body.at(at).is_object() ? body.at(at) : json::object();
}

BoundaryRule rule_of_definition(const json& definition, const PathOf& path_of) {
  return rule_of_condition(member_of(definition, "/policyRule/if"), member_of(definition, "/parameters"), {},
                           path_of);
}

BoundaryRule rule_of_readings(const std::vector<std::string>& types, const std::vector<Reading>& readings) {
  BoundaryRule out;
  out.types = types;
  for (const Reading& reading : readings) {
    if (reading.constants.empty()) out.add(reading.path, nullptr);
    for (const std::string& constant : reading.constants)
      out.add(reading.path, json::parse(constant, nullptr, false));
  }
  return out;
}

} // namespace writ::driver::verify
