// SPDX-License-Identifier: MIT
// base64, percent-encoding, URIs. Source: "Functions".
#include "call.h"

#include "uri_text.h"
#include "writ/text.h"

#include <vector>

namespace writ::fn {

namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64_encode(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = bytes.size() - i < 3 ? bytes.size() - i : 3;
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j)
      group = group << 8 | (j < count ? static_cast<std::uint8_t>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      out += j <= count ? kBase64[(group >> (18 - 6 * j)) & 63] : '=';
  }
  return out;
}

/// Blanks are ignored, padding must be right. Nothing when the text is not base64.
std::optional<std::string> base64_decode(std::string_view text) {
  std::string out;
  std::uint32_t group = 0;
  int sextets = 0;
  int padding = 0;
  for (char c : text) {
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
    const std::size_t value = kBase64.find(c);
    if (c == '=') {
      if (++padding > 2 || sextets + padding > 4 || sextets < 2) return std::nullopt;
    } else if (value == std::string_view::npos || padding > 0) {
      return std::nullopt;
    } else {
      ++sextets;
    }
    group = group << 6 | (c == '=' ? 0U : static_cast<std::uint32_t>(value));
    if (sextets + padding < 4) continue;
    for (int byte = 0; byte < 3 - padding; ++byte)
      out += static_cast<char>((group >> (16 - 8 * byte)) & 0xFF);
    group = 0;
    sextets = 0;
    if (padding > 0) {
      // Nothing but blanks may follow; one more padding character is caught by `sextets < 2`.
      padding = 2;
    }
  }
  if (sextets != 0) return std::nullopt;
  return out;
}

Value decoded_text(const Call& call, std::string_view text) {
  const auto decoded = base64_decode(text);
  if (!decoded) return call.fail("bad-base64", "the string is not base64");
  return call.text(detail::repair_utf8(*decoded));
}

/// A string or null through `transform`.
Value transform_text(const Call& call, std::string (*transform)(std::string_view)) {
  const auto text = text_or_null(call[0]);
  if (!text) return call.bad_argument(0, "a string");
  return call.text(transform(*text));
}

/// What stands between "data:" and the comma.
struct DataUriHeader {
  bool base64 = false;
  bool valid = false;
};

DataUriHeader read_data_uri_header(std::string_view header) {
  DataUriHeader out;
  std::vector<std::string_view> tokens;
  while (true) {
    const std::size_t mark = header.find(';');
    tokens.push_back(header.substr(0, mark));
    if (tokens.back().empty()) return out;
    if (mark == std::string_view::npos) break;
    header.remove_prefix(mark + 1);
  }
  std::size_t next = 1; // the first token is the media type, whatever it says
  constexpr std::string_view kCharset = "charset=";
  if (next < tokens.size() && equal_ascii_fold(tokens[next].substr(0, kCharset.size()), kCharset)) {
    const std::string_view charset = tokens[next++].substr(kCharset.size());
    if (!equal_ascii_fold(charset, "utf-8") && !equal_ascii_fold(charset, "utf8")) return out;
  }
  if (next < tokens.size() && equal_ascii_fold(tokens[next], "base64")) {
    out.base64 = true;
    ++next;
  }
  out.valid = next == tokens.size();
  return out;
}

} // namespace

Value Base64(const Call& call) { return transform_text(call, &base64_encode); }

Value Base64ToString(const Call& call) {
  const auto text = text_or_null(call[0]);
  if (!text) return call.bad_argument(0, "a string");
  return decoded_text(call, *text);
}

Value Uri(const Call& call) {
  const auto base = text_or_null(call[0]);
  if (!base) return call.bad_argument(0, "a string");
  const auto reference = text_or_null(call[1]);
  if (!reference) return call.bad_argument(1, "a string");
  const auto resolved = detail::resolve_uri(*base, *reference);
  if (!resolved) return call.fail("bad-uri", "the base is not an absolute URI");
  return call.text(*resolved);
}

Value UriComponent(const Call& call) { return transform_text(call, &detail::percent_encode); }

Value UriComponentToString(const Call& call) {
  return transform_text(call, [](std::string_view text) { return detail::percent_decode(text, true); });
}

Value DataUri(const Call& call) {
  if (const auto text = text_or_null(call[0]))
    return call.text("data:text/plain;charset=utf8;base64," + base64_encode(*text));
  if (const Value inner = undecided_inside(call[0]); !inner.is(ValueKind::Missing)) return inner;
  if (text_bytes_inside(call[0], kCertainlyTooLong) > kCertainlyTooLong) return call.too_large();
  return call.text("data:application/json;charset=utf8;base64," + base64_encode(to_json(call[0])));
}

Value DataUriToString(const Call& call) {
  const auto text = text_or_null(call[0]);
  if (!text) return call.bad_argument(0, "a string");
  constexpr std::string_view kPrefix = "data:";
  const std::size_t comma = text->find(',');
  if (!equal_ascii_fold(text->substr(0, kPrefix.size()), kPrefix) || comma == std::string_view::npos)
    return call.fail("bad-uri", "the string is not a data: URI");
  const DataUriHeader header = read_data_uri_header(text->substr(kPrefix.size(), comma - kPrefix.size()));
  if (!header.valid) return call.fail("bad-uri", "the header of the data: URI is not supported");
  const std::string_view data = text->substr(comma + 1);
  if (header.base64) return decoded_text(call, data);
  return call.text(detail::percent_decode(data, false));
}

} // namespace writ::fn
