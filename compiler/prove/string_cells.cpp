// SPDX-License-Identifier: MIT
#include "prove/string_cells.h"

#include "writ/semantics/datetime.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <optional>

namespace writ::prove {

namespace {

constexpr std::size_t kMostStates = 20000;
constexpr std::size_t kMostClasses = 256;

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();)
    out += next_code_point(text, at);
  return out;
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  for (char32_t c : text)
    append_code_point(out, c);
  return out;
}

/// One pattern while a string is read: the positions that may come next. A gap may stay or be left.
class Reader {
public:
  /// The pattern must outlive the reader.
  explicit Reader(const Pattern& pattern) : text_(pattern.text), at_(text_.size() + 1, false) {
    at_[0] = true;
    close();
  }
  void read(char32_t c) {
    std::vector<bool> next(at_.size(), false);
    for (std::size_t i = 0; i < text_.size(); ++i) {
      if (!at_[i]) continue;
      if (text_[i] == kGap)
        next[i] = true;
      else if (text_[i] == c)
        next[i + 1] = true;
    }
    at_ = std::move(next);
    close();
  }
  [[nodiscard]] bool accepts() const { return at_.back(); }
  void append_to(std::string& key) const {
    for (std::size_t i = 0; i < at_.size(); i += 7) {
      unsigned bits = 0;
      for (std::size_t j = i; j < std::min(i + 7, at_.size()); ++j)
        bits = bits * 2 + (at_[j] ? 1 : 0);
      key += static_cast<char>(bits);
    }
    key += '\x7f';
  }

private:
  void close() {
    for (std::size_t i = 0; i < text_.size(); ++i)
      if (at_[i] && text_[i] == kGap) at_[i + 1] = true;
  }
  std::u32string_view text_;
  std::vector<bool> at_;
};

using Readers = std::vector<Reader>;

std::string key_of(const Readers& readers) {
  std::string key;
  for (const Reader& reader : readers)
    reader.append_to(key);
  return key;
}

std::string accepted(const Readers& readers) {
  std::string out;
  for (const Reader& reader : readers)
    out += reader.accepts() ? '1' : '0';
  return out;
}

/// Characters that some pattern names, and one that none does: all others behave like it.
std::u32string alphabet_of(const std::set<Pattern>& patterns, const std::set<std::string>& constants) {
  std::set<char32_t> named;
  for (const Pattern& pattern : patterns)
    for (char32_t c : pattern.text)
      if (c != kGap) named.insert(c);
  std::u32string out(named.begin(), named.end());
  std::set<char32_t> used = named;
  for (const std::string& constant : constants)
    for (char32_t c : code_points(constant))
      used.insert(c);
  for (char32_t c : std::u32string(U"xyzqjkvw0123456789abcdefghilmnoprstu-_\u00a4\u00a7\u00b1\u4e00"))
    if (!named.contains(c) && !used.contains(c)) return c + out;
  for (char32_t c = 0x4e01;; ++c)
    if (!named.contains(c)) return c + out;
}

/// For every set of patterns that some string satisfies, strings that do; shortest first. Nothing when there
/// are too many.
std::optional<std::map<std::string, std::vector<std::string>>> classes_of(const std::set<Pattern>& patterns,
                                                                          const std::u32string& alphabet) {
  std::map<std::string, std::vector<std::string>> classes;
  Readers start;
  for (const Pattern& pattern : patterns)
    start.emplace_back(pattern);
  std::set<std::string> seen{key_of(start)};
  std::deque<std::pair<Readers, std::u32string>> open{{start, U""}};
  while (!open.empty()) {
    auto [readers, text] = std::move(open.front());
    open.pop_front();
    std::vector<std::string>& found = classes[accepted(readers)];
    if (found.size() < 4) found.push_back(to_utf8(text));
    if (classes.size() > kMostClasses) return std::nullopt;
    for (char32_t c : alphabet) {
      Readers next = readers;
      for (Reader& reader : next)
        reader.read(c);
      if (!seen.insert(key_of(next)).second) continue;
      if (seen.size() > kMostStates) return std::nullopt;
      open.emplace_back(std::move(next), text + c);
    }
  }
  return classes;
}

std::string classify(const std::set<Pattern>& patterns, std::string_view text) {
  std::string out;
  for (const Pattern& pattern : patterns)
    out += fits(pattern, text) ? '1' : '0';
  return out;
}

/// The strings of a class may all be constants; a longer one of the class is tried.
std::string no_constant(const std::set<Pattern>& patterns, const std::string& wanted,
                        const std::vector<std::string>& found, const std::set<std::string>& constants,
                        char32_t filler) {
  for (const std::string& text : found)
    if (!constants.contains(fold_case(text))) return text;
  for (const std::string& text : found) {
    const std::u32string points = code_points(text);
    for (std::size_t at = 0; at <= points.size(); ++at) {
      const std::string longer = to_utf8(points.substr(0, at) + filler + points.substr(at));
      if (!constants.contains(fold_case(longer)) && classify(patterns, longer) == wanted) return longer;
    }
  }
  return found.front();
}

std::string flip_case(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 32);
    else if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c + 32);
  }
  return text;
}

/// Nothing but this string folds to it: no character of it has cases.
bool folds_alone(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z');
  });
}

