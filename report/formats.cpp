// SPDX-License-Identifier: MIT
// Format name to writer, from one table.
#include "formats.h"

#include <array>

namespace writ::report {

namespace {
struct FormatRow {
  std::string_view name;
  std::unique_ptr<FindingWriter> (*make)(std::ostream&);
};
constexpr std::array kFormats = {
    FormatRow{"text", make_text_writer},
    FormatRow{"json", make_json_writer},
    FormatRow{"ndjson", make_ndjson_writer},
};
} // namespace

std::vector<std::string_view> finding_formats() {
  std::vector<std::string_view> names;
  for (const FormatRow& row : kFormats)
    names.push_back(row.name);
  return names;
}

std::unique_ptr<FindingWriter> make_finding_writer(std::string_view format, std::ostream& out) {
  for (const FormatRow& row : kFormats)
    if (row.name == format) return row.make(out);
  return nullptr;
}

} // namespace writ::report
