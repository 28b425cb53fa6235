// SPDX-License-Identifier: MIT
#include "format_text.h"

#include "decimal.h"
#include "text.h"
#include "value.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace writ::reference {
namespace {

constexpr int kMaxPrecision = 99;
constexpr std::int64_t kMaxWidth = 1'000'000;

Outcome bad_format(const std::string& why) { return Outcome::error("bad-format", why); }

std::string zero_padded(std::string digits, int width) {
  while (static_cast<int>(digits.size()) < width)
    digits.insert(digits.begin(), '0');
  return digits;
}

std::string fixed_text(Decimal number, int decimals, bool grouped) {
  number.round_to_decimals(decimals);
  std::string whole = zero_padded(number.whole(), 1);
  if (grouped) whole = group_thousands(whole);
  const std::string fraction = number.decimals(decimals);
  return (number.negative ? "-" : "") + whole + (decimals > 0 ? "." + fraction : "");
}

std::string exponent_text(Decimal number, int decimals, char letter, int exponent_digits) {
  number.round_to_digits(decimals + 1);
  const int exponent = number.digits.empty() ? 0 : number.point - 1;
  number.point = 1;
  if (number.digits.empty()) number.point = 0;
  const std::string whole = zero_padded(number.whole(), 1);
  const std::string fraction = number.decimals(decimals);
  return (number.negative ? "-" : "") + whole + (decimals > 0 ? "." + fraction : "") + letter +
         (exponent < 0 ? "-" : "+") + zero_padded(std::to_string(std::abs(exponent)), exponent_digits);
}

/// The shorter of fixed and exponent form; `precision` 0 = all digits.
std::string general_text(Decimal number, int precision, char letter, int limit) {
  if (precision > 0) number.round_to_digits(precision);
  while (!number.digits.empty() && number.digits.back() == '0')
    number.digits.pop_back();
  const int exponent = number.point - 1;
  if (!number.digits.empty() && (exponent >= limit || exponent < -5))
    return exponent_text(number, static_cast<int>(number.digits.size()) - 1, letter, 2);
  const int decimals = std::max(0, static_cast<int>(number.digits.size()) - number.point);
  return fixed_text(number, number.digits.empty() ? 0 : decimals, false);
}

std::string hexadecimal_text(std::int64_t value, int digits, bool upper) {
  auto bits = static_cast<std::uint64_t>(value);
  std::string out;
  do {
    out.insert(out.begin(), (upper ? "0123456789ABCDEF" : "0123456789abcdef")[bits & 0x0FU]);
    bits >>= 4;
  } while (bits != 0);
  return zero_padded(out, digits);
}

/// A letter and up to two digits; nothing when the specifier is a picture.
std::optional<Outcome> standard_format(const json& item, std::string_view spec) {
  const char letter = spec[0];
  const bool is_letter = (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
  if (!is_letter || spec.size() > 3 || spec.find_first_not_of("0123456789", 1) != std::string_view::npos)
    return std::nullopt;
  int precision = -1;
  if (spec.size() > 1) std::from_chars(spec.data() + 1, spec.data() + spec.size(), precision);
  if (precision > kMaxPrecision) return bad_format("the precision is too large");
  const auto or_default = [&](int otherwise) { return precision < 0 ? otherwise : precision; };
  Decimal number = Decimal::of(item);
  switch (letter) {
  case 'D':
  case 'd':
    if (!is_int(item)) return bad_format("D takes an integer");
    return Outcome::of((number.negative ? "-" : "") + zero_padded(number.whole(), std::max(1, precision)));
  case 'X':
  case 'x':
    if (!is_int(item)) return bad_format("X takes an integer");
    return Outcome::of(hexadecimal_text(as_int(item), precision, letter == 'X'));
  case 'N':
  case 'n':
    return Outcome::of(fixed_text(number, or_default(2), true));
  case 'F':
  case 'f':
    return Outcome::of(fixed_text(number, or_default(2), false));
  case 'E':
  case 'e':
    return Outcome::of(exponent_text(number, or_default(6), letter, 3));
  case 'G':
  case 'g':
    return Outcome::of(general_text(number, std::max(0, precision), letter == 'G' ? 'E' : 'e',
                                    precision > 0  ? precision
                                    : is_int(item) ? 19
                                                   : 15));
  case 'P':
  case 'p':
    number.point += 2;
    return Outcome::of(fixed_text(number, or_default(2), true) + " %");
  case 'C':
  case 'c': {
    const bool negative = number.negative;
    number.negative = false;
    const std::string amount = "¤" + fixed_text(number, or_default(2), true);
    return Outcome::of(negative ? "(" + amount + ")" : amount);
  }
  default:
    return bad_format(std::string("unknown specifier ") + letter);
  }
}

/// What a picture such as `#,##0.00` asks for.
struct Picture {
  int whole_places = 0;  ///< digit places before the point
  int whole_zeros = 0;   ///< of these, from the first 0 on
  int decimals = 0;      ///< digit places after the point
  int decimal_zeros = 0; ///< up to the last 0
  bool grouped = false;
  bool percent = false;
  int thousands = 0; ///< scaling commas
};

std::optional<Picture> read_picture(std::string_view spec) {
  Picture p;
  bool after_point = false;
  bool zero_seen = false;
  int commas = 0;
  char quote = '\0';
  for (char c : spec) {
    if (quote != '\0') {
      if (c == quote) quote = '\0';
      continue;
    }
    if ((c == '0' || c == '#') && !after_point) {
      if (commas > 0 && p.whole_places > 0) p.grouped = true;
      commas = 0;
      zero_seen = zero_seen || c == '0';
      ++p.whole_places;
      if (zero_seen) ++p.whole_zeros;
    } else if (c == '0' || c == '#') {
      ++p.decimals;
      if (c == '0') p.decimal_zeros = p.decimals;
    } else if (c == '.') {
      if (!after_point) p.thousands = commas;
      after_point = true;
      commas = 0;
    } else if (c == ',') {
      if (!after_point) ++commas;
    } else if (c == '%') {
      p.percent = true;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else {
      return std::nullopt;
    }
  }
  if (quote != '\0') return std::nullopt;
  if (!after_point) p.thousands = commas;
  return p;
}

Outcome picture_format(const json& item, std::string_view spec) {
  const auto picture = read_picture(spec);
  if (!picture) return bad_format("unknown picture '" + std::string(spec) + "'");
  Decimal number = Decimal::of(item);
  if (!number.digits.empty()) number.point += (picture->percent ? 2 : 0) - 3 * picture->thousands;
  number.round_to_decimals(picture->decimals);
  std::string whole = zero_padded(number.whole(), picture->whole_zeros);
  if (picture->grouped) whole = group_thousands(whole);
  std::string fraction = number.decimals(picture->decimals);
  while (static_cast<int>(fraction.size()) > picture->decimal_zeros && fraction.back() == '0')
    fraction.pop_back();

  // Literals stand where the picture has them; the digits go where the first place of their part is.
  std::string out = number.negative ? "-" : "";
  bool whole_done = false;
  bool point_done = false;
  bool fraction_done = false;
  char quote = '\0';
  const auto emit_whole = [&] {
    if (!std::exchange(whole_done, true)) out += whole;
  };
  for (char c : spec) {
    if (quote != '\0') {
      if (c == quote)
        quote = '\0';
      else
        out.push_back(c);
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '.') {
      emit_whole();
      if (!std::exchange(point_done, true) && !fraction.empty()) out.push_back('.');
    } else if (c == '%') {
      out.push_back('%');
    } else if (c != ',' && point_done) {
      if (!std::exchange(fraction_done, true)) out += fraction;
    } else if (c != ',') {
      emit_whole();
    }
  }
  return Outcome::of(std::move(out));
}

Outcome item_text(const json& item, std::string_view spec) {
  if (item.is_null()) return Outcome::of("");
  if (item.is_string()) return Outcome::of(item);
  if (item.is_boolean()) return Outcome::of(item.get<bool>() ? "True" : "False");
  if (item.is_array() || item.is_object()) {
    std::string text = compact(item);
    std::replace(text.begin(), text.end(), '"', '\'');
    return Outcome::of(std::move(text));
  }
  if (spec.empty()) {
    if (is_int(item)) return Outcome::of(number_text(item));
    return Outcome::of(general_text(Decimal::of(item), 0, 'E', 15));
  }
  if (auto standard = standard_format(item, spec)) return *standard;
  return picture_format(item, spec);
}

/// `index[,width][:spec]` between the braces.
Outcome format_item(std::string_view hole, Arguments items) {
  std::string_view spec;
  if (const auto colon = hole.find(':'); colon != std::string_view::npos) {
    spec = hole.substr(colon + 1);
    hole = hole.substr(0, colon);
  }
  std::int64_t width = 0;
  const auto read_number = [](std::string_view text, std::int64_t& out) {
    const std::string trimmed = trim(text);
    const auto end = trimmed.data() + trimmed.size();
    const auto parsed = std::from_chars(trimmed.data(), end, out);
    return !trimmed.empty() && parsed.ec == std::errc() && parsed.ptr == end;
  };
  if (const auto comma = hole.find(','); comma != std::string_view::npos) {
    if (!read_number(hole.substr(comma + 1), width)) return bad_format("the width is no number");
    hole = hole.substr(0, comma);
  }
  std::int64_t index = 0;
  if (!read_number(hole, index) || index < 0) return bad_format("the index is no number");
  if (static_cast<std::size_t>(index) >= items.size()) return bad_format("there is no such item");
  if (width >= kMaxWidth || width <= -kMaxWidth) return bad_format("the width is too large");

  Outcome text = item_text(items[static_cast<std::size_t>(index)].value, spec);
  if (!text.is_value() || width == 0) return text;
  auto padded = text.value.get<std::string>();
  const std::size_t length = to_utf16(padded).size();
  const auto wanted = static_cast<std::size_t>(width < 0 ? -width : width);
  if (length < wanted) padded.insert(width < 0 ? padded.size() : 0, wanted - length, ' ');
  return Outcome::of(std::move(padded));
}

} // namespace

Outcome format_composite(std::string_view format, Arguments items) {
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    if (c != '{' && c != '}') {
      out.push_back(c);
    } else if (i + 1 < format.size() && format[i + 1] == c) {
      out.push_back(c);
      ++i;
    } else if (c == '}') {
      return bad_format("a closing brace without its opening one");
    } else {
      const auto close = format.find('}', i);
      if (close == std::string_view::npos) return bad_format("an opening brace without its closing one");
      const Outcome item = format_item(format.substr(i + 1, close - i - 1), items);
      if (!item.is_value()) return item;
      out += item.value.get_ref<const std::string&>();
      i = close;
    }
  }
  return Outcome::of(std::move(out));
}

} // namespace writ::reference
