// SPDX-License-Identifier: MIT
// The documents of one text, each by its kind.
#include "azure/definition_lint.h"
#include "azure/definition_reader.h"
#include "azure/document_reader.h"
#include "azure/unique_name.h"
#include "writ/text.h"

#include <fmt/format.h>
#include <optional>

namespace writ::azure {

namespace {

/// "a/b.json" -> "b"
std::string_view stem(std::string_view path) {
  const std::string_view file = last_segment(path);
  return file.substr(0, file.rfind('.'));
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
    const std::string name(stem(path.empty() ? sources_.path(source_) : path));
    switch (document_kind(node)) {
    case DocumentKind::Definition:
      definition(node, name);
      break;
    case DocumentKind::Initiative:
      initiative(node, name);
      break;
    case DocumentKind::Assignment:
      if (ir::Assignment out; read(out, [&](DocumentReader& r) { r.assignment(node, name, out); }))
        out_.assignments.push_back(std::move(out));
      break;
    case DocumentKind::Exemption:
      if (ir::Exemption out; read(out, [&](DocumentReader& r) { r.exemption(node, name, out); }))
        out_.exemptions.push_back(std::move(out));
      break;
    }
  }

  /// True when the document has no mistakes.
  template <class Document, class Read> bool read(Document& out, const Read& with) {
    Diagnostics found;
    DocumentReader reader(sources_, catalog_, options_, *out_.graph, found);
    with(reader);
    out.source = source_;
    diagnostics_.append(found);
    return !found.has_errors();
  }

  void initiative(const JsonNode& node, const std::string& name) {
    const std::size_t policies = out_.policies.size();
    const auto embedded = [&](const JsonNode& inner) { return definition(inner, name); };
    if (ir::Initiative out; read(out, [&](DocumentReader& r) { r.initiative(node, name, embedded, out); }))
      out_.initiatives.push_back(std::move(out));
    else
      out_.policies.resize(policies); // those inside it
  }

  /// The index of the policy; nothing when it has mistakes or is left out.
  std::optional<std::size_t> definition(const JsonNode& node, const std::string& name) {
    Diagnostics found;
    ir::Policy policy;
    DefinitionReader reader(sources_, catalog_, options_, *out_.graph, found);
    reader.read(node, policy);
    if (policy.id.empty()) policy.id = policy.name = name;
    policy.source = source_;
    const bool wrong = found.has_errors();
    if (!wrong) lint(node, found);
    diagnostics_.append(found);
    if (wrong) return std::nullopt;
    if (const auto& skipped = reader.rule().skipped()) {
      diagnostics_.add(
          Diagnostic(Code::PolicyDefinitionSkipped, skipped->span,
                     fmt::format("`{}` is left out: no alias `{}` is known", policy.id, skipped->name)));
      return std::nullopt;
    }
    make_unique(out_, policy, diagnostics_);
    out_.policies.push_back(std::move(policy));
    return out_.policies.size() - 1;
  }

  /// Built-ins are Microsoft's own business.
  void lint(const JsonNode& node, Diagnostics& found) {
    const JsonNode* body = &body_of(node);
    const JsonNode* rule = body->find("policyRule");
    if (ir::is_built_in(body->text_of("policyType"))) return;
    lint_definition(*body, rule ? *rule : *body, catalog_, found);
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
