// SPDX-License-Identifier: MIT
// String functions, without format. Source: "String functions", "contains(container, item)".
#include "format_text.h"
#include "function_support.h"
#include "hashes.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace writ::reference {
namespace {

/// concat() of arrays.
Outcome concat_arrays(Arguments args) {
  json out = json::array();
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (!args[i].value.is_array()) return bad_argument(i, "an array like the others");
    for (const json& element : args[i].value)
      out.push_back(element);
  }
  return Outcome::of(std::move(out));
}

Outcome call_concat(Arguments args) {
  if (args[0].value.is_array()) return concat_arrays(args);
  std::string out;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const json& v = args[i].value;
    if (v.is_string())
      out += v.get_ref<const std::string&>();
    else if (is_int(v))
      out += number_text(v);
    else if (v.is_boolean())
      out += v.get<bool>() ? "True" : "False";
    else if (!v.is_null())
      return bad_argument(i, "a string, an integer or a boolean");
  }
  return Outcome::of(std::move(out));
}

Outcome call_format(Arguments args) {
  if (!args[0].value.is_string()) return bad_argument(0, "a string");
  return format_composite(args[0].value.get<std::string>(), args.subspan(1));
}

template <std::string (*transform)(std::string_view)> Outcome call_transform(Arguments args) {
  const auto text = text_argument(args[0].value);
  return text ? Outcome::of(transform(*text)) : bad_argument(0, "a string");
}

std::optional<std::size_t> length_of(const json& v) {
  if (v.is_null()) return 0;
  if (v.is_string()) return to_utf16(v.get_ref<const std::string&>()).size();
  if (v.is_array() || v.is_object()) return v.size();
  return std::nullopt;
}

Outcome call_length(Arguments args) {
  const auto n = length_of(args[0].value);
  return n ? Outcome::of(static_cast<std::int64_t>(*n)) : bad_argument(0, "a string, an array or an object");
}

Outcome call_empty(Arguments args) {
  const auto n = length_of(args[0].value);
  return n ? Outcome::of(*n == 0) : bad_argument(0, "a string, an array or an object");
}

Outcome overflow32() { return Outcome::error("overflow", "the number does not fit 32 bits"); }

Outcome call_substring(Arguments args) {
  const auto text = text_argument(args[0].value);
  if (!text) return bad_argument(0, "a string");
  for (std::size_t i = 1; i < args.size(); ++i) {
    if (!is_int(args[i].value)) return bad_argument(i, "an integer");
    if (!fits_int32(as_int(args[i].value))) return overflow32();
  }
  const std::u16string units = to_utf16(*text);
  const auto size = static_cast<std::int64_t>(units.size());
  const std::int64_t start = as_int(args[1].value);
  const std::int64_t length = args.size() > 2 ? as_int(args[2].value) : size - start;
  if (start < 0 || start > size || length < 0 || start + length > size)
    return Outcome::error("index-range", "the part lies outside the text");
  return Outcome::of(from_utf16(
      std::u16string_view(units).substr(static_cast<std::size_t>(start), static_cast<std::size_t>(length))));
}

/// take() and skip(): both cut at one point.
template <bool take> Outcome call_cut(Arguments args) {
  const json& v = args[0].value;
  if (!v.is_null() && !v.is_string() && !v.is_array()) return bad_argument(0, "a string or an array");
  if (!is_int(args[1].value)) return bad_argument(1, "an integer");
  if (!fits_int32(as_int(args[1].value))) return overflow32();
  if (v.is_null()) return Outcome::of(nullptr);
  const auto n = static_cast<std::size_t>(std::max<std::int64_t>(0, as_int(args[1].value)));
  if (v.is_string()) {
    const std::u16string units = to_utf16(v.get_ref<const std::string&>());
    const std::u16string_view view = units;
    const std::size_t at = std::min(n, units.size());
    return Outcome::of(from_utf16(take ? view.substr(0, at) : view.substr(at)));
  }
  json out = json::array();
  const std::size_t at = std::min(n, v.size());
  for (std::size_t i = take ? 0 : at; i < (take ? at : v.size()); ++i)
    out.push_back(v[i]);
  return Outcome::of(std::move(out));
}

template <bool first> Outcome call_end(Arguments args) {
  const json& v = args[0].value;
  if (v.is_null()) return Outcome::of(nullptr);
  if (v.is_array()) return Outcome::of(v.empty() ? json(nullptr) : first ? v.front() : v.back());
  if (!v.is_string()) return bad_argument(0, "a string or an array");
  const std::u16string units = to_utf16(v.get_ref<const std::string&>());
  if (units.empty()) return Outcome::of("");
  return Outcome::of(from_utf16(std::u16string(1, first ? units.front() : units.back())));
}

