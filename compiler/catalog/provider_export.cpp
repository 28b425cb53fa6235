// SPDX-License-Identifier: MIT
// Reader of provider exports. Sixteen megabytes must load in well under a second, so the text is read as a
// stream of events, never as a tree.
#include "writ/catalog.h"
#include "writ/text.h"

#include <nlohmann/json.hpp>

namespace writ {

namespace {

using nlohmann::json;

/// One alias while its object is read.
struct AliasDraft {
  std::string name;
  std::string default_path;
  std::string type;       // x-type or defaultMetadata.type
  std::string attributes; // defaultMetadata.attributes
  std::string kind;       // comma list: PlainText, Mask, Deprecated, Preview
  bool read_only = false;
  std::vector<std::string> allowed;
  std::string phrase;
  std::string variable;
  struct Version {
    std::string path;
    std::string attributes;
    std::vector<std::string> api_versions;
  };
  std::vector<Version> versions;
};

PropertyType property_type_of(std::string_view word) {
  constexpr std::pair<std::string_view, PropertyType> kWords[] = {
      {"string", PropertyType::String}, {"integer", PropertyType::Integer},
      {"number", PropertyType::Number}, {"boolean", PropertyType::Boolean},
      {"array", PropertyType::Array},   {"object", PropertyType::Object},
      {"any", PropertyType::Any}};
  // Some exports say array<object>.
  for (const auto& [name, type] : kWords)
    if (word.size() >= name.size() && equal_ascii_fold(word.substr(0, name.size()), name)) return type;
  return PropertyType::Unknown;
}

bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view item = list.substr(0, comma);
    while (!item.empty() && item.front() == ' ')
      item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ')
      item.remove_suffix(1);
    if (equal_ascii_fold(item, word)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

/// Follows the keys on the way to a value: a frame is an object or array and the key it hangs on.
class ExportReader : public json::json_sax_t {
public:
  explicit ExportReader(Catalog& catalog) : catalog_(catalog) {}

  std::string problem;
  std::size_t problem_at = 0;

  bool null() override { return true; }
  bool boolean(bool value) override {
    if (in_alias() && key_ == "x-readOnly") draft_.read_only = value;
    return true;
  }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }

  bool string(string_t& value) override {
    const std::string_view inside =
        frames_.empty() ? std::string_view() : std::string_view(frames_.back().key);
    if (alias_depth_ == 0) {
      if (inside == "providers" && equal_ascii_fold(key_, "namespace")) {
        namespace_ = value;
        flush_types();
      }
      if (equal_ascii_fold(key_, "dataNamespace")) namespace_ = value;
      if (inside == "resourceTypes" && equal_ascii_fold(key_, "resourceType")) {
        type_name_ = value;
      } else if (inside == "capabilities-of-type" ||
                 (inside == "resourceTypes" && equal_ascii_fold(key_, "capabilities"))) {
        capabilities_ = value;
      }
      return true;
    }
    const std::size_t level = frames_.size() - alias_depth_;
    if (level == 0) {
      if (key_ == "name") draft_.name = value;
      if (key_ == "defaultPath") draft_.default_path = value;
      if (key_ == "x-type") draft_.type = value;
      if (key_ == "type") draft_.kind = value;
    } else if (inside == "x-allowed") {
      draft_.allowed.push_back(value);
    } else if (inside == "defaultPath" && key_ == "path") {
      draft_.default_path = value; // the form of some command-line exports
    } else if (inside == "defaultMetadata") {
      if (key_ == "type" && draft_.type.empty()) draft_.type = value;
      if (key_ == "attributes") draft_.attributes = value;
    } else if (inside == "defaultPattern") {
      if (key_ == "phrase") draft_.phrase = value;
      if (key_ == "variable") draft_.variable = value;
    } else if (inside == "path-item" && key_ == "path") {
      draft_.versions.back().path = value;
    } else if ((inside == "apiVersions" || inside == "schemaVersions") && !draft_.versions.empty()) {
      draft_.versions.back().api_versions.push_back(value);
    } else if (inside == "metadata" && key_ == "attributes" && !draft_.versions.empty()) {
      draft_.versions.back().attributes = value;
    }
    return true;
  }

  bool key(string_t& value) override {
    key_ = value;
    return true;
  }

  bool start_object(std::size_t) override {
    if (frames_.size() > 64) return fail("nested too deep");
    const std::string_view parent =
        frames_.empty() ? std::string_view() : std::string_view(frames_.back().key);
    std::string name = key_;
    if (frames_.empty()) {
      name = "providers"; // one provider alone, a {"value":[…]} page, or a manifest
    } else if (frames_.back().array) {
      name = parent == "value" ? "providers" : parent;
      if (parent == "aliases") {
        draft_ = {};
        alias_depth_ = frames_.size() + 1;
      }
      if (parent == "paths") {
        draft_.versions.emplace_back();
        name = "path-item";
      }
      if (parent == "resourceTypes" || parent == "resourceTypeAliases") {
        name = "resourceTypes";
        type_name_.clear();
        capabilities_.clear();
      }
    }
    frames_.push_back({std::move(name), false});
    key_.clear();
    return true;
  }

  bool end_object() override {
    if (alias_depth_ != 0 && frames_.size() == alias_depth_) {
      alias_depth_ = 0;
      drafts_.push_back(std::move(draft_));
      draft_ = {};
    }
    const std::string closed = frames_.back().key;
    frames_.pop_back();
    if (alias_depth_ == 0 && closed == "resourceTypes") {
      store_type();
    }
    if (alias_depth_ == 0 && closed == "providers") flush_types();
    key_.clear();
    return true;
  }

  bool start_array(std::size_t) override {
    if (frames_.size() > 64) return fail("nested too deep");
    frames_.push_back({frames_.empty() ? std::string("value") : key_, true});
    return true;
  }
  bool end_array() override {
    frames_.pop_back();
    key_.clear();
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) override {
    problem_at = position;
    problem = e.what();
    return false;
  }
  bool fail(std::string reason) {
    problem = std::move(reason);
    return false;
  }

  std::size_t stored = 0;

private:
  struct Frame {
    std::string key;
    bool array;
  };
  struct PendingType {
    std::string name;
    std::string capabilities;
    std::vector<AliasDraft> aliases;
  };

  [[nodiscard]] bool in_alias() const { return alias_depth_ != 0; }

  // The namespace may come after the types it belongs to: types wait until their provider ends.
  void store_type() {
    pending_.push_back({type_name_, capabilities_, std::move(drafts_)});
    drafts_.clear();
    if (!namespace_.empty()) flush_types();
  }

  void flush_types() {
    if (namespace_.empty()) return;
    for (PendingType& pending : pending_) {
      if (pending.name.empty()) continue;
      const std::uint32_t type = catalog_.add_type(namespace_ + "/" + pending.name);
      if (!pending.capabilities.empty()) {
        const bool tags = pending.capabilities.find("SupportsTags") != std::string::npos;
        const bool location = pending.capabilities.find("SupportsLocation") != std::string::npos;
        catalog_.type_at(type).tracked = tags && location ? Ternary::Yes : Ternary::No;
      }
      for (AliasDraft& draft : pending.aliases)
        store_alias(type, draft);
    }
    pending_.clear();
    // A new provider begins: the next namespace is its own.
    if (frames_.empty() || frames_.back().key != "providers") namespace_.clear();
  }

  void store_alias(std::uint32_t type, AliasDraft& draft) {
    std::string path = draft.default_path;
    if (path.empty() && !draft.versions.empty()) path = draft.versions.front().path;
    if (draft.name.empty() || path.empty()) return;
    Alias& alias = catalog_.add_alias(type, draft.name, path);
    ++stored;
    if (const PropertyType known = property_type_of(draft.type); known != PropertyType::Unknown)
      alias.property_type = known;
    if (!draft.attributes.empty())
      alias.modifiable = has_word(draft.attributes, "Modifiable") ? Ternary::Yes : Ternary::No;
    if (draft.read_only) alias.read_only = true;
    if (has_word(draft.kind, "Mask")) alias.secret = true;
    if (has_word(draft.kind, "Deprecated")) alias.deprecated = true;
    if (!draft.phrase.empty()) {
      alias.pattern_phrase = catalog_.keep(draft.phrase);
      alias.pattern_variable = catalog_.keep(draft.variable);
    }
    if (!draft.allowed.empty()) {
      alias.allowed.clear();
      for (const std::string& value : draft.allowed)
        alias.allowed.push_back(catalog_.keep(value));
    }
    if (!draft.versions.empty()) {
      alias.versions.clear();
      for (const AliasDraft::Version& version : draft.versions) {
        if (version.path.empty() || version.api_versions.empty()) continue;
        AliasVersion entry;
        entry.path = catalog_.keep(version.path);
        if (!version.attributes.empty())
          entry.modifiable = has_word(version.attributes, "Modifiable") ? Ternary::Yes : Ternary::No;
        for (const std::string& api : version.api_versions)
          entry.api_versions.push_back(catalog_.keep(api));
        alias.versions.push_back(std::move(entry));
      }
    }
  }

  Catalog& catalog_;
  std::vector<Frame> frames_;
  std::string key_;
  std::string namespace_;
  std::string type_name_;
  std::string capabilities_;
  std::size_t alias_depth_ = 0; // frames_.size() of the alias object being read; 0 = none
  AliasDraft draft_;
  std::vector<AliasDraft> drafts_;
  std::vector<PendingType> pending_;
};

} // namespace

Status Catalog::add_provider_export(std::string_view text, const std::string& file) {
  ExportReader reader(*this);
  bool ok = false;
  try {
    ok = json::sax_parse(text.begin(), text.end(), &reader);
  } catch (const std::exception& e) {
    reader.problem = e.what();
  }
  finish();
  if (!ok) {
    const std::string_view before = text.substr(0, std::min(reader.problem_at, text.size()));
    const auto line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return Diagnostic(Code::InvalidAliasExport, {},
                      "`" + file + "` is not a provider export: " + reader.problem)
        .at(file, line, before.size() - line_start + 1);
  }
  if (reader.stored == 0)
    return Diagnostic(Code::InvalidAliasExport, {}, "`" + file + "` holds no alias")
        .note("expected the output of `az provider list --expand resourceTypes/aliases`")
        .at(file);
  return Done{};
}

} // namespace writ
