// SPDX-License-Identifier: MIT
#include "writ/driver/exemption_ledger.h"
#include "writ/semantics/datetime.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <yaml-cpp/yaml.h>

namespace writ::driver {

namespace {

/// A ledger is written by hand: a larger file is something else.
constexpr std::size_t kLargest = std::size_t{4} << 20;
constexpr std::array<std::string_view, 10> kKeys = {"name",   "control", "initiative", "owner",    "reason",
                                                    "ticket", "scope",   "pattern",    "category", "expiry"};
constexpr std::array<std::string_view, 3> kNeeded = {"owner", "reason", "expiry"};

class LedgerReader {
public:
  LedgerReader(const std::string& path, Diagnostics& diagnostics) : path_(path), diagnostics_(diagnostics) {}

  std::vector<LedgerEntry> read(const YAML::Node& root) {
    const YAML::Node list = root.IsMap() ? entries_of(root) : root;
    if (list.IsNull() || !list.IsDefined()) return {}; // nothing is exempt yet
    if (!list.IsSequence()) {
      report(Code::LedgerUnreadable, list,
             "a ledger is a list of exemptions, below `exemptions:` or by itself");
      return {};
    }
    std::vector<LedgerEntry> out;
    for (const YAML::Node& node : list) {
      const std::size_t errors = diagnostics_.errors();
      LedgerEntry one = entry(node);
      if (diagnostics_.errors() == errors) out.push_back(std::move(one));
    }
    return out;
  }

private:
  void report(Code code, const YAML::Node& at, std::string message, std::string note = {}) {
    const YAML::Mark mark = at.Mark();
    Diagnostic d = Diagnostic(code, {}, std::move(message))
                       .at(path_, static_cast<std::uint64_t>(std::max(mark.line, 0)) + 1,
                           static_cast<std::uint64_t>(std::max(mark.column, 0)) + 1);
    if (!note.empty()) d.notes.push_back(std::move(note));
    diagnostics_.add(std::move(d));
  }

  YAML::Node entries_of(const YAML::Node& root) {
    YAML::Node list;
    for (const auto& member : root) {
      const std::string key = member.first.IsScalar() ? member.first.Scalar() : std::string();
      if (key == "exemptions")
        list.reset(member.second);
      else
        report(Code::LedgerValue, member.first, fmt::format("no item `{}` in a ledger", key),
               "a ledger is a list of exemptions below `exemptions:`");
    }
    if (root.size() == 0 || !root["exemptions"])
      report(Code::LedgerUnreadable, root,
             "a ledger is a list of exemptions, below `exemptions:` or by itself");
    return list;
  }

  LedgerEntry entry(const YAML::Node& node) {
    LedgerEntry out;
    out.category = "Waiver";
    out.file = path_;
    out.line = static_cast<std::uint64_t>(std::max(node.Mark().line, 0)) + 1;
    out.column = static_cast<std::uint64_t>(std::max(node.Mark().column, 0)) + 1;
    if (!node.IsMap()) {
      report(Code::LedgerValue, node, "an exemption is a list of items such as `control: AIS-NET-001`");
      return out;
    }
    std::set<std::string> seen;
    for (const auto& member : node) {
      const std::string key = member.first.IsScalar() ? member.first.Scalar() : std::string();
      if (!seen.insert(key).second)
        report(Code::LedgerValue, member.first, fmt::format("`{}` is given twice", key));
      else
        item(key, member.first, member.second, out);
    }
    for (const std::string_view needed : kNeeded)
      if (!seen.contains(std::string(needed)))
        report(Code::LedgerIncomplete, node, fmt::format("an exemption needs `{}`", needed));
    if (!seen.contains("control") && !seen.contains("initiative"))
      report(Code::LedgerIncomplete, node, "an exemption needs `control` or `initiative`: what it is from");
    if (!seen.contains("scope") && !seen.contains("pattern"))
      report(Code::LedgerIncomplete, node,
             "an exemption needs `scope` or `pattern`: which resources it is for");
    if (out.name.empty()) out.name = made_up_name(out);
    if (!names_.insert(lower_ascii(out.name)).second)
      report(Code::LedgerValue, node, fmt::format("two exemptions are called `{}`", out.name),
             "give one of them another `name`");
    return out;
  }

  void item(const std::string& key, const YAML::Node& at, const YAML::Node& value, LedgerEntry& out) {
    // A value that is not there has no place of its own: the library's mark is that of what follows.
    if (value.IsNull() && std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end())
      return report_empty(key, at);
    if (key == "control") return texts(key, value, out.controls);
    if (key == "scope") return scopes(value, out.scopes);
    if (key == "pattern") return texts(key, value, out.patterns);
    if (key == "category") return category(value, out.category);
    if (key == "expiry") return expiry(value, out);
    for (const auto& [name, target] : {std::pair<std::string_view, std::string*>{"name", &out.name},
                                       {"initiative", &out.initiative},
                                       {"owner", &out.owner},
                                       {"reason", &out.reason},
                                       {"ticket", &out.ticket}})
      if (name == key) {
        text(key, value, *target);
        return;
      }
    const std::vector<std::string_view> known(kKeys.begin(), kKeys.end());
    const auto near = nearest(key, known);
    report(Code::LedgerValue, at, fmt::format("no item `{}` in an exemption", key),
           near.empty() ? std::string() : fmt::format("did you mean `{}`?", near.front()));
  }

  /// True when there is a text.
  bool text(const std::string& key, const YAML::Node& value, std::string& out) {
    if (value.IsNull()) {
      report_empty(key, value);
      return false;
    }
    if (!value.IsScalar()) {
      report(Code::LedgerValue, value, fmt::format("`{}` is one text", key));
      return false;
    }
    out = trimmed(value.Scalar());
    if (!out.empty()) return true;
    report_empty(key, value);
    return false;
  }

