// SPDX-License-Identifier: MIT
#include "support/annotations.h"

#include <array>

namespace writ::testing {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\r'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r'))
    text.remove_suffix(1);
  return text;
}

struct Annotation {
  std::size_t source = 0;
  std::uint32_t line = 0;
  std::string code;
  std::array<std::string, 3> parts; // underlined text, message, edit
  bool met = false;
};

std::vector<Annotation> read_annotations(const SourceMap& sources) {
  std::vector<Annotation> all;
  for (std::size_t source = 0; source < sources.size(); ++source) {
    std::string_view rest = sources.text({static_cast<std::uint32_t>(source)});
    for (std::uint32_t line = 1; !rest.empty(); ++line) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view text = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      std::size_t mark = text.find("//~");
      while (mark != std::string_view::npos) {
        const std::size_t next = text.find("//~", mark + 3);
        std::string_view body =
            text.substr(mark + 3, next == std::string_view::npos ? next : next - mark - 3);
        mark = next;
        Annotation annotation;
        annotation.source = source;
        annotation.line = line;
        for (; !body.empty() && body.front() == '^'; body.remove_prefix(1))
          --annotation.line;
        body = trimmed(body);
        const std::size_t blank = std::min(body.find(' '), body.size());
        annotation.code = body.substr(0, blank);
        body = trimmed(body.substr(blank));
        for (std::string& part : annotation.parts) {
          const std::size_t bar = std::min(body.find(" | "), body.size());
          part = trimmed(body.substr(0, bar));
          body = bar == body.size() ? std::string_view() : body.substr(bar + 3);
        }
        all.push_back(std::move(annotation));
      }
    }
  }
  return all;
}

std::string describe(const SourceMap& sources, const Diagnostic& diagnostic) {
  const LineColumn at = sources.position(diagnostic.span.begin);
  std::string text(sources.path(sources.source_of(diagnostic.span)));
  text += ":" + std::to_string(at.line) + ":" + std::to_string(at.column) + ": ";
  text += std::string(info(diagnostic.code).number) + " `" + std::string(sources.text_of(diagnostic.span)) +
          "` " + diagnostic.message;
  for (const std::string& note : diagnostic.notes)
    text += " (" + note + ")";
  if (!diagnostic.edits.empty()) text += " => " + diagnostic.edits.front().replacement;
  return text;
}

/// What about the diagnostic contradicts the annotation; empty = nothing.
std::string mismatch(const SourceMap& sources, const Diagnostic& diagnostic, const Annotation& annotation) {
  const auto& [underlined, message, edit] = annotation.parts;
  if (!underlined.empty() && sources.text_of(diagnostic.span) != underlined)
    return "should underline `" + underlined + "`";
  bool said = message.empty() || diagnostic.message.find(message) != std::string::npos;
  for (const std::string& note : diagnostic.notes)
    said = said || note.find(message) != std::string::npos;
  for (const Label& label : diagnostic.labels)
    said = said || label.text.find(message) != std::string::npos;
  if (!said) return "should say `" + message + "`";
  if (!edit.empty() && (diagnostic.edits.empty() || diagnostic.edits.front().replacement != edit))
    return "should suggest `" + edit + "`";
  return {};
}

} // namespace

std::vector<ProjectFile> split_project(std::string_view text) {
  std::vector<ProjectFile> files = {{"main.writ", {}, false}};
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.starts_with("// file: ")) {
      files.push_back({std::string(trimmed(line.substr(9))), {}, false});
    } else if (line.starts_with("// library: ")) {
      files.push_back({std::string(trimmed(line.substr(12))), {}, true});
    } else {
      files.back().text += line;
      files.back().text += '\n';
    }
  }
  // Comments alone, as in a head that explains the test, are no file.
  bool declares = false;
  std::string_view head = files.front().text;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    const std::string_view line = trimmed(head.substr(0, end));
    declares = declares || (!line.empty() && !line.starts_with("//"));
    head.remove_prefix(std::min(end + 1, head.size()));
  }
  if (!declares && files.size() > 1) files.erase(files.begin());
  return files;
}

std::vector<std::string> check_annotations(const SourceMap& sources, const Diagnostics& diagnostics) {
  std::vector<std::string> problems;
  std::vector<Annotation> annotations = read_annotations(sources);
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.span.empty()) {
      problems.push_back("without a position: " + diagnostic.message);
      continue;
    }
    const std::size_t source = sources.source_of(diagnostic.span).index;
    const std::uint32_t line = sources.position(diagnostic.span.begin).line;
    Annotation* match = nullptr;
    std::string why;
    for (Annotation& annotation : annotations) {
      if (match || annotation.met || annotation.source != source || annotation.line != line ||
          annotation.code != info(diagnostic.code).number)
        continue;
      if (std::string problem = mismatch(sources, diagnostic, annotation); problem.empty())
        match = &annotation;
      else
        why = ", " + problem;
    }
    if (match)
      match->met = true;
    else
      problems.push_back("unexpected " + describe(sources, diagnostic) + why);
  }
  for (const Annotation& annotation : annotations)
    if (!annotation.met)
      problems.push_back("missing " + annotation.code + " at " +
                         std::string(sources.path({static_cast<std::uint32_t>(annotation.source)})) + ":" +
                         std::to_string(annotation.line));
  return problems;
}

} // namespace writ::testing
