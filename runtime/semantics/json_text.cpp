// SPDX-License-Identifier: MIT
// A small strict JSON reader, and the writer of value.h.
#include "json_text.h"

#include "writ/json_writer.h"
#include "writ/semantics/number_text.h"
#include "writ/text.h"

#include <charconv>
#include <cmath>
#include <vector>

namespace writ {

namespace {

using detail::JsonOutcome;
using detail::JsonQuotes;

/// Recursive descent. Elements of open containers wait on two stacks until their container is complete, so
/// that every container is one allocation in the arena.
class JsonReader {
public:
  JsonReader(Arena& arena, std::string_view text, JsonQuotes quotes)
      : arena_(arena), text_(text), single_quotes_(quotes == JsonQuotes::SingleToo) {}

  JsonOutcome run(Value& out, JsonError& error) {
    skip_blanks();
    bool ok = value(out, 0);
    if (ok) {
      skip_blanks();
      if (at_ != text_.size()) ok = fail("text after the value");
    }
    if (ok) return JsonOutcome::Ok;
    error.offset = at_;
    error.reason = reason_;
    return too_deep_ ? JsonOutcome::TooDeep : JsonOutcome::Invalid;
  }

private:
  bool fail(const char* reason) {
    reason_ = reason;
    return false;
  }
  [[nodiscard]] bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }
  bool take(char c) {
    if (!next_is(c)) return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
      ++at_;
  }
  [[nodiscard]] bool at_quote() const { return next_is('"') || (single_quotes_ && next_is('\'')); }

  bool value(Value& out, int depth) {
    if (at_ >= text_.size()) return fail("a value is missing");
    switch (text_[at_]) {
    case '{':
      return object(out, depth + 1);
    case '[':
      return array(out, depth + 1);
    case 't':
      return word("true", Value::boolean(true), out);
    case 'f':
      return word("false", Value::boolean(false), out);
    case 'n':
      return word("null", Value::null(), out);
    default:
      break;
    }
    if (at_quote()) {
      std::string_view text;
      if (!string(text)) return false;
      out = Value::string(text);
      return true;
    }
    return number(out);
  }

  bool word(std::string_view spelling, Value meaning, Value& out) {
    if (text_.substr(at_, spelling.size()) != spelling) return fail("unknown word");
    at_ += spelling.size();
    out = meaning;
    return true;
  }

  bool digits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9')
      ++at_;
    return at_ > begin || fail("a digit is missing");
  }