/// Strings in front of, between and behind ordered constants. False: some gap was not found.
bool strings_between(const std::set<std::string>& constants, std::vector<std::string>& out) {
  std::vector<std::string> sorted(constants.begin(), constants.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const std::string& a, const std::string& b) { return compare_fold(a, b) < 0; });
  bool complete = true;
  const auto add = [&](const std::string* low, const std::string* high) {
    if (high != nullptr && high->empty()) return; // nothing is before ""
    for (const char* more : {"0", " ", "z", "~", "\x01"}) {
      const std::string text = (low == nullptr ? std::string() : *low) + more;
      if ((low == nullptr || compare_fold(*low, text) < 0) &&
          (high == nullptr || compare_fold(text, *high) < 0)) {
        out.push_back(text);
        return;
      }
    }
    complete = false;
  };
  for (std::size_t i = 0; i <= sorted.size(); ++i)
    add(i == 0 ? nullptr : &sorted[i - 1], i == sorted.size() ? nullptr : &sorted[i]);
  return complete;
}

class StringCells {
public:
  StringCells(const Features& features, Arena& arena, std::vector<Cell>& cells)
      : features_(features), arena_(arena), cells_(cells) {
    for (const std::set<std::string>* texts : {&features.folded, &features.exact, &features.orders})
      for (const std::string& text : *texts)
        spellings_.emplace(fold_case(text), text);
    for (const auto& [folded, spelling] : spellings_)
      constants_.insert(folded);
  }

  void add() {
    for (const auto& [folded, spelling] : spellings_)
      add_folding(folded, spelling);
    const bool dates = std::any_of(features_.orders.begin(), features_.orders.end(),
                                   [](const std::string& text) { return parse_date(text).has_value(); });
    if (features_.patterns.empty()) return add_without_patterns(dates);
    const std::u32string alphabet = alphabet_of(features_.patterns, constants_);
    const auto classes = classes_of(features_.patterns, alphabet);
    if (!classes) return add_open("other text", false, false);
    for (const auto& [wanted, found] : *classes)
      add_open(no_constant(features_.patterns, wanted, found, constants_, alphabet.front()), true,
               features_.orders.empty());
  }

private:
  void add_cell(std::string_view text, bool single, bool one_folding) {
    Cell cell;
    cell.kind = CellKind::String;
    cell.representative = Value::string(arena_.copy(text));
    cell.single = single;
    cell.one_folding = one_folding;
    cells_.push_back(cell);
  }

  /// All strings that fold alike; one cell, or one for each spelling that matters and one for the others.
  void add_folding(const std::string& folded, const std::string& spelling) {
    if (folds_alone(spelling)) return add_cell(spelling, true, true);
    std::vector<std::string> exact;
    for (const std::string& text : features_.exact)
      if (fold_case(text) == folded) exact.push_back(text);
    for (const std::string& text : exact)
      add_cell(text, true, true);
    // Against a boolean only ASCII folds: the long s of "fal\u017fe" makes it another string.
    if (features_.booleans && folded == "false") add_cell("fal\u017fe", false, true);
    if (exact.empty()) return add_cell(spelling, false, true);
    std::string other = spelling;
    for (const std::string& text : {flip_case(spelling), folded, spelling})
      if (std::find(exact.begin(), exact.end(), text) == exact.end()) other = text;
    add_cell(other, false, true);
  }

  void add_open(std::string_view text, bool patterns_hold, bool orders_hold) {
    add_cell(text, false, false);
    cells_.back().patterns_hold = patterns_hold;
    cells_.back().orders_hold = orders_hold;
  }

  void add_without_patterns(bool dates) {
    std::vector<std::string> gaps;
    const bool ordered = !features_.orders.empty();
    const bool complete = ordered && !dates && strings_between(constants_, gaps);
    if (complete) {
      for (const std::string& text : gaps)
        add_open(text, true, true);
      return;
    }
    const std::u32string alphabet = alphabet_of({}, constants_);
    std::string text = "other";
    while (constants_.contains(text))
      text += to_utf8(alphabet.substr(0, 1));
    add_open(text, true, !ordered);
  }

  const Features& features_;
  Arena& arena_;
  std::vector<Cell>& cells_;
  std::map<std::string, std::string> spellings_; ///< by folded text
  std::set<std::string> constants_;              ///< folded
};

} // namespace

Pattern like_pattern(std::string_view pattern) {
  Pattern out;
  for (char32_t c : code_points(fold_case(pattern))) {
    if (c != U'*')
      out.text += c;
    else if (out.text.empty() || out.text.back() != kGap)
      out.text += kGap;
  }
  return out;
}
Pattern starting_with(std::string_view part) {
  Pattern out{code_points(fold_case(part))};
  out.text += kGap;
  return out;
}
Pattern ending_with(std::string_view part) { return {kGap + code_points(fold_case(part))}; }
Pattern containing(std::string_view part) {
  Pattern out = starting_with(part);
  out.text.insert(out.text.begin(), kGap);
  return out;
}

bool fits(const Pattern& pattern, std::string_view text) {
  Reader reader(pattern);
  for (char32_t c : code_points(fold_case(text)))
    reader.read(c);
  return reader.accepts();
}

void add_strings(const Features& features, Arena& arena, std::vector<Cell>& cells) {
  StringCells(features, arena, cells).add();
}

} // namespace writ::prove
