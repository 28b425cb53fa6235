// SPDX-License-Identifier: MIT
// Program -> bytes. The layout is described in format.h.
#include "bytes.h"
#include "constants.h"
#include "records.h"
#include "sections.h"
#include "writ/bytecode/bundle.h"
#include "writ/bytecode/format.h"

namespace writ::bc {

namespace {

/// Appends the fields of a record.
class RecordWriter {
public:
  explicit RecordWriter(std::string& out) : out_(out) {}
  void text(const char*, StringId id) { append_number(out_, id); }
  void optional_text(const char*, StringId id) { append_number(out_, id); }
  void index(const char*, std::uint32_t value, Table) { append_number(out_, value); }
  void optional_index(const char*, std::uint32_t value, Table) { append_number(out_, value); }
  void range(const char*, std::uint32_t first, std::uint32_t count, Table) {
    append_number(out_, first);
    append_number(out_, count);
  }
  void slot(const char*, std::uint32_t value) { append_number(out_, value); }
  template <class T> void number(const char*, T value) { append_number(out_, value); }
  void flag(const char*, bool value) { out_.push_back(value ? 1 : 0); }
  template <class T> void choice(const char*, T value, unsigned) { out_.push_back(static_cast<char>(value)); }

private:
  std::string& out_;
};

/// Collects the bytes of all sections and their table.
class BundleBody {
public:
  /// Starts a section; everything appended to `bytes` until the next call belongs to it.
  std::string& section(std::uint32_t id, std::size_t count) {
    close();
    append_number(table_, id);
    append_number(table_, static_cast<std::uint32_t>(count));
    start_ = bytes_.size();
    ++sections_;
    return bytes_;
  }
  void append_to(std::string& out) {
    close();
    append_number(out, sections_);
    out += table_;
    out += bytes_;
  }

private:
  void close() {
    if (sections_ > closed_) append_number(table_, static_cast<std::uint64_t>(bytes_.size() - start_));
    closed_ = sections_;
  }
  std::string table_;
  std::string bytes_;
  std::size_t start_ = 0;
  std::uint32_t sections_ = 0;
  std::uint32_t closed_ = 0;
};

void append_text(std::string& out, std::string_view text) {
  append_number(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

void append_instruction(std::string& out, const Instruction& i) {
  append_number(out, static_cast<std::uint8_t>(i.opcode));
  append_number(out, i.x);
  append_number(out, i.a);
  append_number(out, i.b);
  append_number(out, i.c);
  append_number(out, i.d);
  append_number(out, i.e);
}

} // namespace

std::string store_program(const Program& program) {
  BundleBody body;
  std::string& head = body.section(kHeadSection, 1);
  RecordWriter head_writer(head);
  describe_semantics(head_writer, program.semantics);
  append_text(head, program.catalog_hash);

  std::string& strings = body.section(kStringsSection, program.strings.size());
  for (const std::string& text : program.strings)
    append_text(strings, text);
  std::string& constants = body.section(kConstantsSection, program.constants.size());
  for (const Value& constant : program.constants)
    append_constant(constants, constant);
  std::string& code = body.section(kCodeSection, program.code.size());
  for (const Instruction& instruction : program.code)
    append_instruction(code, instruction);

#define WRIT_SECTION(id, member, word)                                                                       \
  {                                                                                                          \
    RecordWriter records(body.section(id, program.member.size()));                                           \
    for (const auto& record : program.member)                                                                \
      describe_##word(records, record);                                                                      \
  }
#include "sections.def"
#undef WRIT_SECTION

  std::string out(kMagic);
  append_number(out, kFormatVersion);
  append_number(out, std::uint64_t{0});
  body.append_to(out);
  seal_bundle(out);
  return out;
}

void seal_bundle(std::string& bytes) {
  if (bytes.size() < kHashedFrom) return;
  put_number(bytes, kHashOffset, content_hash(std::string_view(bytes).substr(kHashedFrom)));
}

} // namespace writ::bc
