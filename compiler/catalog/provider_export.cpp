// SPDX-License-Identifier: MIT
// Reader of provider exports. Sixteen megabytes must load in well under a second, so the text is read as a
// stream of events, never as a tree.
#include "writ/catalog.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace writ {

namespace {

using nlohmann::json;

/// One alias while its object is read.
struct AliasDraft {
  std::string name;
  std::string default_path;
  std::string type;       // x-type, else defaultMetadata.type
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

/// Where in the export the reader is: the meaning of the innermost object or array.
enum class Place : std::uint8_t {
  Outside,
  Providers,
  Provider, // also the {"value":[…]} page around providers, and a data-plane manifest
  Types,
  Type,
  CommonAliases, // of a manifest: they mean the same on each of its types
  Aliases,
  OneAlias,
  DefaultPath, // the object some command-line exports write instead of a text
  DefaultMetadata,
  DefaultPattern,
  Allowed,
  Paths,
  OnePath,
  PathVersions,
  PathMetadata,
  Other
};

struct PlaceStep {
  Place from;
  bool array;
  std::string_view key; // empty: an element
  Place to;
};
constexpr PlaceStep kPlaceSteps[] = {
    {Place::Outside, true, "", Place::Providers},
    {Place::Outside, false, "", Place::Provider},
    {Place::Providers, false, "", Place::Provider},
    {Place::Provider, true, "value", Place::Providers},
    {Place::Provider, true, "resourceTypes", Place::Types},
    {Place::Provider, true, "resourceTypeAliases", Place::Types},
    {Place::Provider, true, "aliases", Place::CommonAliases},
    {Place::Types, false, "", Place::Type},
    {Place::Type, true, "aliases", Place::Aliases},
    {Place::CommonAliases, false, "", Place::OneAlias},
    {Place::Aliases, false, "", Place::OneAlias},
    {Place::OneAlias, false, "defaultPath", Place::DefaultPath},
    {Place::OneAlias, false, "defaultMetadata", Place::DefaultMetadata},
    {Place::OneAlias, false, "defaultPattern", Place::DefaultPattern},
    {Place::OneAlias, true, "x-allowed", Place::Allowed},
    {Place::OneAlias, true, "paths", Place::Paths},
    {Place::Paths, false, "", Place::OnePath},
    {Place::OnePath, true, "apiVersions", Place::PathVersions},
    {Place::OnePath, true, "schemaVersions", Place::PathVersions},
    {Place::OnePath, false, "metadata", Place::PathMetadata},
};

Place step_into(Place from, bool array, std::string_view key) {
  for (const PlaceStep& step : kPlaceSteps)
    if (step.from == from && step.array == array && (step.key.empty() || equal_ascii_fold(step.key, key)))
      return step.to;
  return Place::Other;
}

/// The reader's own words of a JSON error: "[json.exception…] parse error at line 1, column 2: <these>".
std::string plain_json_problem(std::string_view text) {
  const std::size_t column = text.find("column ");
  const std::size_t colon = text.find(": ", column == std::string_view::npos ? 0 : column);
  if (colon != std::string_view::npos) text.remove_prefix(colon + 2);
  return std::string(text.substr(0, text.find("; last read")));
}

/// Follows the events of the JSON reader. Keys may come in any order, so a type waits until its provider
/// ends.
class ExportReader : public json::json_sax_t {
public:
  explicit ExportReader(Catalog& catalog) : catalog_(catalog) {}

  std::string problem;
  std::size_t problem_at = 0; // byte; 0 = unknown
  std::size_t stored = 0;

  bool null() override { return true; }
  bool boolean(bool value) override {
    if (place() == Place::OneAlias && is_key("x-readOnly")) alias_.read_only = value;
    return true;
  }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }

  bool key(string_t& value) override {
    key_ = std::move(value);
    return true;
  }

