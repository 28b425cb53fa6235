// SPDX-License-Identifier: MIT
#include "uri_text.h"

#include "text.h"

#include <vector>

namespace writ::reference {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_alphanumeric(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// The five parts of RFC 3986; `has_…` tells an absent part from an empty one.
struct UriParts {
  std::string scheme;
  std::string authority;
  std::string path;
  std::string query;
  std::string fragment;
  bool has_authority = false;
  bool has_query = false;
  bool has_fragment = false;
};

UriParts split_uri(std::string_view text) {
  UriParts parts;
  if (const auto hash = text.find('#'); hash != std::string_view::npos) {
    parts.has_fragment = true;
    parts.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const auto mark = text.find('?'); mark != std::string_view::npos) {
    parts.has_query = true;
    parts.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  std::size_t end = 0;
  while (end < text.size() &&
         (is_alphanumeric(text[end]) || text[end] == '+' || text[end] == '-' || text[end] == '.'))
    ++end;
  if (end > 0 && is_letter(text[0]) && end < text.size() && text[end] == ':') {
    parts.scheme = lower_ascii(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  if (text.starts_with("//")) {
    parts.has_authority = true;
    const auto slash = text.find('/', 2);
    parts.authority = text.substr(2, slash == std::string_view::npos ? slash : slash - 2);
    text = slash == std::string_view::npos ? std::string_view() : text.substr(slash);
  }
  parts.path = text;
  return parts;
}

std::string remove_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  const bool rooted = path.starts_with('/');
  if (rooted) path.remove_prefix(1);
  bool trailing = false;
  for (;;) {
    const auto slash = path.find('/');
    const std::string_view segment = path.substr(0, slash);
    const bool last = slash == std::string_view::npos;
    trailing = last && (segment == "." || segment == "..");
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (segment != ".") {
      kept.push_back(segment);
    }
    if (last) break;
    path.remove_prefix(slash + 1);
  }
  std::string out = rooted ? "/" : "";
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i > 0) out += '/';
    out += kept[i];
  }
  if (trailing && !out.ends_with('/')) out += '/';
  return out;
}

std::string merge_paths(const UriParts& base, const std::string& path) {
  if (base.path.empty()) return "/" + path;
  return base.path.substr(0, base.path.rfind('/') + 1) + path;
}

/// Lower-case host without the scheme's default port.
std::string normal_authority(const UriParts& parts) {
  const auto at = parts.authority.rfind('@');
  const std::size_t host = at == std::string::npos ? 0 : at + 1;
  std::string out =
      parts.authority.substr(0, host) + lower_ascii(std::string_view(parts.authority).substr(host));
  const std::string_view port = parts.scheme == "https" ? ":443" : parts.scheme == "http" ? ":80" : "";
  if (!port.empty() && out.ends_with(port)) out.resize(out.size() - port.size());
  return out;
}

/// Encodes what may not stand in a URI; well-formed escapes stay.
std::string encode_illegal(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0;
    out += escape ? "%" : percent_encode(text.substr(i, 1), "-._~:/?#[]@!$&'()*+,;=");
  }
  return out;
}

} // namespace

std::string percent_encode(std::string_view text, std::string_view keep) {
  std::string out;
  for (char c : text) {
    if (is_alphanumeric(c) || keep.find(c) != std::string_view::npos) {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back(kHexDigits[byte >> 4]);
    out.push_back(kHexDigits[byte & 0x0FU]);
  }
  return out;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

std::optional<std::string> resolve_uri(std::string_view base_text, std::string_view reference_text) {
  const UriParts base = split_uri(base_text);
  if (base.scheme.empty() || base.authority.empty()) return std::nullopt;
  UriParts target = split_uri(reference_text);
  if (target.scheme.empty()) {
    target.scheme = base.scheme;
    if (!target.has_authority) {
      target.authority = base.authority;
      target.has_authority = true;
      if (target.path.empty()) {
        target.path = base.path;
        if (!target.has_query) {
          target.has_query = base.has_query;
          target.query = base.query;
        }
      } else if (target.path.front() != '/') {
        target.path = merge_paths(base, target.path);
      }
    }
  }
  std::string path = remove_dot_segments(target.path);
  if (path.empty() && target.has_authority) path = "/";
  std::string out = target.scheme + ":";
  if (target.has_authority) out += "//" + normal_authority(target);
  out += encode_illegal(path);
  if (target.has_query) out += "?" + encode_illegal(target.query);
  if (target.has_fragment) out += "#" + encode_illegal(target.fragment);
  return out;
}

} // namespace writ::reference
