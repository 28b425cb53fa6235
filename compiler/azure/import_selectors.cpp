// SPDX-License-Identifier: MIT
// Resource selectors, and what all readers of documents share.
// Source: docs/azure-policy-semantics.md, "Resource selectors".
#include "azure/document_reader.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace writ::azure {

namespace {

constexpr std::array<std::pair<std::string_view, ir::SelectorKind>, 6> kKinds = {{
    {"resourceType", ir::SelectorKind::ResourceType},
    {"resourceLocation", ir::SelectorKind::ResourceLocation},
    {"resourceWithoutLocation", ir::SelectorKind::ResourceWithoutLocation},
    {"policyDefinitionReferenceId", ir::SelectorKind::Reference},
    {"userPrincipalId", ir::SelectorKind::Principal},
    {"groupPrincipalId", ir::SelectorKind::Principal},
}};

} // namespace

const JsonNode& body_of(const JsonNode& document) {
  const JsonNode* body = document.find("properties");
  return body && body->is(JsonKind::Object) ? *body : document;
}

std::string_view last_segment(std::string_view path) {
  const std::size_t slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

DocumentKind document_kind(const JsonNode& document) {
  const JsonNode& body = body_of(document);
  const std::string type = lower_ascii(document.text_of("type"));
  if (body.find("policyRule") || (body.find("if") && body.find("then"))) return DocumentKind::Definition;
  if (body.find("policyDefinitions") || type.ends_with("/policysetdefinitions"))
    return DocumentKind::Initiative;
  if (body.find("policyAssignmentId") || type.ends_with("/policyexemptions")) return DocumentKind::Exemption;
  if (body.find("policyDefinitionId") || type.ends_with("/policyassignments"))
    return DocumentKind::Assignment;
  return DocumentKind::Definition;
}

void DocumentReader::fail(Code code, Span span, std::string message) {
  diagnostics_.add(Diagnostic(code, span, std::move(message)));
}

const JsonNode* DocumentReader::optional(const JsonNode& object, std::string_view key, JsonKind kind,
                                         Code code) {
  const JsonNode* member = object.find(key);
  if (!member || member->is(JsonKind::Null) || member->is(kind)) {
    return member && member->is(kind) ? member : nullptr;
  }
  const std::string_view wanted = kind == JsonKind::String  ? "a string"
                                  : kind == JsonKind::Array ? "an array"
                                                            : "an object";
  fail(code, member->span, fmt::format("`{}` must be {}, not {}", key, wanted, kind_name(member->kind)));
  return nullptr;
}

const JsonNode* DocumentReader::required(const JsonNode& object, std::string_view key, JsonKind kind,
                                         Code code) {
  const JsonNode* member = object.find(key);
  if (!member || member->is(JsonKind::Null) ||
      (kind == JsonKind::String && member->is(JsonKind::String) && member->text.empty())) {
    const Span place = member ? member->span : Span{object.span.begin, object.span.begin + 1};
    fail(code, place, fmt::format("`{}` is missing", key));
    return nullptr;
  }
  return optional(object, key, kind, code);
}

void DocumentReader::unrepeated(const JsonNode& object, std::initializer_list<std::string_view> names) {
  for (std::string_view name : names) {
    const JsonMember* first = nullptr;
    for (const JsonMember& member : object.members) {
      if (!equal_ascii_fold(member.key, name)) continue;
      if (first)
        diagnostics_.add(
            Diagnostic(Code::RepeatedPolicyMember, member.key_span, fmt::format("`{}` is given twice", name))
                .label(first->key_span, "the first one"));
      else
        first = &member;
    }
  }
}

void DocumentReader::at_most(const JsonNode& list, Limit limit) {
  const std::size_t number = list.elements.size() + list.members.size();
  if (number > most(limit))
    diagnostics_.add(Diagnostic(Code::PolicyServiceLimit, {list.span.begin, list.span.begin + 1},
                                excess_text(limit, number)));
}

void DocumentReader::texts_at_most(const JsonNode& body) {
  const auto at_most = [&](const JsonNode* text, Limit limit, const std::string& where) {
    if (text && text->is(JsonKind::String) && utf16_length(text->text) > most(limit))
      diagnostics_.add(Diagnostic(Code::PolicyServiceLimit, text->span,
                                  excess_text(limit, utf16_length(text->text), where)));
  };
  at_most(body.find("displayName"), Limit::DisplayName, {});
  at_most(body.find("description"), Limit::Description, {});
  if (const JsonNode* metadata = body.find("metadata"))
    for (const JsonMember& member : metadata->members)
      at_most(&member.value, Limit::MetadataText, fmt::format("`{}`", member.key));
}

std::vector<std::string> DocumentReader::texts(const JsonNode& list, Code code) {
  std::vector<std::string> out;
  for (const JsonNode& element : list.elements) {
    if (!element.is(JsonKind::String))
      fail(code, element.span, fmt::format("only strings can stand here, not {}", kind_name(element.kind)));
    out.emplace_back(element.text);
  }
  return out;
}

void DocumentReader::read_selections(const JsonNode& list, Code code, std::vector<ir::Selection>& out) {
  at_most(list, Limit::Selectors);
  for (const JsonNode& node : list.elements) {
    if (!node.is(JsonKind::Object)) {
      fail(code, node.span, fmt::format("a resource selector is an object, not {}", kind_name(node.kind)));
      continue;
    }
    ir::Selection selection;
    selection.name = node.text_of("name");
    if (const JsonNode* selectors = optional(node, "selectors", JsonKind::Array, code))
      read_selectors(*selectors, code, selection.selectors);
    out.push_back(std::move(selection));
  }
}

void DocumentReader::read_selectors(const JsonNode& list, Code code, std::vector<ir::Selector>& out) {
  for (const JsonNode& node : list.elements) {
    const JsonNode* kind = required(node, "kind", JsonKind::String, code);
    if (!kind) continue;
    const auto* row = std::find_if(kKinds.begin(), kKinds.end(), [&](const auto& known) {
      return equal_ascii_fold(known.first, kind->text);
    });
    if (row == kKinds.end()) {
      fail(code, kind->span, fmt::format("there is no selector of kind `{}`", kind->text));
      continue;
    }
    const JsonNode* in = optional(node, "in", JsonKind::Array, code);
    const JsonNode* not_in = optional(node, "notIn", JsonKind::Array, code);
    if ((in == nullptr) == (not_in == nullptr)) {
      fail(code, node.span,
           in ? "a selector has `in` or `notIn`, not both" : "a selector needs `in` or `notIn`");
      continue;
    }
    const JsonNode& values = in ? *in : *not_in;
    at_most(values, Limit::SelectorValues);
    out.push_back({row->second, in == nullptr, texts(values, code)});
  }
}

} // namespace writ::azure