  bool number(Value& out) {
    const std::size_t begin = at_;
    take('-');
    if (at_ >= text_.size() || text_[at_] < '0' || text_[at_] > '9')
      return fail(begin == at_ ? "a value is missing" : "a digit is missing");
    if (take('0')) {
      if (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') return fail("leading zero");
    } else if (!digits()) {
      return false;
    }
    bool integral = true;
    if (take('.')) {
      integral = false;
      if (!digits()) return false;
    }
    if (take('e') || take('E')) {
      integral = false;
      if (!take('+')) take('-');
      if (!digits()) return false;
    }
    const std::string_view token = text_.substr(begin, at_ - begin);
    if (integral) {
      std::int64_t i = 0;
      if (std::from_chars(token.data(), token.data() + token.size(), i).ec == std::errc()) {
        out = Value::integer(i);
        return true;
      }
    }
    const std::optional<double> d = parse_decimal(token);
    if (!d) {
      at_ = begin;
      return fail("number out of range");
    }
    out = Value::floating(*d);
    return true;
  }

  static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  }
  bool hex4(char32_t& out) {
    out = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const int digit = at_ < text_.size() ? hex_digit(text_[at_]) : -1;
      if (digit < 0) return fail("bad \\u escape");
      out = out * 16 + static_cast<char32_t>(digit);
    }
    return true;
  }

  bool escape(std::string& out, char quote) {
    if (at_ >= text_.size()) return fail("unterminated string");
    const char c = text_[at_++];
    switch (c) {
    case '"':
    case '\\':
    case '/':
      out += c;
      return true;
    case '\'':
      if (quote != '\'') return fail("unknown escape");
      out += c;
      return true;
    case 'b':
      out += '\b';
      return true;
    case 'f':
      out += '\f';
      return true;
    case 'n':
      out += '\n';
      return true;
    case 'r':
      out += '\r';
      return true;
    case 't':
      out += '\t';
      return true;
    case 'u':
      break;
    default:
      return fail("unknown escape");
    }
    char32_t unit = 0;
    if (!hex4(unit)) return false;
    if (unit >= 0xDC00 && unit <= 0xDFFF) return fail("lone surrogate");
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      char32_t low = 0;
      if (!take('\\') || !take('u')) return fail("lone surrogate");
      if (!hex4(low)) return false;
      if (low < 0xDC00 || low > 0xDFFF) return fail("lone surrogate");
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    append_code_point(out, unit);
    return true;
  }

  bool string(std::string_view& out) {
    const char quote = text_[at_++];
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\\') {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) return fail("control character in a string");
      ++at_;
    }
    if (at_ >= text_.size()) return fail("unterminated string");
    if (text_[at_] == quote) { // no escapes: one copy
      out = text_.substr(begin, at_ - begin);
      ++at_;
      return keep_string(out);
    }
    scratch_.assign(text_, begin, at_ - begin);
    while (true) {
      if (at_ >= text_.size()) return fail("unterminated string");
      const char c = text_[at_];
      if (static_cast<unsigned char>(c) < 0x20) return fail("control character in a string");
      ++at_;
      if (c == quote) break;
      if (c != '\\')
        scratch_ += c;
      else if (!escape(scratch_, quote))
        return false;
    }
    out = scratch_;
    return keep_string(out);
  }
  bool keep_string(std::string_view& out) {
    if (!valid_utf8(out)) return fail("invalid UTF-8 in a string");
    out = arena_.copy(out);
    return true;
  }

  bool deeper(int depth) {
    if (depth <= detail::kMaxJsonDepth) return true;
    too_deep_ = true;
    return fail("nested too deeply");
  }

  bool array(Value& out, int depth) {
    if (!deeper(depth)) return false;
    ++at_;
    const std::size_t base = elements_.size();
    skip_blanks();
    if (!take(']')) {
      do {
        skip_blanks();
        Value element;
        if (!value(element, depth)) return false;
        elements_.push_back(element);
        skip_blanks();
      } while (take(','));
      if (!take(']')) return fail("`,` or `]` is missing");
    }
    const auto kept = arena_.array<Value>(elements_.size() - base);
    std::copy(elements_.begin() + static_cast<std::ptrdiff_t>(base), elements_.end(), kept.begin());
    elements_.resize(base);
    out = Value::array(kept);
    return true;
  }

  bool object(Value& out, int depth) {
    if (!deeper(depth)) return false;
    ++at_;
    const std::size_t base = members_.size();
    skip_blanks();
    if (!take('}')) {
      do {
        skip_blanks();
        if (!at_quote()) return fail("a key is missing");
        Member member;
        if (!string(member.key)) return false;
        skip_blanks();
        if (!take(':')) return fail("`:` is missing");
        skip_blanks();
        if (!value(member.value, depth)) return false;
        members_.push_back(member);
        skip_blanks();
      } while (take(','));
      if (!take('}')) return fail("`,` or `}` is missing");
    }
    const auto kept = arena_.array<Member>(members_.size() - base);
    std::copy(members_.begin() + static_cast<std::ptrdiff_t>(base), members_.end(), kept.begin());
    members_.resize(base);
    out = Value::object(kept);
    return true;
  }

  Arena& arena_;
  std::string_view text_;
  bool single_quotes_;
  bool too_deep_ = false;
  std::size_t at_ = 0;
  const char* reason_ = "";
  std::string scratch_;
  std::vector<Value> elements_;
  std::vector<Member> members_;
};

} // namespace

JsonOutcome detail::read_json(Arena& arena, std::string_view text, JsonQuotes quotes, Value& out,
                              JsonError& error) {
  return JsonReader(arena, text, quotes).run(out, error);
}

bool parse_json(Arena& arena, std::string_view text, Value& out, JsonError& error) {
  return detail::read_json(arena, text, JsonQuotes::Strict, out, error) == JsonOutcome::Ok;
}

void append_json(std::string& out, const Value& value) {
  switch (value.kind()) {
  case ValueKind::Missing:
  case ValueKind::Null:
    out += "null";
    return;
  case ValueKind::Bool:
    out += value.as_bool() ? "true" : "false";
    return;
  case ValueKind::Int:
    append_integer(out, value.as_int());
    return;
  case ValueKind::Float:
    append_double(out, value.as_float(), true);
    return;
  case ValueKind::String:
    append_json_string(out, value.as_string());
    return;
  case ValueKind::Array: {
    char separator = '[';
    for (const Value& element : value.as_array()) {
      out += separator;
      append_json(out, element);
      separator = ',';
    }
    if (separator == '[') out += '[';
    out += ']';
    return;
  }
  case ValueKind::Object: {
    char separator = '{';
    for (const Member& member : value.as_object()) {
      out += separator;
      append_json_string(out, member.key);
      out += ':';
      append_json(out, member.value);
      separator = ',';
    }
    if (separator == '{') out += '{';
    out += '}';
    return;
  }
  case ValueKind::Unknown:
    out += "\"<unknown>\"";
    return;
  case ValueKind::Error:
    append_json_string(out, "<error: " + std::string(value.as_error().code) + ">");
    return;
  }
}

std::string to_json(const Value& value) {
  std::string out;
  append_json(out, value);
  return out;
}

} // namespace writ
