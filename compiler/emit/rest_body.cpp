// SPDX-License-Identifier: MIT
// Targets that write each document as the body of its REST call.
#include "emit/body.h"
#include "emit/target.h"

#include <array>
#include <map>

namespace writ::emit {

namespace {

/// What `az policy definition create` and `az policy set-definition create` want, a file an argument.
void split(const Document& document, const nlohmann::ordered_json& body, std::vector<EmittedFile>& out) {
  struct Part {
    DocumentKind of;
    const char* member;
    const char* word;
  };
  constexpr std::array<Part, 5> kParts = {{{DocumentKind::Definition, "policyRule", "rules"},
                                           {DocumentKind::Definition, "parameters", "parameters"},
                                           {DocumentKind::Initiative, "policyDefinitions", "definitions"},
                                           {DocumentKind::Initiative, "parameters", "parameters"},
                                           {DocumentKind::Initiative, "policyDefinitionGroups", "groups"}}};
  const nlohmann::ordered_json& properties = body.at("properties");
  for (const Part& part : kParts)
    if (part.of == document.kind && properties.contains(part.member))
      out.push_back({"az/" + document.name + "." + part.word + ".json", file_text(properties.at(part.member)),
                     document.control_id});
}

std::vector<EmittedFile> bodies(std::span<const Document> documents, const RenderOptions& options) {
  // Exemptions of several scopes may have one name.
  std::map<std::string, int> uses;
  for (const Document& document : documents)
    ++uses[document.name];
  std::vector<EmittedFile> out;
  for (const Document& document : documents) {
    // An open scope stays open: Azure refuses the braces, which is better than an id that means something
    // else.
    const nlohmann::ordered_json body = with_scope(document.json, options.scope);
    const std::string stem = uses[document.name] == 1
                                 ? document.name
                                 : document.name + "-" + short_hash(text_of(document.json, "id"));
    out.push_back({stem + ".json", file_text(body), document.control_id});
    if (options.split) split(document, body, out);
  }
  return out;
}

} // namespace

std::vector<Remark> remarks_azure_policy(const Document&, const RenderOptions&) { return {}; }
std::vector<Remark> remarks_initiative(const Document&, const RenderOptions&) { return {}; }
std::vector<Remark> remarks_exemptions(const Document&, const RenderOptions&) { return {}; }

std::vector<EmittedFile> render_azure_policy(std::span<const Document> documents,
                                             const RenderOptions& options) {
  return bodies(documents, options);
}
std::vector<EmittedFile> render_initiative(std::span<const Document> documents,
                                           const RenderOptions& options) {
  return bodies(documents, options);
}
std::vector<EmittedFile> render_exemptions(std::span<const Document> documents,
                                           const RenderOptions& options) {
  return bodies(documents, options);
}

} // namespace writ::emit
