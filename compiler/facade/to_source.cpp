// SPDX-License-Identifier: MIT
#include "decompile/to_source.h"
#include "decompile/names.h"
#include "facade/state.h"
#include "writ/text.h"

#include <fmt/format.h>
#include <map>

namespace writ {

namespace {

/// Definitions of one text in document order, whatever they are wrapped in.
class DefinitionCollector {
public:
  DefinitionCollector(Diagnostics& diagnostics, SourceMap& sources)
      : diagnostics_(diagnostics), sources_(sources) {}

  void read(SourceId source) {
    azure::JsonReader reader(sources_, source, diagnostics_);
    while (!reader.at_end()) {
      Arena arena;
      const std::optional<azure::JsonNode> node = reader.next(arena);
      if (!node) return;
      document(*node, std::string(sources_.path(source)));
    }
  }

  [[nodiscard]] const std::map<std::string, std::string>& modules() const { return modules_; }

private:
  void document(const azure::JsonNode& node, const std::string& path) {
    using azure::JsonKind;
    for (const azure::JsonNode& element : node.elements)
      document(element, path);
    if (!node.is(JsonKind::Object)) return;
    if (const azure::JsonNode* inner = node.find("definition"); inner && inner->is(JsonKind::Object))
      return document(*inner, std::string(node.text_of("path")));
    const azure::JsonNode* body = node.find("properties");
    if (!body || !body->is(JsonKind::Object)) body = &node;
    if (const azure::JsonNode* page = node.find("value");
        page && page->is(JsonKind::Array) && !body->find("policyRule"))
      return document(*page, path);
    if (!body->find("policyRule") && !body->find("policyDefinitions") &&
        !(body->find("if") && body->find("then"))) {
      diagnostics_.add(Diagnostic(Code::NotAPolicyDefinition, {node.span.begin, node.span.begin + 1},
                                  "only policy definitions and initiatives can be written as source"));
      return;
    }
    const std::size_t slash = path.find_last_of("/\\");
    std::string stem = slash == std::string::npos ? path : path.substr(slash + 1);
    stem = stem.substr(0, stem.find('.'));
    const std::string category = module_of(*body);
    const decompile::DefinitionSource source = decompile::definition_source(node, stem, taken_[category]);
    std::string& text = modules_[category];
    text += (text.empty() ? "" : "\n") + source.text;
  }

  static std::string module_of(const azure::JsonNode& body) {
    const azure::JsonNode* metadata = body.find("metadata");
    const std::string_view category = metadata ? metadata->text_of("category") : std::string_view();
    return category.empty() ? "definitions" : decompile::name_of_title(category);
  }

  Diagnostics& diagnostics_;
  SourceMap& sources_;
  std::map<std::string, std::string> modules_;
  std::map<std::string, std::set<std::string>> taken_;
};

} // namespace

std::vector<EmittedFile> definitions_to_source(const Files& files, const std::vector<std::string>& paths,
                                               SourceMap& sources, Diagnostics& diagnostics) {
  DefinitionCollector collector(diagnostics, sources);
  for (const std::string& path : paths) {
    Result<std::string> text = files.read(path);
    if (!text.ok())
      diagnostics.add(text.take_error());
    else
      collector.read(sources.add(path, std::move(*text)));
  }
  std::vector<EmittedFile> out;
  for (const auto& [module, text] : collector.modules())
    out.push_back({module + ".writ", fmt::format("module imported.{}\n\n{}", module, text), {}});
  return out;
}

} // namespace writ
