// SPDX-License-Identifier: MIT
// The values of one place, divided into finitely many cells on which every test that reads the place has one
// outcome. A cell carries a representative; the outcome is what the runtime's own operators say of it.
#pragma once

#include "writ/arena.h"
#include "writ/semantics/value.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace writ::prove {

/// A text with gaps, folded: what like, contains, startsWith and endsWith ask of a string.
struct Pattern {
  std::u32string text; ///< code points; a gap is kGap
  auto operator<=>(const Pattern&) const = default;
};
inline constexpr char32_t kGap = 0x110000;
Pattern like_pattern(std::string_view pattern);
Pattern containing(std::string_view part);
Pattern starting_with(std::string_view part);
Pattern ending_with(std::string_view part);
bool fits(const Pattern& pattern, std::string_view text);

/// What the tests of a place distinguish.
struct Features {
  std::set<std::string> folded; ///< strings compared ignoring case, as written
  std::set<std::string> exact;  ///< strings compared by their spelling
  std::set<Pattern> patterns;
  std::set<std::string> orders; ///< strings ordered against
  std::set<double> numbers;
  bool booleans = false;         ///< strings are compared with booleans, which folds ASCII only
  std::set<std::string> samples; ///< values worth trying that divide nothing
};

/// What the cells of a place were divided by: only about these may a representative speak for its cell.
class Division {
public:
  Division() = default;
  explicit Division(const Features& features);
  /// Strings equal to this one, ignoring case, are in cells of their own.
  [[nodiscard]] bool by_folding(std::string_view text) const;
  [[nodiscard]] bool by_spelling(std::string_view text) const;
  [[nodiscard]] bool by_pattern(const Pattern& pattern) const;
  [[nodiscard]] bool by_order(std::string_view text) const;
  [[nodiscard]] bool by_number(double number) const { return numbers_.contains(number); }
  /// What equals the value, as the operator `equals` sees it, is in cells of its own.
  [[nodiscard]] bool by_value(const Value& value) const;

private:
  std::set<std::string> foldings_;
  std::set<std::string> spellings_;
  std::set<Pattern> patterns_;
  std::set<std::string> orders_;
  std::set<double> numbers_;
  bool booleans_ = false;
};

enum class CellKind : std::uint8_t { Missing, Null, Bool, Number, String, Array, Object };

struct Cell {
  CellKind kind = CellKind::Missing;
  Value representative;
  bool single = false;       ///< stands for exactly one value
  bool one_folding = false;  ///< strings that are equal ignoring case
  bool patterns_hold = true; ///< every pattern says the same of all its strings
  bool orders_hold = true;   ///< every ordering says the same of all its strings and numbers
  unsigned length = 0;       ///< of an array whose elements are places
  bool counted = false;      ///< `length` is meant
};

struct CellPlan {
  bool object_only = false;
  bool text_only = false;
  bool never_null = false;
  bool never_missing = false;
  unsigned lengths = 0; ///< elements are places, up to this many; 0: nobody looks inside
};

/// The cells cover every value that the plan allows (arrays up to the bound).
std::vector<Cell> make_cells(const Features& features, const CellPlan& plan, Arena& arena);

} // namespace writ::prove
