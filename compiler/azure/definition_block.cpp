// SPDX-License-Identifier: MIT
#include "azure/definition_block.h"
#include "azure/block_expression.h"
#include "azure/definition_reader.h"
#include "azure/document_reader.h"
#include "azure/unique_name.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::azure {

namespace {

using Members = std::vector<std::pair<std::string, JsonNode>>;

/// Lines of a doc comment are one paragraph.
std::string paragraph(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

class BlockReader {
public:
  BlockReader(const syntax::DefinitionDecl& decl, Arena& arena, Diagnostics& diagnostics)
      : decl_(decl), arena_(arena), diagnostics_(diagnostics), writer_(decl, arena, diagnostics) {}

  std::optional<JsonNode> read() {
    const std::size_t errors = diagnostics_.errors();
    Members properties;
    if (!decl_.title.empty())
      properties.emplace_back("displayName", writer_.text(decl_.title, decl_.name.span));
    if (!decl_.doc.empty())
      properties.emplace_back("description", writer_.text(paragraph(decl_.doc), decl_.name.span));
    for (const syntax::DefinitionField& field : decl_.fields)
      this->field(field, properties);
    Members parameters;
    for (const syntax::ParamDecl& param : decl_.params)
      parameters.emplace_back(param.name.text, parameter(param));
    if (!parameters.empty()) properties.emplace_back("parameters", writer_.object(parameters, decl_.span));
    if (decl_.is_initiative)
      check_initiative();
    else
      properties.emplace_back("policyRule", rule());
    if (diagnostics_.errors() != errors) return std::nullopt;
    Members document;
    if (!resource_id_.empty()) document.emplace_back("id", writer_.text(resource_id_, decl_.name.span));
    if (!id_.empty()) document.emplace_back("name", writer_.text(id_, decl_.name.span));
    document.emplace_back("properties", writer_.object(properties, decl_.span));
    return writer_.object(document, decl_.span);
  }

private:
  void report(Span span, std::string message) {
    diagnostics_.add(Diagnostic(Code::InvalidDefinitionBlock, span, std::move(message)));
  }

  /// One text, or a mistake.
  std::string text_of(const syntax::DefinitionField& field) {
    if (field.value.kind == syntax::ExprKind::String) return field.value.text;
    report(field.value.span, fmt::format("`{}` is a text in quotes", field.key.text));
    return {};
  }

  void field(const syntax::DefinitionField& field, Members& properties) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kTexts = {
        {{"mode", "mode"},
         {"policy_type", "policyType"},
         {"description", "description"},
         {"version", "version"}}};
    const std::string& key = field.key.text;
    if (!seen_.insert(key).second) return report(field.key.span, fmt::format("`{}` is given twice", key));
    for (const auto& [word, member] : kTexts)
      if (word == key) {
        properties.emplace_back(member, writer_.text(text_of(field), field.value.span));
        return;
      }
    if (key == "id") {
      id_ = text_of(field);
    } else if (decl_.is_initiative && key == "resource_id") {
      resource_id_ = text_of(field);
    } else if (decl_.is_initiative && key == "groups") {
      properties.emplace_back("policyDefinitionGroups", writer_.data(field.value));
    } else if (decl_.is_initiative && key == "policies") {
      properties.emplace_back("policyDefinitions", writer_.value(field.value));
    } else if (key == "metadata") {
      properties.emplace_back("metadata", writer_.data(field.value));
    } else if (!decl_.is_initiative && key == "effect") {
      effect_ = writer_.value(field.value);
    } else if (!decl_.is_initiative && key == "details") {
      details_ = writer_.details(field.value);
    } else if (!decl_.is_initiative && key == "existence") {
      existence_ = writer_.condition(field.value);
    } else {
      std::vector<std::string_view> known = {"id", "policy_type", "description", "version", "metadata"};
      if (decl_.is_initiative)
        known.insert(known.end(), {"resource_id", "groups", "policies"});
      else
        known.insert(known.end(), {"mode", "effect", "details", "existence"});
      Diagnostic d(
          Code::InvalidDefinitionBlock, field.key.span,
          fmt::format("no item `{}` in {}", key, decl_.is_initiative ? "an initiative" : "a definition"));
      if (const auto near = nearest(key, known); !near.empty())
        d.edits.push_back({field.key.span, near.front()});
      diagnostics_.add(std::move(d));
    }
  }

  JsonNode parameter(const syntax::ParamDecl& param) {
    Members out;
    out.emplace_back("type", writer_.text(param.type.name, param.type.span));
    Members metadata;
    for (const auto& [key, text] : param.settings) {
      if (key.text == "display_name")
        metadata.emplace_back("displayName", writer_.text(text, key.span));
      else if (key.text == "description")
        metadata.emplace_back("description", writer_.text(text, key.span));
      else if (key.text == "strong_type")
        metadata.emplace_back("strongType", writer_.text(text, key.span));
      else if (key.text == "metadata")
        more_metadata(text, key.span, metadata);
      else if (key.text == "schema")
        schema(text, key.span, out);
      else
        report(key.span, "a parameter has display_name, description, strong_type, metadata and schema");
    }
    if (!param.doc.empty() && std::none_of(metadata.begin(), metadata.end(),
                                           [](const auto& m) { return m.first == "description"; }))
      metadata.emplace_back("description", writer_.text(paragraph(param.doc), param.span));
    if (!metadata.empty()) out.emplace_back("metadata", writer_.object(metadata, param.span));
    if (param.allowed) out.emplace_back("allowedValues", writer_.data(*param.allowed));
    if (param.default_value) out.emplace_back("defaultValue", writer_.data(*param.default_value));
    return writer_.object(out, param.span);
  }

  /// Further members, as the text of a JSON object.
  void more_metadata(const std::string& text, Span span, Members& out) {
    SourceMap sources;
    Diagnostics mistakes;
    JsonReader reader(sources, sources.add("metadata", text), mistakes);
    const std::optional<JsonNode> node = reader.next(arena_);
    if (!node || !node->is(JsonKind::Object)) return report(span, "`metadata` is the text of a JSON object");
    for (const JsonMember& member : node->members)
      out.emplace_back(std::string(member.key), moved(member.value, span));
  }

  /// What values are held against, as the text of a JSON object.
  void schema(const std::string& text, Span span, Members& out) {
    SourceMap sources;
    Diagnostics mistakes;
    JsonReader reader(sources, sources.add("schema", text), mistakes);
    const std::optional<JsonNode> node = reader.next(arena_);
    if (!node || !node->is(JsonKind::Object)) return report(span, "`schema` is the text of a JSON object");
    out.emplace_back("schema", moved(*node, span));
  }

  /// The node with the position of what it stands in, and its texts kept.
  JsonNode moved(const JsonNode& node, Span span) {
    JsonNode out = node;
    out.span = span;
    if (node.is(JsonKind::String)) out.text = arena_.copy(node.text);
    if (node.is(JsonKind::Array)) {
      std::vector<JsonNode> parts;
      for (const JsonNode& element : node.elements)
        parts.push_back(moved(element, span));
      return writer_.array(parts, span);
    }
    if (node.is(JsonKind::Object)) {
      Members members;
      for (const JsonMember& member : node.members)
        members.emplace_back(std::string(member.key), moved(member.value, span));
      return writer_.object(members, span);
    }
    return out;
  }

  void check_initiative() {
    if (decl_.type || !decl_.when.empty())
      report(decl_.type ? decl_.type->span : decl_.when.front().span,
             "an initiative lists policies; what they are about is theirs to say");
    if (!seen_.contains("policies")) report(decl_.name.span, "an initiative needs `policies`");
  }

  JsonNode rule() {
    std::vector<JsonNode> conditions;
    if (decl_.type)
      conditions.push_back(writer_.object({{"field", writer_.text("type", decl_.type->span)},
                                           {"equals", writer_.text(decl_.type->text, decl_.type->span)}},
                                          decl_.type->span));
    if (decl_.on_items.size() > 1) report(decl_.on_items[1], "a definition has one `on`");
    if (decl_.when.size() > 1) report(decl_.when[1].span, "a definition has one `when`");
    if (!decl_.when.empty()) {
      const syntax::Expr& when = decl_.when.front();
      if (decl_.type && when.kind == syntax::ExprKind::And)
        for (const syntax::Expr& part : when.children)
          conditions.push_back(writer_.condition(part));
      else
        conditions.push_back(writer_.condition(when));
    }
    if (conditions.empty()) report(decl_.name.span, "a definition needs `on` or `when`: what it is about");
    if (!effect_) report(decl_.name.span, "a definition needs an `effect`");
    if (diagnostics_.has_errors() && (conditions.empty() || !effect_)) return {};
    Members then = {{"effect", *effect_}};
    if (details_ || existence_) then.emplace_back("details", all_details());
    return writer_.object(
        {{"if", conditions.size() == 1
                    ? conditions.front()
                    : writer_.object({{"allOf", writer_.array(conditions, decl_.span)}}, decl_.span)},
         {"then", writer_.object(then, decl_.span)}},
        decl_.span);
  }

  JsonNode all_details() {
    if (!existence_) return *details_;
    Members members;
    if (details_ && details_->is(JsonKind::Object))
      for (const JsonMember& member : details_->members)
        members.emplace_back(std::string(member.key), member.value);
    else
      report(existence_->span, "`existence` needs `details` that say which related resource it is about");
    members.emplace_back("existenceCondition", *existence_);
    return writer_.object(members, decl_.span);
  }

  const syntax::DefinitionDecl& decl_;
  Arena& arena_;
  Diagnostics& diagnostics_;
  BlockWriter writer_;
  std::set<std::string> seen_;
  std::string id_;
  std::string resource_id_; ///< of an initiative
  std::optional<JsonNode> effect_;
  std::optional<JsonNode> details_;
  std::optional<JsonNode> existence_;
};

} // namespace