/// Offset in UTF-16 units of the code point with this index.
std::int64_t utf16_offset(const std::u32string& points, std::size_t index) {
  std::int64_t units = 0;
  for (std::size_t i = 0; i < index; ++i)
    units += points[i] > 0xFFFF ? 2 : 1;
  return units;
}

template <bool first> Outcome call_index_of(Arguments args) {
  const json& v = args[0].value;
  if (v.is_null()) return Outcome::of(-1);
  if (v.is_array()) {
    std::int64_t found = -1;
    for (std::size_t i = 0; i < v.size(); ++i) {
      if (!function_equal(v[i], args[1].value, false)) continue;
      found = static_cast<std::int64_t>(i);
      if (first) break;
    }
    return Outcome::of(found);
  }
  if (!v.is_string()) return bad_argument(0, "a string or an array");
  const auto needle = text_argument(args[1].value);
  if (!needle) return bad_argument(1, "a string");
  const std::u32string points = code_points(v.get_ref<const std::string&>());
  const FoldedText text = fold_with_origin(points);
  const std::u32string wanted = fold_with_origin(code_points(*needle)).points;
  const std::size_t at = first ? text.points.find(wanted) : text.points.rfind(wanted);
  if (at == std::u32string::npos) return Outcome::of(-1);
  return Outcome::of(utf16_offset(points, text.origin[at]));
}

template <bool start> Outcome call_affix(Arguments args) {
  const auto text = text_argument(args[0].value);
  const auto affix = text_argument(args[1].value);
  if (!text) return bad_argument(0, "a string");
  if (!affix) return bad_argument(1, "a string");
  const std::string t = fold(*text);
  const std::string a = fold(*affix);
  return Outcome::of(start ? t.starts_with(a) : t.ends_with(a));
}

Outcome call_contains(Arguments args) {
  const json& v = args[0].value;
  const json& item = args[1].value;
  if (v.is_array())
    return Outcome::of(
        std::any_of(v.begin(), v.end(), [&](const json& e) { return function_equal(e, item, false); }));
  if (!v.is_string() && !v.is_object()) return bad_argument(0, "a string, an array or an object");
  if (!item.is_string()) return bad_argument(1, "a string");
  const auto& wanted = item.get_ref<const std::string&>();
  if (v.is_string())
    return Outcome::of(fold(v.get_ref<const std::string&>()).find(fold(wanted)) != std::string::npos);
  for (const auto& member : v.items())
    if (equal_folded(member.key(), wanted)) return Outcome::of(true);
  return Outcome::of(false);
}

Outcome call_replace(Arguments args) {
  const auto text = text_argument(args[0].value);
  if (!text) return bad_argument(0, "a string");
  if (!args[1].value.is_string() && !args[1].value.is_null()) return bad_argument(1, "a string");
  const auto replacement = text_argument(args[2].value);
  if (!replacement) return bad_argument(2, "a string");
  const std::u32string wanted = fold_with_origin(code_points(*text_argument(args[1].value))).points;
  if (wanted.empty()) return Outcome::error("empty-search", "the text to search is empty");

  const std::u32string points = code_points(*text);
  const FoldedText folded = fold_with_origin(points);
  const auto boundary = [&](std::size_t i) {
    return i == 0 || i == folded.points.size() || folded.origin[i] != folded.origin[i - 1];
  };
  std::string out;
  std::size_t copied = 0; // in folded points
  const auto copy_to = [&](std::size_t end) {
    out += from_code_points(std::u32string_view(points).substr(folded.origin[copied],
                                                               folded.origin[end] - folded.origin[copied]));
  };
  std::size_t from = 0;
  for (;;) {
    const std::size_t at = folded.points.find(wanted, from);
    if (at == std::u32string::npos) break;
    if (!boundary(at) || !boundary(at + wanted.size())) {
      from = at + 1;
      continue;
    }
    copy_to(at);
    out += *replacement;
    copied = from = at + wanted.size();
  }
  copy_to(folded.points.size());
  return Outcome::of(std::move(out));
}

