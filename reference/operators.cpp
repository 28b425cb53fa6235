// SPDX-License-Identifier: MIT
#include "operators.h"

#include "dates.h"
#include "patterns.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace writ::reference {
namespace {

constexpr std::array<std::pair<std::string_view, Operator>, 19> kOperators{{
    {"equals", {Relation::Equals, false}},
    {"notEquals", {Relation::Equals, true}},
    {"like", {Relation::Like, false}},
    {"notLike", {Relation::Like, true}},
    {"match", {Relation::Match, false}},
    {"notMatch", {Relation::Match, true}},
    {"matchInsensitively", {Relation::MatchInsensitively, false}},
    {"notMatchInsensitively", {Relation::MatchInsensitively, true}},
    {"contains", {Relation::Contains, false}},
    {"notContains", {Relation::Contains, true}},
    {"in", {Relation::In, false}},
    {"notIn", {Relation::In, true}},
    {"containsKey", {Relation::ContainsKey, false}},
    {"notContainsKey", {Relation::ContainsKey, true}},
    {"less", {Relation::Less, false}},
    {"lessOrEquals", {Relation::LessOrEquals, false}},
    {"greater", {Relation::Greater, false}},
    {"greaterOrEquals", {Relation::GreaterOrEquals, false}},
    {"exists", {Relation::Exists, false}},
}};

/// A decimal or exponent number with blanks around it, as the switches that parse strings read it.
std::optional<json> parse_number(std::string_view text) {
  const std::string trimmed = trim(text);
  std::string_view body = trimmed;
  if (!body.empty() && body.front() == '+') body.remove_prefix(1);
  if (body.empty() || body.find_first_not_of("+-.eE0123456789") != std::string_view::npos)
    return std::nullopt;
  std::int64_t whole = 0;
  const auto* end = body.data() + body.size();
  if (const auto r = std::from_chars(body.data(), end, whole); r.ec == std::errc() && r.ptr == end)
    return whole;
  double number = 0;
  if (const auto r = std::from_chars(body.data(), end, number); r.ec == std::errc() && r.ptr == end)
    return number;
  return std::nullopt;
}

bool string_equals_boolean(const json& text, bool flag) {
  return equal_ascii(text.get_ref<const std::string&>(), flag ? "true" : "false");
}

bool string_equals_number(const json& text, const json& number, const Options& options) {
  const auto& s = text.get_ref<const std::string&>();
  if (!options.numeric_strings) return equal_folded(s, number_text(number));
  const auto parsed = parse_number(s);
  return parsed && compare_numbers(*parsed, number) == std::partial_ordering::equivalent;
}

bool is_in(const json* left, const json& list, const Options& options) {
  return std::any_of(list.begin(), list.end(),
                     [&](const json& m) { return !m.is_null() && values_equal(left, m, options); });
}

bool has_key(const json& object, const std::string& key) {
  for (const auto& member : object.items())
    if (equal_folded(member.key(), key)) return true;
  return false;
}

bool contains_value(const json* left, const json& right, const Options& options) {
  if (is_absent(left)) return false;
  const std::string needle = text_of(&right).value_or("");
  if (left->is_array())
    return std::any_of(left->begin(), left->end(),
                       [&](const json& m) { return values_equal(&m, right, options); });
  if (left->is_object()) return has_key(*left, needle);
  if (!left->is_string() && !right.is_string()) return false;
  return fold(text_of(left).value_or("")).find(fold(needle)) != std::string::npos;
}

bool ordered(Relation relation, std::partial_ordering order) {
  switch (relation) {
  case Relation::Less:
    return order < 0;
  case Relation::LessOrEquals:
    return order <= 0;
  case Relation::Greater:
    return order > 0;
  default:
    return order >= 0;
  }
}

std::partial_ordering compare_texts(const std::string& a, const std::string& b) {
  const auto date_a = parse_comparable_date(a);
  const auto date_b = parse_comparable_date(b);
  if (date_a && date_b) return *date_a <=> *date_b;
  // UTF-8 bytes order like code points.
  const int order = fold(a).compare(fold(b));
  return order < 0   ? std::partial_ordering::less
         : order > 0 ? std::partial_ordering::greater
                     : std::partial_ordering::equivalent;
}

Truth compare_ordered(Relation relation, const json* left, const json& right, const Options& options,
                      Failure* why) {
  if (is_absent(left)) return Truth::False;
  if (left->is_number() && right.is_number())
    return truth_of(ordered(relation, compare_numbers(*left, right)));
  if (left->is_string() && right.is_string())
    return truth_of(ordered(
        relation, compare_texts(left->get_ref<const std::string&>(), right.get_ref<const std::string&>())));
  if (options.lenient_ordering) {
    const auto number = [](const json& v) -> std::optional<json> {
      if (v.is_number()) return v;
      return v.is_string() ? parse_number(v.get_ref<const std::string&>()) : std::nullopt;
    };
    const auto a = number(*left);
    const auto b = number(right);
    return truth_of(a && b && ordered(relation, compare_numbers(*a, *b)));
  }
  if (why != nullptr)
    *why = {"type-mismatch", "cannot order " + compact(*left) + " against " + compact(right)};
  return Truth::Error;
}

bool text_matches(Relation relation, const json* left, const json& right, const Options& options) {
  const auto text = text_of(left);
  if (!text) return false;
  const std::string pattern = text_of(&right).value_or("");
  if (relation == Relation::Like) return like(*text, pattern, options.like_question_mark);
  return match(*text, pattern, relation == Relation::MatchInsensitively);
}

} // namespace

