// SPDX-License-Identifier: MIT
// The report for people: findings grouped by control, worst first, then what was not decided, then counts.
#include "formats.h"
#include "printable.h"
#include "style.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

namespace writ::report {

namespace {

constexpr std::array<std::string_view, 5> kSeverities = {"critical", "high", "medium", "low", "info"};
/// Lines printed for one control before the rest is only counted; JSON formats have them all.
constexpr std::size_t kMostLines = 50;

std::size_t severity_rank(std::string_view severity) {
  const auto* found = std::find(kSeverities.begin(), kSeverities.end(), severity);
  return static_cast<std::size_t>(found - kSeverities.begin());
}

struct KeptFinding {
  ResourceRef resource;
  Verdict verdict;
  std::string effect;
  std::vector<std::string> messages;
  std::string reason;
  std::vector<Evidence> evidence;
};

struct Group {
  ControlRef control;
  std::vector<KeptFinding> findings;
  std::size_t hidden = 0;
};

class TextWriter final : public FindingWriter {
public:
  explicit TextWriter(std::ostream& out) : out_(out) {}

  void begin(const RunInfo& run) override { run_ = run; }

  void finding(const Finding& f) override {
    if (f.verdict == Verdict::Compliant || f.verdict == Verdict::NotApplicable) return;
    // The same member may be part of several initiatives and assignments.
    const ControlRef& c = *f.control;
    Group& group = groups_[fmt::format("{}\n{}\n{}", c.id, c.initiative, c.assignment)];
    group.control = *f.control;
    if (group.findings.size() >= kMostLines) {
      ++group.hidden;
      return;
    }
    group.findings.push_back({*f.resource, f.verdict, f.effect, f.messages, f.reason, f.evidence});
  }

  void end(const RunSummary& summary) override {
    const Style style(run_.color);
    std::vector<const Group*> order;
    for (const auto& [id, group] : groups_)
      order.push_back(&group);
    std::stable_sort(order.begin(), order.end(), [](const Group* a, const Group* b) {
      return severity_rank(a->control.severity) < severity_rank(b->control.severity);
    });
    for (const Group* group : order)
      print_group(*group, style);
    print_summary(summary, style);
    out_.flush();
  }

private:
  void print_group(const Group& group, const Style& style) {
    const ControlRef& c = group.control;
    out_ << style.bold(c.id);
    if (!c.severity.empty()) out_ << ' ' << style.yellow(fmt::format("[{}]", c.severity));
    if (!c.title.empty()) out_ << ' ' << printable(c.title);
    out_ << '\n';
    print_membership(c, style);
    for (const KeptFinding& f : group.findings)
      print_finding(f, style);
    if (group.hidden > 0) out_ << style.dim(fmt::format("  … and {} more\n", group.hidden));
    if (!c.fix.empty()) out_ << "  " << style.cyan("fix:") << ' ' << c.fix << '\n';
    if (!c.link.empty()) out_ << "  " << style.dim(std::string(c.link)) << '\n';
    out_ << '\n';
  }

  void print_membership(const ControlRef& c, const Style& style) {
    std::string text;
    if (!c.initiative.empty()) text = fmt::format("initiative {}", c.initiative);
    if (!c.assignment.empty())
      text += fmt::format("{}assigned by {}{}", text.empty() ? "" : ", ", c.assignment,
                          c.do_not_enforce ? " (not enforced)" : "");
    if (!text.empty()) out_ << style.dim(fmt::format("  {}\n", text));
  }

  void print_finding(const KeptFinding& f, const Style& style) {
    out_ << "  " << style.verdict(to_text(f.verdict), f.verdict) << "  "
         << printable(f.resource.id.empty() ? f.resource.name : f.resource.id)
         << style.dim(fmt::format("  {}:{}", printable(f.resource.file), f.resource.line)) << '\n';
    for (const std::string& message : f.messages)
      if (!message.empty()) out_ << "    " << printable(message) << '\n';
    if (!f.reason.empty()) out_ << "    " << printable(f.reason) << '\n';
    for (const Evidence& e : f.evidence) {
      const std::string place = !e.pointer.empty() ? e.pointer : e.field;
      // A test under a negation is a requirement that is not met; any other is a finding in itself.
      out_ << style.dim(printable(
                  fmt::format("    {} is {}, {} {} {}", place.empty() ? std::string("value") : place,
                              e.actual.empty() ? std::string("missing") : e.actual,
                              e.negated ? "required:" : "found by:", e.operator_name, e.expected)))
           << '\n';
    }
  }

  void print_summary(const RunSummary& s, const Style& style) {
    if (s.resources > 0 && !s.matched_nothing.empty()) {
      out_ << style.bold("controls that matched no resource") << '\n';
      for (const std::string& id : s.matched_nothing)
        out_ << "  " << id << '\n';
      out_ << '\n';
    }
    for (const std::string& warning : s.warnings)
      out_ << style.yellow("warning: ") << warning << '\n';
    out_ << fmt::format("{} resource{}, {} control{}: ", s.resources, s.resources == 1 ? "" : "s",
                        s.controls.size(), s.controls.size() == 1 ? "" : "s");
    bool first = true;
    for (Verdict v : {Verdict::NonCompliant, Verdict::Error, Verdict::Unknown, Verdict::Exempt,
                      Verdict::Compliant, Verdict::NotApplicable}) {
      const std::uint64_t n = s.counts[static_cast<std::size_t>(v)];
      if (n == 0 && v != Verdict::NonCompliant) continue;
      out_ << (first ? "" : ", ")
           << style.verdict(fmt::format("{} {}", n, to_text(v)), n == 0 ? Verdict::NotApplicable : v);
      first = false;
    }
    out_ << '\n';
    if (s.incomplete) out_ << style.yellow("incomplete: part of the input was not evaluated\n");
    if (!run_.now.empty()) out_ << style.dim(fmt::format("utcNow() = {}", run_.now)) << '\n';
  }

  std::ostream& out_;
  RunInfo run_;
  std::map<std::string, Group> groups_;
};

} // namespace

std::unique_ptr<FindingWriter> make_text_writer(std::ostream& out) {
  return std::make_unique<TextWriter>(out);
}

} // namespace writ::report
