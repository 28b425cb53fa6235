// SPDX-License-Identifier: MIT
// Reader of the compact catalogue format. One line a fact; see docs/catalogue.md.
#include "writ/catalog.h"
#include "writ/text.h"

#include <array>
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
      if (name.find('/') == std::string_view::npos)
        return bad("`type` needs a resource type such as Contoso.Lab/widgets");
      type = add_type(name);
      for (std::string_view flag = take_catalog_word(line); !flag.empty(); flag = take_catalog_word(line)) {
        if (flag == "tracked")
          types_[*type].tracked = Ternary::Yes;
        else if (flag == "proxy")
          types_[*type].tracked = Ternary::No;
        else if (flag == "data")
          types_[*type].data_plane = true;
        else
          return bad("unknown type flag `" + std::string(flag) + "`");
      }
      continue;
    }
    if (!type) return bad("an alias stands before the first `type` line");
    // `=Full.Alias/name` for the few aliases that do not begin with their type.
    const std::string full = first.front() == '='
                                 ? std::string(first.substr(1))
                                 : std::string(types_[*type].name) + "/" + std::string(first);
    std::string path = "properties." + std::string(first);
    PropertyType property = PropertyType::Unknown;
    bool read_only = false;
    bool secret = false;
    Ternary modifiable = Ternary::Unknown;
    std::vector<std::string_view> allowed;
    for (std::string_view word = take_catalog_word(line); !word.empty(); word = take_catalog_word(line)) {
      if (word.front() == '@') {
        path = word.substr(1);
      } else if (word == "ro") {
        read_only = true;
      } else if (word == "secret") {
        secret = true;
      } else if (word == "modifiable") {
        modifiable = Ternary::Yes;
      } else if (word == "=") {
        // The rest of the line: values separated by '|'.
        while (!line.empty()) {
          const std::size_t bar = std::min(line.find('|'), line.size());
          std::string_view value = line.substr(0, bar);
          line.remove_prefix(std::min(bar + 1, line.size()));
          while (!value.empty() && value.front() == ' ')
            value.remove_prefix(1);
          while (!value.empty() && value.back() == ' ')
            value.remove_suffix(1);
          if (!value.empty()) allowed.push_back(keep(value));
        }
      } else {
        for (const TypeWord& row : kTypeWords)
          if (row.word == word) property = row.type;
        if (property == PropertyType::Unknown) return bad("unknown word `" + std::string(word) + "`");
      }
    }
    Alias& alias = add_alias(*type, full, path);
    alias.property_type = property;
    alias.read_only = read_only;
    alias.secret = secret;
    alias.modifiable = modifiable;
    alias.allowed = std::move(allowed);
  }
  finish();
  return Done{};
}

} // namespace writ
