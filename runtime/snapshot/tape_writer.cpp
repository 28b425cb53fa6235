// SPDX-License-Identifier: MIT
#include "snapshot/tape_writer.h"

#include "writ/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <limits>
#include <utility>

namespace writ::snapshot {

namespace {

constexpr std::size_t kMostLevels = 1000;
constexpr std::ptrdiff_t kMostDigits = 18;     // any such number fits 64 bits
constexpr std::ptrdiff_t kLongestDecimal = 40; // without exponent: far from what a double cannot hold

constexpr std::uint64_t word_of(char kind, std::uint64_t below = 0) {
  return static_cast<std::uint64_t>(static_cast<unsigned char>(kind)) << Tape::kKindShift | below;
}

inline bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// What may follow a number or word: by character.
constexpr auto kEndsScalar = [] {
  std::array<bool, 256> ends{};
  for (const char c : {',', '}', ']', ' ', '\t', '\n', '\r'})
    ends[static_cast<unsigned char>(c)] = true;
  return ends;
}();
/// What stands for one character behind a backslash.
constexpr auto kSimpleEscape = [] {
  std::array<bool, 256> simple{};
  for (const char c : {'"', '\\', '/', 'b', 'f', 'n', 'r', 't'})
    simple[static_cast<unsigned char>(c)] = true;
  return simple;
}();
inline bool ends_scalar(char c) { return kEndsScalar[static_cast<unsigned char>(c)]; }

inline const char* skip_digits(const char* at) {
  while (is_digit(*at))
    ++at;
  return at;
}

/// Value of four hexadecimal digits, or more than 0xFFFF.
std::uint32_t hex_quad(const char* digits) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits, digits + 4, value, 16);
  return error == std::errc() && end == digits + 4 ? value : 0xFFFFFFFFu;
}

} // namespace

TapeWriter::TapeWriter() : open_(kMostLevels) {}

void TapeWriter::reserve(std::size_t words) {
  if (capacity_ >= words) return;
  capacity_ = std::bit_ceil(words);
  words_.reset(new std::uint64_t[capacity_]); // not cleared: pages that no tape needs are never touched
}

const std::uint32_t* TapeWriter::write(std::string_view text, const std::uint32_t* positions,
                                       std::uint32_t end, std::size_t& next_escape, TypeFilter* filter) {
  text_ = text;
  filter_ = filter;
  skimmed_ = false;
  properties_ = Properties::Absent;
  ranges_.clear();
  resolved_.clear();
  const std::uint32_t begin = *positions;
  if (begin >= end || (text[begin] != '{' && text[begin] != '[')) return nullptr;
  // Numbers take two words, and at least one byte beside the comma or bracket behind them.
  reserve(std::size_t{end - begin} + 4);
  next_escape_ = next_escape < begin ? find_escape(begin) : next_escape;
  const std::uint32_t* behind = run<true>(positions, end);
  next_escape = next_escape_;
  if (behind == nullptr || *behind < end) return nullptr;
  if (!skimmed_) place_others();
  return behind;
}

