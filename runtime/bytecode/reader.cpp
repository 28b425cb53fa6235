// SPDX-License-Identifier: MIT
// Bytes -> Program. Checks every size and number before it is used and allocates no more than the file pays
// for; what the tables say is the verifier's business. The layout is described in format.h.
#include "bytes.h"
#include "constants.h"
#include "records.h"
#include "sections.h"
#include "writ/bytecode/bundle.h"
#include "writ/bytecode/format.h"
#include "writ/text.h"

#include <algorithm>
#include <array>

namespace writ::bc {

namespace {

constexpr std::array kSectionOrder = {
    kHeadSection,
    kStringsSection,
    kConstantsSection,
    kCodeSection,
#define WRIT_SECTION(id, member, word) std::uint32_t{id},
#include "sections.def"
#undef WRIT_SECTION
};

Diagnostic damaged(std::string what) { return Diagnostic(Code::BundleDamaged, {}, std::move(what)); }
Diagnostic bad_table(std::string what) { return Diagnostic(Code::BundleTable, {}, std::move(what)); }

/// Fills the fields of a record.
class RecordReader {
public:
  explicit RecordReader(ByteReader& in) : in_(in) {}
  void text(const char*, StringId& id) { id = in_.number<StringId>(); }
  void optional_text(const char*, StringId& id) { id = in_.number<StringId>(); }
  void index(const char*, std::uint32_t& value, Table) { value = in_.number<std::uint32_t>(); }
  void optional_index(const char*, std::uint32_t& value, Table) { value = in_.number<std::uint32_t>(); }
  void range(const char*, std::uint32_t& first, std::uint32_t& count, Table) {
    first = in_.number<std::uint32_t>();
    count = in_.number<std::uint32_t>();
  }
  void slot(const char*, std::uint32_t& value) { value = in_.number<std::uint32_t>(); }
  template <class T> void number(const char*, T& value) { value = in_.number<T>(); }
  void flag(const char*, bool& value) { value = byte_below(2) == 1; }
  template <class T> void choice(const char*, T& value, unsigned count) {
    value = static_cast<T>(byte_below(count));
  }

private:
  std::uint8_t byte_below(unsigned limit) {
    const auto byte = in_.number<std::uint8_t>();
    if (byte >= limit) in_.fail();
    return byte;
  }
  ByteReader& in_;
};

/// Bytes of a record: what the writer appends for it.
class RecordSize {
public:
  std::size_t bytes = 0;
  void text(const char*, const StringId&) { bytes += 4; }
  void optional_text(const char*, const StringId&) { bytes += 4; }
  void index(const char*, const std::uint32_t&, Table) { bytes += 4; }
  void optional_index(const char*, const std::uint32_t&, Table) { bytes += 4; }
  void range(const char*, const std::uint32_t&, const std::uint32_t&, Table) { bytes += 8; }
  void slot(const char*, const std::uint32_t&) { bytes += 4; }
  template <class T> void number(const char*, const T&) { bytes += sizeof(T); }
  void flag(const char*, const bool&) { ++bytes; }
  template <class T> void choice(const char*, const T&, unsigned) { ++bytes; }
};

struct Section {
  std::uint32_t count = 0;
  std::string_view bytes;
};

/// The section table: exactly the known sections, in order, filling the file.
class BundleSections {
public:
  /// The first problem, or nothing.
  std::string read(std::string_view after_hash) {
    ByteReader in(after_hash);
    if (in.number<std::uint32_t>() != kSectionOrder.size()) return "the number of sections is wrong";
    std::array<std::uint64_t, kSectionOrder.size()> sizes{};
    for (std::size_t i = 0; i < kSectionOrder.size(); ++i) {
      if (in.number<std::uint32_t>() != kSectionOrder[i]) return "the sections are not in order";
      sections_[i].count = in.number<std::uint32_t>();
      sizes[i] = in.number<std::uint64_t>();
    }
    if (!in.ok()) return "the section table is cut off";
    for (std::size_t i = 0; i < kSectionOrder.size(); ++i) {
      if (sizes[i] > in.left()) return "a section is cut off";
      sections_[i].bytes = in.text(static_cast<std::size_t>(sizes[i]));
    }
    return in.left() == 0 ? std::string() : "bytes follow the last section";
  }
  [[nodiscard]] const Section& get(std::uint32_t id) const {
    const auto place = std::find(kSectionOrder.begin(), kSectionOrder.end(), id) - kSectionOrder.begin();
    return sections_[static_cast<std::size_t>(place)];
  }

private:
  std::array<Section, kSectionOrder.size()> sections_;
};

template <class Read> bool read_all(const Section& section, std::size_t least_bytes, Read read) {
  ByteReader in(section.bytes);
  if (section.count > section.bytes.size() / least_bytes) return false;
  for (std::uint32_t i = 0; i < section.count && in.ok(); ++i)
    read(in, i);
  return in.ok() && in.left() == 0;
}

bool read_head(const Section& section, Program& program) {
  ByteReader in(section.bytes);
  RecordReader fields(in);
  describe_semantics(fields, program.semantics);
  const auto size = in.number<std::uint32_t>();
  program.catalog_hash = in.text(size);
  return section.count == 1 && in.ok() && in.left() == 0 && valid_utf8(program.catalog_hash);
}

bool read_strings(const Section& section, Program& program) {
  program.strings.reserve(std::min<std::size_t>(section.count, section.bytes.size() / 4));
  bool valid = true;
  const bool complete = read_all(section, 4, [&](ByteReader& in, std::uint32_t) {
    const auto size = in.number<std::uint32_t>();
    program.strings.emplace_back(in.text(size));
    valid = valid && valid_utf8(program.strings.back());
  });
  return complete && valid;
}

Instruction read_instruction(ByteReader& in) {
  Instruction i;
  const auto opcode = in.number<std::uint8_t>();
  if (opcode >= all_opcodes().size())
    in.fail();
  else
    i.opcode = static_cast<Opcode>(opcode);
  i.x = in.number<std::uint8_t>();
  i.a = in.number<std::uint16_t>();
  i.b = in.number<std::uint16_t>();
  i.c = in.number<std::uint16_t>();
  i.d = in.number<std::uint32_t>();
  i.e = in.number<std::uint32_t>();
  return i;
}

Result<Program> read_program(std::string_view bytes) {
  if (!bytes.starts_with(kMagic.substr(0, std::min(kMagic.size(), bytes.size()))))
    return Diagnostic(Code::NotABundle, {}, "the file does not start like a bundle");
  if (bytes.size() < kHashedFrom) return damaged("the bundle ends inside its header");
  const auto version = number_at<std::uint32_t>(bytes, kMagic.size());
  if (version != kFormatVersion)
    return Diagnostic(Code::BundleVersion, {},
                      "the bundle has format version " + std::to_string(version) +
                          ", this program reads version " + std::to_string(kFormatVersion))
        .note("compile the bundle again with this version of writ");
  if (number_at<std::uint64_t>(bytes, kHashOffset) != content_hash(bytes.substr(kHashedFrom)))
    return damaged("the content does not have the hash that the header names");

  BundleSections sections;
  if (std::string problem = sections.read(bytes.substr(kHashedFrom)); !problem.empty())
    return damaged(std::move(problem));

  Program program;
  if (!read_head(sections.get(kHeadSection), program)) return bad_table("the head section is malformed");
  if (!read_strings(sections.get(kStringsSection), program)) return bad_table("the string pool is malformed");
  if (!read_all(sections.get(kConstantsSection), 1, [&](ByteReader& in, std::uint32_t) {
        program.constants.push_back(read_constant(in, *program.arena));
      }))
    return bad_table("the constants are malformed");
  program.code.reserve(sections.get(kCodeSection).bytes.size() / sizeof(Instruction));
  if (!read_all(sections.get(kCodeSection), sizeof(Instruction),
                [&](ByteReader& in, std::uint32_t) { program.code.push_back(read_instruction(in)); }))
    return bad_table("the code section is malformed");

#define WRIT_SECTION(id, member, word)                                                                       \
  {                                                                                                          \
    const Section& section = sections.get(id);                                                               \
    const typename decltype(program.member)::value_type sample{};                                            \
    RecordSize size;                                                                                         \
    describe_##word(size, sample);                                                                           \
    if (section.bytes.size() / size.bytes != section.count || section.bytes.size() % size.bytes != 0)        \
      return bad_table("the size of the " #word " table does not fit its count");                            \
    program.member.resize(section.count);                                                                    \
    if (!read_all(section, size.bytes, [&](ByteReader& in, std::uint32_t i) {                                \
          RecordReader fields(in);                                                                           \
          describe_##word(fields, program.member[i]);                                                        \
        }))                                                                                                  \
      return bad_table("a record of the " #word " table is malformed");                                      \
  }
#include "sections.def"
#undef WRIT_SECTION
  return program;
}

} // namespace

Result<Program> load_program(std::span<const std::byte> bytes, std::string name) {
  auto program = read_program(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  if (!program) return program.take_error().at(std::move(name));
  if (auto status = verify(*program); !status) return status.take_error().at(std::move(name));
  return program;
}

} // namespace writ::bc
