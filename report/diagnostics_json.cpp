// SPDX-License-Identifier: MIT
// Diagnostics for machines.
#include "writ/json_writer.h"
#include "writ/report/diagnostics.h"

namespace writ::report {

namespace {

void write_range(JsonWriter& json, Span span, const SourceMap& sources) {
  const LineColumn from = sources.position(span.begin);
  const LineColumn to = sources.position(span.end);
  json.field("file", sources.path(sources.source_of(span)));
  json.field("line", std::uint64_t{from.line}).field("column", std::uint64_t{from.column});
  json.field("endLine", std::uint64_t{to.line}).field("endColumn", std::uint64_t{to.column});
}

} // namespace

std::string to_json(const Diagnostics& diagnostics, const SourceMap& sources) {
  std::string out;
  JsonWriter json(out, 2);
  json.begin_object().key("diagnostics").begin_array();
  for (const Diagnostic& d : diagnostics.all()) {
    json.begin_object();
    json.field("code", info(d.code).number);
    json.field("severity", d.severity == Severity::Error     ? "error"
                           : d.severity == Severity::Warning ? "warning"
                                                             : "note");
    json.field("message", d.message);
    if (!d.span.empty()) {
      write_range(json, d.span, sources);
    } else if (!d.file.empty()) {
      json.field("file", d.file);
      if (d.line) json.field("line", d.line);
      if (d.column) json.field("column", d.column);
    }
    if (!d.labels.empty()) {
      json.key("labels").begin_array();
      for (const Label& label : d.labels) {
        json.begin_object();
        if (!label.span.empty()) write_range(json, label.span, sources);
        json.field("text", label.text).end_object();
      }
      json.end_array();
    }
    if (!d.notes.empty()) {
      json.key("notes").begin_array();
      for (const std::string& note : d.notes)
        json.string(note);
      json.end_array();
    }
    if (!d.edits.empty()) {
      json.key("edits").begin_array();
      for (const Edit& edit : d.edits) {
        json.begin_object();
        if (!edit.span.empty()) write_range(json, edit.span, sources);
        json.field("replacement", edit.replacement).end_object();
      }
      json.end_array();
    }
    json.end_object();
  }
  json.end_array();
  json.field("errors", std::uint64_t{diagnostics.errors()});
  json.field("warnings", std::uint64_t{diagnostics.warnings()});
  json.end_object();
  out += '\n';
  return out;
}

} // namespace writ::report
