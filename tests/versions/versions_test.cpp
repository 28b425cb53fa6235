// SPDX-License-Identifier: MIT
// Versions change with the meaning, and only with it: the rules of docs/emission.md, one by one.
#include "emit/versions.h"
#include "writ/compiler.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace writ;

namespace {

constexpr const char* kSource = R"writ(module t.network

/// The frame.
framework frame "Frame" { "F-1" "One" "F-2" "Two" }

/// Why it matters.
control closed "Closed" {
  id       "T-1"
  severity low
  category "AI"
  maps     frame "F-1"
  fix      "Close it."

  param effect: Effect = Audit in [Audit, Deny, Disabled]
  /// Kinds.
  param kinds: [String] = ["a"] in ["a", "b"]
  param most: Int = 3

  on Microsoft.CognitiveServices/accounts as account
  where account.kind not in kinds
  let rules = account.networkAcls.ipRules
  require count(rule in rules where rule.value == "0.0.0.0/0") < most
      and account.publicNetworkAccess == "Disabled"
    else "{account.name} is open"
}

control plain "Plain" {
  id       "T-2"
  severity low
  on Microsoft.CognitiveServices/accounts as account
  require account.disableLocalAuth == true
}

control more "More" {
  id       "T-3"
  severity low
  on Microsoft.CognitiveServices/accounts as account
  require account.disableLocalAuth == true
}

initiative base "Base" {
  include closed with { most: 5 }
  include plain
  group "F-1" from frame
  param effect forwards to all
}
)writ";

struct Change {
  const char* what;
  const char* from;
  const char* to;
  VersionBump bump;
  const char* reason;
};

std::string edited(const char* from, const char* to) {
  std::string text = kSource;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, std::string_view(from).size(), to);
}

CompileRequest request_of(const std::string& path) {
  CompileRequest request;
  request.sources = {path};
  return request;
}

EmitResult emit_sources(const std::string& source, const std::string& target, const std::string& lock,
                        const std::string& path = "a.writ") {
  MemoryFiles files;
  files.contents[path] = source;
  Compilation compilation = Compilation::compile(files, request_of(path));
  for (const Diagnostic& d : compilation.diagnostics().all())
    if (d.severity == Severity::Error) FAIL_CHECK(d.message);
  EmitRequest request;
  request.target = target;
  request.version_lock = lock;
  EmitResult result = compilation.emit(request);
  for (const Diagnostic& d : result.not_emittable.all())
    FAIL_CHECK(d.message);
  return result;
}

/// What an edit does to the definition or initiative of this name.
VersionChange change_of(const std::string& name, const std::string& target, const std::string& after) {
  const EmitResult first = emit_sources(kSource, target, "");
  const EmitResult second = emit_sources(after, target, first.version_lock);
  for (const VersionChange& change : second.version_changes)
    if (change.name == name) return change;
  return {name, VersionBump::None, {}, {}, {}};
}

void check_edit(const Change& edit, const std::string& name, const std::string& target) {
  INFO(edit.what);
  const VersionChange change = change_of(name, target, edited(edit.from, edit.to));
  CAPTURE(change.reasons);
  CHECK(to_text(change.bump) == to_text(edit.bump));
  if (edit.bump == VersionBump::None) return;
  CHECK(change.from == "1.0.0");
  CHECK(change.to == (edit.bump == VersionBump::Major   ? "2.0.0"
                      : edit.bump == VersionBump::Minor ? "1.1.0"
                                                        : "1.0.1"));
  bool said = false;
  for (const std::string& reason : change.reasons)
    said = said || reason == edit.reason;
  CHECK(said);
}

} // namespace

