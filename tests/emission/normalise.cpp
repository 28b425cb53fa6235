// SPDX-License-Identifier: MIT
#include "emission/normalise.h"

#include "azure/template_parse.h"
#include "writ/semantics/compare.h"
#include "writ/semantics/functions.h"
#include "writ/text.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <variant>
#include <vector>

namespace writ::test {

namespace {

using nlohmann::json;

/// A member by its name, any case.
const json* find(const json& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  for (auto it = object.begin(); it != object.end(); ++it)
    if (equal_ascii_fold(it.key(), key)) return &it.value();
  return nullptr;
}

std::string one_of(const std::string& text, std::initializer_list<std::string_view> spellings) {
  for (std::string_view spelling : spellings)
    if (equal_ascii_fold(text, spelling)) return std::string(spelling);
  return text;
}

class Normaliser {
public:
  explicit Normaliser(const Catalog& catalog) : catalog_(catalog) {}

  json definition(const json& from) {
    const json& properties = from.contains("properties") ? from.at("properties") : from;
    json out = json::object();
    parameters_ = find(properties, "parameters");
    for (const char* text : {"displayName", "description"})
      if (const json* value = find(properties, text); value && *value != "") out[text] = *value;
    const json* type = find(properties, "policyType");
    out["policyType"] = type ? *type : "Custom";
    const json* mode = find(properties, "mode");
    out["mode"] = mode ? one_of(*mode, {"All", "Indexed"}) : "Indexed";
    const json* metadata = find(properties, "metadata");
    if (metadata) out["metadata"] = *metadata;
    // Only what the metadata do not say.
    if (const json* version = find(properties, "version"))
      if (!metadata || metadata->value("version", json()) != *version) out["version"] = *version;
    out["parameters"] = json::object();
    if (const json* parameters = find(properties, "parameters"); parameters && parameters->is_object())
      for (const auto& [name, parameter] : parameters->items())
        out["parameters"][name] = this->parameter(parameter);
    const json& rule = *find(properties, "policyRule");
    out["policyRule"]["if"] = condition(*find(rule, "if"));
    out["policyRule"]["then"] = then(*find(rule, "then"));
    if (out["mode"] == "All" || out["mode"] == "Indexed") drop_unread_details(out["policyRule"]["then"]);
    json body = {{"properties", std::move(out)}};
    body["name"] = from.at("name");
    return body;
  }

private:
  static json parameter(const json& from) {
    json out = json::object();
    for (const auto& [key, value] : from.items()) {
      const std::string name = one_of(key, {"type", "defaultValue", "allowedValues", "metadata", "schema"});
      // No allowed values, no list of them; no default, no member.
      if (name == "allowedValues" && (value.is_null() || value.empty())) continue;
      if (name == "metadata" && value.is_object() && value.empty()) continue;
      out[name] =
          name == "type"
              ? json(one_of(value, {"String", "Array", "Object", "Boolean", "Integer", "Float", "DateTime"}))
              : value;
    }
    return out;
  }

  // --- conditions

  json condition(const json& from) {
    for (const auto& [key, value] : from.items()) {
      if (equal_ascii_fold(key, "not")) return negation(condition(value));
      for (const char* junction : {"allOf", "anyOf"})
        if (equal_ascii_fold(key, junction)) return this->junction(junction, value);
    }
    return leaf(from);
  }

  /// Two `not` around each other are none; the negation of a constant is the other constant.
  static json negation(json inner) {
    if (inner.size() == 1 && inner.contains("not")) return inner.at("not");
    return {{"not", std::move(inner)}};
  }

  /// Nested ones of a kind are one list, equal members stand once, a list of one is its member.
  json junction(const std::string& key, const json& members) {
    json out = json::array();
    for (const json& member : members) {
      json one = condition(member);
      json parts = json::array();
      if (one.size() == 1 && one.contains(key))
        parts = one.at(key);
      else
        parts.push_back(std::move(one));
      for (json& part : parts)
        if (std::find(out.begin(), out.end(), part) == out.end()) out.push_back(std::move(part));
    }
    if (out.size() == 1) return std::move(out[0]);
    return {{key, std::move(out)}};
  }