  void report_empty(const std::string& key, const YAML::Node& at) {
    const bool needed = std::find(kNeeded.begin(), kNeeded.end(), key) != kNeeded.end();
    report(needed ? Code::LedgerIncomplete : Code::LedgerValue, at, fmt::format("`{}` is empty", key));
  }

  static std::string trimmed(std::string text) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && blank(text.back()))
      text.pop_back();
    std::size_t begin = 0;
    while (begin < text.size() && blank(text[begin]))
      ++begin;
    return text.substr(begin);
  }

  /// One text or a list of them.
  void texts(const std::string& key, const YAML::Node& value, std::vector<std::string>& out) {
    std::string one;
    if (!value.IsSequence()) {
      if (text(key, value, one)) out.push_back(std::move(one));
      return;
    }
    if (value.size() == 0) report(Code::LedgerValue, value, fmt::format("`{}` is an empty list", key));
    for (const YAML::Node& element : value)
      if (text(key, element, one)) out.push_back(one);
  }

  void scopes(const YAML::Node& value, std::vector<std::string>& out) {
    texts("scope", value, out);
    for (std::string& scope : out) {
      while (scope.size() > 1 && scope.ends_with('/'))
        scope.pop_back();
      if (!scope.starts_with('/'))
        report(Code::LedgerValue, value, fmt::format("`{}` is no scope: it begins with `/`", scope),
               "for a part of an id, write `pattern`");
      else if (scope.find_first_of("*?") != std::string::npos)
        report(Code::LedgerValue, value, fmt::format("`{}` has wildcards: that is a `pattern`", scope));
    }
  }

  void category(const YAML::Node& value, std::string& out) {
    std::string word;
    if (!text("category", value, word)) return;
    for (const std::string_view known : {"Waiver", "Mitigated"})
      if (equal_ascii_fold(known, word)) {
        out = known;
        return;
      }
    report(Code::LedgerValue, value, fmt::format("a category is waiver or mitigated, not `{}`", word));
  }

  void expiry(const YAML::Node& value, LedgerEntry& out) {
    if (!text("expiry", value, out.expires)) return;
    if (const auto instant = parse_date(out.expires)) {
      out.expires_on = format_instant(*instant);
      // Whole seconds, as Azure writes them.
      if (const std::size_t dot = out.expires_on.find(".0000000"); dot != std::string::npos)
        out.expires_on.erase(dot, 8);
      return;
    }
    report(
        Code::LedgerValue, value,
        fmt::format("`expiry` is a date such as 2031-01-31 or 2031-01-31T12:00:00Z, not `{}`", out.expires));
  }

  /// Depends on what the exemption is about only, so that its place in the file does not matter.
  static std::string made_up_name(const LedgerEntry& entry) {
    std::string what = entry.controls.empty() ? entry.initiative : entry.controls.front();
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const std::vector<std::string>* list : {&entry.controls, &entry.scopes, &entry.patterns})
      for (const std::string& one : *list)
        for (const char c : lower_ascii(one) + "\n") {
          hash ^= static_cast<unsigned char>(c);
          hash *= 16777619U;
        }
    std::string name;
    for (const char c : lower_ascii(what)) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
      if (plain) name += c;
    }
    return fmt::format("{}-{:08x}", name.substr(0, 40), hash);
  }

  const std::string& path_;
  Diagnostics& diagnostics_;
  std::set<std::string> names_;
};

} // namespace

std::vector<LedgerEntry> parse_ledger(std::string_view text, const std::string& path,
                                      Diagnostics& diagnostics) {
  if (text.size() > kLargest) {
    diagnostics.add(Diagnostic(Code::LedgerUnreadable, {},
                               fmt::format("the ledger has {} bytes, more than {}", text.size(), kLargest))
                        .at(path));
    return {};
  }
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(std::string(text));
    if (documents.size() > 1) {
      diagnostics.add(Diagnostic(Code::LedgerUnreadable, {}, "a ledger is one YAML document")
                          .at(path, static_cast<std::uint64_t>(documents[1].Mark().line) + 1,
                              static_cast<std::uint64_t>(documents[1].Mark().column) + 1));
      return {};
    }
    return documents.empty() ? std::vector<LedgerEntry>()
                             : LedgerReader(path, diagnostics).read(documents[0]);
  } catch (const YAML::Exception& e) {
    // The library's only way to report.
    Diagnostic d(Code::LedgerUnreadable, {}, "the ledger is not valid YAML: " + e.msg);
    d.file = path;
    if (!e.mark.is_null()) {
      d.line = static_cast<std::uint64_t>(e.mark.line) + 1;
      d.column = static_cast<std::uint64_t>(e.mark.column) + 1;
    }
    diagnostics.add(std::move(d));
    return {};
  }
}

std::vector<LedgerEntry> read_ledgers(const Files& files, const std::vector<std::string>& paths,
                                      Diagnostics& diagnostics) {
  std::vector<LedgerEntry> out;
  std::set<std::string> names;
  for (const std::string& path : paths) {
    Result<std::string> text = files.read(path);
    if (!text.ok()) {
      diagnostics.add(text.take_error());
      continue;
    }
    for (LedgerEntry& entry : parse_ledger(*text, path, diagnostics)) {
      if (!names.insert(lower_ascii(entry.name)).second)
        diagnostics.add(
            Diagnostic(Code::LedgerValue, {}, fmt::format("two exemptions are called `{}`", entry.name))
                .at(entry.file, entry.line, entry.column));
      out.push_back(std::move(entry));
    }
  }
  return out;
}

} // namespace writ::driver
