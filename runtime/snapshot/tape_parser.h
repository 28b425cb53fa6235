// SPDX-License-Identifier: MIT
// The wall around simdjson: its first stage finds the structural characters of a text, TapeWriter makes the
// tape of them, and what the writer refuses is parsed by simdjson itself.
#pragma once

#include "snapshot/tape.h"
#include "snapshot/tape_writer.h"

#include <memory>
#include <string_view>

namespace writ::snapshot {

/// A parser with its buffers. Reuse it: after warm-up a parse allocates nothing.
class TapeParser {
public:
  TapeParser();
  ~TapeParser();
  TapeParser(TapeParser&&) noexcept;
  TapeParser& operator=(TapeParser&&) noexcept;

  /// `text` is one JSON value, blanks around it allowed, kPadding readable bytes behind it. Null when it was
  /// parsed; else a reason for people (static text).
  const char* parse(std::string_view text);
  /// As parse() and parse_part(), leaving out what the filter has no use for: when skimmed() says so, the
  /// text is valid and there is no tape. `filter` may be null, and is not asked in plain mode.
  void set_filter(TypeFilter* filter) { filter_ = filter; }
  [[nodiscard]] bool skimmed() const { return skimmed_; }
  [[nodiscard]] bool skimmed_properties_are_null() const;
  /// The tape of the last parse.
  [[nodiscard]] const Tape& tape() const { return tape_; }

  /// Looks at a text of many values at once, which costs less than looking at each. Then parse_part() takes
  /// parts of it, from front to back; parse() may be called in between. Damage anywhere in it makes the parts
  /// be parsed one by one; after open({}) they are, too.
  void open(std::string_view text);
  /// As parse(); `part` lies in the text of open() and behind the parts taken before.
  const char* parse_part(std::string_view part);

  /// Has simdjson parse everything by itself: the longest way, to compare with.
  void set_plain(bool plain) { plain_ = plain; }

private:
  struct State;
  const char* parse_slowly(std::string_view text);
  const char* take_simdjson(std::string_view text, bool& number_error);
  std::unique_ptr<State> state_;
  Tape tape_;
  bool plain_ = false;
  bool skimmed_ = false;
  TypeFilter* filter_ = nullptr;
};

} // namespace writ::snapshot
