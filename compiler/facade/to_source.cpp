// SPDX-License-Identifier: MIT
#include "decompile/to_source.h"
#include "decompile/names.h"
#include "facade/state.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace writ {

namespace {

/// The comments of a JSON text, a line each, without their marks.
std::vector<std::string> comments_of(std::string_view text) {
  std::vector<std::string> out;
  const auto add = [&](std::string_view lines) {
    while (!lines.empty()) {
      std::string_view line = lines.substr(0, lines.find('\n'));
      lines.remove_prefix(std::min(lines.size(), line.size() + 1));
      const std::size_t begin = line.find_first_not_of(" \t\r*");
      if (begin == std::string_view::npos) continue;
      line.remove_prefix(begin);
      line = line.substr(0, line.find_last_not_of(" \t\r") + 1);
      out.emplace_back(line);
    }
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      for (++i; i < text.size() && text[i] != '"'; ++i)
        if (text[i] == '\\') ++i;
    } else if (text.substr(i, 2) == "//") {
      const std::size_t end = std::min(text.find('\n', i), text.size());
      add(text.substr(i + 2, end - i - 2));
      i = end;
    } else if (text.substr(i, 2) == "/*") {
      const std::size_t end = std::min(text.find("*/", i + 2), text.size());
      add(text.substr(i + 2, end - i - 2));
      i = end + 1;
    }
  }
  return out;
}

/// Definitions of one text in document order, whatever they are wrapped in.
class DefinitionCollector {
public:
  DefinitionCollector(Diagnostics& diagnostics, SourceMap& sources)
      : diagnostics_(diagnostics), sources_(sources) {}

  void read(SourceId source) {
    read_to_ = sources_.base(source);
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
    if (!text.empty()) text += "\n";
    // Comments before and inside of the document stand above the block.
    for (const std::string& comment : comments_of(sources_.text_of({read_to_, node.span.end})))
      text += "// " + comment + "\n";
    read_to_ = node.span.end;
    text += source.text;
  }

  static std::string module_of(const azure::JsonNode& body) {
    const azure::JsonNode* metadata = body.find("metadata");
    const std::string_view category = metadata ? metadata->text_of("category") : std::string_view();
    return category.empty() ? "definitions" : decompile::name_of_title(category);
  }

  Diagnostics& diagnostics_;
  SourceMap& sources_;
  std::uint32_t read_to_ = 0; ///< end of the document before
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