std::optional<JsonNode> definition_document(const syntax::DefinitionDecl& decl, Arena& arena,
                                            Diagnostics& diagnostics) {
  return BlockReader(decl, arena, diagnostics).read();
}

namespace {

/// Definitions inside an initiative are blocks of their own.
std::optional<std::size_t> no_embedded_definition(const JsonNode& node, Diagnostics& diagnostics) {
  diagnostics.add(Diagnostic(Code::InvalidDefinitionBlock, node.span,
                             "write the definition as a block of its own, and name it here"));
  return std::nullopt;
}

} // namespace

void import_definition_blocks(const SourceMap& sources, const syntax::Module& module, const Catalog& catalog,
                              const ImportOptions& options, ir::PolicySet& out, Diagnostics& diagnostics) {
  for (const syntax::DefinitionDecl& decl : module.definitions) {
    if (decl.is_initiative && decl.is_composed()) continue; // put together by the checker
    Arena arena;
    Diagnostics found;
    const std::optional<JsonNode> document = definition_document(decl, arena, found);
    if (document && decl.is_initiative) {
      ir::Initiative initiative;
      DocumentReader(sources, catalog, options, *out.graph, found)
          .initiative(
              *document, decl.name.text,
              [&](const JsonNode& node) { return no_embedded_definition(node, found); }, initiative);
      initiative.span = decl.span;
      initiative.source = module.source;
      if (!found.has_errors()) out.initiatives.push_back(std::move(initiative));
    } else if (document) {
      ir::Policy policy;
      DefinitionReader reader(sources, catalog, options, *out.graph, found);
      reader.read(*document, policy);
      if (policy.id.empty()) policy.id = policy.name = decl.name.text;
      policy.span = decl.span;
      policy.source = module.source;
      if (const auto& skipped = reader.rule().skipped(); skipped && !found.has_errors()) {
        found.add(
            Diagnostic(Code::PolicyDefinitionSkipped, skipped->span,
                       fmt::format("`{}` is left out: no alias `{}` is known", policy.id, skipped->name)));
      } else if (!found.has_errors()) {
        make_unique(out, policy, found);
        out.policies.push_back(std::move(policy));
      }
    }
    diagnostics.append(found);
  }
}

} // namespace writ::azure
