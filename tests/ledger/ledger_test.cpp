// SPDX-License-Identifier: MIT
// The exemption ledger: what is read, what is refused and where, and what it does to verdicts.
#include "writ/driver/exemption_ledger.h"
#include "writ/driver/ledger_run.h"

#include <catch2/catch.hpp>
#include <yaml-cpp/yaml.h>

using namespace writ;

namespace {

std::string report_of(const Diagnostic& d) {
  return std::to_string(d.line) + ":" + std::to_string(d.column) + " " + std::string(info(d.code).number) +
         " " + d.message;
}

LedgerEntry entry(const std::string& control, const std::string& pattern, const std::string& expires) {
  LedgerEntry out;
  out.name = "e-" + control;
  out.controls = {control};
  out.patterns = {pattern};
  out.owner = "jane";
  out.reason = "agreed";
  out.category = "Waiver";
  out.expires = out.expires_on = expires;
  out.file = "ledger.yaml";
  out.line = 3;
  out.column = 5;
  return out;
}

struct Run {
  explicit Run(std::vector<LedgerEntry> list, std::string_view now = "2026-01-01T00:00:00Z")
      : entries(std::move(list)), ledger(entries, now) {
    control.id = "AIS-NET-001";
    resource.id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/chat";
    resource.name = "chat";
  }
  Finding verdict(Verdict verdict) {
    Finding finding;
    finding.control = &control;
    finding.resource = &resource;
    finding.verdict = verdict;
    finding.effect = "Deny";
    finding.evidence.resize(1);
    ledger.apply(finding);
    return finding;
  }
  std::vector<std::string> reports() {
    Diagnostics diagnostics;
    ledger.report({&control}, diagnostics);
    std::vector<std::string> out;
    for (const Diagnostic& d : diagnostics.all())
      out.push_back(report_of(d));
    return out;
  }
  std::vector<LedgerEntry> entries;
  driver::LedgerRun ledger;
  ControlRef control;
  ResourceRef resource;
};

} // namespace

TEST_CASE("ledgers are read", "[ledger]") {
  for (const YAML::Node& sample : YAML::LoadFile(WRIT_SOURCE_DIR "/tests/ledger/samples/good.yaml")) {
    INFO(sample["title"].Scalar());
    Diagnostics diagnostics;
    const auto entries = driver::parse_ledger(sample["text"].Scalar(), "ledger.yaml", diagnostics);
    for (const Diagnostic& d : diagnostics.all())
      FAIL_CHECK(report_of(d));
    CHECK(entries.size() == sample["entries"].as<std::size_t>());
  }
}

TEST_CASE("every item of an entry arrives", "[ledger]") {
  Diagnostics diagnostics;
  const YAML::Node sample = YAML::LoadFile(WRIT_SOURCE_DIR "/tests/ledger/samples/good.yaml")[0];
  const auto entries = driver::parse_ledger(sample["text"].Scalar(), "ledger.yaml", diagnostics);
  REQUIRE(entries.size() == 1);
  const LedgerEntry& one = entries[0];
  CHECK(one.name == "chat-pilot");
  CHECK(one.controls == std::vector<std::string>{"AIS-NET-001"});
  CHECK(one.initiative == "ai_baseline");
  CHECK(one.owner == "jane@example.org");
  CHECK(one.reason == "The pilot ends before the private endpoint is there");
  CHECK(one.ticket == "SEC-1234");
  CHECK(one.category == "Mitigated");
  CHECK(one.expires == "2031-01-31T12:00:00Z");
  CHECK(one.expires_on == "2031-01-31T12:00:00Z");
  CHECK(one.scopes.size() == 1);
  CHECK(one.patterns == std::vector<std::string>{"*/accounts/chat-*"});
  CHECK(one.line == 2);
  CHECK(one.column == 5);
}

TEST_CASE("an entry without a name is called after what it is about, wherever it stands", "[ledger]") {
  const auto name = [](const std::string& text) {
    Diagnostics diagnostics;
    return driver::parse_ledger(text, "l", diagnostics).at(0).name;
  };
  const std::string one = "{control: AIS-1, owner: o, reason: r, scope: /s, expiry: 2031-01-31}";
  CHECK(name("- " + one) == name("exemptions:\n  - " + one));
  CHECK(name("- " + one).starts_with("ais-1-"));
  CHECK(name("- " + one) != name("- {control: AIS-1, owner: o, reason: r, scope: /t, expiry: 2031-01-31}"));
}

