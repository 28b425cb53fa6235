// SPDX-License-Identifier: MIT
// Program -> assembly text. Everything after ';' is commentary; the rest is what assemble() reads.
#include "loops.h"
#include "names.h"
#include "operands.h"
#include "records.h"
#include "writ/bytecode/bundle.h"
#include "writ/bytecode/format.h"
#include "writ/json_writer.h"
#include "writ/semantics/functions.h"

#include <algorithm>

namespace writ::bc {

namespace {

/// Appends " name=value" for each field; defaults that say nothing are left out.
class RecordPrinter {
public:
  RecordPrinter(const Program& program, std::string& out) : program_(program), out_(out) {}
  void text(const char* name, StringId id) {
    if (id == 0) return;
    begin(name);
    append_json_string(out_, id < program_.strings.size() ? program_.strings[id] : "?");
  }
  void optional_text(const char* name, StringId id) {
    if (id == kNone) return;
    begin(name);
    append_json_string(out_, id < program_.strings.size() ? program_.strings[id] : "?");
  }
  void index(const char* name, std::uint32_t value, Table) { begin(name) += std::to_string(value); }
  void optional_index(const char* name, std::uint32_t value, Table table) {
    if (value != kNone) index(name, value, table);
  }
  void range(const char* name, std::uint32_t first, std::uint32_t count, Table table) {
    if (table == Table::Code) return; // the instructions follow
    if (first == 0 && count == 0) return;
    begin(name) += std::to_string(first) + "+" + std::to_string(count);
  }
  void slot(const char* name, std::uint32_t value) {
    if (value != kNone) begin(name) += std::to_string(value);
  }
  template <class T> void number(const char* name, T value) {
    if (value != 0) begin(name) += std::to_string(value);
  }
  void flag(const char* name, bool value) {
    if (value) out_ += std::string(" ") + name;
  }
  template <class T> void choice(const char* name, T value, unsigned) {
    const auto names = choice_names<T>();
    const auto number = static_cast<std::size_t>(value);
    if (number < names.size())
      begin(name) += names[number];
    else if (number != 0)
      begin(name) += std::to_string(number);
  }

private:
  std::string& begin(const char* name) { return out_ += std::string(" ") + name + "="; }
  const Program& program_;
  std::string& out_;
};

class ProgramPrinter {
public:
  explicit ProgramPrinter(const Program& program) : program_(program) {}
  std::string print();

private:
  void print_head();
  void print_block(std::size_t number);
  void print_instruction(const Instruction& i);
  void print_operand(const Operand& operand);
  [[nodiscard]] std::string remark(const Instruction& i) const;
  void end_line(std::string_view comment) {
    if (!comment.empty()) {
      const std::size_t width = out_.size() - line_start_;
      out_.append(width < kCommentColumn ? kCommentColumn - width : 1, ' ');
      out_ += "; ";
      out_ += comment;
    }
    out_ += '\n';
    line_start_ = out_.size();
  }
  [[nodiscard]] std::string text(StringId id) const {
    return id < program_.strings.size() ? program_.strings[id] : std::string();
  }

