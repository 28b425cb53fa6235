// SPDX-License-Identifier: MIT
// JSON with positions: policy documents are sources, so mistakes in them get a file, a line and a column.
#pragma once

#include "writ/arena.h"
#include "writ/diagnostic.h"
#include "writ/semantics/value.h"
#include "writ/source.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace writ::azure {

enum class JsonKind : std::uint8_t { Null, Bool, Int, Float, String, Array, Object };

struct JsonMember;

/// One JSON value and where it stands. Text and children live in the arena of the reader.
struct JsonNode {
  JsonKind kind = JsonKind::Null;
  bool truth = false;
  std::int64_t integer = 0;
  double number = 0;
  std::string_view text; ///< of a String, escapes resolved
  std::span<const JsonNode> elements;
  std::span<const JsonMember> members; ///< document order, repeated keys included
  Span span;                           ///< of a String: with its quotes

  [[nodiscard]] bool is(JsonKind wanted) const { return kind == wanted; }
  /// The first member with this key, ignoring ASCII case; null when there is none or this is no object.
  [[nodiscard]] const JsonNode* find(std::string_view key) const;
  /// The text of a member that is a string, else empty.
  [[nodiscard]] std::string_view text_of(std::string_view key) const;
};

struct JsonMember {
  std::string_view key; ///< escapes resolved
  Span key_span;        ///< with its quotes
  JsonNode value;
};

/// The second occurrence of a key, ignoring ASCII case.
const JsonMember* find_repeated_key(const JsonNode& object);

/// Values are nested at most this deep: what a bundle can hold and a function can take.
inline constexpr int kMaxValueDepth = 128;
/// Whether arrays and objects lie more than `depth` deep in each other.
bool is_nested_deeper(const JsonNode& node, int depth);

/// "a string", "an object", … for messages.
std::string_view kind_name(JsonKind kind);

/// Reads the JSON values of one text, one after the other. Besides strict JSON: a byte order mark, comments,
/// and commas before a closing bracket. Nesting is limited to kMaxJsonDepth.
class JsonReader {
public:
  /// Room for conditions that are nested as deep as a rule may nest them, each an object in an array.
  static constexpr int kMaxJsonDepth = 1100;

  JsonReader(const SourceMap& sources, SourceId source, Diagnostics& diagnostics);

  /// The next value, in the arena; nothing at the end of the text or after a mistake (InvalidPolicyJson).
  std::optional<JsonNode> next(Arena& arena);
  [[nodiscard]] bool failed() const { return failed_; }
  /// Continues behind the current line: for texts of one value a line.
  void skip_line();
  /// True when only blanks and comments are left.
  bool at_end();

private:
  bool value(Arena& arena, JsonNode& out, int depth);
  bool object(Arena& arena, JsonNode& out, int depth);
  bool array(Arena& arena, JsonNode& out, int depth);
  bool string(Arena& arena, std::string_view& out, Span& span);
  bool escape(std::string& out);
  bool hex_unit(char32_t& unit);
  bool number(JsonNode& out);
  bool word(std::string_view word);
  bool skip_blanks();
  bool fail(std::size_t begin, std::size_t end, std::string message);
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;

  const SourceMap& sources_;
  SourceId source_;
  Diagnostics& diagnostics_;
  std::string_view text_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

/// Position of byte `offset` of a string's resolved text in the source.
std::uint32_t offset_in_source(const SourceMap& sources, const JsonNode& string, std::size_t offset);

/// The value, in the arena. Strings are shared with the node.
Value to_value(Arena& arena, const JsonNode& node);
/// Compact JSON text.
std::string to_json_text(const JsonNode& node);

} // namespace writ::azure
