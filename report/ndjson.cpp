// SPDX-License-Identifier: MIT
// One verdict a line.
#include "formats.h"
#include "writ/json_writer.h"

namespace writ::report {

void write_membership(JsonWriter& json, const ControlRef& control) {
  if (!control.initiative.empty()) json.field("initiative", control.initiative);
  if (!control.assignment.empty()) json.field("assignment", control.assignment);
  if (control.do_not_enforce) json.field("enforcementMode", "DoNotEnforce");
  if (!control.groups.empty()) {
    json.key("groups").begin_array();
    for (const std::string_view group : control.groups)
      json.string(group);
    json.end_array();
  }
}

void write_finding(JsonWriter& json, const Finding& f) {
  json.begin_object();
  json.field("control", f.control->id);
  write_membership(json, *f.control);
  json.key("resource").begin_object();
  json.field("id", f.resource->id).field("type", f.resource->type).field("name", f.resource->name);
  json.field("file", f.resource->file).field("line", f.resource->line);
  json.end_object();
  json.field("verdict", to_text(f.verdict));
  if (f.verdict == Verdict::NonCompliant) {
    json.field("effect", f.effect);
    json.key("details").raw(f.details_json.empty() ? std::string_view("{}")
                                                   : std::string_view(f.details_json));
    std::string message;
    for (const std::string& part : f.messages) {
      if (!message.empty()) message += "; ";
      message += part;
    }
    json.field("message", message);
  }
  if (!f.reason.empty()) json.field("reason", f.reason);
  if (f.exemption) {
    json.key("exemption").begin_object();
    json.field("name", f.exemption->name).field("owner", f.exemption->owner);
    json.field("reason", f.exemption->reason);
    if (!f.exemption->ticket.empty()) json.field("ticket", f.exemption->ticket);
    json.field("category", f.exemption->category).field("expires", f.exemption->expires);
    json.end_object();
  }
  if (f.verdict == Verdict::NonCompliant || !f.evidence.empty()) {
    json.key("evidence").begin_array();
    for (const Evidence& e : f.evidence) {
      json.begin_object();
      json.field("pointer", e.pointer);
      if (!e.field.empty()) json.field("field", e.field);
      json.field("operator", e.operator_name);
      if (e.negated) json.key("negated").boolean(true);
      json.key("actual");
      if (e.actual.empty())
        json.null(); // missing; told apart from a JSON null by "missing"
      else
        json.raw(e.actual);
      if (e.actual.empty()) json.key("missing").boolean(true);
      json.key("expected").raw(e.expected);
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
}

namespace {

class NdjsonWriter final : public FindingWriter {
public:
  explicit NdjsonWriter(std::ostream& out) : out_(out) {}
  void begin(const RunInfo&) override {}
  void finding(const Finding& finding) override {
    line_.clear();
    JsonWriter json(line_);
    write_finding(json, finding);
    line_ += '\n';
    out_ << line_;
  }
  void end(const RunSummary&) override { out_.flush(); }

private:
  std::ostream& out_;
  std::string line_;
};

} // namespace

std::unique_ptr<FindingWriter> make_ndjson_writer(std::ostream& out) {
  return std::make_unique<NdjsonWriter>(out);
}

} // namespace writ::report
