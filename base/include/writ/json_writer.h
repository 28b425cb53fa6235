// SPDX-License-Identifier: MIT
// Streaming JSON text: deterministic, no tree. For output that is produced line by line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// Appends `text` as a JSON string with quotes. Control characters are escaped, invalid UTF-8 becomes U+FFFD,
/// everything else is kept as it is.
void append_json_string(std::string& out, std::string_view text);

/// Writes into a string that the caller owns. Calls must nest properly; commas, colons and line breaks are
/// its business.
class JsonWriter {
public:
  /// indent 0 = one line without blanks.
  explicit JsonWriter(std::string& out, int indent = 0) : out_(out), indent_(indent) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& string(std::string_view text);
  JsonWriter& number(std::int64_t value);
  JsonWriter& number(std::uint64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  /// JSON text made elsewhere, inserted as it is; empty text becomes null.
  JsonWriter& raw(std::string_view json);

  /// key + value in one call.
  JsonWriter& field(std::string_view name, std::string_view text) { return key(name).string(text); }
  JsonWriter& field(std::string_view name, std::uint64_t value) { return key(name).number(value); }

private:
  void before_value();
  void new_line();
  struct Level {
    bool object;
    bool empty;
  };
  std::string& out_;
  int indent_;
  bool after_key_ = false;
  std::vector<Level> levels_;
};

} // namespace writ