  static constexpr std::size_t kCommentColumn = 56;
  const Program& program_;
  std::string out_;
  std::size_t line_start_ = 0;
};

void ProgramPrinter::print_head() {
  out_ += "; writ bundle, format " + std::to_string(kFormatVersion);
  end_line("");
  if (!program_.catalog_hash.empty()) {
    out_ += "catalog ";
    append_json_string(out_, program_.catalog_hash);
    end_line("");
  }
  std::string semantics;
  RecordPrinter printer(program_, semantics);
  describe_semantics(printer, program_.semantics);
  if (!semantics.empty()) {
    out_ += "semantics" + semantics;
    end_line("");
  }
  for (std::size_t i = 0; i < program_.strings.size(); ++i) {
    out_ += "string[" + std::to_string(i) + "] ";
    append_json_string(out_, program_.strings[i]);
    end_line("");
  }
  for (std::size_t i = 0; i < program_.constants.size(); ++i) {
    out_ += "constant[" + std::to_string(i) + "] =";
    append_json(out_, program_.constants[i]);
    end_line("");
  }
}

void ProgramPrinter::print_operand(const Operand& operand) {
  if (operand.place == Place::None) return;
  if (operand.place == Place::Flags && operand.value == 0) return;
  out_ += ' ';
  if (operand.place == Place::Operator && operand.value < all_operators().size())
    out_ += info(static_cast<Operator>(operand.value)).azure_name;
  else if (operand.place == Place::Function && operand.value < all_functions().size())
    out_ += info(static_cast<Function>(operand.value)).name;
  else {
    out_ += operand_prefix(operand.place);
    out_ += std::to_string(operand.value);
  }
}

std::string ProgramPrinter::remark(const Instruction& i) const {
  for (const Operand& operand : operands_of(i)) {
    if (operand.place == Place::Field && operand.value < program_.fields.size())
      return text(program_.fields[operand.value].name);
    if (operand.place == Place::Constant && operand.value < program_.constants.size()) {
      std::string json = to_json(program_.constants[operand.value]);
      constexpr std::size_t kLongest = 60;
      if (json.size() <= kLongest) return json;
      std::size_t cut = kLongest; // not inside a UTF-8 sequence
      while (cut > 0 && (static_cast<unsigned char>(json[cut]) & 0xC0u) == 0x80u)
        --cut;
      return json.substr(0, cut) + " ...";
    }
    if (operand.place == Place::Parameter && operand.value < program_.parameters.size())
      return text(program_.parameters[operand.value].name);
  }
  return {};
}

void ProgramPrinter::print_instruction(const Instruction& i) {
  out_ += info(i.opcode).name;
  for (const Operand& operand : operands_of(i))
    print_operand(operand);
  end_line(remark(i));
}

void ProgramPrinter::print_block(std::size_t number) {
  const Block& block = program_.blocks[number];
  out_ += "block[" + std::to_string(number) + "]";
  RecordPrinter printer(program_, out_);
  describe_block(printer, block);
  end_line("");
  if (std::uint64_t{block.start} + block.length > program_.code.size()) return;
  const auto code = std::span(program_.code).subspan(block.start, block.length);
  LoopTree loops;
  const bool structured = !loops.build(code);
  const SourceEntry* last = nullptr;
  for (std::uint32_t at = 0; at < code.size(); ++at) {
    const auto after =
        std::upper_bound(program_.source_map.begin(), program_.source_map.end(), block.start + at,
                         [](std::uint32_t i, const SourceEntry& entry) { return i < entry.instruction; });
    const SourceEntry* source = after == program_.source_map.begin() ? nullptr : &*(after - 1);
    if (source != nullptr && source != last) {
      out_ += "  ; " + text(source->file) + ":" + std::to_string(source->line) + ":" +
              std::to_string(source->column);
      end_line("");
    }
    last = source;
    const std::uint32_t loop = structured ? loops.loop_of(at) : kNone;
    const std::size_t depth = loop == kNone ? 0 : loops.loops()[loop].depth + 1u;
    const std::string label = std::to_string(at) + ":";
    out_.append(label.size() < 5 ? 5 - label.size() : 0, ' ');
    out_ += label + std::string(1 + 2 * depth, ' ');
    print_instruction(code[at]);
  }
}

std::string ProgramPrinter::print() {
  print_head();
#define WRIT_SECTION(id, member, word)                                                                       \
  if (std::string_view(#word) != "block")                                                                    \
    for (std::size_t i = 0; i < program_.member.size(); ++i) {                                               \
      out_ += #word "[" + std::to_string(i) + "]";                                                           \
      RecordPrinter printer(program_, out_);                                                                 \
      describe_##word(printer, program_.member[i]);                                                          \
      end_line("");                                                                                          \
    }
#include "sections.def"
#undef WRIT_SECTION
  for (std::size_t b = 0; b < program_.blocks.size(); ++b)
    print_block(b);
  return std::move(out_);
}

} // namespace

std::string disassemble(const Program& program) { return ProgramPrinter(program).print(); }

} // namespace writ::bc
