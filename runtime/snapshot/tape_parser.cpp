// SPDX-License-Identifier: MIT
// The only file that sees simdjson.
#include "snapshot/tape_parser.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>
#include <vector>

namespace writ::snapshot {

namespace {

// Tapes of simdjson are copied (copy_tape); these are the facts that rests on.
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
static_assert(simdjson::internal::JSON_COUNT_MASK == Tape::kCountLimit);
static_assert(simdjson::SIMDJSON_PADDING <= kPadding);

constexpr std::size_t kSmallestCapacity = std::size_t{64} * 1024;
constexpr std::size_t kDepth = 1024;

/// Growing in powers of two: texts of slowly increasing size do not allocate each time.
std::size_t capacity_for(std::size_t size) {
  return std::min(std::max(kSmallestCapacity, std::bit_ceil(size + 1)),
                  std::size_t{simdjson::SIMDJSON_MAXSIZE_BYTES});
}

/// The first stage: positions of structural characters.
class Structure {
public:
  /// False when the text is damaged, empty or too large.
  bool find(std::string_view text) {
    if (text.size() >= simdjson::SIMDJSON_MAXSIZE_BYTES) return false;
    if (stage_ == nullptr) {
      if (simdjson::get_active_implementation()->create_dom_parser_implementation(
              capacity_for(text.size()), kDepth, stage_) != simdjson::SUCCESS)
        return false;
    } else if (stage_->capacity() < text.size() &&
               stage_->allocate(capacity_for(text.size()), kDepth) != simdjson::SUCCESS) {
      return false;
    }
    return stage_->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                          simdjson::stage1_mode::regular) == simdjson::SUCCESS;
  }
  /// Of the text, followed by its size.
  [[nodiscard]] const std::uint32_t* positions() const { return stage_->structural_indexes.get(); }

private:
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage_;
};

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

struct TapeParser::State {
  Structure single; ///< of the text that parse() was given
  TapeWriter writer;
  // A text of many values.
  Structure many;
  std::string_view text; ///< empty: its parts are parsed one by one
  const std::uint32_t* next = nullptr;
  std::size_t next_escape = 0; ///< the no backslash between the parts taken and there
  // What the writer refuses.
  simdjson::dom::parser parser;
  std::vector<std::uint64_t> words;
  std::vector<std::string_view> strings;

  /// simdjson's tape with its strings as views.
  Tape copy_tape() {
    const std::uint64_t* const tape = parser.doc.tape.get();
    const auto* const texts = reinterpret_cast<const char*>(parser.doc.string_buf.get());
    const auto size = static_cast<std::size_t>(tape[0] & simdjson::internal::JSON_VALUE_MASK);
    words.assign(tape, tape + size);
    strings.clear();
    for (std::size_t at = Tape::kRoot; at < size; ++at) {
      const auto kind = static_cast<TapeKind>(tape[at] >> Tape::kKindShift);
      if (kind == TapeKind::String) {
        const char* const stored = texts + (tape[at] & simdjson::internal::JSON_VALUE_MASK);
        std::uint32_t length = 0;
        std::memcpy(&length, stored, sizeof length);
        words[at] = std::uint64_t{'"'} << Tape::kKindShift | Tape::kElsewhere | strings.size();
        strings.emplace_back(stored + sizeof length, length);
      } else if (kind == TapeKind::Int || kind == TapeKind::Unsigned || kind == TapeKind::Double) {
        ++at;
      }
    }
    return {words.data(), nullptr, strings.data()};
  }
};

TapeParser::TapeParser() : state_(std::make_unique<State>()) {}
TapeParser::~TapeParser() = default;
TapeParser::TapeParser(TapeParser&&) noexcept = default;
TapeParser& TapeParser::operator=(TapeParser&&) noexcept = default;

const char* TapeParser::parse(std::string_view text) {
  State& state = *state_;
  if (plain_) return parse_slowly(text);
  if (state.single.find(text)) {
    std::size_t next_escape = std::min(text.find('\\'), text.size());
    if (state.writer.write(text, state.single.positions(), static_cast<std::uint32_t>(text.size()),
                           next_escape, filter_) != nullptr) {
      skimmed_ = state.writer.skimmed();
      tape_ = state.writer.tape();
      return nullptr;
    }
  }
  return parse_slowly(text);
}

void TapeParser::open(std::string_view text) {
  State& state = *state_;
  state.text = {};
  if (plain_ || !state.many.find(text)) return;
  state.text = text;
  state.next = state.many.positions();
  state.next_escape = std::min(text.find('\\'), text.size());
}

const char* TapeParser::parse_part(std::string_view part) {
  State& state = *state_;
  if (state.text.empty()) return parse(part);
  const auto begin = static_cast<std::size_t>(part.data() - state.text.data());
  const std::size_t end = begin + part.size();
  while (*state.next < begin)
    ++state.next;
  const std::uint32_t* const behind =
      *state.next == begin ? state.writer.write(state.text, state.next, static_cast<std::uint32_t>(end),
                                                state.next_escape, filter_)
                           : nullptr;
  if (behind == nullptr) return parse_slowly(part);
  state.next = behind;
  skimmed_ = state.writer.skimmed();
  tape_ = state.writer.tape();
  return nullptr;
}

bool TapeParser::skimmed_properties_are_null() const { return state_->writer.skimmed_properties_are_null(); }

const char* TapeParser::parse_slowly(std::string_view text) {
  skimmed_ = false;
  bool number_error = false;
  const char* reason = take_simdjson(text, number_error);
  if (!number_error) return reason;
  std::string wide = widen_integers(text);
  const std::size_t size = wide.size();
  wide.resize(size + kPadding);
  return take_simdjson(std::string_view(wide).substr(0, size), number_error);
}

const char* TapeParser::take_simdjson(std::string_view text, bool& number_error) {
  simdjson::dom::parser& parser = state_->parser;
  if (text.size() >= simdjson::SIMDJSON_MAXSIZE_BYTES) return "one value is larger than 4 GiB";
  if (parser.capacity() < text.size() &&
      parser.allocate(capacity_for(text.size()), kDepth) != simdjson::SUCCESS)
    return "not enough memory to parse it";
  const auto error = parser.parse(text.data(), text.size(), false).error();
  number_error = error == simdjson::NUMBER_ERROR;
  if (error != simdjson::SUCCESS) return simdjson::error_message(error);
  tape_ = state_->copy_tape();
  return nullptr;
}

} // namespace writ::snapshot
