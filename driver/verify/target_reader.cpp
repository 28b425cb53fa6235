// SPDX-License-Identifier: MIT
#include "verify/target_reader.h"
#include "verify/bicep_reader.h"

#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <set>

namespace writ::driver::targets {

namespace {

const std::string kAuthorization = "{scope}/providers/Microsoft.Authorization/";

std::string exemption_id(const std::string& scope, const std::string& name) {
  return scope + "/providers/Microsoft.Authorization/policyExemptions/" + name;
}

class TargetReader {
public:
  TargetContents take() { return std::move(out_); }

  void problem(const std::string& path, const std::string& what) {
    out_.problems.push_back(path + ": " + what);
  }

  void rest_body(const EmittedFile& file) { out_.bodies.push_back(json::parse(file.text)); }

  // --- deployment templates

  void arm(const EmittedFile& file) {
    const json document = json::parse(file.text);
    if (document.at("contentVersion") != "1.0.0.0") problem(file, "contentVersion");
    for (const json& resource : document.at("resources")) {
      const std::string type = resource.at("type");
      if (type != "Microsoft.Resources/deployments") {
        arm_policy(file, resource);
        continue;
      }
      if (resource.at("properties").at("expressionEvaluationOptions").at("scope") != "inner")
        problem(file, "the nested deployment is not evaluated inside");
      std::string scope = resource.contains("scope")
                              ? "/providers/" + resource.at("scope").get<std::string>()
                              : "/subscriptions/" + resource.at("subscriptionId").get<std::string>();
      if (resource.contains("resourceGroup"))
        scope += "/resourceGroups/" + resource.at("resourceGroup").get<std::string>();
      else if (resource.at("location") != "[deployment().location]")
        problem(file, "a deployment above resource groups needs a location");
      for (const json& inner : resource.at("properties").at("template").at("resources")) {
        const std::string name = arm_text(file, inner.at("name"));
        const std::string below =
            inner.contains("scope") ? "/providers/" + arm_text(file, inner.at("scope")) : std::string();
        out_.bodies.push_back({{"id", exemption_id(scope + below, name)},
                               {"name", name},
                               {"properties", arm_value(file, inner.at("properties"))}});
      }
    }
  }

  // --- Bicep

  void bicep(const std::vector<EmittedFile>& files) {
    std::map<std::string, BicepFile> read;
    for (const EmittedFile& file : files) {
      std::string problem;
      std::optional<BicepFile> parsed = read_bicep(file.text, problem);
      if (!parsed) {
        this->problem(file, problem);
        return;
      }
      read[file.path] = std::move(*parsed);
    }
    if (read.contains("main.bicep")) bicep_policies(read.at("main.bicep"));
    if (!read.contains("exemptions.bicep")) return;
    for (const BicepDeclaration& module : read.at("exemptions.bicep").declarations)
      bicep_exemptions(read.at(module.type), module.body.at("scope").at("$call"));
  }

  // --- Terraform

  void terraform(const EmittedFile& file) {
    const json document = json::parse(file.text);
    if (!document.contains("resource")) return; // variables
    for (const auto& [type, resources] : document.at("resource").items())
      for (const auto& [symbol, resource] : resources.items()) {
        if (!std::regex_match(symbol, std::regex("[a-z_][a-z0-9_]*"))) problem(file, "the name " + symbol);
        if (!symbols_.insert(type + "." + symbol).second) problem(file, "two resources " + symbol);
        terraform_resource(file, type, symbol, resource);
      }
  }

  /// References between resources are resolved when all are known.
  void finish_terraform() {
    for (json& body : out_.bodies)
      if (body.at("properties").contains("policyDefinitions"))
        for (json& member : body["properties"]["policyDefinitions"]) {
          const std::string id = member.at("policyDefinitionId");
          if (id.starts_with("${azurerm_policy_definition."))
            member["policyDefinitionId"] =
                kAuthorization + "policyDefinitions/" + names_.at(id.substr(2, id.size() - 6));
        }
  }

  // --- Enterprise Policy as Code

  void epac(const EmittedFile& file) {
    if (file.path.ends_with(".jsonc")) return;
    const json document = json::parse(file.text);
    if (document.contains("exemptions")) {
      for (json one : document.at("exemptions")) {
        const std::string name = one.at("name");
        json body = {{"id", exemption_id(one.at("scope"), name)}, {"name", name}};
        if (one.at("displayName") == name) one.erase("displayName");
        one.erase("name");
        one.erase("scope");
        body["properties"] = std::move(one);
        out_.bodies.push_back(std::move(body));
      }
      return;
    }
    json body = {{"name", document.at("name")}, {"properties", document.at("properties")}};
    body["properties"]["policyType"] = "Custom";
    if (body["properties"].contains("policyDefinitions"))
      for (json& member : body["properties"]["policyDefinitions"])
        if (member.contains("policyDefinitionName")) {
          member["policyDefinitionId"] =
              kAuthorization + "policyDefinitions/" + member.at("policyDefinitionName").get<std::string>();
          member.erase("policyDefinitionName");
        }
    out_.bodies.push_back(std::move(body));
  }

private:
  void problem(const EmittedFile& file, const std::string& what) { problem(file.path, what); }

