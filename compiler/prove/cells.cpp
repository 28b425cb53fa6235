// SPDX-License-Identifier: MIT
#include "prove/cells.h"

#include "prove/string_cells.h"
#include "writ/semantics/compare.h"
#include "writ/semantics/number_text.h"
#include "writ/text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace writ::prove {

namespace {

/// From here on a double no longer tells neighbouring integers apart.
constexpr double kExactIntegers = 9007199254740992.0;

Cell plain(CellKind kind, Value value, bool single) {
  Cell cell;
  cell.kind = kind;
  cell.representative = value;
  cell.single = single;
  return cell;
}

/// A number strictly between two others, an integer when there is one.
Value between(double low, double high) {
  const double start = std::isinf(low) ? (std::isinf(high) ? 6.0 : std::ceil(high) - 2) : std::floor(low) + 1;
  if (start > low && start < high) return Value::integer(static_cast<std::int64_t>(start));
  return Value::floating(low + (high - low) / 2);
}

void add_numbers(const Features& features, std::vector<Cell>& cells) {
  std::set<double> points = features.numbers;
  // A string that is the text of a number equals that number.
  for (const std::set<std::string>* texts : {&features.folded, &features.exact})
    for (const std::string& text : *texts)
      if (const auto number = parse_decimal(text)) points.insert(*number);
  bool holds = true;
  for (double point : points)
    holds = holds && std::isfinite(point) && std::fabs(point) < kExactIntegers;
  if (!holds) {
    Cell any = plain(CellKind::Number, Value::integer(6), false);
    any.orders_hold = false;
    any.patterns_hold = false;
    cells.push_back(any);
    return;
  }
  double low = -std::numeric_limits<double>::infinity();
  const auto add_between = [&](double high) {
    const Value value = between(low, high);
    const double number = value.as_number();
    if (number > low && number < high) {
      Cell cell = plain(CellKind::Number, value, false);
      cell.patterns_hold = false;
      cells.push_back(cell);
    }
  };
  for (double point : points) {
    add_between(point);
    if (point == std::floor(point))
      cells.push_back(plain(CellKind::Number, Value::integer(static_cast<std::int64_t>(point)), true));
    Cell floating = plain(CellKind::Number, Value::floating(point), point != 0);
    floating.patterns_hold = point != 0; // 0.0 and -0.0
    cells.push_back(floating);
    low = point;
  }
  add_between(std::numeric_limits<double>::infinity());
}

} // namespace

Division::Division(const Features& features)
    : spellings_(features.exact), patterns_(features.patterns), numbers_(features.numbers),
      booleans_(features.booleans) {
  for (const std::string& text : features.folded)
    foldings_.insert(fold_case(text));
  for (const std::string& text : features.exact)
    foldings_.insert(fold_case(text));
  for (const std::string& text : features.orders)
    orders_.insert(fold_case(text));
  foldings_.insert(orders_.begin(), orders_.end());
  for (const std::set<std::string>* texts : {&features.folded, &features.exact})
    for (const std::string& text : *texts)
      if (const auto number = parse_decimal(text)) numbers_.insert(*number);
}

bool Division::by_folding(std::string_view text) const { return foldings_.contains(fold_case(text)); }
bool Division::by_spelling(std::string_view text) const { return spellings_.contains(std::string(text)); }
bool Division::by_order(std::string_view text) const { return orders_.contains(fold_case(text)); }
bool Division::by_pattern(const Pattern& pattern) const {
  if (patterns_.contains(pattern)) return true;
  if (pattern.text.find(kGap) != std::u32string::npos) return false;
  std::string text;
  for (char32_t c : pattern.text)
    append_code_point(text, c);
  return by_folding(text);
}

bool Division::by_value(const Value& value) const {
  std::string buffer;
  switch (value.kind()) {
  case ValueKind::String: {
    const auto number = parse_decimal(value.as_string());
    return by_folding(value.as_string()) && (!number || by_number(*number));
  }
  case ValueKind::Bool:
    return booleans_ && by_folding(value.as_bool() ? "true" : "false");
  case ValueKind::Int:
  case ValueKind::Float:
    return by_number(value.as_number()) && by_folding(*text_of(value, buffer));
  case ValueKind::Missing:
  case ValueKind::Null:
    return by_folding("");
  case ValueKind::Array: {
    const auto elements = value.as_array();
    return std::all_of(elements.begin(), elements.end(), [this](const Value& one) {
      // No scalar equals a container, and a null inside a list matches nothing.
      return one.absent() || one.is(ValueKind::Array) || one.is(ValueKind::Object) || by_value(one);
    });
  }
  default:
    return true;
  }
}

std::vector<Cell> make_cells(const Features& features, const CellPlan& plan, Arena& arena) {
  std::vector<Cell> cells;
  if (plan.object_only) {
    cells.push_back(plain(CellKind::Object, Value::object({}), false));
    return cells;
  }
  if (!plan.never_missing) cells.push_back(plain(CellKind::Missing, Value::missing(), true));
  add_strings(features, arena, cells);
  if (plan.text_only) return cells;
  if (!plan.never_null) cells.push_back(plain(CellKind::Null, Value::null(), true));
  cells.push_back(plain(CellKind::Bool, Value::boolean(false), true));
  cells.push_back(plain(CellKind::Bool, Value::boolean(true), true));
  add_numbers(features, cells);
  if (plan.lengths > 0) {
    for (unsigned length = 0; length <= plan.lengths; ++length) {
      Cell cell = plain(CellKind::Array, Value::array({}), length == 0);
      cell.length = length;
      cell.counted = true;
      cells.push_back(cell);
    }
  } else {
    cells.push_back(plain(CellKind::Array, Value::array({}), true));
    const auto elements = arena.array<Value>(1);
    elements[0] = Value::string("element");
    cells.push_back(plain(CellKind::Array, Value::array(elements), false));
  }
  cells.push_back(plain(CellKind::Object, Value::object({}), false));
  return cells;
}

} // namespace writ::prove
