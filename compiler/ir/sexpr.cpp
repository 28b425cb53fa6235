// SPDX-License-Identifier: MIT
#include "ir/sexpr.h"
#include "writ/semantics/value.h"

namespace writ::ir {

namespace {

constexpr std::size_t kWidth = 110;
/// Reading recurses; dumps of real conditions are a few dozen deep.
constexpr std::size_t kMaxSexprDepth = 2000;

class SexprReader {
public:
  SexprReader(std::string_view text, std::string& error) : text_(text), error_(error) {}

  bool all(std::vector<Sexpr>& out) {
    for (skip(); at_ < text_.size(); skip()) {
      Sexpr next;
      if (!one(next, 0)) return false;
      out.push_back(std::move(next));
    }
    return true;
  }

private:
  bool fail(std::string_view reason) {
    error_ = "line " + std::to_string(line_) + ": " + std::string(reason);
    return false;
  }

  void skip() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ';') {
        while (at_ < text_.size() && text_[at_] != '\n')
          ++at_;
      } else if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        line_ += c == '\n' ? 1 : 0;
        ++at_;
      } else {
        return;
      }
    }
  }

  bool one(Sexpr& out, std::size_t depth) {
    if (depth > kMaxSexprDepth) return fail("nested too deep");
    out.line = line_;
    if (text_[at_] == '(') return list_of(out, depth);
    if (text_[at_] == ')') return fail("a closing bracket too much");
    if (text_[at_] == '"') {
      std::string_view raw;
      if (!string_extent(raw)) return false;
      Arena arena;
      Value value;
      JsonError json_error;
      if (!parse_json(arena, raw, value, json_error)) return fail(json_error.reason);
      out.kind = Sexpr::Kind::Text;
      out.text = value.as_string();
      return true;
    }
    const std::size_t start = at_;
    while (at_ < text_.size() && std::string_view(" \t\r\n();\"").find(text_[at_]) == std::string_view::npos)
      ++at_;
    out.kind = Sexpr::Kind::Word;
    out.text = text_.substr(start, at_ - start);
    return true;
  }

  bool list_of(Sexpr& out, std::size_t depth) {
    out.kind = Sexpr::Kind::List;
    ++at_;
    for (skip(); at_ < text_.size(); skip()) {
      if (text_[at_] == ')') {
        ++at_;
        return true;
      }
      Sexpr item;
      if (out.head() == "lit" && out.items.size() == 1) {
        if (!json(item)) return false;
      } else if (!one(item, depth + 1)) {
        return false;
      }
      out.items.push_back(std::move(item));
    }
    return fail("a closing bracket is missing");
  }

  /// Everything up to the bracket that closes the `lit`.
  bool json(Sexpr& out) {
    out.kind = Sexpr::Kind::Json;
    out.line = line_;
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] != ')') {
      std::string_view raw;
      if (text_[at_] == '"') {
        if (!string_extent(raw)) return false;
      } else {
        line_ += text_[at_] == '\n' ? 1 : 0;
        ++at_;
      }
    }
    out.text = text_.substr(start, at_ - start);
    while (!out.text.empty() && (out.text.back() == ' ' || out.text.back() == '\n'))
      out.text.pop_back();
    return true;
  }

  bool string_extent(std::string_view& raw) {
    const std::size_t start = at_++;
    while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n')
      at_ += text_[at_] == '\\' ? 2 : 1;
    if (at_ >= text_.size() || text_[at_] != '"') return fail("a text has no closing quote");
    ++at_;
    raw = text_.substr(start, at_ - start);
    return true;
  }

  std::string_view text_;
  std::string& error_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

void append_flat(std::string& out, const Sexpr& e) {
  switch (e.kind) {
  case Sexpr::Kind::Word:
  case Sexpr::Kind::Json:
    out += e.text;
    return;
  case Sexpr::Kind::Text:
    append_json(out, Value::string(e.text));
    return;
  case Sexpr::Kind::List:
    out += '(';
    for (std::size_t i = 0; i < e.items.size(); ++i) {
      if (i > 0) out += ' ';
      append_flat(out, e.items[i]);
    }
    out += ')';
    return;
  }
}

/// Appends the flat form if it fits into what is left of a line.
bool append_if_short(std::string& out, const Sexpr& e, std::size_t room) {
  std::string flat;
  append_flat(flat, e);
  if (flat.size() > room) return false;
  out += flat;
  return true;
}

void append_laid_out(std::string& out, const Sexpr& e, std::size_t indent) {
  const std::size_t room = kWidth > indent ? kWidth - indent : 0;
  if (append_if_short(out, e, room)) return;
  if (e.kind != Sexpr::Kind::List) {
    append_flat(out, e);
    return;
  }
  out += '(';
  bool front = true;
  for (std::size_t i = 0; i < e.items.size(); ++i) {
    const Sexpr& item = e.items[i];
    front = front && item.kind != Sexpr::Kind::List;
    if (front) {
      if (i > 0) out += ' ';
      append_flat(out, item);
    } else {
      out += '\n';
      out.append(indent + 2, ' ');
      append_laid_out(out, item, indent + 2);
    }
  }
  out += ')';
}

} // namespace

bool read_sexprs(std::string_view text, std::vector<Sexpr>& out, std::string& error) {
  return SexprReader(text, error).all(out);
}

std::string to_text(const Sexpr& expression, std::size_t indent) {
  std::string out;
  append_laid_out(out, expression, indent);
  return out;
}

Sexpr word(std::string_view text) { return {Sexpr::Kind::Word, std::string(text), {}, 0}; }
Sexpr quoted(std::string_view text) { return {Sexpr::Kind::Text, std::string(text), {}, 0}; }
Sexpr list(std::string_view head) { return {Sexpr::Kind::List, {}, {word(head)}, 0}; }

} // namespace writ::ir
