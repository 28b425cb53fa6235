// SPDX-License-Identifier: MIT
// Strict JSON into values. The slow path (parameters, constants, tests): snapshots go through simdjson.
#include "writ/semantics/value.h"
#include "writ/text.h"

#include <charconv>
#include <vector>

namespace writ {

namespace {

/// Deeper input is refused: recursion must not reach the end of the stack.
constexpr int kDeepestJson = 128;

class JsonTextParser {
public:
  JsonTextParser(Arena& arena, std::string_view text) : arena_(arena), text_(text) {}

  bool parse(Value& out, JsonError& error) {
    if (text_.starts_with("\xEF\xBB\xBF")) position_ = 3;
    bool ok = value(out, 0);
    if (ok) {
      blanks();
      if (position_ != text_.size()) ok = fail("unexpected text after the value");
    }
    if (!ok) error = {failed_at_, reason_};
    return ok;
  }

private:
  bool fail(std::string reason) {
    if (reason_.empty()) {
      reason_ = std::move(reason);
      failed_at_ = position_;
    }
    return false;
  }
  void blanks() {
    while (position_ < text_.size() && (text_[position_] == ' ' || text_[position_] == '\t' ||
                                        text_[position_] == '\n' || text_[position_] == '\r'))
      ++position_;
  }
  bool word(std::string_view expected, Value result, Value& out) {
    if (text_.compare(position_, expected.size(), expected) != 0) return fail("expected a JSON value");
    position_ += expected.size();
    out = result;
    return true;
  }

  bool value(Value& out, int depth) {
    if (depth > kDeepestJson) return fail("nesting is deeper than 128");
    blanks();
    if (position_ >= text_.size()) return fail("unexpected end of text");
    switch (text_[position_]) {
    case '{':
      return object(out, depth);
    case '[':
      return array(out, depth);
    case '"': {
      std::string_view text;
      if (!string(text)) return false;
      out = Value::string(text);
      return true;
    }
    case 't':
      return word("true", Value::boolean(true), out);
    case 'f':
      return word("false", Value::boolean(false), out);
    case 'n':
      return word("null", Value::null(), out);
    default:
      return number(out);
    }
  }

  bool array(Value& out, int depth) {
    ++position_;
    std::vector<Value> elements;
    blanks();
    if (position_ < text_.size() && text_[position_] == ']') {
      ++position_;
      out = Value::array({});
      return true;
    }
    while (true) {
      Value element;
      if (!value(element, depth + 1)) return false;
      elements.push_back(element);
      blanks();
      if (position_ >= text_.size()) return fail("unexpected end of text");
      const char c = text_[position_++];
      if (c == ']') break;
      if (c != ',') return --position_, fail("expected `,` or `]`");
    }
    const std::span<Value> kept = arena_.array<Value>(elements.size());
    std::copy(elements.begin(), elements.end(), kept.begin());
    out = Value::array(kept);
    return true;
  }

  bool object(Value& out, int depth) {
    ++position_;
    std::vector<Member> members;
    blanks();
    if (position_ < text_.size() && text_[position_] == '}') {
      ++position_;
      out = Value::object({});
      return true;
    }
    while (true) {
      blanks();
      if (position_ >= text_.size() || text_[position_] != '"') return fail("expected a member name");
      Member member;
      if (!string(member.key)) return false;
      blanks();
      if (position_ >= text_.size() || text_[position_] != ':') return fail("expected `:`");
      ++position_;
      if (!value(member.value, depth + 1)) return false;
      members.push_back(member);
      blanks();
      if (position_ >= text_.size()) return fail("unexpected end of text");
      const char c = text_[position_++];
      if (c == '}') break;
      if (c != ',') return --position_, fail("expected `,` or `}`");
    }
    const std::span<Member> kept = arena_.array<Member>(members.size());
    std::copy(members.begin(), members.end(), kept.begin());
    out = Value::object(kept);
    return true;
  }

  bool hex4(char32_t& out) {
    if (position_ + 4 > text_.size()) return fail("unfinished escape");
    unsigned value = 0;
    const auto result = std::from_chars(text_.data() + position_, text_.data() + position_ + 4, value, 16);
    if (result.ptr != text_.data() + position_ + 4) return fail("bad escape");
    position_ += 4;
    out = value;
    return true;
  }

