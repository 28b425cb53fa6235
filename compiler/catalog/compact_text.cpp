// SPDX-License-Identifier: MIT
// Reader of the compact catalogue format. One line a fact; see docs/catalogue.md.
#include "writ/catalog.h"
#include "writ/text.h"

#include <array>
#include <fmt/format.h>
#include <optional>

namespace writ {

namespace {

struct TypeWord {
  std::string_view word;
  PropertyType type;
};
constexpr std::array kTypeWords = {
    TypeWord{"string", PropertyType::String}, TypeWord{"integer", PropertyType::Integer},
    TypeWord{"number", PropertyType::Number}, TypeWord{"boolean", PropertyType::Boolean},
    TypeWord{"array", PropertyType::Array},   TypeWord{"object", PropertyType::Object},
    TypeWord{"any", PropertyType::Any},
};

/// Cuts the next word (blanks separate) off the front.
std::string_view take_catalog_word(std::string_view& line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return line = {}, line;
  line.remove_prefix(begin);
  const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

/// The facts one alias line states; what it is silent about stays as it was.
struct AliasLine {
  std::string_view name;
  std::string_view path;
  PropertyType type = PropertyType::Unknown;
  bool read_only = false;
  bool secret = false;
  bool deprecated = false;
  bool modifiable = false;
  std::vector<std::string_view> allowed;
};

std::string_view trim_blanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

PropertyType type_of_word(std::string_view word) {
  for (const TypeWord& row : kTypeWords)
    if (row.word == word) return row.type;
  return PropertyType::Unknown;
}

/// Reads the words behind the alias name. Returns what is wrong with them, or an empty text.
std::string read_alias_words(std::string_view words, AliasLine& line) {
  for (std::string_view word = take_catalog_word(words); !word.empty(); word = take_catalog_word(words)) {
    if (word.front() == '@') {
      line.path = word.substr(1);
      if (line.path.empty()) return fmt::format("empty path of `{}`", line.name);
    } else if (word == "ro") {
      line.read_only = true;
    } else if (word == "secret") {
      line.secret = true;
    } else if (word == "deprecated") {
      line.deprecated = true;
    } else if (word == "modifiable") {
      line.modifiable = true;
    } else if (word == "=") {
      // The rest of the line: values separated by '|'.
      for (bool more = true; more;) {
        const std::size_t bar = words.find('|');
        more = bar != std::string_view::npos;
        const std::string_view value = trim_blanks(words.substr(0, bar));
        words.remove_prefix(more ? bar + 1 : words.size());
        if (value.empty()) return "no value stands behind `=` or `|`";
        line.allowed.push_back(value);
      }
    } else {
      const PropertyType type = type_of_word(word);
      if (type == PropertyType::Unknown) return fmt::format("unknown word `{}`", word);
      if (line.type != PropertyType::Unknown)
        return fmt::format("`{}` has two types, {} and {}", line.name, to_text(line.type), word);
      line.type = type;
    }
  }
  return {};
}

/// `Contoso.Lab/widgets`: a namespace and at least one type name.
bool is_resource_type(std::string_view name) {
  const std::size_t slash = name.find('/');
  return slash != std::string_view::npos && slash > 0 && name.back() != '/';
}

} // namespace

Status Catalog::add_compact(std::string_view text, const std::string& file) {
  std::optional<std::uint32_t> type;
  std::size_t number = 0;
  auto bad = [&](const std::string& reason) {
    return Diagnostic(Code::InvalidCatalog, {}, reason).at(file, number);
  };
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const bool indented = line.starts_with(' ') || line.starts_with('\t'); // some types have an alias `type`
    std::string_view first = take_catalog_word(line);
    if (first.empty() || first.front() == '#') continue;
    if (first == "type" && !indented) {
      const std::string_view name = take_catalog_word(line);
      if (!is_resource_type(name)) return bad("`type` needs a resource type such as Contoso.Lab/widgets");
      type = add_type(name);
      for (std::string_view flag = take_catalog_word(line); !flag.empty(); flag = take_catalog_word(line)) {
        if (flag == "tracked")
          types_[*type].tracked = Ternary::Yes;
        else if (flag == "proxy")
          types_[*type].tracked = Ternary::No;
        else if (flag == "data")
          types_[*type].data_plane = true;
        else
          return bad(fmt::format("unknown type flag `{}`", flag));
      }
      continue;
    }
    if (!type) return bad("an alias stands before the first `type` line");
    if (!indented) return bad(fmt::format("an alias line is indented; `{}` is not", first));
    AliasLine fact;
    fact.name = first;
    if (std::string problem = read_alias_words(line, fact); !problem.empty()) return bad(problem);
    // `=Full.Alias/name` for the few aliases that do not begin with their type.
    std::string full(types_[*type].name);
    std::string path(fact.path);
    if (first.front() == '=') {
      full = first.substr(1);
      if (full.empty()) return bad("no name stands behind `=`");
      if (path.empty()) return bad(fmt::format("`{}` does not begin with its type and needs a path", full));
    } else {
      full += '/';
      full += first;
      if (path.empty()) path = fmt::format("properties.{}", first);
    }
    Alias& alias = add_alias(*type, full, path);
    if (fact.type != PropertyType::Unknown) alias.property_type = fact.type;
    alias.read_only = alias.read_only || fact.read_only;
    alias.secret = alias.secret || fact.secret;
    alias.deprecated = alias.deprecated || fact.deprecated;
    if (fact.modifiable) alias.modifiable = Ternary::Yes;
    if (!fact.allowed.empty()) {
      alias.allowed.clear();
      for (std::string_view value : fact.allowed)
        alias.allowed.push_back(keep(value));
    }
  }
  finish();
  return Done{};
}

} // namespace writ
