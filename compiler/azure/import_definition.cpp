// SPDX-License-Identifier: MIT
// Documents and definitions. Source: docs/azure-policy-semantics.md, "Definition document", "Mode".
#include "azure/definition_lint.h"
#include "azure/definition_reader.h"
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

std::string_view last_segment(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// "a/b.json" -> "b"
std::string_view stem(std::string_view path) {
  const std::string_view file = last_segment(path);
  return file.substr(0, file.rfind('.'));
}

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
  const JsonNode* body = document.find("properties");
  if (!body || !body->is(JsonKind::Object)) body = &document;
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
    read_parameters(*parameters, out);
  read_rule(*rule, out);
}

void DefinitionReader::read_envelope(const JsonNode& document, const JsonNode& body, ir::Policy& out) {
  out.id = document.text_of("name");
  if (out.id.empty()) out.id = last_segment(document.text_of("id"));
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

namespace {

/// "initiative", … when the document is of such a kind, else empty.
std::string_view other_document_kind(const JsonNode& document) {
  const JsonNode* body = document.find("properties");
  if (!body || !body->is(JsonKind::Object)) body = &document;
  const std::string type = lower_ascii(document.text_of("type"));
  if (body->find("policyDefinitions") || type.ends_with("/policysetdefinitions")) return "an initiative";
  if (body->find("policyAssignmentId") || type.ends_with("/policyexemptions")) return "an exemption";
  if (body->find("policyDefinitionId") || type.ends_with("/policyassignments")) return "an assignment";
  return {};
}

class Importer {
public:
  Importer(const SourceMap& sources, SourceId source, const Catalog& catalog, const ImportOptions& options,
           ir::PolicySet& out, Diagnostics& diagnostics)
      : sources_(sources), source_(source), catalog_(catalog), options_(options), out_(out),
        diagnostics_(diagnostics) {}

  void run() {
    JsonReader reader(sources_, source_, diagnostics_);
    const bool lines_only = lower_ascii(sources_.path(source_)).ends_with(".ndjson");
    std::size_t values = 0;
    while (!reader.at_end()) {
      Arena arena;
      const std::optional<JsonNode> node = reader.next(arena);
      // Only where one value a line is the format, the next line is a place to go on.
      if (!node && !lines_only && values < 2) break;
      if (!node) {
        reader.skip_line();
        continue;
      }
      ++values;
      document(*node, {});
    }
    if (values == 0 && !reader.failed())
      diagnostics_.add(
          Diagnostic(Code::NotAPolicyDefinition, sources_.span(source_, 0, 0), "the file is empty"));
  }

private:
  void document(const JsonNode& node, std::string_view path) {
    if (node.is(JsonKind::Array)) {
      for (const JsonNode& element : node.elements)
        document(element, path);
      return;
    }
    const Span start{node.span.begin, node.span.begin + 1};
    if (!node.is(JsonKind::Object)) {
      diagnostics_.add(
          Diagnostic(Code::NotAPolicyDefinition, start,
                     fmt::format("a policy definition is an object, not {}", kind_name(node.kind))));
      return;
    }
    if (const JsonNode* inner = node.find("definition"); inner && inner->is(JsonKind::Object))
      return document(*inner, node.text_of("path"));
    if (const JsonNode* page = node.find("value");
        page && page->is(JsonKind::Array) && !node.find("properties") && !node.find("policyRule"))
      return document(*page, path);
    if (const std::string_view kind = other_document_kind(node); !kind.empty()) {
      diagnostics_.add(Diagnostic(Code::PolicyDocumentNotSupported, start,
                                  fmt::format("this is {}: only policy definitions can be read", kind)));
      return;
    }
    definition(node, path);
  }

  void definition(const JsonNode& node, std::string_view path) {
    Diagnostics found;
    ir::Policy policy;
    DefinitionReader reader(sources_, catalog_, options_, *out_.graph, found);
    reader.read(node, policy);
    if (policy.id.empty()) policy.id = stem(path.empty() ? sources_.path(source_) : path);
    policy.source = source_;
    const bool wrong = found.has_errors();
    if (!wrong) lint(node, found);
    diagnostics_.append(found);
    if (wrong) return;
    if (const auto& skipped = reader.rule().skipped()) {
      diagnostics_.add(
          Diagnostic(Code::PolicyDefinitionSkipped, skipped->span,
                     fmt::format("`{}` is left out: no alias `{}` is known", policy.id, skipped->name)));
      return;
    }
    make_unique(policy);
    out_.policies.push_back(std::move(policy));
  }

  /// Built-ins are Microsoft's own business.
  void lint(const JsonNode& node, Diagnostics& found) {
    const JsonNode* body = node.find("properties");
    if (!body || !body->is(JsonKind::Object)) body = &node;
    const JsonNode* rule = body->find("policyRule");
    const std::string_view type = body->text_of("policyType");
    if (equal_ascii_fold(type, "BuiltIn") || equal_ascii_fold(type, "Static")) return;
    lint_definition(*body, rule ? *rule : *body, catalog_, found);
  }

  /// Verdicts name policies by id. The same name twice is common: a definition of several clouds or versions.
  void make_unique(ir::Policy& policy) {
    const std::string name = policy.id;
    const auto taken = [&] {
      return std::any_of(out_.policies.begin(), out_.policies.end(),
                         [&](const ir::Policy& other) { return equal_ascii_fold(other.id, policy.id); });
    };
    for (std::size_t number = 2; taken(); ++number)
      policy.id = fmt::format("{}#{}", name, number);
    if (policy.id != name)
      diagnostics_.add(
          Diagnostic(Code::RepeatedPolicyName, policy.span,
                     fmt::format("there is a policy `{}` already; this one is `{}`", name, policy.id)));
  }

  const SourceMap& sources_;
  SourceId source_;
  const Catalog& catalog_;
  const ImportOptions& options_;
  ir::PolicySet& out_;
  Diagnostics& diagnostics_;
};

} // namespace

void import_policies(const SourceMap& sources, SourceId source, const Catalog& catalog,
                     const ImportOptions& options, ir::PolicySet& out, Diagnostics& diagnostics) {
  Importer(sources, source, catalog, options, out, diagnostics).run();
}

} // namespace writ::azure
