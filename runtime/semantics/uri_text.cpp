// SPDX-License-Identifier: MIT
// Resolution follows RFC 3986, section 5.2.
#include "uri_text.h"

#include "writ/text.h"

namespace writ::detail {

namespace {

constexpr char kUpperHex[] = "0123456789ABCDEF";

bool uri_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool uri_digit(char c) { return c >= '0' && c <= '9'; }
bool unreserved(char c) {
  return uri_letter(c) || uri_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}
bool reserved(char c) { return std::string_view(":/?#[]@!$&'()*+,;=").find(c) != std::string_view::npos; }

int uri_hex_digit(char c) {
  if (uri_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}
bool escape_at(std::string_view text, std::size_t i) {
  return text[i] == '%' && i + 2 < text.size() && uri_hex_digit(text[i + 1]) >= 0 &&
         uri_hex_digit(text[i + 2]) >= 0;
}

void append_escaped(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kUpperHex[byte >> 4];
  out += kUpperHex[byte & 15];
}

/// The five components; a missing one differs from an empty one.
struct UriParts {
  std::optional<std::string_view> scheme;
  std::optional<std::string_view> authority;
  std::string_view path;
  std::optional<std::string_view> query;
  std::optional<std::string_view> fragment;
};

/// Length of a leading "scheme:" without the colon, 0 when there is none.
std::size_t scheme_length(std::string_view text) {
  if (text.empty() || !uri_letter(text[0])) return 0;
  std::size_t i = 1;
  while (i < text.size() &&
         (uri_letter(text[i]) || uri_digit(text[i]) || text[i] == '+' || text[i] == '-' || text[i] == '.'))
    ++i;
  return i < text.size() && text[i] == ':' ? i : 0;
}

UriParts split_uri(std::string_view text) {
  UriParts parts;
  if (const std::size_t length = scheme_length(text); length > 0) {
    parts.scheme = text.substr(0, length);
    text.remove_prefix(length + 1);
  }
  if (const std::size_t mark = text.find('#'); mark != std::string_view::npos) {
    parts.fragment = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  if (const std::size_t mark = text.find('?'); mark != std::string_view::npos) {
    parts.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  if (text.starts_with("//")) {
    const std::size_t end = text.find('/', 2);
    parts.authority = text.substr(2, end == std::string_view::npos ? end : end - 2);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end);
  }
  parts.path = text;
  return parts;
}

bool well_formed(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (!unreserved(text[i]) && !reserved(text[i]) && !escape_at(text, i)) return false;
  return true;
}

std::string remove_dot_segments(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    if (path.starts_with("../")) {
      path.remove_prefix(3);
    } else if (path.starts_with("./") || path.starts_with("/./")) {
      path.remove_prefix(2);
    } else if (path == "/.") {
      path = "/";
    } else if (path.starts_with("/../") || path == "/..") {
      path = path.size() == 3 ? std::string_view("/") : path.substr(3);
      const std::size_t slash = out.rfind('/');
      out.resize(slash == std::string::npos ? 0 : slash);
    } else if (path == "." || path == "..") {
      break;
    } else {
      const std::size_t end = path.find('/', 1);
      out += path.substr(0, end);
      path = end == std::string_view::npos ? std::string_view() : path.substr(end);
    }
  }
  return out;
}

/// The base path up to its last slash, and the reference behind it.
std::string merge_paths(const UriParts& base, std::string_view reference) {
  if (base.authority && base.path.empty()) return "/" + std::string(reference);
  const std::size_t slash = base.path.rfind('/');
  std::string out(base.path.substr(0, slash == std::string_view::npos ? 0 : slash + 1));
  return out.append(reference);
}

/// Escapes what no URI may contain; existing escapes stay.
void append_legal(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (unreserved(text[i]) || reserved(text[i]) || escape_at(text, i))
      out += text[i];
    else
      append_escaped(out, text[i]);
  }
}

void append_authority(std::string& out, std::string_view authority) {
  const std::size_t at = authority.rfind('@');
  if (at != std::string_view::npos) append_legal(out, authority.substr(0, at + 1));
  append_legal(out, lower_ascii(at == std::string_view::npos ? authority : authority.substr(at + 1)));
}

std::string join_uri(const UriParts& parts, std::string_view path) {
  std::string out = lower_ascii(*parts.scheme) + ":";
  if (parts.authority) {
    out += "//";
    append_authority(out, *parts.authority);
    if (path.empty()) out += '/';
  }
  append_legal(out, path);
  if (parts.query) {
    out += '?';
    append_legal(out, *parts.query);
  }
  if (parts.fragment) {
    out += '#';
    append_legal(out, *parts.fragment);
  }
  return out;
}

} // namespace

std::string repair_utf8(std::string_view text) {
  if (valid_utf8(text)) return std::string(text);
  std::string out;
  std::size_t at = 0;
  while (at < text.size())
    append_code_point(out, next_code_point(text, at));
  return out;
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (unreserved(c))
      out += c;
    else
      append_escaped(out, c);
  }
  return out;
}

std::string percent_decode(std::string_view text, bool plus_is_blank) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (escape_at(text, i)) {
      out += static_cast<char>(uri_hex_digit(text[i + 1]) * 16 + uri_hex_digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' && plus_is_blank ? ' ' : text[i];
    }
  }
  return repair_utf8(out);
}

std::optional<std::string> resolve_uri(std::string_view base_text, std::string_view reference_text) {
  const UriParts base = split_uri(base_text);
  if (!base.scheme || !well_formed(base_text)) return std::nullopt;
  if (!base.authority) return std::nullopt;
  if (base.authority->empty() && !equal_ascii_fold(*base.scheme, "file")) return std::nullopt;
  const UriParts reference = split_uri(reference_text);
  UriParts target = reference;
  std::string path;
  if (reference.scheme) {
    path = remove_dot_segments(reference.path);
  } else {
    target.scheme = base.scheme;
    if (reference.authority) {
      path = remove_dot_segments(reference.path);
    } else {
      target.authority = base.authority;
      if (reference.path.empty()) {
        path = remove_dot_segments(base.path);
        if (!reference.query) target.query = base.query;
      } else if (reference.path.front() == '/') {
        path = remove_dot_segments(reference.path);
      } else {
        path = remove_dot_segments(merge_paths(base, reference.path));
      }
    }
  }
  return join_uri(target, path);
}

} // namespace writ::detail
