// SPDX-License-Identifier: MIT
// What a JSON document of a snapshot is: a resource, or an envelope around rows. Decided from its top-level
// keys. The envelopes are described in docs/snapshots.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::snapshot {

enum class Envelope : std::uint8_t {
  Resource,   ///< one resource
  Array,      ///< [ … ]
  ValuePage,  ///< {"value":[ … ]}: REST and Microsoft Graph
  GraphData,  ///< {"data":[ … ]}: Azure Resource Graph
  GraphTable, ///< {"data":{"columns":[ … ],"rows":[ … ]}}
  Refused,    ///< a kind of document that is not evaluated; see Document::refusal
  Error,      ///< the error response of a service
  Scalar      ///< no container at all
};
/// "resource", "array", "value page", … for summaries.
std::string_view to_text(Envelope envelope);

/// What a page says about the pages around it.
struct PageInfo {
  std::optional<std::uint64_t> count; ///< rows of this page, as it says
  std::optional<std::uint64_t> total; ///< rows of all pages
  bool continues = false;             ///< it names a next page
  bool truncated = false;             ///< resultTruncated
  bool operator==(const PageInfo&) const = default;
};

struct Document {
  Envelope envelope = Envelope::Scalar;
  std::string reason;               ///< why it was taken for that, for people
  std::size_t rows = 0;             ///< position of the '[' of the rows, for envelopes with rows
  std::vector<std::string> columns; ///< GraphTable: names as JSON strings with quotes
  PageInfo page;
  std::string row_type;          ///< type of rows that do not say one (Microsoft Graph), or empty
  std::string_view refusal;      ///< Refused: "an ARM template"
  std::string_view refusal_help; ///< … and what to do
  std::string error_text;        ///< Error: the service's message
  [[nodiscard]] bool has_rows() const {
    return envelope == Envelope::Array || envelope == Envelope::ValuePage ||
           envelope == Envelope::GraphData || envelope == Envelope::GraphTable;
  }
};

/// Looks at the value that starts at `at`. Never fails: damage shows when the parts are parsed.
Document inspect(std::string_view text, std::size_t at);

} // namespace writ::snapshot
