// SPDX-License-Identifier: MIT
// The only file that sees simdjson.
#include "snapshot/tape.h"

#include <simdjson.h>

#include <bit>
#include <string>

namespace writ::snapshot {

namespace {

// The tape is read without simdjson's iterators (tape.h); these are the facts it relies on.
using simdjson::internal::tape_type;
static_assert(static_cast<int>(TapeKind::Array) == static_cast<int>(tape_type::START_ARRAY));
static_assert(static_cast<int>(TapeKind::Object) == static_cast<int>(tape_type::START_OBJECT));
static_assert(static_cast<int>(TapeKind::String) == static_cast<int>(tape_type::STRING));
static_assert(static_cast<int>(TapeKind::Int) == static_cast<int>(tape_type::INT64));
static_assert(static_cast<int>(TapeKind::Unsigned) == static_cast<int>(tape_type::UINT64));
static_assert(static_cast<int>(TapeKind::Double) == static_cast<int>(tape_type::DOUBLE));
static_assert(static_cast<int>(TapeKind::True) == static_cast<int>(tape_type::TRUE_VALUE));
static_assert(static_cast<int>(TapeKind::False) == static_cast<int>(tape_type::FALSE_VALUE));
static_assert(static_cast<int>(TapeKind::Null) == static_cast<int>(tape_type::NULL_VALUE));
static_assert(simdjson::internal::JSON_VALUE_MASK == 0x00FFFFFFFFFFFFFFull);
static_assert(simdjson::internal::JSON_COUNT_MASK == 0xFFFFFF);
static_assert(simdjson::SIMDJSON_PADDING <= kPadding);

constexpr std::uint32_t kCountLimit = simdjson::internal::JSON_COUNT_MASK; // counts saturate here
constexpr std::size_t kSmallestCapacity = std::size_t{64} * 1024;

/// Copy of the text in which integers of more than 18 digits carry ".0": simdjson refuses integers past 64
/// bits, which JSON allows; as doubles they are accepted.
std::string widen_integers(std::string_view text) {
  std::string wide;
  wide.reserve(text.size() + 64 + kPadding);
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    wide += c;
    if (in_string) {
      if (c == '\\' && at + 1 < text.size())
        wide += text[++at];
      else if (c == '"')
        in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c < '0' || c > '9') continue;
    std::size_t end = at + 1;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9')
      ++end;
    const bool fraction = end < text.size() && (text[end] == '.' || text[end] == 'e' || text[end] == 'E');
    const bool after_point = at > 0 && (text[at - 1] == '.' || text[at - 1] == '+' ||
                                        (text[at - 1] == '-' && at > 1 && (text[at - 2] | 0x20) == 'e') ||
                                        (text[at - 1] | 0x20) == 'e');
    wide.append(text.substr(at + 1, end - at - 1));
    if (!fraction && !after_point && end - at > 18) wide += ".0";
    at = end - 1;
  }
  return wide;
}

} // namespace

std::uint32_t Tape::count(std::uint32_t at) const {
  const auto stored = static_cast<std::uint32_t>(words_[at] >> 32) & kCountLimit;
  if (stored < kCountLimit) return stored;
  std::uint32_t counted = 0;
  const bool object = kind(at) == TapeKind::Object;
  for (std::uint32_t next = begin(at); next < end(at); next = after(next)) {
    if (object) ++next;
    ++counted;
  }
  return counted;
}

Value Tape::scalar(std::uint32_t at) const {
  switch (kind(at)) {
  case TapeKind::String:
    return Value::string(text(at));
  case TapeKind::Int:
    return Value::integer(std::bit_cast<std::int64_t>(words_[at + 1]));
  case TapeKind::Unsigned:
    return Value::floating(static_cast<double>(words_[at + 1]));
  case TapeKind::Double:
    return Value::floating(std::bit_cast<double>(words_[at + 1]));
  case TapeKind::True:
    return Value::boolean(true);
  case TapeKind::False:
    return Value::boolean(false);
  default:
    return Value::null();
  }
}

Value Tape::materialise(std::uint32_t at, Arena& arena) const {
  // The depth is bounded by the parser (1024 levels).
  if (kind(at) == TapeKind::Array) {
    const auto elements = arena.array<Value>(count(at));
    std::uint32_t next = begin(at);
    for (Value& element : elements) {
      element = materialise(next, arena);
      next = after(next);
    }
    return Value::array(elements);
  }
  if (kind(at) == TapeKind::Object) {
    const auto members = arena.array<Member>(count(at));
    std::uint32_t next = begin(at);
    for (Member& member : members) {
      member.key = text(next);
      member.value = materialise(next + 1, arena);
      next = after(next + 1);
    }
    return Value::object(members);
  }
  return scalar(at);
}

struct TapeParser::State {
  simdjson::dom::parser parser;
};

TapeParser::TapeParser() : state_(std::make_unique<State>()) {}
TapeParser::~TapeParser() = default;
TapeParser::TapeParser(TapeParser&&) noexcept = default;
TapeParser& TapeParser::operator=(TapeParser&&) noexcept = default;

const char* TapeParser::parse(std::string_view text) {
  simdjson::dom::parser& parser = state_->parser;
  if (text.size() >= simdjson::SIMDJSON_MAXSIZE_BYTES) return "one value is larger than 4 GiB";
  if (parser.capacity() < text.size()) {
    // Growing in powers of two: texts of slowly increasing size do not allocate each time.
    const std::size_t wanted = std::max(kSmallestCapacity, std::bit_ceil(text.size() + 1));
    if (parser.allocate(std::min(wanted, std::size_t{simdjson::SIMDJSON_MAXSIZE_BYTES})) != simdjson::SUCCESS)
      return "not enough memory to parse it";
  }
  const auto error = parser.parse(text.data(), text.size(), false).error();
  if (error == simdjson::NUMBER_ERROR) return parse_wide_numbers(text);
  if (error != simdjson::SUCCESS) return simdjson::error_message(error);
  tape_ = Tape(parser.doc.tape.get(), reinterpret_cast<const char*>(parser.doc.string_buf.get()));
  return nullptr;
}

const char* TapeParser::parse_wide_numbers(std::string_view text) {
  std::string wide = widen_integers(text);
  const std::size_t size = wide.size();
  wide.resize(size + kPadding);
  const auto error = state_->parser.parse(wide.data(), size, false).error();
  if (error != simdjson::SUCCESS) return simdjson::error_message(error);
  tape_ =
      Tape(state_->parser.doc.tape.get(), reinterpret_cast<const char*>(state_->parser.doc.string_buf.get()));
  return nullptr;
}

} // namespace writ::snapshot