/// When it only skims, the text before `next` is a member of the outermost object.
template <bool kWrites> const std::uint32_t* TapeWriter::run(const std::uint32_t* next, std::uint32_t end) {
  const char* const text = text_.data();
  std::uint64_t* const words = words_.get();
  std::uint64_t* out = words + Tape::kRoot;
  OpenContainer* const open = open_.data();
  std::size_t depth = kWrites ? 0 : 1;
  std::uint32_t count = 0; // members of the innermost container
  bool object = !kWrites;  // … and what it is
  std::uint32_t at = 0;
  std::uint32_t key_at = 0;
  std::size_t escape = next_escape_; // a copy that may stay in a register
  std::size_t escape_before_key = escape;
  const auto last = static_cast<std::uint32_t>(std::min<std::size_t>(text_.size(), ~std::uint32_t{0}));

  if constexpr (!kWrites) goto behind_value;
  at = *next++;

open_container:
  if (depth == kMostLevels) return nullptr;
  open[depth++] = {static_cast<std::uint32_t>(out - words), count, object};
  if constexpr (kWrites) ++out;
  count = 0;
  object = text[at] == '{';
  at = *next++;
  if (at >= end) return nullptr;
  if (text[at] == (object ? '}' : ']')) goto close_container;
  if (!object) goto value;

key:
  escape_before_key = escape;
  if (text[at] != '"' || !add_string<kWrites>(out, at, std::min(*next, last), escape)) return nullptr;
  key_at = at;
  at = *next++;
  if (at >= end || text[at] != ':') return nullptr;
  at = *next++;
  if (at >= end) return nullptr;
  if (depth == 1) {
    if (escape != escape_before_key) {
      // A key with escapes may be any key: the resource has to be read.
      if constexpr (!kWrites) return nullptr;
      filter_ = nullptr;
    }
    if (at - key_at > kLeastToProperties) note_properties(key_at, at);
    if constexpr (kWrites) {
      // Nobody wants resources of this type: the rest of it is only checked.
      if (filter_ != nullptr && text[at] == '"' && is_key(key_at, "type")) {
        if (!add_string<kWrites>(out, at, std::min(*next, last), escape)) return nullptr;
        ++count;
        next_escape_ = escape;
        if (is_idle(out - 1)) return run<false>(next, end);
        goto behind_value;
      }
    }
  }

value:
  ++count;
  switch (text[at]) {
  case '"':
    if (!add_string<kWrites>(out, at, std::min(*next, last), escape)) return nullptr;
    break;
  case '{':
  case '[':
    goto open_container;
  default:
    if (!add_scalar<kWrites>(out, at)) return nullptr;
    break;
  }

behind_value:
  at = *next++;
  if (at >= end) return nullptr;
  if (text[at] == ',') {
    at = *next++;
    if (at >= end) return nullptr;
    if (object) goto key;
    goto value;
  }
  if (text[at] != (object ? '}' : ']')) return nullptr;

close_container:
  --depth;
  if constexpr (kWrites) {
    const OpenContainer& closed = open[depth];
    const auto here = static_cast<std::uint32_t>(out - words);
    words[closed.at] =
        word_of(object ? '{' : '[', std::uint64_t{std::min(count, Tape::kCountLimit)} << 32 | (here + 1));
    *out++ = word_of(object ? '}' : ']', closed.at);
    count = closed.count;
  }
  if (depth == 0) {
    next_escape_ = escape;
    return next;
  }
  object = open[depth].object;
  goto behind_value;
}

bool TapeWriter::is_key(std::uint32_t quote, std::string_view name) const {
  return text_.data()[quote + 1 + name.size()] == '"' &&
         equal_ascii_fold(text_.substr(quote + 1, name.size()), name);
}

void TapeWriter::note_properties(std::uint32_t quote, std::uint32_t value) {
  if (properties_ == Properties::Absent && is_key(quote, "properties"))
    properties_ = text_[value] == 'n' ? Properties::Null : Properties::Present;
}

template <bool kWrites>
inline bool TapeWriter::add_string(std::uint64_t*& out, std::uint32_t quote, std::uint32_t behind,
                                   std::size_t& escape) {
  // Between a string and the next structural character there are only blanks.
  const char* const text = text_.data();
  std::size_t close = behind - std::size_t{1};
  while (text[close] != '"') {
    if (!is_blank(text[close])) return false;
    --close;
  }
  if (close <= quote) return false;
  const std::size_t begin = quote + std::size_t{1};
  const std::size_t size = close - begin;
  if (close > escape) {
    const bool good = kWrites ? add_elsewhere(out, text_.substr(begin, size)) : check_escapes(escape, close);
    if (escape < close) escape = find_escape(close);
    return good;
  }
  if constexpr (kWrites) {
    if (size > Tape::kSizeMask) return add_elsewhere(out, text_.substr(begin, size));
    *out++ = word_of('"', std::uint64_t{begin} << Tape::kSizeBits | size);
  }
  return true;
}

template <bool kWrites> bool TapeWriter::add_scalar(std::uint64_t*& out, std::uint32_t begin) const {
  const char* const first = text_.data() + begin;
  const char* at = first;
  const auto word = [&](char kind, std::size_t size) {
    if constexpr (kWrites) *out++ = word_of(kind);
    return ends_scalar(at[size]);
  };
  switch (*at) {
  case 't':
    return std::memcmp(at, "true", 4) == 0 && word('t', 4);
  case 'f':
    return std::memcmp(at, "false", 5) == 0 && word('f', 5);
  case 'n':
    return std::memcmp(at, "null", 4) == 0 && word('n', 4);
  default:
    break;
  }
  const bool negative = *at == '-';
  if (negative) ++at;
  const char* const digits = at;
  std::uint64_t integer = 0;
  for (; is_digit(*at) && at - digits <= kMostDigits; ++at)
    integer = 10 * integer + static_cast<std::uint64_t>(*at - '0');
  if (at == digits || at - digits > kMostDigits || (*digits == '0' && at - digits > 1)) return false;
  if (ends_scalar(*at)) {
    if constexpr (kWrites) {
      *out++ = word_of('l');
      *out++ = negative ? 0 - integer : integer;
    }
    return true;
  }
  if (*at == '.') {
    const char* const fraction = ++at;
    at = skip_digits(at);
    if (at == fraction) return false;
    if (ends_scalar(*at) && at - first <= kLongestDecimal) {
      // Hardly anybody asks for these numbers: they are computed when somebody does.
      if constexpr (kWrites)
        *out++ =
            word_of('D', std::uint64_t{begin} << Tape::kSizeBits | static_cast<std::uint64_t>(at - first));
      return true;
    }
  }
  if (*at == 'e' || *at == 'E') {
    ++at;
    if (*at == '+' || *at == '-') ++at;
    const char* const exponent = at;
    at = skip_digits(at);
    if (at == exponent) return false;
  }
  double number = 0;
  const auto [end, error] = std::from_chars(first, at, number);
  if (error != std::errc() || end != at || !ends_scalar(*at)) return false;
  if constexpr (kWrites) {
    *out++ = word_of('d');
    *out++ = std::bit_cast<std::uint64_t>(number);
  }
  return true;
}

