// SPDX-License-Identifier: MIT
#include "writ/driver/ledger_run.h"
#include "writ/driver/sources.h"
#include "writ/semantics/datetime.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace writ::driver {

namespace {

/// By whole segments, any case.
bool is_below(std::string_view id, std::string_view scope) {
  if (scope == "/") return true;
  return id.size() >= scope.size() && equal_ascii_fold(id.substr(0, scope.size()), scope) &&
         (id.size() == scope.size() || id[scope.size()] == '/');
}

bool holds(const LedgerEntry& entry, const ResourceRef& resource) {
  const std::string& id = resource.id.empty() ? resource.name : resource.id;
  const bool in_scope =
      entry.scopes.empty() || std::any_of(entry.scopes.begin(), entry.scopes.end(),
                                          [&](const std::string& scope) { return is_below(id, scope); });
  return in_scope && (entry.patterns.empty() ||
                      std::any_of(entry.patterns.begin(), entry.patterns.end(),
                                  [&](const std::string& one) { return glob_matches(id, one); }));
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts)
    out += (out.empty() ? "" : ", ") + part;
  return out;
}

} // namespace

std::string_view to_text(LedgerState state) {
  switch (state) {
  case LedgerState::Used:
    return "used";
  case LedgerState::Unused:
    return "unused";
  case LedgerState::Expired:
    return "expired";
  }
  return {};
}

LedgerRun::LedgerRun(const std::vector<LedgerEntry>& entries, std::string_view now) {
  const auto instant = parse_date(now);
  for (const LedgerEntry& entry : entries) {
    Entry out;
    out.source = &entry;
    out.info = {entry.name, entry.owner, entry.reason, entry.ticket, entry.category, entry.expires};
    out.text = fmt::format("{}: exemption {} until {}, {}: {}", entry.category, entry.name, entry.expires,
                           entry.owner, entry.reason);
    if (!entry.ticket.empty()) out.text += fmt::format(" ({})", entry.ticket);
    const auto expires = parse_date(entry.expires_on);
    out.expired = instant && expires && *expires <= *instant;
    entries_.push_back(std::move(out));
  }
}

bool LedgerRun::is_about(const LedgerEntry& entry, const ControlRef& control) {
  if (!entry.initiative.empty() && !equal_ascii_fold(entry.initiative, control.initiative)) return false;
  return entry.controls.empty() ||
         std::any_of(entry.controls.begin(), entry.controls.end(),
                     [&](const std::string& one) { return glob_matches(control.id, one); });
}

void LedgerRun::apply(Finding& finding) {
  if ((kExcused >> static_cast<unsigned>(finding.verdict) & 1U) == 0) return;
  const auto [found, added] = controls_.try_emplace(finding.control);
  OfControl& control = found->second;
  if (added)
    for (std::size_t i = 0; i < entries_.size(); ++i)
      if (!entries_[i].expired && is_about(*entries_[i].source, *finding.control))
        control.entries.push_back(i);
  for (const std::size_t index : control.entries) {
    Entry& entry = entries_[index];
    if (!holds(*entry.source, *finding.resource)) continue;
    ++entry.verdicts;
    ++control.excused[static_cast<std::size_t>(finding.verdict)];
    finding.verdict = Verdict::Exempt;
    finding.exemption = &entry.info;
    finding.reason = entry.text;
    finding.effect.clear();
    finding.details_json.clear();
    finding.evidence.clear();
    return;
  }
}

std::array<std::uint64_t, kVerdictCount> LedgerRun::excused(const ControlRef& control) const {
  const auto found = controls_.find(&control);
  return found == controls_.end() ? std::array<std::uint64_t, kVerdictCount>{} : found->second.excused;
}

std::vector<LedgerLine> LedgerRun::lines() const {
  std::vector<LedgerLine> out;
  for (const Entry& entry : entries_)
    out.push_back({entry.source,
                   entry.expired        ? LedgerState::Expired
                   : entry.verdicts > 0 ? LedgerState::Used
                                        : LedgerState::Unused,
                   entry.verdicts});
  return out;
}

void LedgerRun::report(const std::vector<const ControlRef*>& evaluated, Diagnostics& diagnostics) const {
  for (const Entry& entry : entries_) {
    const LedgerEntry& source = *entry.source;
    if (entry.expired) {
      diagnostics.add(Diagnostic(Code::LedgerExpired, {},
                                 fmt::format("exemption `{}` expired on {}: renew it or remove it ({})",
                                             source.name, source.expires, source.owner))
                          .at(source.file, source.line, source.column));
      continue;
    }
    if (entry.verdicts > 0) continue;
    const bool known = std::any_of(evaluated.begin(), evaluated.end(),
                                   [&](const ControlRef* control) { return is_about(source, *control); });
    std::string what = source.controls.empty() ? "initiative " + source.initiative : joined(source.controls);
    if (!source.controls.empty() && !source.initiative.empty()) what += " of initiative " + source.initiative;
    diagnostics.add(
        Diagnostic(
            Code::LedgerUnused, {},
            known ? fmt::format("exemption `{}` excuses nothing: nothing that it covers violates {}",
                                source.name, what)
                  : fmt::format("exemption `{}` excuses nothing: {} is not evaluated", source.name, what))
            .at(source.file, source.line, source.column));
  }
}

} // namespace writ::driver