std::optional<Operator> find_operator(std::string_view name) {
  for (const auto& row : kOperators)
    if (equal_ascii(row.first, name)) return row.second;
  return std::nullopt;
}

bool accepts_right(Operator op, const json& right, bool literal) {
  switch (op.relation) {
  case Relation::Equals:
    return literal || !right.is_null();
  case Relation::In:
    return right.is_array();
  case Relation::Less:
  case Relation::LessOrEquals:
  case Relation::Greater:
  case Relation::GreaterOrEquals:
    return right.is_number() || right.is_string();
  case Relation::Exists:
    return right.is_boolean() ||
           (right.is_string() && (string_equals_boolean(right, true) || string_equals_boolean(right, false)));
  default:
    return right.is_string() || right.is_number() || right.is_boolean();
  }
}

bool values_equal(const json* left, const json& right, const Options& options) {
  const bool right_is_empty_text = right.is_string() && right.get_ref<const std::string&>().empty();
  if (is_absent(left)) return right.is_null() || right_is_empty_text;
  const json& l = *left;
  if (right.is_null()) return l.is_string() && l.get_ref<const std::string&>().empty();
  if (l.is_string() && right.is_string())
    return equal_folded(l.get_ref<const std::string&>(), right.get_ref<const std::string&>());
  if (l.is_string() && right.is_boolean()) return string_equals_boolean(l, right.get<bool>());
  if (l.is_boolean() && right.is_string()) return string_equals_boolean(right, l.get<bool>());
  if (l.is_string() && right.is_number()) return string_equals_number(l, right, options);
  if (l.is_number() && right.is_string()) return string_equals_number(right, l, options);
  return structurally_equal(l, right);
}

Truth apply(Operator op, const json* left, const json& right, const Options& options, Failure* why) {
  Truth positive = Truth::False;
  switch (op.relation) {
  case Relation::Equals:
    positive = truth_of(values_equal(left, right, options));
    break;
  case Relation::In:
    positive = truth_of(is_in(left, right, options));
    break;
  case Relation::Contains:
    positive = truth_of(contains_value(left, right, options));
    break;
  case Relation::ContainsKey:
    positive = truth_of(left != nullptr && left->is_object() && has_key(*left, text_of(&right).value_or("")));
    break;
  case Relation::Exists: {
    const bool wanted = right.is_boolean() ? right.get<bool>() : string_equals_boolean(right, true);
    positive = truth_of(is_absent(left) != wanted);
    break;
  }
  case Relation::Like:
  case Relation::Match:
  case Relation::MatchInsensitively:
    positive = truth_of(text_matches(op.relation, left, right, options));
    break;
  default:
    return compare_ordered(op.relation, left, right, options, why);
  }
  return op.negated ? truth_not(positive) : positive;
}

json normal_location(const json& value) {
  if (value.is_string()) {
    std::string text = fold(value.get_ref<const std::string&>());
    std::erase(text, ' ');
    return text;
  }
  if (!value.is_array()) return value;
  json out = json::array();
  for (const json& member : value)
    out.push_back(normal_location(member));
  return out;
}

} // namespace writ::reference
