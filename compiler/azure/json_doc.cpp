// SPDX-License-Identifier: MIT
#include "azure/json_doc.h"

#include "writ/json_writer.h"
#include "writ/text.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <vector>

namespace writ::azure {

namespace {

bool is_json_digit(char c) { return c >= '0' && c <= '9'; }

} // namespace

const JsonNode* JsonNode::find(std::string_view key) const {
  for (const JsonMember& member : members)
    if (equal_ascii_fold(member.key, key)) return &member.value;
  return nullptr;
}

std::string_view JsonNode::text_of(std::string_view key) const {
  const JsonNode* member = find(key);
  return member && member->is(JsonKind::String) ? member->text : std::string_view();
}

const JsonMember* find_repeated_key(const JsonNode& object) {
  std::set<std::string> seen;
  for (const JsonMember& member : object.members)
    if (!seen.insert(lower_ascii(member.key)).second) return &member;
  return nullptr;
}

bool is_nested_deeper(const JsonNode& node, int depth) {
  if (node.elements.empty() && node.members.empty()) return false;
  if (depth == 0) return true;
  return std::any_of(node.elements.begin(), node.elements.end(),
                     [&](const JsonNode& element) { return is_nested_deeper(element, depth - 1); }) ||
         std::any_of(node.members.begin(), node.members.end(),
                     [&](const JsonMember& member) { return is_nested_deeper(member.value, depth - 1); });
}

std::string_view kind_name(JsonKind kind) {
  switch (kind) {
  case JsonKind::Bool:
    return "a boolean";
  case JsonKind::Int:
  case JsonKind::Float:
    return "a number";
  case JsonKind::String:
    return "a string";
  case JsonKind::Array:
    return "an array";
  case JsonKind::Object:
    return "an object";
  case JsonKind::Null:
    break;
  }
  return "null";
}

JsonReader::JsonReader(const SourceMap& sources, SourceId source, Diagnostics& diagnostics)
    : sources_(sources), source_(source), diagnostics_(diagnostics), text_(sources.text(source)) {
  if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
}

Span JsonReader::span(std::size_t begin, std::size_t end) const {
  begin = std::min(begin, text_.size());
  return sources_.span(source_, begin, std::clamp(end, begin, text_.size()));
}

bool JsonReader::fail(std::size_t begin, std::size_t end, std::string message) {
  failed_ = true;
  diagnostics_.add(Diagnostic(Code::InvalidPolicyJson, span(begin, end), std::move(message)));
  return false;
}

std::optional<JsonNode> JsonReader::next(Arena& arena) {
  JsonNode node;
  // What a redirection in Windows PowerShell writes.
  if (const std::string_view mark = text_.substr(0, 2);
      at_ == 0 && (mark == "\xFF\xFE" || mark == "\xFE\xFF")) {
    fail(0, 2, "the file is UTF-16: save it as UTF-8");
    return std::nullopt;
  }
  if (failed_ || !skip_blanks() || at_ >= text_.size() || !value(arena, node, 0)) return std::nullopt;
  return node;
}

void JsonReader::skip_line() {
  failed_ = false;
  at_ = std::min(text_.find('\n', std::min(at_, text_.size())), text_.size());
}

bool JsonReader::at_end() { return !skip_blanks() || at_ >= text_.size(); }

bool JsonReader::skip_blanks() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
      ++at_;
    } else if (text_.substr(at_, 2) == "//") {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (text_.substr(at_, 2) == "/*") {
      const std::size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos) return fail(at_, at_ + 2, "the comment is not closed");
      at_ = end + 2;
    } else {
      break;
    }
  }
  return true;
}

bool JsonReader::value(Arena& arena, JsonNode& out, int depth) {
  if (depth > kMaxJsonDepth)
    return fail(at_, at_ + 1,
                "objects and arrays are nested more than " + std::to_string(kMaxJsonDepth) + " deep");
  const std::size_t begin = at_;
  bool ok = false;
  switch (at_ < text_.size() ? text_[at_] : '\0') {
  case '{':
    ok = object(arena, out, depth);
    break;
  case '[':
    ok = array(arena, out, depth);
    break;
  case '"':
    out.kind = JsonKind::String;
    ok = string(arena, out.text, out.span);
    break;
  case 't':
  case 'f':
    out.kind = JsonKind::Bool;
    out.truth = text_[at_] == 't';
    ok = word(out.truth ? "true" : "false");
    break;
  case 'n':
    out.kind = JsonKind::Null;
    ok = word("null");
    break;
  default:
    ok = number(out);
  }
  out.span = span(begin, at_);
  return ok;
}