TEST_CASE("what means the same keeps its version", "[versions]") {
  const Change edits[] = {
      {"nothing", "x", "x", VersionBump::None, ""},
      {"a comment", "  let rules", "  // shorter below\n  let rules", VersionBump::None, ""},
      {"lines", "severity low\n  category \"AI\"", "severity low category \"AI\"", VersionBump::None, ""},
      {"indentation", "      and account", " and account", VersionBump::None, ""},
      {"the name of an element", "rule in rules where rule.value", "r in rules where r.value",
       VersionBump::None, ""},
      {"the name of a constant", "let rules = account.networkAcls.ipRules\n  require count(rule in rules",
       "let list = account.networkAcls.ipRules\n  require count(rule in list", VersionBump::None, ""},
      {"a constant written out", "let rules = account.networkAcls.ipRules\n  require count(rule in rules",
       "require count(rule in account.networkAcls.ipRules", VersionBump::None, ""},
      {"the name of the control", "control closed", "control closed", VersionBump::None, ""},
      {"the order of a conjunction",
       "count(rule in rules where rule.value == \"0.0.0.0/0\") < most\n      and account.publicNetworkAccess "
       "== \"Disabled\"",
       "account.publicNetworkAccess == \"Disabled\" and count(rule in rules where rule.value == "
       "\"0.0.0.0/0\") < most",
       VersionBump::None, ""},
      {"a message, which Azure does not see", "is open", "answers", VersionBump::None, ""},
      {"what to do about it, likewise", "Close it.", "Close it today.", VersionBump::None, ""},
      {"the module", "module t.network", "module t.other", VersionBump::None, ""},
  };
  for (const Change& edit : edits)
    check_edit(edit, "t-1", "azure-policy");
  // The name of the file, and which other controls there are.
  const EmitResult first = emit_sources(kSource, "azure-policy", "");
  const EmitResult moved = emit_sources(kSource, "azure-policy", first.version_lock, "b/c.writ");
  // The order of parameters changes neither a version nor the lock.
  constexpr const char* kKinds = "  /// Kinds.\n  param kinds: [String] = [\"a\"] in [\"a\", \"b\"]\n";
  constexpr const char* kMost = "  param most: Int = 3\n";
  const std::string turned =
      edited((std::string(kKinds) + kMost).c_str(), (std::string(kMost) + kKinds).c_str());
  for (const char* target : {"azure-policy", "initiative"}) {
    INFO(target);
    const EmitResult before = emit_sources(kSource, target, "");
    const EmitResult after = emit_sources(turned, target, before.version_lock);
    CHECK(after.version_changes.empty());
    CHECK(after.version_lock == before.version_lock);
  }
  CHECK(moved.version_changes.empty());
  CHECK(moved.version_lock == first.version_lock);
  CHECK(moved.files.size() == first.files.size());
  for (std::size_t i = 0; i < moved.files.size(); ++i)
    CHECK(moved.files[i].text == first.files[i].text);
}

TEST_CASE("texts give a patch", "[versions]") {
  const char* reason = "texts and metadata changed";
  const Change edits[] = {
      {"the title", "\"Closed\"", "\"Closed to all\"", VersionBump::Patch, reason},
      {"the description", "Why it matters.", "Why.", VersionBump::Patch, reason},
      {"the category", "\"AI\"", "\"AI services\"", VersionBump::Patch, reason},
      {"the severity", "severity low", "severity high", VersionBump::Patch, reason},
      {"a mapping", "maps     frame \"F-1\"", "maps     frame \"F-2\"", VersionBump::Patch, reason},
      {"the description of a parameter", "/// Kinds.", "/// Kinds that may stay.", VersionBump::Patch,
       reason},
  };
  for (const Change& edit : edits)
    check_edit(edit, "t-1", "azure-policy");
}

TEST_CASE("what an assignment can live with gives a minor version", "[versions]") {
  const Change edits[] = {
      {"another condition", "< most", "<= most", VersionBump::Minor, "the rule changed"},
      {"other resources", "  where account.kind not in kinds",
       "  where account.kind not in kinds and account.location != \"global\"", VersionBump::Minor,
       "the rule changed"},
      {"the mode", "severity low", "severity low mode \"All\"", VersionBump::Minor, "the rule changed"},
      {"a parameter with a default", "< most", "< most and count(account.allowedFqdnList) < few",
       VersionBump::Minor, "parameter `few` is new"},
      {"another default", "param most: Int = 3", "param most: Int = 4", VersionBump::Minor,
       "parameter `most` has another default"},
      {"more values", "in [\"a\", \"b\"]", "in [\"a\", \"b\", \"c\"]", VersionBump::Minor,
       "parameter `kinds` also allows \"c\""},
      {"every value", "[\"a\"] in [\"a\", \"b\"]", "[\"a\"]", VersionBump::Minor,
       "parameter `kinds` allows every value"},
  };
  for (const Change& edit : edits) {
    INFO(edit.what);
    std::string after = edited(edit.from, edit.to);
    if (std::string_view(edit.reason).find("few") != std::string_view::npos) {
      const std::size_t at = after.find("  param most");
      after.insert(at, "  param few: Int = 2\n");
    }
    const VersionChange change = change_of("t-1", "azure-policy", after);
    CAPTURE(change.reasons);
    CHECK(to_text(change.bump) == "minor");
    CHECK(change.to == "1.1.0");
    CHECK(std::find(change.reasons.begin(), change.reasons.end(), edit.reason) != change.reasons.end());
  }
}

