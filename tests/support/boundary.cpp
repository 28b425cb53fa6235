// SPDX-License-Identifier: MIT
#include "support/boundary.h"

#include <algorithm>
#include <cctype>

namespace writ::test {

namespace {

constexpr const char* kOperators[] = {"equals",
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

std::string flip_case(std::string text) {
  for (char& c : text) {
    const auto u = static_cast<unsigned char>(c);
    c = static_cast<char>(std::isupper(u) ? std::tolower(u) : std::toupper(u));
  }
  return text;
}

} // namespace

BoundaryGenerator::BoundaryGenerator(const json& definition, PathOf path_of, std::uint32_t seed)
    : path_of_(std::move(path_of)), random_(seed) {
  const json& properties = definition.at("properties");
  parameters_ = properties.value("parameters", json::object());
  collect(properties.at("policyRule").at("if"));
  for (const auto& [field, constant] : noted_)
    if (field == "type" && constant.is_string()) types_.push_back(constant.get<std::string>());
  find_readings();
}

BoundaryGenerator::BoundaryGenerator(const json& condition, json parameters, std::vector<std::string> types,
                                     PathOf path_of, std::uint32_t seed)
    : path_of_(std::move(path_of)), parameters_(std::move(parameters)), types_(std::move(types)),
      random_(seed) {
  collect(condition);
  find_readings();
}

void BoundaryGenerator::find_readings() {
  for (const auto& [field, constant] : noted_) {
    if (field == "type") continue;
    std::string path = field;
    if (field.rfind("tags['", 0) == 0) path = "tags." + field.substr(6, field.size() - 8);
    if (field.find('/') != std::string::npos) {
      std::optional<std::string> found;
      for (const std::string& type : types_)
        if (!found) found = path_of_(type, field);
      if (!found) continue;
      path = *found;
    }
    auto known =
        std::find_if(readings_.begin(), readings_.end(), [&](const Reading& r) { return r.path == path; });
    if (known == readings_.end()) known = readings_.insert(readings_.end(), {path, {}});
    known->constants.push_back(constant);
  }
  // A test of an array's members also meets an array that is not there: longer paths go last, so that they
  // win.
  std::stable_sort(readings_.begin(), readings_.end(),
                   [](const Reading& a, const Reading& b) { return a.path.size() < b.path.size(); });
}

void BoundaryGenerator::note(const std::string& field, const json& constant) {
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

void BoundaryGenerator::collect(const json& node) {
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
        collect_expression(node["value"], node[op]);
        collect_expression(node[op], nullptr);
      }
  if (node.contains("count") && node["count"].is_object()) {
    const json& count = node["count"];
    if (count.contains("field") && count["field"].is_string())
      note(count["field"].get<std::string>(), nullptr);
    if (count.contains("value")) collect_expression(count["value"], nullptr);
    if (count.contains("where")) collect(count["where"]);
  }
  for (const char* key : {"allOf", "anyOf", "not"})
    if (node.contains(key)) collect(node[key]);
}

void BoundaryGenerator::collect_expression(const json& text, const json& constant) {
  if (!text.is_string() || !text.get_ref<const std::string&>().starts_with('[')) return;
  const std::string& expression = text.get_ref<const std::string&>();
  for (const std::string call : {"field('", "current('"})
    for (std::size_t at = expression.find(call); at != std::string::npos;
         at = expression.find(call, at + 1)) {
      const std::size_t from = at + call.size();
      const std::size_t to = expression.find('\'', from);
      if (to != std::string::npos) note(expression.substr(from, to - from), constant);
    }
}

json BoundaryGenerator::value_for(const Reading& reading) {
  static const std::vector<json> strange = {nullptr,
                                            "",
                                            "x",
                                            0,
                                            1,
                                            2,
                                            true,
                                            false,
                                            "true",
                                            "FALSE",
                                            5.5,
                                            json::array(),
                                            json::object(),
                                            json::array({"x"}),
                                            json::object({{"k", 1}})};
  const json& constant = reading.constants[pick(reading.constants.size())];
  switch (pick(6)) {
  case 0:
    return strange[pick(strange.size())];
  case 1:
    if (constant.is_string()) return flip_case(constant.get<std::string>());
    if (constant.is_number_integer()) return constant.get<std::int64_t>() + 1;
    if (constant.is_boolean()) return !constant.get<bool>();
    return constant;
  case 2:
    if (constant.is_string()) return constant.get<std::string>() + "x";
    if (constant.is_number_integer()) return constant.get<std::int64_t>() - 1;
    if (constant.is_boolean()) return constant.get<bool>() ? "true" : "false";
    return constant;
  default:
    return constant;
  }
}

void BoundaryGenerator::place(json& target, const std::string& path, const Reading& reading) {
  const std::size_t dot = path.find('.');
  std::string step = path.substr(0, dot);
  const std::string rest = dot == std::string::npos ? std::string() : path.substr(dot + 1);
  const bool each = step.size() > 3 && step.compare(step.size() - 3, 3, "[*]") == 0;
  if (each) step.resize(step.size() - 3);
  if (!target.is_object()) return; // a wrong type was put here
  if (!each) {
    if (rest.empty()) {
      target[step] = value_for(reading);
    } else {
      if (!target.contains(step)) target[step] = json::object();
      place(target[step], rest, reading);
    }
    return;
  }
  if (!target.contains(step) || !target[step].is_array()) {
    target[step] = json::array();
    const std::size_t size = pick(4);
    for (std::size_t i = 0; i < size; ++i)
      target[step].push_back(json::object());
  }
  for (json& element : target[step]) {
    if (pick(5) == 0) continue;
    if (rest.empty())
      element = pick(3) == 0 ? value_for(reading) : element;
    else if (element.is_object())
      place(element, rest, reading);
  }
}

json BoundaryGenerator::next() {
  json resource;
  const std::string type =
      types_.empty() || pick(20) == 0 ? std::string("Contoso.Other/things") : types_[pick(types_.size())];
  const std::string name = "r" + std::to_string(++number_);
  resource["id"] = "/subscriptions/s/resourceGroups/g/providers/" + type + "/" + name;
  resource["name"] = name;
  resource["type"] = pick(4) == 0 ? flip_case(type) : type;
  if (pick(3) != 0) resource["location"] = "swedencentral";
  const std::size_t shape = pick(12);
  if (shape == 0) {
    resource["properties"] = nullptr; // not exported
    return resource;
  }
  if (shape > 1) resource["properties"] = json::object();
  for (const Reading& reading : readings_) {
    if (pick(5) == 0) continue; // missing
    if (shape == 1 && reading.path.rfind("properties", 0) == 0) continue;
    place(resource, reading.path, reading);
  }
  return resource;
}

} // namespace writ::test
