// SPDX-License-Identifier: MIT
// format(): composite formatting {index,width:spec}. Source: "Functions".
#include "call.h"

#include "number_format.h"
#include "utf16.h"
#include "writ/semantics/number_text.h"

#include <algorithm>

namespace writ::fn {

namespace {

/// One {…} of a format string.
struct Place {
  std::size_t index = 0;
  std::size_t width = 0;
  bool left_aligned = false;
  std::string_view spec;
};

class FormatReader {
public:
  explicit FormatReader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool done() const { return at_ == text_.size(); }

  /// Literal text up to the next place or the end; false when a brace is out of place.
  bool literal(std::string& out) {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c != '{' && c != '}') {
        out += c;
        ++at_;
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == c) {
        out += c;
        at_ += 2;
      } else {
        return c == '{';
      }
    }
    return true;
  }

  /// A place, which begins here.
  bool place(Place& out) {
    constexpr std::size_t kTooMuch = 1'000'000;
    ++at_; // {
    if (!number(out.index, kTooMuch)) return false;
    skip_blanks();
    if (take(',')) {
      skip_blanks();
      out.left_aligned = take('-');
      if (!number(out.width, kTooMuch)) return false;
      skip_blanks();
    }
    if (take(':')) {
      const std::size_t end = text_.find_first_of("{}", at_);
      if (end == std::string_view::npos) return false;
      out.spec = text_.substr(at_, end - at_);
      at_ = end;
    }
    return take('}');
  }

private:
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ')
      ++at_;
  }
  bool number(std::size_t& out, std::size_t limit) {
    const std::size_t begin = at_;
    out = 0;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') {
      out = out * 10 + static_cast<std::size_t>(text_[at_++] - '0');
      if (out >= limit) return false;
    }
    return at_ > begin;
  }
  std::string_view text_;
  std::size_t at_ = 0;
};

/// The text of one item; nothing when the spec does not fit it.
std::optional<std::string> item_text(const Value& item, std::string_view spec) {
  std::string out;
  switch (item.kind()) {
  case ValueKind::String:
    return std::string(item.as_string());
  case ValueKind::Bool:
    return item.as_bool() ? "True" : "False";
  case ValueKind::Int:
    if (!spec.empty()) return detail::format_number(item, spec);
    append_integer(out, item.as_int());
    return out;
  case ValueKind::Float:
    if (!spec.empty()) return detail::format_number(item, spec);
    append_double(out, item.as_float(), false);
    return out;
  case ValueKind::Array:
  case ValueKind::Object:
    append_json(out, item);
    std::replace(out.begin(), out.end(), '"', '\'');
    return out;
  default:
    return out; // null
  }
}

} // namespace

Value Format(const Call& call) {
  if (!call[0].is(ValueKind::String)) return call.bad_argument(0, "a string");
  const auto items = call.arguments.subspan(1);
  for (const Value& item : items) {
    if (const Value inner = undecided_inside(item); !inner.is(ValueKind::Missing)) return inner;
    if (text_bytes_inside(item, kCertainlyTooLong) > kCertainlyTooLong) return call.too_large();
  }
  FormatReader reader(call[0].as_string());
  std::string out;
  while (true) {
    if (!reader.literal(out)) return call.fail("bad-format", "a brace has no partner");
    if (reader.done()) return call.text(out);
    Place place;
    if (!reader.place(place)) return call.fail("bad-format", "a place must look like {0}, {0,5} or {0:N2}");
    if (place.index >= items.size()) return call.fail("bad-format", "a place has no argument");
    const auto text = item_text(items[place.index], place.spec);
    if (!text)
      return call.fail("bad-format",
                       std::string("`").append(place.spec).append("` is not a known number format"));
    const std::size_t length = detail::utf16_length(*text);
    const std::size_t padding = place.width > length ? place.width - length : 0;
    if (!place.left_aligned) out.append(padding, ' ');
    out += *text;
    if (place.left_aligned) out.append(padding, ' ');
    if (out.size() > kCertainlyTooLong) return call.too_large();
  }
}

} // namespace writ::fn