TEST_CASE("what may break an assignment gives a major version", "[versions]") {
  const Change edits[] = {
      {"no such parameter", "< most\n", "< 3\n", VersionBump::Major, "parameter `most` is gone"},
      {"another name", "param most: Int = 3", "param limit: Int = 3", VersionBump::Major,
       "parameter `most` is gone"},
      {"no default", "param most: Int = 3", "param most: Int", VersionBump::Major,
       "parameter `most` lost its default"},
      {"another type", "param most: Int = 3", "param most: Float = 3.0", VersionBump::Major,
       "parameter `most` is of another type"},
      {"fewer values", "in [\"a\", \"b\"]", "in [\"a\"]", VersionBump::Major,
       "parameter `kinds` no longer allows \"b\""},
      {"certain values only", "param most: Int = 3", "param most: Int = 3 in [3, 4]", VersionBump::Major,
       "parameter `most` allows certain values only"},
      {"fewer effects", "in [Audit, Deny, Disabled]", "in [Audit, Disabled]", VersionBump::Major,
       "parameter `effect` no longer allows \"Deny\""},
      {"another effect by default", "Effect = Audit", "Effect = Deny", VersionBump::Major,
       "the effect without parameters is Deny instead of Audit"},
  };
  for (const Change& edit : edits) {
    INFO(edit.what);
    std::string after = edited(edit.from, edit.to);
    const auto replace = [&](const std::string& from, const std::string& to) {
      const std::size_t at = after.find(from);
      REQUIRE(at != std::string::npos);
      after.replace(at, from.size(), to);
    };
    if (std::string(edit.what) == "no such parameter") replace("  param most: Int = 3\n", "");
    if (std::string(edit.what) == "another name") replace("< most", "< limit");
    // The initiative gives the parameter a value.
    if (after.find("param most") == std::string::npos || std::string(edit.what) == "certain values only")
      replace(" with { most: 5 }", "");
    const VersionChange change = change_of("t-1", "azure-policy", after);
    CAPTURE(change.reasons);
    CHECK(to_text(change.bump) == "major");
    CHECK(change.to == "2.0.0");
    CHECK(std::find(change.reasons.begin(), change.reasons.end(), edit.reason) != change.reasons.end());
  }
}

TEST_CASE("a new parameter without default gives a major version", "[versions]") {
  std::string after = edited("  param most: Int = 3\n", "  param most: Int = 3\n  param few: Int\n");
  after.replace(after.find("< most"), 6, "< most and count(account.allowedFqdnList) < few");
  after.replace(after.find("with { most: 5 }"), 16, "with { most: 5, few: 1 }");
  const VersionChange change = change_of("t-1", "azure-policy", after);
  CHECK(to_text(change.bump) == "major");
  CHECK(change.reasons == std::vector<std::string>{"parameter `few` is new and has no default"});
}

TEST_CASE("initiatives have versions of their own", "[versions]") {
  const Change edits[] = {
      {"a comment", "  include plain", "  // why\n  include plain", VersionBump::None, ""},
      {"the order of members", "  include closed with { most: 5 }\n  include plain",
       "  include plain\n  include closed with { most: 5 }", VersionBump::None, ""},
      {"the rule of a member", "< most", "<= most", VersionBump::None, ""},
      {"the title", "\"Base\"", "\"Baseline\"", VersionBump::Patch, "texts and metadata changed"},
      {"a group", "  group \"F-1\" from frame", "  group \"F-1\" from frame\n  group \"own\" \"Own\"",
       VersionBump::Patch, "texts and metadata changed"},
      {"a member more", "  include plain", "  include plain, more", VersionBump::Minor, "member T-3 is new"},
      {"another value", "most: 5", "most: 6", VersionBump::Minor, "values of members changed"},
      {"a member less", "  include plain\n", "", VersionBump::Major, "member T-2 is gone"},
      {"another reference id", "include plain", "include plain as \"second\"", VersionBump::Major,
       "member T-2 is gone"},
      {"no parameter", "  param effect forwards to all\n", "", VersionBump::Major,
       "parameter `effect` is gone"},
  };
  for (const Change& edit : edits)
    check_edit(edit, "base", "initiative");
}