TEST_CASE("mistakes are reported at their line and column", "[ledger]") {
  std::size_t samples = 0;
  for (const YAML::Node& sample : YAML::LoadFile(WRIT_SOURCE_DIR "/tests/ledger/samples/broken.yaml")) {
    ++samples;
    INFO(sample["title"].Scalar());
    Diagnostics diagnostics;
    (void)driver::parse_ledger(sample["text"].Scalar(), "ledger.yaml", diagnostics);
    std::vector<std::string> reports;
    for (const Diagnostic& d : diagnostics.all())
      reports.push_back(report_of(d));
    CAPTURE(reports);
    REQUIRE(reports.size() == sample["reports"].size());
    for (std::size_t i = 0; i < reports.size(); ++i) {
      // Place and code, then a part of the message; where the YAML library decides the place, the code only.
      const std::string wanted = sample["reports"][i].Scalar();
      const std::size_t code = wanted.find("E08");
      const std::size_t text = code + 6;
      CHECK(reports[i].find(wanted.substr(0, text)) != std::string::npos);
      CHECK(reports[i].find(wanted.substr(text)) != std::string::npos);
      CHECK(diagnostics.all()[i].line > 0);
    }
  }
  CHECK(samples >= 25);
}

TEST_CASE("a ledger of a hostile size is refused", "[ledger]") {
  Diagnostics diagnostics;
  CHECK(driver::parse_ledger(std::string((std::size_t{4} << 20) + 1, '#'), "l", diagnostics).empty());
  CHECK(diagnostics.errors() == 1);
  Diagnostics deep;
  CHECK(driver::parse_ledger(std::string(100'000, '['), "l", deep).empty());
  CHECK(deep.errors() == 1);
}

TEST_CASE("names are unique across ledgers", "[ledger]") {
  MemoryFiles files;
  files.contents["a.yaml"] = "- {name: x, control: A, owner: o, reason: r, scope: /s, expiry: 2031-01-31}";
  files.contents["b.yaml"] = "\n- {name: X, control: A, owner: o, reason: r, scope: /s, expiry: 2031-01-31}";
  Diagnostics diagnostics;
  (void)driver::read_ledgers(files, {"a.yaml", "b.yaml"}, diagnostics);
  REQUIRE(diagnostics.errors() == 1);
  CHECK(diagnostics.all()[0].file == "b.yaml");
  CHECK(diagnostics.all()[0].line == 2);
  Diagnostics missing;
  (void)driver::read_ledgers(files, {"c.yaml"}, missing);
  CHECK(missing.errors() == 1);
}

TEST_CASE("what is covered becomes exempt and says who, why and until when", "[ledger]") {
  Run run({entry("AIS-NET-001", "*/accounts/chat", "2027-01-01")});
  for (const Verdict verdict : {Verdict::NonCompliant, Verdict::Unknown}) {
    const Finding finding = run.verdict(verdict);
    CHECK(finding.verdict == Verdict::Exempt);
    CHECK(finding.reason == "Waiver: exemption e-AIS-NET-001 until 2027-01-01, jane: agreed");
    REQUIRE(finding.exemption != nullptr);
    CHECK(finding.exemption->owner == "jane");
    CHECK(finding.effect.empty());
    CHECK(finding.evidence.empty());
  }
  // What is well needs no exemption; an error is no verdict about the resource.
  for (const Verdict verdict :
       {Verdict::Compliant, Verdict::NotApplicable, Verdict::Error, Verdict::Exempt}) {
    const Finding finding = run.verdict(verdict);
    CHECK(finding.verdict == verdict);
    CHECK(finding.exemption == nullptr);
  }
  CHECK(run.ledger.excused(run.control)[static_cast<std::size_t>(Verdict::NonCompliant)] == 1);
  CHECK(run.ledger.excused(run.control)[static_cast<std::size_t>(Verdict::Unknown)] == 1);
  CHECK(run.ledger.lines()[0].verdicts == 2);
  CHECK(run.reports().empty());
}

TEST_CASE("control, initiative, scope and pattern must all fit", "[ledger]") {
  struct Sample {
    const char* what;
    void (*change)(LedgerEntry&);
    bool exempt;
  };
  const Sample samples[] = {
      {"case of the id", [](LedgerEntry& e) { e.controls = {"ais-net-001"}; }, true},
      {"a wildcard",
       [](LedgerEntry& e) {
         e.controls = {"X", "AIS-*"};
       },
       true},
      {"another control", [](LedgerEntry& e) { e.controls = {"AIS-NET-00"}; }, false},
      {"its initiative", [](LedgerEntry& e) { e.initiative = "BASE"; }, true},
      {"another initiative", [](LedgerEntry& e) { e.initiative = "strict"; }, false},
      {"all of its initiative", [](LedgerEntry& e) { e.initiative = "base", e.controls = {}; }, true},
      {"its subscription", [](LedgerEntry& e) { e.scopes = {"/subscriptions/S"}; }, true},
      {"one of two scopes",
       [](LedgerEntry& e) {
         e.scopes = {"/subscriptions/t", "/subscriptions/s/resourceGroups/g"};
       },
       true},
      {"half a segment",
       [](LedgerEntry& e) {
         e.scopes = {"/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/cha"};
       },
       false},
      {"everything", [](LedgerEntry& e) { e.scopes = {"/"}; }, true},
      {"scope fits, pattern does not",
       [](LedgerEntry& e) { e.scopes = {"/"}, e.patterns = {"*/accounts/voice"}; }, false},
      {"pattern fits, scope does not", [](LedgerEntry& e) { e.scopes = {"/subscriptions/t"}; }, false},
      {"a pattern is about the whole id", [](LedgerEntry& e) { e.patterns = {"accounts/chat"}; }, false},
  };
  for (const Sample& sample : samples) {
    INFO(sample.what);
    LedgerEntry one = entry("AIS-NET-001", "*/accounts/chat", "2027-01-01");
    sample.change(one);
    Run run({one});
    run.control.initiative = "base";
    CHECK((run.verdict(Verdict::NonCompliant).verdict == Verdict::Exempt) == sample.exempt);
  }
}

TEST_CASE("an entry excuses until the instant of its expiry, and is reported from then on", "[ledger]") {
  for (const auto& [now, exempt] :
       {std::pair{"2025-12-31T23:59:59Z", true}, {"2026-01-01T00:00:00Z", false}}) {
    Run run({entry("AIS-NET-001", "*", "2026-01-01")}, now);
    CHECK((run.verdict(Verdict::NonCompliant).verdict == Verdict::Exempt) == exempt);
    if (!exempt)
      CHECK(run.reports() ==
            std::vector<std::string>{
                "3:5 W0823 exemption `e-AIS-NET-001` expired on 2026-01-01: renew it or remove it (jane)"});
  }
}

TEST_CASE("entries that excuse nothing are reported, with the reason", "[ledger]") {
  Run run({entry("AIS-NET-001", "*/accounts/voice", "2027-01-01"), entry("AIS-ID-001", "*", "2027-01-01")});
  CHECK(run.verdict(Verdict::NonCompliant).verdict == Verdict::NonCompliant);
  CHECK(
      run.reports() ==
      std::vector<std::string>{
          "3:5 W0824 exemption `e-AIS-NET-001` excuses nothing: nothing that it covers violates AIS-NET-001",
          "3:5 W0824 exemption `e-AIS-ID-001` excuses nothing: AIS-ID-001 is not evaluated"});
  CHECK(to_text(run.ledger.lines()[0].state) == "unused");
}

TEST_CASE("of several entries the first that fits counts", "[ledger]") {
  LedgerEntry second = entry("AIS-*", "*", "2027-01-01");
  Run run({entry("AIS-NET-001", "*", "2027-01-01"), second});
  CHECK(run.verdict(Verdict::NonCompliant).exemption->name == "e-AIS-NET-001");
  REQUIRE(run.reports().size() == 1);
  CHECK(run.reports()[0].find("`e-AIS-*` excuses nothing") != std::string::npos);
}