  bool string(string_t& value) override {
    switch (place()) {
    case Place::Provider:
      if (is_key("namespace")) namespace_ = value;
      if (is_key("dataNamespace")) {
        namespace_ = value;
        manifest_ = true;
      }
      break;
    case Place::Type:
      if (is_key("resourceType")) type_.name = value;
      if (is_key("capabilities")) type_.capabilities = value;
      break;
    case Place::OneAlias:
      if (is_key("name")) alias_.name = value;
      if (is_key("defaultPath")) alias_.default_path = value;
      if (is_key("x-type")) alias_.type = value;
      if (is_key("type")) alias_.kind = value;
      break;
    case Place::DefaultPath:
      if (is_key("path")) alias_.default_path = value;
      break;
    case Place::DefaultMetadata:
      if (is_key("type") && alias_.type.empty()) alias_.type = value;
      if (is_key("attributes")) alias_.attributes = value;
      break;
    case Place::DefaultPattern:
      if (is_key("phrase")) alias_.phrase = value;
      if (is_key("variable")) alias_.variable = value;
      break;
    case Place::Allowed:
      alias_.allowed.push_back(value);
      break;
    case Place::OnePath:
      if (is_key("path")) alias_.versions.back().path = value;
      break;
    case Place::PathVersions:
      alias_.versions.back().api_versions.push_back(value);
      break;
    case Place::PathMetadata:
      if (is_key("attributes")) alias_.versions.back().attributes = value;
      break;
    default:
      break;
    }
    return true;
  }

  bool start_object(std::size_t) override {
    if (!enter(false)) return false;
    switch (place()) {
    case Place::Provider:
      namespace_.clear();
      manifest_ = false;
      types_.clear();
      common_.clear();
      break;
    case Place::Type:
      type_ = {};
      break;
    case Place::OneAlias:
      alias_ = {};
      break;
    case Place::OnePath:
      alias_.versions.emplace_back();
      break;
    default:
      break;
    }
    return true;
  }
  bool start_array(std::size_t) override { return enter(true); }

  bool end_object() override {
    const Place ended = place();
    places_.pop_back();
    key_.clear();
    if (ended == Place::OneAlias)
      (place() == Place::CommonAliases ? common_ : type_.aliases).push_back(std::move(alias_));
    if (ended == Place::Type) types_.push_back(std::move(type_));
    if (ended == Place::Provider) store_provider();
    return true;
  }
  bool end_array() override {
    places_.pop_back();
    key_.clear();
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) override {
    problem_at = position;
    problem = plain_json_problem(e.what());
    return false;
  }

private:
  struct PendingType {
    std::string name;
    std::string capabilities;
    std::vector<AliasDraft> aliases;
  };
  static constexpr std::size_t kDepthLimit = 64;

  [[nodiscard]] Place place() const { return places_.empty() ? Place::Outside : places_.back(); }
  [[nodiscard]] bool is_key(std::string_view name) const { return equal_ascii_fold(key_, name); }

  bool enter(bool array) {
    if (places_.size() >= kDepthLimit) {
      problem = "it is nested too deep";
      return false;
    }
    // Only the outermost object can be a page of providers.
    Place next = step_into(place(), array, key_);
    if (next == Place::Providers && places_.size() > 1) next = Place::Other;
    places_.push_back(next);
    key_.clear();
    return true;
  }

  void store_provider() {
    if (namespace_.empty()) return;
    for (PendingType& pending : types_) {
      if (pending.name.empty()) continue;
      const std::uint32_t type = catalog_.add_type(fmt::format("{}/{}", namespace_, pending.name));
      if (manifest_) catalog_.type_at(type).data_plane = true;
      if (!pending.capabilities.empty()) {
        const bool tags = has_word(pending.capabilities, "SupportsTags");
        const bool location = has_word(pending.capabilities, "SupportsLocation");
        catalog_.type_at(type).tracked = tags && location ? Ternary::Yes : Ternary::No;
      }
      for (const AliasDraft& draft : common_)
        store_alias(type, draft);
      for (const AliasDraft& draft : pending.aliases)
        store_alias(type, draft);
    }
    types_.clear();
    common_.clear();
    namespace_.clear();
  }

  void store_alias(std::uint32_t type, const AliasDraft& draft) {
    std::string_view path = draft.default_path;
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

  Catalog& catalog_;
  std::vector<Place> places_;
  std::string key_;
  std::string namespace_;
  bool manifest_ = false;
  AliasDraft alias_;
  PendingType type_;
  std::vector<PendingType> types_;
  std::vector<AliasDraft> common_;
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
    Diagnostic d(Code::InvalidAliasExport, {},
                 fmt::format("`{}` is not a provider export: {}", file, reader.problem));
    if (reader.problem_at == 0) return std::move(d).at(file);
    // The reader counts the bytes it took, the offending one included; the end of the text counts as one.
    const std::string_view before = text.substr(0, std::min(reader.problem_at - 1, text.size()));
    const auto line = static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return std::move(d).at(file, line, before.size() - line_start + 1);
  }
  if (reader.stored == 0)
    return Diagnostic(Code::InvalidAliasExport, {}, fmt::format("`{}` holds no alias", file))
        .note("expected the output of `az provider list --expand resourceTypes/aliases`")
        .at(file);
  return Done{};
}

} // namespace writ