Outcome call_split(Arguments args) {
  const auto text = text_argument(args[0].value);
  if (!text) return bad_argument(0, "a string");
  std::vector<std::string> delimiters;
  const json& d = args[1].value;
  if (d.is_string()) {
    delimiters.push_back(d.get<std::string>());
  } else if (d.is_array()) {
    for (const json& one : d) {
      if (!one.is_string()) return bad_argument(1, "an array of strings");
      delimiters.push_back(one.get<std::string>());
    }
  } else if (!d.is_null()) {
    return bad_argument(1, "a string or an array of strings");
  }
  if (args[0].value.is_null()) return Outcome::of(json::array());
  json out = json::array();
  std::string piece;
  std::size_t at = 0;
  while (at < text->size()) {
    const auto hit = std::find_if(delimiters.begin(), delimiters.end(), [&](const std::string& one) {
      return !one.empty() && text->compare(at, one.size(), one) == 0;
    });
    if (hit == delimiters.end()) {
      piece.push_back((*text)[at++]);
    } else {
      out.push_back(std::exchange(piece, {}));
      at += hit->size();
    }
  }
  out.push_back(piece);
  return Outcome::of(std::move(out));
}

Outcome call_join(Arguments args) {
  if (!args[0].value.is_array()) return bad_argument(0, "an array of strings");
  const auto delimiter = text_argument(args[1].value);
  if (!delimiter) return bad_argument(1, "a string");
  std::string out;
  bool first = true;
  for (const json& element : args[0].value) {
    const auto text = text_argument(element);
    if (!text) return bad_argument(0, "an array of strings");
    if (!std::exchange(first, false)) out += *delimiter;
    out += *text;
  }
  return Outcome::of(std::move(out));
}

Outcome call_pad_left(Arguments args) {
  constexpr std::int64_t kMaxWidth = 16;
  const json& v = args[0].value;
  if (!v.is_null() && !v.is_string() && !is_int(v)) return bad_argument(0, "a string or an integer");
  if (!is_int(args[1].value)) return bad_argument(1, "an integer");
  if (!fits_int32(as_int(args[1].value))) return overflow32();
  const std::int64_t width = as_int(args[1].value);
  std::u16string pad = u" ";
  if (args.size() > 2 && !args[2].value.is_null()) {
    if (!args[2].value.is_string()) return bad_argument(2, "one character");
    pad = to_utf16(args[2].value.get_ref<const std::string&>());
    if (pad.size() != 1) return bad_argument(2, "one character");
  }
  if (width <= 0 || width > kMaxWidth) return Outcome::error("index-range", "the width must be 1 to 16");
  const std::u16string text = to_utf16(is_int(v) ? number_text(v) : *text_argument(v));
  const auto wanted = static_cast<std::size_t>(width);
  const std::size_t missing = wanted > text.size() ? wanted - text.size() : 0;
  return Outcome::of(from_utf16(std::u16string(missing, pad.front()) + text));
}

/// uniqueString() and guid(): all arguments joined with a dash.
template <std::string (*hash)(std::string_view)> Outcome call_hash(Arguments args) {
  std::string joined;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const auto text = text_argument(args[i].value);
    if (!text) return bad_argument(i, "a string");
    if (i > 0) joined += '-';
    joined += *text;
  }
  return Outcome::of(hash(joined));
}

Outcome call_string(Arguments args) {
  const json& v = args[0].value;
  if (v.is_null()) return Outcome::of("");
  if (v.is_string()) return Outcome::of(v);
  if (is_int(v)) return Outcome::of(number_text(v));
  if (v.is_boolean()) return Outcome::of(v.get<bool>() ? "True" : "False");
  if (v.is_array() || v.is_object()) return Outcome::of(compact(v));
  return bad_argument(0, "anything but a float");
}

constexpr std::array<FunctionRow, 24> kTextFunctions{{
    {"concat", 1, -1, call_concat},
    {"format", 1, -1, call_format},
    {"toLower", 1, 1, call_transform<to_lower>},
    {"toUpper", 1, 1, call_transform<to_upper>},
    {"trim", 1, 1, call_transform<trim>},
    {"length", 1, 1, call_length},
    {"empty", 1, 1, call_empty},
    {"substring", 2, 3, call_substring},
    {"take", 2, 2, call_cut<true>},
    {"skip", 2, 2, call_cut<false>},
    {"first", 1, 1, call_end<true>},
    {"last", 1, 1, call_end<false>},
    {"indexOf", 2, 2, call_index_of<true>},
    {"lastIndexOf", 2, 2, call_index_of<false>},
    {"startsWith", 2, 2, call_affix<true>},
    {"endsWith", 2, 2, call_affix<false>},
    {"contains", 2, 2, call_contains},
    {"replace", 3, 3, call_replace},
    {"split", 2, 2, call_split},
    {"join", 2, 2, call_join},
    {"padLeft", 2, 3, call_pad_left},
    {"uniqueString", 1, -1, call_hash<unique_string>},
    {"guid", 1, -1, call_hash<name_based_guid>},
    {"string", 1, 1, call_string},
}};

} // namespace

std::span<const FunctionRow> text_functions() { return kTextFunctions; }

} // namespace writ::reference
