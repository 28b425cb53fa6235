// SPDX-License-Identifier: MIT
#include "emit/versions.h"
#include "emit/signature.h"
#include "writ/bytecode/bundle.h"
#include "writ/text.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <tuple>

namespace writ::emit {

using nlohmann::ordered_json;

namespace {

constexpr int kFormat = 1;
constexpr std::string_view kDefinitions = "definitions";
constexpr std::string_view kInitiatives = "initiatives";

std::string hash_of(std::string_view text) { return fmt::format("{:016x}", bc::content_hash(text)); }

ordered_json entry_of(const Document& document, const Signature& signature, const Version& version) {
  ordered_json entry;
  entry["version"] = version.text();
  entry["meaning"] = hash_of(document.meaning);
  entry["signature"] = hash_of(signature.json().dump());
  entry["metadata"] = hash_of(texts_of(document));
  for (const auto& [key, value] : signature.json().items())
    entry[key] = value;
  return entry;
}

/// What was, against what is.
VersionBump compare(const ordered_json& before, const ordered_json& after,
                    std::vector<std::string>& reasons) {
  VersionBump bump = VersionBump::None;
  const auto raise = [&](VersionBump to, std::string reason) {
    bump = std::max(bump, to);
    reasons.push_back(std::move(reason));
  };
  for (SignatureChange& change : compare_signatures(before, after))
    raise(change.breaking ? VersionBump::Major : VersionBump::Minor, std::move(change.text));
  if (before.value("meaning", "") != after.value("meaning", "") && reasons.empty())
    raise(VersionBump::Minor, after.contains("members") ? "values of members changed" : "the rule changed");
  else if (before.value("meaning", "") != after.value("meaning", "") && bump != VersionBump::Major)
    bump = VersionBump::Minor;
  // Texts of what is new are no change of their own.
  if (reasons.empty() && before.value("metadata", "") != after.value("metadata", ""))
    raise(VersionBump::Patch, "texts and metadata changed");
  return bump;
}

Version raised(Version version, VersionBump bump) {
  switch (bump) {
  case VersionBump::Major:
    ++version.major;
    version.minor = version.patch = 0;
    break;
  case VersionBump::Minor:
    ++version.minor;
    version.patch = 0;
    break;
  case VersionBump::Patch:
    ++version.patch;
    break;
  case VersionBump::None:
  case VersionBump::First:
    break;
  }
  return version;
}

} // namespace

bool Version::is_older(const Version& other) const {
  return std::tuple(major, minor, patch) < std::tuple(other.major, other.minor, other.patch);
}

std::string Version::text() const { return fmt::format("{}.{}.{}{}", major, minor, patch, suffix); }

std::optional<Version> parse_version(std::string_view text) {
  Version out;
  const char* at = text.data();
  const char* end = text.data() + text.size();
  for (std::uint32_t* part : {&out.major, &out.minor, &out.patch}) {
    if (part != &out.major) {
      if (at == end || *at != '.') return std::nullopt;
      ++at;
    }
    const auto read = std::from_chars(at, end, *part);
    if (read.ec != std::errc() || read.ptr == at) return std::nullopt;
    at = read.ptr;
  }
  out.suffix.assign(at, end);
  const bool plain = std::all_of(out.suffix.begin(), out.suffix.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  if (!out.suffix.empty() && (out.suffix.front() != '-' || out.suffix.size() == 1 || !plain))
    return std::nullopt;
  return out;
}

Result<VersionLock> VersionLock::parse(std::string_view text) {
  VersionLock out;
  if (text.empty()) return out;
  const auto fail = [](std::string why) {
    return Diagnostic(Code::InvalidVersionLock, {}, std::move(why))
        .note("a lock file is written by `writ emit --versions`; take it back from version control");
  };
  const ordered_json json = ordered_json::parse(text, nullptr, false);
  if (!json.is_object()) return fail("the version lock is not a JSON object");
  if (!json.contains("format") || json["format"] != kFormat)
    return fail(fmt::format("the version lock is not of format {}", kFormat));
  for (const std::string_view kind : {kDefinitions, kInitiatives}) {
    const auto list = json.find(kind);
    if (list == json.end()) continue;
    if (!list->is_object()) return fail(fmt::format("`{}` of the version lock is not an object", kind));
    for (const auto& item : list->items()) {
      const std::string& name = item.key();
      const ordered_json& entry = item.value();
      const auto has_text = [&](const char* key) { return entry.contains(key) && entry[key].is_string(); };
      if (!entry.is_object() || !has_text("version") || !has_text("meaning") || !has_text("metadata") ||
          !entry.contains("parameters") || !entry["parameters"].is_object() ||
          !parse_version(entry["version"].get<std::string>()))
        return fail(fmt::format("the entry `{}` of the version lock is damaged", name));
      out.kinds_[std::string(kind)][name] = entry;
    }
  }
  return out;
}

std::vector<VersionChange> VersionLock::apply(std::span<Document> documents, Diagnostics& diagnostics) {
  std::vector<VersionChange> out;
  for (Document& document : documents) {
    if (document.kind == DocumentKind::Exemption || !is_own(document)) continue;
    const std::string written = version_of(document);
    std::optional<Version> authored = parse_version(written);
    if (!authored && !written.empty())
      diagnostics.add(
          Diagnostic(Code::InvalidVersionLock, document.span,
                     fmt::format("`{}` has the version `{}`, which is not three numbers with dots",
                                 document.control_id, written)));
    auto& entries =
        kinds_[std::string(document.kind == DocumentKind::Definition ? kDefinitions : kInitiatives)];
    const Signature signature(document);
    VersionChange change;
    change.name = document.name;
    Version version = authored.value_or(Version{});
    const auto known = entries.find(document.name);
    if (known == entries.end()) {
      change.bump = VersionBump::First;
    } else {
      change.from = known->second.value("version", "");
      const Version locked = *parse_version(change.from);
      change.bump = compare(known->second, entry_of(document, signature, locked), change.reasons);
      version = raised(locked, change.bump);
      version.suffix = authored ? authored->suffix : locked.suffix;
      // An author who asks for more gets it.
      if (authored && version.is_older(*authored)) version = *authored;
    }
    change.to = version.text();
    if (change.bump != VersionBump::None || change.from != change.to) out.push_back(change);
    entries[document.name] = entry_of(document, signature, version);
    set_version(document, change.to);
  }
  return out;
}

std::string VersionLock::text() const {
  ordered_json json;
  json["format"] = kFormat;
  for (const std::string_view kind : {kDefinitions, kInitiatives}) {
    ordered_json list = ordered_json::object();
    if (const auto found = kinds_.find(std::string(kind)); found != kinds_.end())
      for (const auto& [name, entry] : found->second)
        list[name] = entry;
    json[std::string(kind)] = std::move(list);
  }
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace writ::emit

namespace writ {

std::string_view to_text(VersionBump bump) {
  switch (bump) {
  case VersionBump::None:
    return "none";
  case VersionBump::Patch:
    return "patch";
  case VersionBump::Minor:
    return "minor";
  case VersionBump::Major:
    return "major";
  case VersionBump::First:
    return "new";
  }
  return {};
}

} // namespace writ
