// SPDX-License-Identifier: MIT
// Functions that look for something: indexOf, lastIndexOf, contains, replace, split, join. Source:
// "Functions".
#include "call.h"

#include "deep_equal.h"
#include "fold_search.h"
#include "utf16.h"
#include "writ/text.h"

#include <vector>

namespace writ::fn {

namespace {

using detail::FoldedText;

/// Truth of "element equals item" in the strict sense of these functions.
Truth element_equals(const Value& element, const Value& item) {
  return detail::deep_equal(element, item, detail::NumberEquality::ByKind);
}

Value truth_value(Truth truth) {
  return truth == Truth::Unknown ? Value::unknown() : Value::boolean(truth == Truth::True);
}

/// Position of the first or last equal element. An element that may or may not be equal and that comes
/// before the decisive one leaves the position unknown.
Value index_in_array(std::span<const Value> elements, const Value& item, bool last) {
  for (std::size_t step = 0; step < elements.size(); ++step) {
    const std::size_t i = last ? elements.size() - 1 - step : step;
    const Truth truth = element_equals(elements[i], item);
    if (truth == Truth::True) return Value::integer(static_cast<std::int64_t>(i));
    if (truth != Truth::False) return Value::unknown();
  }
  return Value::integer(-1);
}

Value index_in_text(std::string_view text, std::string_view needle, bool last) {
  if (needle.empty()) return Value::integer(last ? static_cast<std::int64_t>(detail::utf16_length(text)) : 0);
  const FoldedText haystack(text);
  const FoldedText wanted(needle);
  const auto found = last ? haystack.find_last(wanted) : haystack.find(wanted, 0, false);
  if (found.begin == detail::kNoMatch) return Value::integer(-1);
  return Value::integer(static_cast<std::int64_t>(detail::utf16_length(text.substr(0, found.begin))));
}

Value index_of(const Call& call, bool last) {
  const Value& container = call[0];
  if (container.is(ValueKind::Array)) return index_in_array(container.as_array(), call[1], last);
  if (container.absent()) return Value::integer(-1);
  if (!container.is(ValueKind::String)) return call.bad_argument(0, "a string or array");
  const auto needle = text_or_null(call[1]);
  if (!needle) return call.bad_argument(1, "a string");
  return index_in_text(container.as_string(), *needle, last);
}

/// The delimiters of split, empty ones left out; an Error value when one is not a string.
Value split_delimiters(const Call& call, std::vector<std::string_view>& out) {
  const Value& given = call[1];
  if (const auto text = text_or_null(given)) {
    if (!text->empty()) out.push_back(*text);
    return Value::null();
  }
  if (!given.is(ValueKind::Array)) return call.bad_argument(1, "a string or an array of strings");
  for (const Value& delimiter : given.as_array()) {
    if (delimiter.undecided()) return delimiter;
    if (!delimiter.is(ValueKind::String)) return call.bad_argument(1, "an array of nothing but strings");
    if (!delimiter.as_string().empty()) out.push_back(delimiter.as_string());
  }
  return Value::null();
}

} // namespace

Value IndexOf(const Call& call) { return index_of(call, false); }

Value LastIndexOf(const Call& call) { return index_of(call, true); }

Value Contains(const Call& call) {
  const Value& container = call[0];
  const Value& item = call[1];
  switch (container.kind()) {
  case ValueKind::String:
    if (!item.is(ValueKind::String)) return call.bad_argument(1, "a string");
    return Value::boolean(detail::contains_fold(container.as_string(), item.as_string()));
  case ValueKind::Array: {
    Truth any = Truth::False;
    for (const Value& element : container.as_array()) {
      any = truth_or(any, element_equals(element, item));
      if (any == Truth::True) break;
    }
    return truth_value(any);
  }
  case ValueKind::Object:
    if (!item.is(ValueKind::String)) return call.bad_argument(1, "a string");
    for (const Member& member : container.as_object())
      if (equal_fold(member.key, item.as_string())) return Value::boolean(true);
    return Value::boolean(false);
  default:
    return call.bad_argument(0, "a string, array or object");
  }
}

Value Replace(const Call& call) {
  const auto text = text_or_null(call[0]);
  if (!text) return call.bad_argument(0, "a string");
  const auto search = text_or_null(call[1]);
  if (!search) return call.bad_argument(1, "a string");
  const auto replacement = text_or_null(call[2]);
  if (!replacement) return call.bad_argument(2, "a string");
  if (search->empty()) return call.fail("empty-search", "there is nothing to search for");
  const FoldedText haystack(*text);
  const FoldedText wanted(*search);
  std::string out;
  std::size_t at = 0;
  while (true) {
    const auto found = haystack.find(wanted, at, true);
    if (found.begin == detail::kNoMatch) break;
    out.append(*text, at, found.begin - at).append(*replacement);
    at = found.end;
    if (out.size() > kCertainlyTooLong) return call.too_large();
  }
  return call.text(out.append(*text, at));
}

Value Split(const Call& call) {
  const auto text = text_or_null(call[0]);
  if (!text) return call.bad_argument(0, "a string");
  std::vector<std::string_view> delimiters;
  if (const Value problem = split_delimiters(call, delimiters); problem.undecided()) return problem;
  if (call[0].absent()) return Value::array({});
  std::vector<Value> pieces;
  std::size_t begin = 0;
  std::size_t at = 0;
  while (at < text->size()) {
    std::size_t matched = 0;
    for (std::string_view delimiter : delimiters) {
      if (text->substr(at, delimiter.size()) != delimiter) continue;
      matched = delimiter.size();
      break;
    }
    if (matched == 0) {
      ++at;
      continue;
    }
    pieces.push_back(Value::string(text->substr(begin, at - begin)));
    if (pieces.size() > kMaxFunctionNodes) return call.too_large();
    at += matched;
    begin = at;
  }
  pieces.push_back(Value::string(text->substr(begin)));
  return call.array(pieces);
}

Value Join(const Call& call) {
  if (!call[0].is(ValueKind::Array)) return call.bad_argument(0, "an array of strings");
  const auto delimiter = text_or_null(call[1]);
  if (!delimiter) return call.bad_argument(1, "a string");
  std::string out;
  bool first = true;
  for (const Value& element : call[0].as_array()) {
    if (element.undecided()) return element;
    const auto text = text_or_null(element);
    if (!text) return call.bad_argument(0, "an array of nothing but strings");
    if (!first) out += *delimiter;
    first = false;
    out += *text;
    if (out.size() > kCertainlyTooLong) return call.too_large();
  }
  return call.text(out);
}

} // namespace writ::fn
