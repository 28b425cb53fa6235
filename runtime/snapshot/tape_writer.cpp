// SPDX-License-Identifier: MIT
#include "snapshot/tape_writer.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <limits>

namespace writ::snapshot {

namespace {

constexpr std::size_t kMostLevels = 1000;
constexpr std::ptrdiff_t kMostDigits = 18; // any such number fits 64 bits

constexpr std::uint64_t word_of(char kind, std::uint64_t below = 0) {
  return static_cast<std::uint64_t>(static_cast<unsigned char>(kind)) << Tape::kKindShift | below;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// What may follow a number or word.
bool ends_scalar(char c) { return c == ',' || c == '}' || c == ']' || is_blank(c); }

const char* skip_digits(const char* at) {
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
                                       std::uint32_t end, bool escapes) {
  text_ = text;
  ranges_.clear();
  resolved_.clear();
  const std::uint32_t begin = *positions;
  if (begin >= end || (text[begin] != '{' && text[begin] != '[')) return nullptr;
  // Numbers take two words, and at least one byte beside the comma or bracket behind them.
  reserve(std::size_t{end - begin} + 4);
  const std::uint32_t* behind = escapes ? run<true>(positions, end) : run<false>(positions, end);
  if (behind == nullptr || *behind < end) return nullptr;
  place_others();
  return behind;
}

template <bool kEscapes> const std::uint32_t* TapeWriter::run(const std::uint32_t* next, std::uint32_t end) {
  const char* const text = text_.data();
  std::uint64_t* const words = words_.get();
  std::uint64_t* out = words + Tape::kRoot;
  OpenContainer* const open = open_.data();
  std::size_t depth = 0;
  std::uint32_t count = 0; // members of the innermost container
  bool object = false;     // … and what it is
  std::uint32_t at = *next++;

open_container:
  if (depth == kMostLevels) return nullptr;
  open[depth++] = {static_cast<std::uint32_t>(out - words), count, object};
  ++out;
  count = 0;
  object = text[at] == '{';
  at = *next++;
  if (at >= end) return nullptr;
  if (text[at] == (object ? '}' : ']')) goto close_container;
  if (!object) goto value;

key:
  if (text[at] != '"' || !add_string<kEscapes>(out, at, *next)) return nullptr;
  at = *next++;
  if (at >= end || text[at] != ':') return nullptr;
  at = *next++;
  if (at >= end) return nullptr;

value:
  ++count;
  switch (text[at]) {
  case '"':
    if (!add_string<kEscapes>(out, at, *next)) return nullptr;
    break;
  case '{':
  case '[':
    goto open_container;
  default:
    if (!add_scalar(out, at)) return nullptr;
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
  const OpenContainer& closed = open[--depth];
  const auto here = static_cast<std::uint32_t>(out - words);
  words[closed.at] =
      word_of(object ? '{' : '[', std::uint64_t{std::min(count, Tape::kCountLimit)} << 32 | (here + 1));
  *out++ = word_of(object ? '}' : ']', closed.at);
  count = closed.count;
  object = closed.object;
  if (depth > 0) goto behind_value;
  return next;
}

template <bool kEscapes>
inline bool TapeWriter::add_string(std::uint64_t*& out, std::uint32_t quote, std::uint32_t behind) {
  // Between a string and the next structural character there are only blanks.
  const char* const text = text_.data();
  std::size_t close = std::min<std::size_t>(behind, text_.size()) - 1;
  while (text[close] != '"') {
    if (!is_blank(text[close])) return false;
    --close;
  }
  if (close <= quote) return false;
  const std::size_t begin = quote + std::size_t{1};
  const std::size_t size = close - begin;
  if constexpr (kEscapes) {
    if (size > 0 && std::memchr(text + begin, '\\', size) != nullptr)
      return add_elsewhere(out, text_.substr(begin, size));
  }
  if (size > Tape::kSizeMask) return add_elsewhere(out, text_.substr(begin, size));
  *out++ = word_of('"', std::uint64_t{begin} << Tape::kSizeBits | size);
  return true;
}

bool TapeWriter::add_scalar(std::uint64_t*& out, std::uint32_t begin) const {
  const char* const first = text_.data() + begin;
  const char* at = first;
  switch (*at) {
  case 't':
    if (std::memcmp(at, "true", 4) != 0 || !ends_scalar(at[4])) return false;
    *out++ = word_of('t');
    return true;
  case 'f':
    if (std::memcmp(at, "false", 5) != 0 || !ends_scalar(at[5])) return false;
    *out++ = word_of('f');
    return true;
  case 'n':
    if (std::memcmp(at, "null", 4) != 0 || !ends_scalar(at[4])) return false;
    *out++ = word_of('n');
    return true;
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
    *out++ = word_of('l');
    *out++ = negative ? 0 - integer : integer;
    return true;
  }
  if (*at == '.') {
    const char* const fraction = ++at;
    at = skip_digits(at);
    if (at == fraction) return false;
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
  *out++ = word_of('d');
  *out++ = std::bit_cast<std::uint64_t>(number);
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