  json leaf(const json& from) {
    json out = json::object();
    for (const auto& [key, value] : from.items()) {
      if (equal_ascii_fold(key, "field")) {
        out["field"] = field_name(value);
      } else if (equal_ascii_fold(key, "value")) {
        out["value"] = operand(value);
      } else if (equal_ascii_fold(key, "count")) {
        out["count"] = count(value);
      } else if (const auto op = find_operator(key)) {
        json right = operand(value);
        if (*op == Operator::Exists && right.is_string() &&
            equal_ascii_fold(right.get<std::string>(), "true"))
          right = true;
        if (*op == Operator::Exists && right.is_string() &&
            equal_ascii_fold(right.get<std::string>(), "false"))
          right = false;
        out[std::string(info(*op).azure_name)] = std::move(right);
      }
    }
    return out;
  }

  json count(const json& from) {
    json out = json::object();
    for (const auto& [key, value] : from.items()) {
      if (equal_ascii_fold(key, "field"))
        out["field"] = field_name(value);
      else if (equal_ascii_fold(key, "value"))
        out["value"] = operand(value);
      else if (equal_ascii_fold(key, "name"))
        out["name"] = value;
      else if (equal_ascii_fold(key, "where"))
        out["where"] = condition(value);
    }
    // The name that Azure gives it.
    if (out.contains("value") && !out.contains("name")) out["name"] = "default";
    return out;
  }

  // --- effects

  json then(const json& from) {
    json out = json::object();
    for (const auto& [key, value] : from.items())
      if (equal_ascii_fold(key, "effect"))
        out["effect"] = operand(value);
      else if (equal_ascii_fold(key, "details"))
        out["details"] = details(value);
    return out;
  }

  json details(const json& from) {
    if (!from.is_object()) return operand(from);
    json out = json::object();
    for (const auto& [key, value] : from.items()) {
      if (equal_ascii_fold(key, "existenceCondition"))
        out["existenceCondition"] = condition(value);
      else if (equal_ascii_fold(key, "deployment"))
        out[key] = deployment(value);
      else
        out[key] = operand(value);
    }
    return out;
  }

  /// Strings of the template belong to the deployment.
  json deployment(const json& from) {
    json out = json::object();
    for (const auto& [key, value] : from.items())
      if (equal_ascii_fold(key, "properties"))
        for (const auto& [inner, part] : value.items())
          out[key][inner] = equal_ascii_fold(inner, "template") ? part : operand(part);
      else
        out[key] = operand(value);
    return out;
  }

  /// Details that none of the effects reads.
  void drop_unread_details(json& then) const {
    std::vector<std::string> effects = {then.at("effect").get<std::string>()};
    if (effects[0] == "[parameters('effect')]" && parameters_)
      if (const json* effect = find(*parameters_, "effect"))
        if (const json* allowed = find(*effect, "allowedValues"))
          effects = allowed->get<std::vector<std::string>>();
    if (std::all_of(effects.begin(), effects.end(), [](const std::string& effect) {
          return equal_ascii_fold(effect, "audit") || equal_ascii_fold(effect, "deny") ||
                 equal_ascii_fold(effect, "disabled");
        }))
      then.erase("details");
  }

  // --- values

  json operand(const json& from) {
    if (from.is_string()) return text(from.get<std::string>());
    if (from.is_array()) {
      json out = json::array();
      for (const json& element : from)
        out.push_back(operand(element));
      return out;
    }
    if (!from.is_object()) return from;
    json out = json::object();
    for (const auto& [key, value] : from.items())
      out[key] = operand(value);
    return out;
  }

  /// Expressions have one spelling.
  json text(const std::string& from) {
    if (azure::classify_string(from) != azure::StringClass::Expression) return from;
    const auto parsed = azure::parse_template(from);
    const auto& node = std::get<azure::TemplateNode>(parsed);
    // An expression that is a literal is that literal.
    if (node.kind == azure::TemplateNode::Kind::String) {
      const bool bracketed = node.text.size() >= 2 && node.text.front() == '[' && node.text.back() == ']';
      return bracketed ? "[" + node.text : node.text;
    }
    if (node.kind == azure::TemplateNode::Kind::Integer) return node.integer;
    if (node.kind == azure::TemplateNode::Kind::Float) return node.number;
    return "[" + expression(node) + "]";
  }

  static std::string quoted(std::string_view text) {
    std::string out = "'";
    for (char c : text) {
      out += c;
      if (c == '\'') out += '\'';
    }
    return out + "'";
  }

  static bool is_identifier(std::string_view text) {
    return !text.empty() && !(text[0] >= '0' && text[0] <= '9') &&
           std::all_of(text.begin(), text.end(), [](char c) {
             return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
           });
  }