TEST_CASE("versions count on from the lock, never back", "[versions]") {
  const EmitResult first = emit_sources(kSource, "azure-policy", "");
  const EmitResult minor = emit_sources(edited("< most", "<= most"), "azure-policy", first.version_lock);
  const EmitResult back = emit_sources(kSource, "azure-policy", minor.version_lock);
  REQUIRE(back.version_changes.size() == 1);
  CHECK(back.version_changes[0].from == "1.1.0");
  CHECK(back.version_changes[0].to == "1.2.0");
  // The version stands in what is emitted.
  CHECK(back.files[0].text.find("\"version\": \"1.2.0\"") != std::string::npos);
  // A control that is not emitted keeps its entry: when it comes back it counts on.
  const std::string without =
      edited("control more \"More\" {\n  id       \"T-3\"", "control more \"More\" {\n  id       \"T-4\"");
  const EmitResult gone = emit_sources(without, "azure-policy", back.version_lock);
  CHECK(gone.version_lock.find("\"t-3\"") != std::string::npos);
  CHECK(emit_sources(kSource, "azure-policy", gone.version_lock).version_changes.empty());
}

TEST_CASE("an author's version counts when it is higher", "[versions]") {
  const EmitResult first =
      emit_sources(edited("severity low", "severity low version \"3.2.1\""), "azure-policy", "");
  REQUIRE(first.version_changes.size() == 3);
  CHECK(first.version_changes[0].to == "3.2.1");
  const std::string changed = edited("< most", "<= most");
  const auto with_version = [&](const std::string& version) {
    std::string text = changed;
    text.replace(text.find("severity low"), 12, "severity low version \"" + version + "\"");
    return emit_sources(text, "azure-policy", first.version_lock).version_changes.at(0).to;
  };
  CHECK(with_version("3.2.1") == "3.3.0");
  CHECK(with_version("3.2.9") == "3.3.0");
  CHECK(with_version("5.0.0") == "5.0.0");
  CHECK(with_version("3.2.1-preview") == "3.3.0-preview");
}

TEST_CASE("a lock that cannot be read is an error, and nothing is emitted", "[versions]") {
  const std::string good = emit_sources(kSource, "azure-policy", "").version_lock;
  MemoryFiles files;
  files.contents["a.writ"] = kSource;
  Compilation compilation = Compilation::compile(files, request_of("a.writ"));
  for (const std::string& text :
       {std::string("{"), std::string("[]"), std::string("{}"), std::string("{\"format\": 2}"),
        std::string("{\"format\": 1, \"definitions\": []}"),
        std::string("{\"format\": 1, \"definitions\": {\"a\": {}}}"), std::string("<<<<<<< ours\n") + good,
        std::string(good).replace(good.find("1.0.0"), 5, "one")}) {
    EmitRequest request;
    request.version_lock = text;
    const EmitResult result = compilation.emit(request);
    CHECK(result.files.empty());
    REQUIRE(result.not_emittable.errors() == 1);
    CHECK(info(result.not_emittable.all()[0].code).number == "E0830");
  }
}

TEST_CASE("versions are three numbers, then a suffix", "[versions]") {
  CHECK(emit::parse_version("1.2.3")->text() == "1.2.3");
  CHECK(emit::parse_version("10.0.7-preview.2")->text() == "10.0.7-preview.2");
  for (const char* text : {"", "1", "1.2", "1.2.3.4", "v1.2.3", "1.2.x", "1.2.3-", "1.2.3preview", "1..3",
                           " 1.2.3", "1.2.3-a b", "99999999999.0.0", "-1.0.0"}) {
    INFO(text);
    CHECK_FALSE(emit::parse_version(text));
  }
}