bool JsonReader::object(Arena& arena, JsonNode& out, int depth) {
  const std::size_t open = at_++;
  out.kind = JsonKind::Object;
  std::vector<JsonMember> members;
  while (true) {
    if (!skip_blanks()) return false;
    if (at_ >= text_.size()) return fail(open, open + 1, "the object is not closed");
    if (text_[at_] == '}') break;
    if (text_[at_] != '"') return fail(at_, at_ + 1, "expected a member name in quotes");
    JsonMember member;
    if (!string(arena, member.key, member.key_span) || !skip_blanks()) return false;
    if (at_ >= text_.size() || text_[at_] != ':')
      return fail(at_, at_ + 1, "expected `:` after the member name");
    ++at_;
    if (!skip_blanks() || !value(arena, member.value, depth + 1) || !skip_blanks()) return false;
    members.push_back(member);
    if (at_ < text_.size() && text_[at_] == ',') {
      ++at_;
      continue;
    }
    if (at_ >= text_.size()) return fail(open, open + 1, "the object is not closed");
    if (text_[at_] != '}') return fail(at_, at_ + 1, "expected `,` or `}`");
  }
  ++at_;
  const std::span<JsonMember> kept = arena.array<JsonMember>(members.size());
  std::copy(members.begin(), members.end(), kept.begin());
  out.members = kept;
  return true;
}

bool JsonReader::array(Arena& arena, JsonNode& out, int depth) {
  const std::size_t open = at_++;
  out.kind = JsonKind::Array;
  std::vector<JsonNode> elements;
  while (true) {
    if (!skip_blanks()) return false;
    if (at_ >= text_.size()) return fail(open, open + 1, "the array is not closed");
    if (text_[at_] == ']') break;
    JsonNode element;
    if (!value(arena, element, depth + 1) || !skip_blanks()) return false;
    elements.push_back(element);
    if (at_ < text_.size() && text_[at_] == ',') {
      ++at_;
      continue;
    }
    if (at_ >= text_.size()) return fail(open, open + 1, "the array is not closed");
    if (text_[at_] != ']') return fail(at_, at_ + 1, "expected `,` or `]`");
  }
  ++at_;
  const std::span<JsonNode> kept = arena.array<JsonNode>(elements.size());
  std::copy(elements.begin(), elements.end(), kept.begin());
  out.elements = kept;
  return true;
}

bool JsonReader::string(Arena& arena, std::string_view& out, Span& where) {
  const std::size_t open = at_++;
  const std::size_t stop = text_.find_first_of("\"\\\n", at_);
  std::string resolved;
  bool plain = true;
  if (stop != std::string_view::npos && text_[stop] == '"') {
    out = text_.substr(at_, stop - at_);
    at_ = stop;
  } else {
    plain = false;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\') {
        if (!escape(resolved)) return false;
      } else if (static_cast<unsigned char>(text_[at_]) < 0x20) {
        break;
      } else {
        resolved += text_[at_++];
      }
    }
    if (at_ >= text_.size() || text_[at_] != '"') return fail(open, at_, "the string is not closed");
    out = arena.copy(resolved);
  }
  if (plain &&
      std::any_of(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }))
    return fail(open, at_, "control characters in strings must be escaped");
  ++at_;
  where = span(open, at_);
  if (!valid_utf8(out)) return fail(open, at_, "the string is not valid UTF-8");
  return true;
}

bool JsonReader::hex_unit(char32_t& unit) {
  std::uint32_t number = 0;
  const std::string_view digits = text_.substr(std::min(at_, text_.size()), 4);
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  if (digits.size() != 4 || parsed.ec != std::errc() || parsed.ptr != digits.data() + 4) return false;
  unit = number;
  at_ += 4;
  return true;
}