  std::string expression(const azure::TemplateNode& node) {
    using Kind = azure::TemplateNode::Kind;
    switch (node.kind) {
    case Kind::String:
      return quoted(node.text);
    case Kind::Integer:
      return std::to_string(node.integer);
    case Kind::Float:
      return "float(" + quoted(json(node.number).dump()) + ")";
    case Kind::Member: {
      const azure::TemplateNode& key = node.children[1];
      if (key.kind == Kind::String && is_identifier(key.text))
        return expression(node.children[0]) + "." + key.text;
      return expression(node.children[0]) + "[" + expression(key) + "]";
    }
    case Kind::Call:
      break;
    }
    const std::optional<Function> function = find_function(node.text);
    const std::string name =
        function ? std::string(info(*function).name) : one_of(node.text, {"parameters", "field", "current"});
    const bool names_field = (name == "field" || name == "current") && node.children.size() == 1 &&
                             node.children[0].kind == Kind::String;
    // Parameters are spelled as they are declared.
    if (name == "parameters" && node.children.size() == 1 && parameters_ && parameters_->is_object())
      for (const auto& [declared, parameter] : parameters_->items())
        if (equal_ascii_fold(declared, node.children[0].text)) return "parameters(" + quoted(declared) + ")";
    std::string out = name + "(";
    for (std::size_t i = 0; i < node.children.size(); ++i)
      out += (i ? ", " : "") +
             (names_field ? quoted(canonical_name(node.children[0].text)) : expression(node.children[i]));
    return out + ")";
  }

  json field_name(const json& from) {
    if (!from.is_string()) return from;
    const auto& name = from.get_ref<const std::string&>();
    if (azure::classify_string(name) == azure::StringClass::Expression) return text(name);
    return canonical_name(name);
  }

  /// As the catalogue writes it.
  std::string canonical_name(const std::string& name) {
    if (name.find('/') != std::string::npos) {
      const std::vector<Alias> entries = catalog_.find_alias(name);
      if (entries.empty()) return name;
      return std::string(entries.front().name);
    }
    return one_of(name, {"name", "fullName", "kind", "type", "location", "id", "tags", "identity.type",
                         "identity", "apiVersion"});
  }

  const Catalog& catalog_;
  const json* parameters_ = nullptr;
};

/// Equal counts over values are one, whatever the case of their names.
void fold_count_names(json& node) {
  if (node.is_object() && node.contains("count") && node["count"].contains("value") &&
      node["count"].contains("name"))
    node["count"]["name"] = lower_ascii(node["count"]["name"].get<std::string>());
  if (node.is_structured())
    for (json& child : node)
      fold_count_names(child);
  if (!node.is_string()) return;
  std::string text = node;
  for (std::size_t at = 0; (at = text.find("current('", at)) != std::string::npos;) {
    const std::size_t end = text.find('\'', at + 9);
    if (text.find('/', at) > end) text.replace(at, end - at, lower_ascii(text.substr(at, end - at)));
    at = end;
  }
  node = text;
}

std::string difference(const json& wanted, const json& found, const std::string& at) {
  if (wanted == found) return {};
  if (wanted.is_object() && found.is_object()) {
    for (const auto& [key, value] : wanted.items()) {
      if (!found.contains(key)) return at + "/" + key + " is lost: " + value.dump().substr(0, 200);
      if (const std::string inner = difference(value, found.at(key), at + "/" + key); !inner.empty())
        return inner;
    }
    for (const auto& [key, value] : found.items())
      if (!wanted.contains(key)) return at + "/" + key + " is new: " + value.dump().substr(0, 200);
  }
  if (wanted.is_array() && found.is_array() && wanted.size() == found.size())
    for (std::size_t i = 0; i < wanted.size(); ++i)
      if (const std::string inner = difference(wanted[i], found[i], at + "/" + std::to_string(i));
          !inner.empty())
        return inner;
  return at + ": " + wanted.dump().substr(0, 300) + " became " + found.dump().substr(0, 300);
}

} // namespace

json normalised(const json& definition, const Catalog& catalog) {
  return Normaliser(catalog).definition(definition);
}

std::string first_difference(json wanted, json found) {
  fold_count_names(wanted);
  fold_count_names(found);
  return difference(wanted, found, {});
}

} // namespace writ::test
