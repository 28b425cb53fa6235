// SPDX-License-Identifier: MIT
#include "verify/bicep_reader.h"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace writ::driver::targets {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Reader {
public:
  explicit Reader(std::string_view text) : text_(text) {}

  BicepFile file() {
    BicepFile out;
    skip();
    expect_word("targetScope");
    expect('=');
    blanks();
    out.target_scope = string();
    end_line();
    while (skip(), at_ < text_.size())
      out.declarations.push_back(declaration());
    return out;
  }

  [[nodiscard]] std::size_t line() const {
    return 1 +
           static_cast<std::size_t>(std::count(text_.begin(), text_.begin() + static_cast<long>(at_), '\n'));
  }

private:
  [[noreturn]] static void fail(const std::string& what) { throw std::runtime_error(what); }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void blanks() {
    while (peek() == ' ')
      ++at_;
  }
  /// Blank lines and comments too.
  void skip() {
    for (;;) {
      if (peek() == ' ' || peek() == '\n')
        ++at_;
      else if (text_.substr(at_, 2) == "//")
        at_ = std::min(text_.find('\n', at_), text_.size());
      else
        return;
    }
  }
  void end_line() {
    blanks();
    if (at_ < text_.size() && peek() != '\n') fail("a line must end here");
  }
  void expect(char c) {
    blanks();
    if (peek() != c) fail(std::string("expected ") + c);
    ++at_;
  }
  std::string word() {
    blanks();
    if (!is_letter(peek())) fail("expected a name");
    const std::size_t begin = at_;
    while (is_letter(peek()) || is_digit(peek()))
      ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  void expect_word(std::string_view wanted) {
    if (word() != wanted) fail("expected " + std::string(wanted));
  }

  BicepDeclaration declaration() {
    BicepDeclaration out;
    out.keyword = word();
    if (out.keyword != "resource" && out.keyword != "module") fail("expected resource or module");
    out.symbol = word();
    if (!symbols_.insert(out.symbol).second) fail("the symbol is declared twice: " + out.symbol);
    blanks();
    out.type = string();
    blanks();
    if (is_letter(peek())) {
      expect_word("existing");
      out.existing = true;
    }
    expect('=');
    blanks();
    if (peek() != '{') fail("a declaration has an object");
    out.body = value();
    end_line();
    return out;
  }

  std::string string() {
    if (peek() != '\'') fail("expected a string");
    if (text_.substr(at_, 3) == "'''") fail("a multi-line string");
    std::string out;
    for (++at_; peek() != '\''; ++at_) {
      const char c = peek();
      if (at_ >= text_.size() || c == '\n' || c == '\r') fail("a string does not end on its line");
      if (static_cast<unsigned char>(c) < 0x20) fail("a control character in a string");
      if (c == '$' && text_.substr(at_, 2) == "${") fail("an interpolation");
      if (c != '\\') {
        out += c;
        continue;
      }
      ++at_;
      switch (peek()) {
      case '\\':
      case '\'':
      case '$':
        out += peek();
        break;
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case 'u': {
        const std::size_t end = text_.find('}', at_);
        if (text_.substr(at_, 2) != "u{" || end == std::string_view::npos) fail("a broken \\u");
        const unsigned long code = std::stoul(std::string(text_.substr(at_ + 2, end - at_ - 2)), nullptr, 16);
        if (code > 0x7F) fail("only control characters need \\u");
        out += static_cast<char>(code);
        at_ = end;
        break;
      }
      default:
        fail("an unknown escape");
      }
    }
    ++at_;
    return out;
  }

  json value() {
    blanks();
    const char c = peek();
    if (c == '\'') return string();
    if (c == '{') return object();
    if (c == '[') return array();
    if (is_digit(c) || c == '-') return number();
    const std::string name = word();
    if (name == "true") return true;
    if (name == "false") return false;
    if (name == "null") return nullptr;
    if (peek() == '.') {
      ++at_;
      expect_word("id");
      return {{"$id", name}};
    }
    if (peek() != '(') return {{"$call", name}};
    ++at_;
    std::vector<std::string> arguments;
    while (blanks(), peek() != ')') {
      if (!arguments.empty()) expect(',');
      blanks();
      arguments.push_back(string());
    }
    ++at_;
    if (name == "json") {
      if (arguments.size() != 1) fail("json() takes one text");
      return json::parse(arguments[0]);
    }
    std::string call = name;
    for (const std::string& argument : arguments)
      call += "|" + argument;
    return {{"$call", call}};
  }

  json number() {
    const std::size_t begin = at_;
    if (peek() == '-') ++at_;
    while (is_digit(peek()))
      ++at_;
    if (peek() == '.' || peek() == 'e' || peek() == 'E') fail("a number with a fraction");
    return json::parse(text_.substr(begin, at_ - begin));
  }

  json object() {
    ++at_;
    json out = json::object();
    if (peek() == '}') return ++at_, out;
    end_line();
    while (skip(), peek() != '}') {
      const std::string key = peek() == '\'' ? string() : word();
      expect(':');
      if (out.contains(key)) fail("the member stands twice: " + key);
      out[key] = value();
      end_line();
    }
    ++at_;
    return out;
  }

  json array() {
    ++at_;
    json out = json::array();
    if (peek() == ']') return ++at_, out;
    end_line();
    while (skip(), peek() != ']') {
      out.push_back(value());
      end_line();
    }
    ++at_;
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::set<std::string> symbols_;
};

} // namespace

std::optional<BicepFile> read_bicep(std::string_view text, std::string& problem) {
  Reader reader(text);
  try {
    return reader.file();
  } catch (const std::exception& error) {
    problem = "line " + std::to_string(reader.line()) + ": " + error.what();
    return std::nullopt;
  }
}

} // namespace writ::driver::targets