  /// What Azure Resource Manager makes of a string.
  std::string arm_text(const EmittedFile& file, const std::string& text) {
    static const std::regex own(
        R"(\[(?:extensionResourceId\(managementGroup\(\)\.id, |subscriptionResourceId\()'Microsoft\.Authorization/(\w+)', '((?:[^']|'')*)'\)\])");
    if (text.size() < 2 || text.front() != '[' || text.back() != ']') return text;
    if (text[1] == '[') return text.substr(1);
    std::smatch match;
    if (!std::regex_match(text, match, own)) {
      problem(file, "an expression that is evaluated at deployment: " + text);
      return text;
    }
    return kAuthorization + match.str(1) + "/" + std::regex_replace(match.str(2), std::regex("''"), "'");
  }

  json arm_value(const EmittedFile& file, const json& node) {
    if (node.is_string()) return arm_text(file, node);
    if (node.is_array()) {
      json out = json::array();
      for (const json& child : node)
        out.push_back(arm_value(file, child));
      return out;
    }
    if (!node.is_object()) return node;
    json out = json::object();
    for (const auto& [key, value] : node.items())
      out[arm_text(file, key)] = arm_value(file, value);
    return out;
  }

  void arm_policy(const EmittedFile& file, const json& resource) {
    json body = {{"name", arm_text(file, resource.at("name"))},
                 {"properties", arm_value(file, resource.at("properties"))}};
    // An initiative is deployed after the definitions that it lists.
    std::set<std::string> members;
    if (body["properties"].contains("policyDefinitions"))
      for (const json& member : resource.at("properties").at("policyDefinitions"))
        if (const std::string id = member.at("policyDefinitionId"); id.starts_with("[")) members.insert(id);
    std::set<std::string> depends;
    if (resource.contains("dependsOn"))
      for (const json& one : resource.at("dependsOn"))
        depends.insert(one.get<std::string>());
    if (members != depends) problem(file, "dependsOn of " + body["name"].get<std::string>());
    out_.bodies.push_back(std::move(body));
  }

  void bicep_policies(const BicepFile& file) {
    std::map<std::string, std::string> ids;
    for (const BicepDeclaration& one : file.declarations) {
      const std::string type = one.type.substr(0, one.type.find('@'));
      ids[one.symbol] = "{scope}/providers/" + type + "/" + one.body.at("name").get<std::string>();
    }
    for (const BicepDeclaration& one : file.declarations)
      out_.bodies.push_back(
          {{"name", one.body.at("name")}, {"properties", with_ids(one.body.at("properties"), ids)}});
  }

  void bicep_exemptions(const BicepFile& file, const std::string& call) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= call.size();) {
      const std::size_t end = std::min(call.find('|', begin), call.size());
      parts.push_back(call.substr(begin, end - begin));
      begin = end + 1;
    }
    std::string scope = parts[0] == "managementGroup"
                            ? "/providers/Microsoft.Management/managementGroups/" + parts.at(1)
                            : "/subscriptions/" + parts.at(1);
    if (parts[0] == "resourceGroup") scope += "/resourceGroups/" + parts.at(2);
    if (file.target_scope != parts[0]) out_.problems.push_back("a module with another scope: " + call);
    std::map<std::string, std::string> resources;
    for (const BicepDeclaration& one : file.declarations) {
      if (one.existing) {
        const std::string type = one.type.substr(0, one.type.find('@'));
        const std::string name = one.body.at("name");
        std::string id = "/providers/" + type.substr(0, type.find('/'));
        std::string types = type.substr(type.find('/') + 1);
        std::string names = name;
        while (!types.empty()) {
          const std::size_t a = std::min(types.find('/'), types.size());
          const std::size_t b = std::min(names.find('/'), names.size());
          id += "/" + types.substr(0, a) + "/" + names.substr(0, b);
          types.erase(0, a + 1);
          names.erase(0, b + 1);
        }
        resources[one.symbol] = id;
        continue;
      }
      const std::string name = one.body.at("name");
      const std::string below =
          one.body.contains("scope") ? resources.at(one.body.at("scope").at("$call")) : std::string();
      out_.bodies.push_back({{"id", exemption_id(scope + below, name)},
                             {"name", name},
                             {"properties", one.body.at("properties")}});
    }
  }

  static json with_ids(const json& node, const std::map<std::string, std::string>& ids) {
    if (node.is_object() && node.size() == 1 && node.contains("$id")) return ids.at(node.at("$id"));
    json out = node;
    if (node.is_structured())
      for (auto it = out.begin(); it != out.end(); ++it)
        *it = with_ids(*it, ids);
    return out;
  }

