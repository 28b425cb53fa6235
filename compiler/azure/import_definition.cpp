// SPDX-License-Identifier: MIT
// Documents and definitions. Source: docs/azure-policy-semantics.md, "Definition document", "Mode".
#include "azure/definition_reader.h"
#include "azure/document_reader.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::azure {

namespace {

struct ModeRow {
  std::string_view name;
  ModeFamily family;
};
constexpr std::array<ModeRow, 12> kModeRows = {{
    {"All", ModeFamily::ResourceManager},
    {"Indexed", ModeFamily::ResourceManager},
    {"Microsoft.Kubernetes.Data", ModeFamily::Kubernetes},
    {"Microsoft.Network.Data", ModeFamily::Network},
    {"Microsoft.KeyVault.Data", ModeFamily::Component},
    {"Microsoft.ManagedHSM.Data", ModeFamily::Component},
    {"Microsoft.DataFactory.Data", ModeFamily::Component},
    {"Microsoft.MachineLearningServices.v2.Data", ModeFamily::Component},
    {"Microsoft.CognitiveServices.Data", ModeFamily::Component},
    {"Microsoft.LoadTestService.Data", ModeFamily::Component},
    {"Microsoft.MachineLearningServices.Data", ModeFamily::Provider},
    {"Microsoft.ContainerService.Data", ModeFamily::Provider},
}};

} // namespace

ModeFamily mode_family(std::string_view mode, std::string& canonical) {
  for (const ModeRow& row : kModeRows)
    if (equal_ascii_fold(row.name, mode)) {
      canonical = row.name;
      return row.family;
    }
  canonical = mode;
  return ModeFamily::Unsupported;
}

bool DefinitionReader::unrepeated(const JsonNode& object, std::initializer_list<std::string_view> names) {
  for (std::string_view name : names) {
    const JsonMember* first = nullptr;
    for (const JsonMember& member : object.members) {
      if (!equal_ascii_fold(member.key, name)) continue;
      if (first) {
        rule_.fail(
            Diagnostic(Code::RepeatedPolicyMember, member.key_span, fmt::format("`{}` is given twice", name))
                .label(first->key_span, "the first one"));
        return false;
      }
      first = &member;
    }
  }
  return true;
}

void DefinitionReader::read(const JsonNode& document, ir::Policy& out) {
  out.origin = ir::Origin::AzureDefinition;
  out.span = {document.span.begin, document.span.begin + 1};
  if (!unrepeated(document, {"properties"})) return;
  const JsonNode* body = &body_of(document);
  if (!body->find("policyRule") && body->find("if") && body->find("then")) {
    out.mode = options_.missing_mode_is_all ? "All" : "Indexed";
    read_rule(*body, out);
    return;
  }
  if (!unrepeated(*body, {"displayName", "description", "mode", "metadata", "parameters", "policyRule"}))
    return;
  read_envelope(document, *body, out);
  const JsonNode* rule = body->find("policyRule");
  if (!rule || !rule->is(JsonKind::Object)) {
    rule_.fail(Code::NotAPolicyDefinition, rule ? rule->span : out.span,
               rule ? fmt::format("`policyRule` must be an object, not {}", kind_name(rule->kind))
                    : "the definition has no `policyRule`");
    return;
  }
  if (body != &document)
    for (const JsonMember& member : document.members)
      if (equal_ascii_fold(member.key, "policyRule"))
        diagnostics_.add(Diagnostic(Code::IgnoredPolicyMember, member.key_span,
                                    "the `policyRule` in `properties` is the one that counts"));
  if (const JsonNode* parameters = body->find("parameters"); parameters && !parameters->is(JsonKind::Null))
    read_parameters(*parameters, rule_, out.parameters);
  read_rule(*rule, out);
}

void DefinitionReader::read_envelope(const JsonNode& document, const JsonNode& body, ir::Policy& out) {
  out.id = document.text_of("name");
  if (out.id.empty()) out.id = last_segment(document.text_of("id"));
  out.name = out.id;
  out.resource_id = document.text_of("id");
  out.title = body.text_of("displayName");
  out.description = body.text_of("description");
  out.policy_type = body.text_of("policyType");
  if (out.policy_type.empty()) out.policy_type = "Custom";
  static_ = equal_ascii_fold(out.policy_type, "Static");
  out.version = body.text_of("version");
  if (const JsonNode* metadata = body.find("metadata"); metadata && metadata->is(JsonKind::Object)) {
    out.category = metadata->text_of("category");
    if (out.version.empty()) out.version = metadata->text_of("version");
    out.metadata_json = to_json_text(*metadata);
  }
  const JsonNode* mode = body.find("mode");
  if (mode && mode->is(JsonKind::String)) {
    mode_ = mode_family(mode->text, out.mode);
    if (mode_ != ModeFamily::ResourceManager) rule_.set_data_plane();
  } else {
    out.mode = options_.missing_mode_is_all ? "All" : "Indexed";
    if (mode && !mode->is(JsonKind::Null))
      rule_.fail(Code::NotAPolicyDefinition, mode->span,
                 fmt::format("`mode` must be a string, not {}", kind_name(mode->kind)));
  }
  // An unsupported mode applies to nothing, whatever the rule says; the evaluator knows the names.
  if (static_)
    out.not_evaluable = "static";
  else if (mode_ == ModeFamily::Kubernetes)
    out.not_evaluable = kRegoTemplate;
}

void DefinitionReader::read_rule(const JsonNode& rule, ir::Policy& out) {
  if (!unrepeated(rule, {"if", "then"})) return;
  const JsonNode* condition = rule.find("if");
  const JsonNode* then = rule.find("then");
  if (!condition) {
    rule_.fail(Code::NotAPolicyDefinition, {rule.span.begin, rule.span.begin + 1}, "the rule has no `if`");
  } else {
    ir::Violation violation;
    violation.when = rule_.condition(*condition);
    violation.span = {condition->span.begin, condition->span.begin + 1};
    out.violations.push_back(violation);
  }
  if (!then || !then->is(JsonKind::Object)) {
    rule_.fail(Code::NotAPolicyDefinition, then ? then->span : Span{rule.span.begin, rule.span.begin + 1},
               then ? fmt::format("`then` must be an object, not {}", kind_name(then->kind))
                    : "the rule has no `then`");
    return;
  }
  read_then(*then, out);
}

} // namespace writ::azure
