// SPDX-License-Identifier: MIT
// base64, URI components and data URIs. Source: "Encoding functions".
#include "function_support.h"
#include "json_text.h"
#include "text.h"
#include "uri_text.h"

#include <array>
#include <cctype>

namespace writ::reference {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string encode_base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k)
      group = (group << 8) | (k < n ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      out.push_back(k <= n ? kAlphabet[(group >> (18 - 6 * k)) & 0x3FU] : '=');
  }
  return out;
}

std::optional<std::string> decode_base64(std::string_view text) {
  std::string clean;
  for (char c : text)
    if (std::string_view(" \t\r\n").find(c) == std::string_view::npos) clean.push_back(c);
  if (clean.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < clean.size() && clean[clean.size() - 1 - padding] == '=')
    ++padding;
  std::string out;
  for (std::size_t i = 0; i < clean.size(); i += 4) {
    std::uint32_t group = 0;
    const bool last = i + 4 == clean.size();
    for (std::size_t k = 0; k < 4; ++k) {
      const bool pad = last && k >= 4 - padding;
      const auto digit = pad ? 0 : kAlphabet.find(clean[i + k]);
      if (digit == std::string_view::npos) return std::nullopt;
      group = (group << 6) | static_cast<std::uint32_t>(digit);
    }
    for (std::size_t k = 0; k < (last ? 3 - padding : 3); ++k)
      out.push_back(static_cast<char>((group >> (16 - 8 * k)) & 0xFFU));
  }
  return out;
}

Outcome bad_base64() { return Outcome::error("bad-base64", "the text is no base64"); }

Outcome call_base64(Arguments args) {
  const auto text = text_argument(args[0].value);
  return text ? Outcome::of(encode_base64(*text)) : bad_argument(0, "a string");
}

Outcome call_base64_to_string(Arguments args) {
  const auto text = text_argument(args[0].value);
  if (!text) return bad_argument(0, "a string");
  const auto bytes = decode_base64(*text);
  return bytes ? Outcome::of(repair_utf8(*bytes)) : bad_base64();
}

Outcome call_base64_to_json(Arguments args) {
  const auto text = text_argument(args[0].value);
  if (!text) return bad_argument(0, "a string");
  const auto bytes = decode_base64(*text);
  if (!bytes) return bad_base64();
  auto value = parse_json_text(repair_utf8(*bytes));
  return value ? Outcome::of(std::move(*value)) : Outcome::error("bad-json", "the text is no JSON value");
}

Outcome call_uri(Arguments args) {
  const auto base = text_argument(args[0].value);
  const auto relative = text_argument(args[1].value);
  if (!base) return bad_argument(0, "a string");
  if (!relative) return bad_argument(1, "a string");
  const auto resolved = resolve_uri(*base, *relative);
  return resolved ? Outcome::of(*resolved) : Outcome::error("bad-uri", "'" + *base + "' is no absolute URI");
}

Outcome call_uri_component(Arguments args) {
  const auto text = text_argument(args[0].value);
  return text ? Outcome::of(percent_encode(*text, "-._~")) : bad_argument(0, "a string");
}

Outcome call_uri_component_to_string(Arguments args) {
  auto text = text_argument(args[0].value);
  if (!text) return bad_argument(0, "a string");
  for (char& c : *text)
    if (c == '+') c = ' ';
  return Outcome::of(repair_utf8(percent_decode(*text)));
}

Outcome call_data_uri(Arguments args) {
  const json& v = args[0].value;
  if (const auto text = text_argument(v))
    return Outcome::of("data:text/plain;charset=utf8;base64," + encode_base64(*text));
  return Outcome::of("data:application/json;charset=utf8;base64," + encode_base64(compact(v)));
}

Outcome call_data_uri_to_string(Arguments args) {
  const auto text = text_argument(args[0].value);
  if (!text) return bad_argument(0, "a string");
  const auto bad = [] { return Outcome::error("bad-uri", "the text is no data URI"); };
  const auto comma = text->find(',');
  if (!starts_with_ascii(*text, "data:") || comma == std::string::npos) return bad();
  std::string_view head = std::string_view(*text).substr(5, comma - 5);
  const std::string_view body = std::string_view(*text).substr(comma + 1);
  bool base64 = false;
  for (bool first = true, more = true; more; first = false) {
    const auto end = head.find(';');
    const std::string_view token = head.substr(0, end);
    more = end != std::string_view::npos;
    if (more) head.remove_prefix(end + 1);
    if (token.empty()) return bad();
    if (first) continue; // the media type
    if (equal_ascii(token, "base64") && !more)
      base64 = true;
    else if (starts_with_ascii(token, "charset=") && !equal_ascii(token.substr(8), "utf-8") &&
             !equal_ascii(token.substr(8), "utf8"))
      return bad();
  }
  if (!base64) return Outcome::of(repair_utf8(percent_decode(body)));
  const auto bytes = decode_base64(body);
  return bytes ? Outcome::of(repair_utf8(*bytes)) : bad_base64();
}

constexpr std::array<FunctionRow, 8> kEncodingFunctions{{
    {"base64", 1, 1, call_base64},
    {"base64ToString", 1, 1, call_base64_to_string},
    {"base64ToJson", 1, 1, call_base64_to_json},
    {"uri", 2, 2, call_uri},
    {"uriComponent", 1, 1, call_uri_component},
    {"uriComponentToString", 1, 1, call_uri_component_to_string},
    {"dataUri", 1, 1, call_data_uri},
    {"dataUriToString", 1, 1, call_data_uri_to_string},
}};

} // namespace

std::span<const FunctionRow> encoding_functions() { return kEncodingFunctions; }

} // namespace writ::reference
