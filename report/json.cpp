// SPDX-License-Identifier: MIT
// One JSON object for the whole run.
#include "formats.h"
#include "writ/json_writer.h"
#include "writ/spool.h"

namespace writ::report {

namespace {

void write_counts(JsonWriter& json, const std::uint64_t (&counts)[kVerdictCount]) {
  for (std::size_t i = 0; i < kVerdictCount; ++i)
    json.field(to_text(static_cast<Verdict>(i)), counts[i]);
}

class JsonReportWriter final : public FindingWriter {
public:
  explicit JsonReportWriter(std::ostream& out) : out_(out) {}

  void begin(const RunInfo& run) override { run_ = run; }

  // Verdicts come before the summary in time but after it in the document; only their text is kept, on disk
  // when it is long.
  void finding(const Finding& finding) override {
    verdict_ = verdicts_.size() == 0 ? "\n    " : ",\n    ";
    JsonWriter json(verdict_);
    write_finding(json, finding);
    verdicts_.append(verdict_);
  }

  void end(const RunSummary& s) override {
    std::string text;
    JsonWriter json(text, 2);
    json.begin_object();
    json.field("writ", run_.version).field("now", run_.now).field("bundle", run_.bundle);
    json.key("inputs").begin_array();
    for (const std::string& input : run_.inputs)
      json.string(input);
    json.end_array();
    json.key("summary").begin_object();
    json.field("resources", s.resources);
    write_counts(json, s.counts);
    json.key("incomplete").boolean(s.incomplete);
    json.key("controls").begin_array();
    for (const ControlLine& line : s.controls) {
      json.begin_object();
      json.field("control", line.control.id).field("title", line.control.title);
      write_membership(json, line.control);
      json.field("severity", line.control.severity);
      write_counts(json, line.summary.counts);
      json.end_object();
    }
    json.end_array();
    json.key("matchedNothing").begin_array();
    for (const std::string& id : s.matched_nothing)
      json.string(id);
    json.end_array();
    if (!s.exemptions.empty()) {
      json.key("exemptions").begin_array();
      for (const ExemptionLine& line : s.exemptions) {
        json.begin_object();
        json.field("name", line.name).field("owner", line.owner).field("expires", line.expires);
        json.field("state", line.state).field("verdicts", line.verdicts);
        json.end_object();
      }
      json.end_array();
    }
    json.end_object();
    json.key("verdicts").raw("[");
    out_ << text;
    text.clear();
    const bool whole = verdicts_.read(0, verdicts_.size(), [&](std::string_view piece) {
      out_ << piece;
      return static_cast<bool>(out_);
    });
    if (!whole || !verdicts_.problem().empty()) out_.setstate(std::ios::failbit);
    text += verdicts_.size() == 0 ? "]" : "\n  ]";
    json.key("warnings").begin_array();
    for (const std::string& warning : s.warnings)
      json.string(warning);
    json.end_array();
    json.end_object();
    out_ << text << '\n' << std::flush;
  }

private:
  std::ostream& out_;
  RunInfo run_;
  Spool verdicts_;
  std::string verdict_;
};

} // namespace

std::unique_ptr<FindingWriter> make_json_writer(std::ostream& out) {
  return std::make_unique<JsonReportWriter>(out);
}

} // namespace writ::report