bool JsonReader::escape(std::string& out) {
  const std::size_t begin = at_++;
  const char c = at_ < text_.size() ? text_[at_++] : '\0';
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  if (const std::size_t found = kLetters.find(c); c != '\0' && found != std::string_view::npos) {
    out += kMeanings[found];
    return true;
  }
  char32_t unit = 0;
  if (c != 'u' || !hex_unit(unit)) return fail(begin, at_, "unknown escape in a string");
  if (unit >= 0xD800 && unit < 0xDC00 && text_.substr(at_, 2) == "\\u") {
    const std::size_t back = at_;
    at_ += 2;
    char32_t low = 0;
    if (hex_unit(low) && low >= 0xDC00 && low < 0xE000)
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    else
      at_ = back;
  }
  if (unit >= 0xD800 && unit < 0xE000) return fail(begin, at_, "half of a surrogate pair is no character");
  append_code_point(out, unit);
  return true;
}

bool JsonReader::number(JsonNode& out) {
  const std::size_t begin = at_;
  std::size_t at = at_;
  const auto digits = [&] {
    const std::size_t first = at;
    while (at < text_.size() && is_json_digit(text_[at]))
      ++at;
    return at - first;
  };
  const auto accept = [&](std::string_view any) {
    if (at >= text_.size() || any.find(text_[at]) == std::string_view::npos) return false;
    ++at;
    return true;
  };
  accept("-");
  const std::size_t first = at;
  const std::size_t whole = digits();
  if (whole == 0) return fail(begin, begin + 1, "expected a value");
  bool ok = whole == 1 || text_[first] != '0';
  bool integral = true;
  if (accept(".")) {
    integral = false;
    ok = digits() > 0 && ok;
  }
  if (accept("eE")) {
    integral = false;
    accept("+-");
    ok = digits() > 0 && ok;
  }
  at_ = at;
  if (!ok) return fail(begin, at, "the number is malformed");
  const char* from = text_.data() + begin;
  const char* to = text_.data() + at;
  if (integral && std::from_chars(from, to, out.integer).ec == std::errc()) {
    out.kind = JsonKind::Int;
    return true;
  }
  out.kind = JsonKind::Float;
  if (std::from_chars(from, to, out.number).ec != std::errc())
    return fail(begin, at, "the number is too large");
  return true;
}

bool JsonReader::word(std::string_view word) {
  if (text_.substr(at_, word.size()) != word) return fail(at_, at_ + 1, "expected a value");
  at_ += word.size();
  return true;
}

std::uint32_t offset_in_source(const SourceMap& sources, const JsonNode& string, std::size_t offset) {
  const std::string_view raw = sources.text_of(string.span);
  std::size_t at = 1; // behind the quote
  std::size_t resolved = 0;
  while (resolved < offset && at + 1 < raw.size()) {
    if (raw[at] != '\\') {
      ++at;
      ++resolved;
      continue;
    }
    if (raw[at + 1] != 'u') {
      at += 2;
      ++resolved;
      continue;
    }
    std::uint32_t unit = 0;
    const std::string_view digits = raw.substr(std::min(at + 2, raw.size()), 4);
    std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
    at += 6;
    // The second half of a pair completes four bytes; a half alone became U+FFFD.
    const bool pair = unit >= 0xD800 && unit < 0xDC00 && raw.substr(std::min(at, raw.size()), 2) == "\\u";
    if (pair) at += 6;
    resolved += pair ? 4 : unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }
  return string.span.begin + static_cast<std::uint32_t>(std::min(at, raw.size()));
}

Value to_value(Arena& arena, const JsonNode& node) {
  switch (node.kind) {
  case JsonKind::Bool:
    return Value::boolean(node.truth);
  case JsonKind::Int:
    return Value::integer(node.integer);
  case JsonKind::Float:
    return Value::floating(node.number);
  case JsonKind::String:
    return Value::string(node.text);
  case JsonKind::Array: {
    const std::span<Value> elements = arena.array<Value>(node.elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i)
      elements[i] = to_value(arena, node.elements[i]);
    return Value::array(elements);
  }
  case JsonKind::Object: {
    const std::span<Member> members = arena.array<Member>(node.members.size());
    for (std::size_t i = 0; i < members.size(); ++i)
      members[i] = {node.members[i].key, to_value(arena, node.members[i].value)};
    return Value::object(members);
  }
  case JsonKind::Null:
    break;
  }
  return Value::null();
}

std::string to_json_text(const JsonNode& node) {
  Arena arena;
  return to_json(to_value(arena, node));
}

} // namespace writ::azure