std::size_t TapeWriter::find_escape(std::size_t from) const {
  const void* const found = std::memchr(text_.data() + from, '\\', text_.size() - from);
  return found == nullptr ? text_.size()
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
}

bool TapeWriter::is_idle(const std::uint64_t* type) {
  if (!ranges_.empty()) place_others();
  const std::string_view name = tape().text(static_cast<std::uint32_t>(type - words_.get()));
  // A resource has one type: the first.
  TypeFilter& filter = *std::exchange(filter_, nullptr);
  skimmed_ = !name.empty() && filter.is_idle(name);
  return skimmed_;
}

/// The escapes of a string that nobody will read, from the first one on.
bool TapeWriter::check_escapes(std::size_t at, std::size_t end) const {
  const char* const text = text_.data();
  while (at < end) {
    const char escaped = text[at + 1];
    if (escaped == 'u') {
      const std::uint32_t c = end - at < 6 ? 0xFFFFFFFFu : hex_quad(text + at + 2);
      if (c > 0xFFFF || (c >= 0xD800 && c <= 0xDFFF)) return false; // halves of a pair are simdjson's
      at += 6;
    } else {
      if (!kSimpleEscape[static_cast<unsigned char>(escaped)]) return false;
      at += 2;
    }
    const void* const found = at < end ? std::memchr(text + at, '\\', end - at) : nullptr;
    at = found == nullptr ? end : static_cast<std::size_t>(static_cast<const char*>(found) - text);
  }
  return true;
}

bool TapeWriter::add_elsewhere(std::uint64_t*& out, std::string_view raw) {
  Range range{static_cast<std::size_t>(raw.data() - text_.data()), raw.size(), false};
  if (std::memchr(raw.data(), '\\', raw.size()) != nullptr) {
    range.begin = resolved_.size();
    range.resolved = true;
    if (!resolve_escapes(raw)) return false;
    range.size = resolved_.size() - range.begin;
  }
  *out++ = word_of('"', Tape::kElsewhere | ranges_.size());
  ranges_.push_back(range);
  return ranges_.size() < std::numeric_limits<std::uint32_t>::max();
}

bool TapeWriter::resolve_escapes(std::string_view raw) {
  const char* at = raw.data();
  const char* const end = at + raw.size();
  while (at < end) {
    const void* found = std::memchr(at, '\\', static_cast<std::size_t>(end - at));
    const char* const escape = found == nullptr ? end : static_cast<const char*>(found);
    resolved_.insert(resolved_.end(), at, escape);
    if (escape == end) break;
    if (end - escape < 2) return false;
    at = escape + 2;
    switch (escape[1]) {
    case '"':
    case '\\':
    case '/':
      resolved_.push_back(escape[1]);
      break;
    case 'b':
      resolved_.push_back('\b');
      break;
    case 'f':
      resolved_.push_back('\f');
      break;
    case 'n':
      resolved_.push_back('\n');
      break;
    case 'r':
      resolved_.push_back('\r');
      break;
    case 't':
      resolved_.push_back('\t');
      break;
    case 'u': {
      const std::uint32_t c = end - at < 4 ? 0xFFFFFFFFu : hex_quad(at);
      if (c > 0xFFFF || (c >= 0xD800 && c <= 0xDFFF)) return false; // halves of a pair are simdjson's
      at += 4;
      if (c < 0x80) {
        resolved_.push_back(static_cast<char>(c));
        break;
      }
      if (c < 0x800) {
        resolved_.push_back(static_cast<char>(0xC0 | c >> 6));
      } else {
        resolved_.push_back(static_cast<char>(0xE0 | c >> 12));
        resolved_.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
      }
      resolved_.push_back(static_cast<char>(0x80 | (c & 0x3F)));
      break;
    }
    default:
      return false;
    }
  }
  return true;
}

void TapeWriter::place_others() {
  others_.clear();
  for (const Range& range : ranges_)
    others_.emplace_back((range.resolved ? resolved_.data() : text_.data()) + range.begin, range.size);
}

} // namespace writ::snapshot