  bool escape(std::string& text) {
    if (position_ >= text_.size()) return fail("unfinished string");
    const char c = text_[position_++];
    switch (c) {
    case '"':
    case '\\':
    case '/':
      text += c;
      return true;
    case 'b':
      text += '\b';
      return true;
    case 'f':
      text += '\f';
      return true;
    case 'n':
      text += '\n';
      return true;
    case 'r':
      text += '\r';
      return true;
    case 't':
      text += '\t';
      return true;
    case 'u': {
      char32_t code = 0;
      if (!hex4(code)) return false;
      if (code >= 0xD800 && code < 0xDC00 && text_.compare(position_, 2, "\\u") == 0) {
        const std::size_t before = position_;
        position_ += 2;
        char32_t low = 0;
        if (!hex4(low)) return false;
        if (low >= 0xDC00 && low < 0xE000)
          code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        else
          position_ = before;
      }
      append_code_point(text, code >= 0xD800 && code < 0xE000 ? 0xFFFD : code);
      return true;
    }
    default:
      --position_;
      return fail("bad escape");
    }
  }

  bool string(std::string_view& out) {
    ++position_;
    const std::size_t begin = position_;
    while (position_ < text_.size() && text_[position_] != '"' && text_[position_] != '\\' &&
           static_cast<unsigned char>(text_[position_]) >= 0x20)
      ++position_;
    if (position_ < text_.size() && text_[position_] == '"') {
      const std::string_view plain = text_.substr(begin, position_ - begin);
      if (!valid_utf8(plain)) return fail("the text is not valid UTF-8");
      out = arena_.copy(plain);
      ++position_;
      return true;
    }
    std::string text(text_.substr(begin, position_ - begin));
    while (true) {
      if (position_ >= text_.size()) return fail("unfinished string");
      const char c = text_[position_];
      if (c == '"') break;
      if (static_cast<unsigned char>(c) < 0x20) return fail("control character in a string");
      ++position_;
      if (c != '\\')
        text += c;
      else if (!escape(text))
        return false;
    }
    ++position_;
    if (!valid_utf8(text)) return fail("the text is not valid UTF-8");
    out = arena_.copy(text);
    return true;
  }

  bool number(Value& out) {
    const std::size_t begin = position_;
    auto digits = [&] {
      const std::size_t first = position_;
      while (position_ < text_.size() && text_[position_] >= '0' && text_[position_] <= '9')
        ++position_;
      return position_ - first;
    };
    if (text_[position_] == '-') ++position_;
    const std::size_t first_digit = position_;
    const std::size_t whole = digits();
    if (whole == 0) return position_ = begin, fail("expected a JSON value");
    if (whole > 1 && text_[first_digit] == '0') return fail("number with a leading zero");
    bool integral = true;
    if (position_ < text_.size() && text_[position_] == '.') {
      integral = false;
      ++position_;
      if (digits() == 0) return fail("digit expected after `.`");
    }
    if (position_ < text_.size() && (text_[position_] == 'e' || text_[position_] == 'E')) {
      integral = false;
      ++position_;
      if (position_ < text_.size() && (text_[position_] == '+' || text_[position_] == '-')) ++position_;
      if (digits() == 0) return fail("digit expected in the exponent");
    }
    const char* from = text_.data() + begin;
    const char* to = text_.data() + position_;
    if (integral) {
      std::int64_t whole_number = 0;
      if (std::from_chars(from, to, whole_number).ec == std::errc()) {
        out = Value::integer(whole_number);
        return true;
      }
    }
    double real = 0;
    if (std::from_chars(from, to, real).ec != std::errc())
      return position_ = begin, fail("number out of range");
    out = Value::floating(real);
    return true;
  }

  Arena& arena_;
  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t failed_at_ = 0;
  std::string reason_;
};

} // namespace

bool parse_json(Arena& arena, std::string_view text, Value& out, JsonError& error) {
  return JsonTextParser(arena, text).parse(out, error);
}

} // namespace writ