  /// What Terraform makes of a string: `$${` is `${`, and what else begins with `${` is an expression.
  std::string terraform_text(const EmittedFile& file, const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::string rest = text.substr(i, 3);
      if (rest == "$${" || rest == "%%{") {
        out += rest.substr(1);
        i += 2;
      } else if (rest.starts_with("${") || rest.starts_with("%{")) {
        if (text != "${var.management_group_id}" && !text.starts_with("${azurerm_policy_definition."))
          problem(file, "a template: " + text);
        return text;
      } else {
        out += text[i];
      }
    }
    return out;
  }

  void terraform_resource(const EmittedFile& file, const std::string& type, const std::string& symbol,
                          const json& resource) {
    static const std::map<std::string, std::string> texts = {{"mode", "mode"},
                                                             {"display_name", "displayName"},
                                                             {"description", "description"},
                                                             {"policy_type", "policyType"},
                                                             {"policy_assignment_id", "policyAssignmentId"},
                                                             {"exemption_category", "exemptionCategory"},
                                                             {"expires_on", "expiresOn"}};
    static const std::map<std::string, std::string> encoded = {
        {"metadata", "metadata"}, {"parameters", "parameters"}, {"policy_rule", "policyRule"}};
    static const std::map<std::string, std::string> scopes = {
        {"management_group_id", ""}, {"subscription_id", ""}, {"resource_group_id", ""}, {"resource_id", ""}};
    const bool exemption = type.ends_with("_policy_exemption");
    json body;
    json properties = json::object();
    const auto text = [&](const json& value) { return terraform_text(file, value.get<std::string>()); };
    for (const auto& [key, value] : resource.items()) {
      if (key == "name")
        body["name"] = text(value);
      else if (texts.contains(key))
        properties[texts.at(key)] = text(value);
      else if (encoded.contains(key))
        properties[encoded.at(key)] = json::parse(text(value));
      else if (scopes.contains(key) && exemption)
        body["id"] = exemption_id(text(value), text(resource.at("name")));
      else if (key == "policy_definition_reference_ids")
        for (const json& one : value)
          properties["policyDefinitionReferenceIds"].push_back(text(one));
      else if (key == "policy_definition_reference")
        for (const json& one : value)
          properties["policyDefinitions"].push_back(terraform_member(file, one));
      else if (key == "policy_definition_group")
        for (const json& one : value)
          properties["policyDefinitionGroups"].push_back(terraform_group(file, one));
      else if (!scopes.contains(key))
        problem(file, "the attribute " + key);
    }
    names_["azurerm_policy_definition." + symbol] = body.at("name");
    body["properties"] = std::move(properties);
    out_.bodies.push_back(std::move(body));
  }

  json terraform_member(const EmittedFile& file, const json& from) {
    json out;
    out["policyDefinitionId"] = terraform_text(file, from.at("policy_definition_id"));
    if (from.contains("reference_id"))
      out["policyDefinitionReferenceId"] = terraform_text(file, from.at("reference_id"));
    if (from.contains("version")) out["definitionVersion"] = terraform_text(file, from.at("version"));
    if (from.contains("parameter_values"))
      out["parameters"] = json::parse(terraform_text(file, from.at("parameter_values")));
    if (from.contains("policy_group_names")) {
      out["groupNames"] = json::array();
      for (const json& one : from.at("policy_group_names"))
        out["groupNames"].push_back(terraform_text(file, one));
    }
    return out;
  }

  json terraform_group(const EmittedFile& file, const json& from) {
    static const std::map<std::string, std::string> names = {
        {"name", "name"},
        {"display_name", "displayName"},
        {"category", "category"},
        {"description", "description"},
        {"additional_metadata_resource_id", "additionalMetadataId"}};
    json out;
    for (const auto& [key, value] : from.items())
      out[names.at(key)] = terraform_text(file, value);
    return out;
  }

  TargetContents out_;
  std::set<std::string> symbols_;
  std::map<std::string, std::string> names_; ///< resource address -> policy name
};

} // namespace

TargetContents read_target(const std::string& target, const std::vector<EmittedFile>& files) {
  TargetReader reader;
  const auto read = [&](const std::string& path, const auto& how) {
    // A file that somebody changed may hold anything.
    try {
      how();
    } catch (const std::exception& error) {
      reader.problem(path, error.what());
    }
  };
  if (target == "bicep")
    read("bicep", [&] { reader.bicep(files); });
  else
    for (const EmittedFile& file : files)
      read(file.path, [&] {
        if (target == "arm")
          reader.arm(file);
        else if (target == "terraform")
          reader.terraform(file);
        else if (target == "epac")
          reader.epac(file);
        else
          reader.rest_body(file);
      });
  read(target, [&] { reader.finish_terraform(); });
  return reader.take();
}

} // namespace writ::driver::targets
