// SPDX-License-Identifier: MIT
// Assembly text -> Program. For tests, fuzz seeds and people who look into bundles; the compiler never passes
// here.
//
// A line is a directive (catalog, semantics, string, constant), a record (word of sections.def and name=value
// pairs) or an instruction. `block` starts a block; the instructions that follow are its code. Shorthands for
// people: numbers in brackets may be left out, steps="properties.rules[*].name" appends the steps and names
// their range, f"name" is the field of that name, p"name" the parameter, ="JSON" in place of a constant
// appends it, labels may be words.
#include "assembly_line.h"
#include "names.h"
#include "operands.h"
#include "records.h"
#include "writ/bytecode/bundle.h"
#include "writ/semantics/functions.h"
#include "writ/text.h"

#include <charconv>
#include <map>
#include <unordered_map>

namespace writ::bc {

namespace {

std::optional<std::uint32_t> whole_number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Builds the program; after the first problem nothing else counts.
class ProgramBuilder {
public:
  Program program;
  std::string problem;

  ProgramBuilder() { intern(""); }

  void fail(std::string what) {
    if (problem.empty()) problem = std::move(what);
  }
  StringId intern(std::string_view text) {
    const auto [entry, added] =
        ids_.try_emplace(std::string(text), static_cast<StringId>(program.strings.size()));
    if (added) program.strings.emplace_back(text);
    return entry->second;
  }
  void add_string(std::string_view text) {
    if (text.empty() && program.strings.size() == 1) return; // the empty string is there from the start
    ids_.try_emplace(std::string(text), static_cast<StringId>(program.strings.size()));
    program.strings.emplace_back(text);
  }
  Value parse(std::string_view json) {
    Value value;
    JsonError error;
    if (!parse_json(*program.arena, json, value, error))
      fail("`" + std::string(json) + "` is no JSON: " + error.reason);
    return value;
  }
  std::string parse_text(std::string_view json) {
    const Value value = parse(json);
    if (!value.is(ValueKind::String)) return fail("expected a string in quotes"), std::string();
    return std::string(value.as_string());
  }
  /// "a.b[*].['c.d']" appended to the steps.
  void append_steps(std::string_view path) {
    while (!path.empty()) {
      std::string name;
      if (path.starts_with("['")) {
        const std::size_t end = path.find("']");
        if (end == std::string_view::npos) return fail("a step has no closing ']");
        name = path.substr(2, end - 2);
        path.remove_prefix(end + 2);
      } else {
        const std::size_t end = std::min(path.find_first_of(".["), path.size());
        name = path.substr(0, end);
        path.remove_prefix(end);
      }
      const bool each = path.starts_with("[*]");
      if (each) path.remove_prefix(3);
      program.steps.push_back({intern(lower_ascii(name)), each});
      if (path.starts_with('.'))
        path.remove_prefix(1);
      else if (!path.empty())
        return fail("a path is malformed");
    }
  }

private:
  std::unordered_map<std::string, StringId> ids_;
};

/// Fills the fields of a record from its name=value words.
class RecordParser {
public:
  RecordParser(ProgramBuilder& builder, std::span<const std::string_view> words) : builder_(builder) {
    for (const std::string_view word : words) {
      const std::size_t equals = word.find('=');
      const std::string_view name = word.substr(0, equals);
      const std::string_view value = equals == std::string_view::npos ? "" : word.substr(equals + 1);
      if (!values_.try_emplace(name, value).second)
        builder_.fail("`" + std::string(name) + "` is given twice");
    }
  }
  void text(const char* name, StringId& id) {
    if (const auto value = take(name)) id = builder_.intern(builder_.parse_text(*value));
  }
  void optional_text(const char* name, StringId& id) { text(name, id); }
  void index(const char* name, std::uint32_t& value, Table) { number(name, value); }
  void optional_index(const char* name, std::uint32_t& value, Table) { number(name, value); }
  void range(const char* name, std::uint32_t& first, std::uint32_t& count, Table table) {
    const auto value = take(name);
    if (!value) return;
    if (table == Table::Steps && value->starts_with('"')) {
      first = static_cast<std::uint32_t>(builder_.program.steps.size());
      builder_.append_steps(builder_.parse_text(*value));
      count = static_cast<std::uint32_t>(builder_.program.steps.size()) - first;
      return;
    }
    const std::size_t plus = std::min(value->find('+'), value->size());
    const auto from = whole_number(value->substr(0, plus));
    const auto size = whole_number(value->substr(std::min(plus + 1, value->size())));
    if (!from || !size) return builder_.fail("`" + std::string(name) + "` is no range such as 0+3");
    first = *from;
    count = *size;
  }
  void slot(const char* name, std::uint32_t& value) { number(name, value); }
  template <class T> void number(const char* name, T& value) {
    const auto word = take(name);
    if (!word) return;
    const auto parsed = whole_number(*word);
    if (!parsed || (sizeof(T) < sizeof(kNone) && *parsed > static_cast<T>(~T{})))
      return builder_.fail("`" + std::string(name) + "` is no number that fits");
    value = static_cast<T>(*parsed);
  }
  void flag(const char* name, bool& value) {
    const auto word = take(name);
    if (word && !word->empty()) return builder_.fail("`" + std::string(name) + "` takes no value");
    if (word) value = true;
  }
  template <class T> void choice(const char* name, T& value, unsigned count) {
    const auto word = take(name);
    if (!word) return;
    const auto names = choice_names<T>();
    for (std::size_t i = 0; i < names.size(); ++i)
      if (equal_ascii_fold(names[i], *word)) return void(value = static_cast<T>(i));
    const auto number = whole_number(*word);
    if (!number || *number >= count) return builder_.fail("`" + std::string(*word) + "` is no known " + name);
    value = static_cast<T>(*number);
  }
  void finish() {
    if (!values_.empty())
      builder_.fail("`" + std::string(values_.begin()->first) + "` is no field of this record");
  }

private:
  std::optional<std::string_view> take(std::string_view name) {
    const auto found = values_.find(name);
    if (found == values_.end()) return std::nullopt;
    const std::string_view value = found->second;
    values_.erase(found);
    return value;
  }
  ProgramBuilder& builder_;
  std::map<std::string_view, std::string_view> values_;
};

class Assembler {
public:
  Result<Program> run(std::string_view text);

private:
  struct Jump { // resolved at the end of the block
    std::size_t instruction;
    std::size_t operand;
    std::string_view label;
    std::size_t line;
  };

  void read_line(std::string_view line);
  void read_words(std::span<const std::string_view> words);
  bool read_directive(std::string_view word, std::span<const std::string_view> rest);
  bool read_record(std::string_view word, std::span<const std::string_view> rest);
  void read_instruction(Opcode opcode, std::span<const std::string_view> words);
  std::optional<std::uint32_t> read_operand(Place place, std::string_view word);
  std::optional<std::uint32_t> read_named(Place place, std::string_view quoted);
  void begin_block();
  void end_block();

  ProgramBuilder builder_;
  std::map<std::string_view, std::uint32_t> labels_;
  std::vector<Jump> jumps_;
  bool in_block_ = false;
  std::size_t line_ = 0;
};

void Assembler::begin_block() {
  end_block();
  builder_.program.blocks.back().start = static_cast<std::uint32_t>(builder_.program.code.size());
  in_block_ = true;
}

void Assembler::end_block() {
  if (!in_block_) return;
  in_block_ = false;
  Program& program = builder_.program;
  // The block that ends is the last one, or the one before when the next has just been added.
  for (const Jump& jump : jumps_) {
    const auto label = labels_.find(jump.label);
    const auto target = label != labels_.end() ? std::optional(label->second) : whole_number(jump.label);
    if (!target) {
      line_ = jump.line;
      return builder_.fail("there is no label `" + std::string(jump.label) + "`");
    }
    set_operand(program.code[jump.instruction], jump.operand, *target);
  }
  jumps_.clear();
  labels_.clear();
}

bool Assembler::read_directive(std::string_view word, std::span<const std::string_view> rest) {
  Program& program = builder_.program;
  if (word == "semantics") {
    RecordParser fields(builder_, rest);
    describe_semantics(fields, program.semantics);
    fields.finish();
    return true;
  }
  if (word != "catalog" && word != "string" && word != "constant") return false;
  if (rest.size() != 1) {
    builder_.fail("`" + std::string(word) + "` takes one value");
    return true;
  }
  if (word == "catalog") program.catalog_hash = builder_.parse_text(rest[0]);
  if (word == "string") builder_.add_string(builder_.parse_text(rest[0]));
  if (word == "constant")
    program.constants.push_back(builder_.parse(rest[0].substr(rest[0].starts_with('=') ? 1 : 0)));
  return true;
}

bool Assembler::read_record(std::string_view word, std::span<const std::string_view> rest) {
  RecordParser fields(builder_, rest);
#define WRIT_SECTION(id, member, name)                                                                       \
  if (word == #name) {                                                                                       \
    typename decltype(builder_.program.member)::value_type record{};                                         \
    describe_##name(fields, record);                                                                         \
    fields.finish();                                                                                         \
    builder_.program.member.push_back(record);                                                               \
    if (word == "block") begin_block();                                                                      \
    return true;                                                                                             \
  }
#include "sections.def"
#undef WRIT_SECTION
  return false;
}

std::optional<std::uint32_t> Assembler::read_named(Place place, std::string_view quoted) {
  const Program& program = builder_.program;
  const std::string name = builder_.parse_text(quoted);
  const auto position = [&](const auto& table) -> std::optional<std::uint32_t> {
    for (std::size_t i = 0; i < table.size(); ++i)
      if (equal_ascii_fold(program.strings[table[i].name], name)) return static_cast<std::uint32_t>(i);
    return std::nullopt;
  };
  return place == Place::Field ? position(program.fields) : position(program.parameters);
}

std::optional<std::uint32_t> Assembler::read_operand(Place place, std::string_view word) {
  if (place == Place::Operator) {
    const auto op = find_operator(word);
    return op ? std::optional(static_cast<std::uint32_t>(*op)) : std::nullopt;
  }
  if (place == Place::Function) {
    const auto function = find_function(word);
    return function ? std::optional(static_cast<std::uint32_t>(*function)) : std::nullopt;
  }
  if (place == Place::Constant && word.starts_with('=')) {
    builder_.program.constants.push_back(builder_.parse(word.substr(1)));
    return static_cast<std::uint32_t>(builder_.program.constants.size() - 1);
  }
  const std::string_view prefix = operand_prefix(place);
  if (!word.starts_with(prefix)) return std::nullopt;
  word.remove_prefix(prefix.size());
  if ((place == Place::Field || place == Place::Parameter) && word.starts_with('"'))
    return read_named(place, word);
  return whole_number(word);
}

void Assembler::read_instruction(Opcode opcode, std::span<const std::string_view> words) {
  if (!in_block_) return builder_.fail("the instruction stands outside a block");
  Instruction instruction;
  instruction.opcode = opcode;
  const auto places = operands_of(instruction);
  std::size_t next = 0;
  for (std::size_t o = 0; o < places.size(); ++o) {
    const Place place = places[o].place;
    if (place == Place::None) continue;
    if (place == Place::Flags && (next == words.size() || !words[next].starts_with("!"))) continue;
    if (next == words.size()) return builder_.fail(std::string(info(opcode).name) + " takes more operands");
    const std::string_view word = words[next++];
    if (place == Place::Target || place == Place::Back) {
      if (!word.starts_with('@')) return builder_.fail("`" + std::string(word) + "` is no jump target");
      jumps_.push_back({builder_.program.code.size(), o, word.substr(1), line_});
      continue;
    }
    const auto value = read_operand(place, word);
    if (!value || !set_operand(instruction, o, *value))
      return builder_.fail("`" + std::string(word) + "` is no operand for this place of " +
                           std::string(info(opcode).name));
  }
  if (next != words.size()) return builder_.fail(std::string(info(opcode).name) + " takes fewer operands");
  builder_.program.code.push_back(instruction);
  ++builder_.program.blocks.back().length;
}

void Assembler::read_words(std::span<const std::string_view> words) {
  std::string_view word = words[0];
  if (const std::size_t bracket = word.find('['); bracket != std::string_view::npos)
    word = word.substr(0, bracket);
  const auto rest = words.subspan(1);
  if (const auto opcode = find_opcode(word)) return read_instruction(*opcode, rest);
  if (read_directive(word, rest) || read_record(word, rest)) return;
  builder_.fail("`" + std::string(word) + "` is no directive, record or opcode");
}

void Assembler::read_line(std::string_view line) {
  AssemblyLine cut;
  if (!cut_line(line, cut)) return builder_.fail("a quote is not closed");
  if (!cut.label.empty()) {
    if (!in_block_) return builder_.fail("the label stands outside a block");
    if (!labels_.try_emplace(cut.label, builder_.program.blocks.back().length).second)
      return builder_.fail("the label `" + std::string(cut.label) + "` is there twice");
  }
  if (!cut.words.empty()) read_words(cut.words);
}

Result<Program> Assembler::run(std::string_view text) {
  while (!text.empty() && builder_.problem.empty()) {
    ++line_;
    const std::size_t end = std::min(text.find('\n'), text.size());
    read_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (builder_.problem.empty()) end_block();
  if (!builder_.problem.empty())
    return Diagnostic(Code::AssemblySyntax, {}, std::move(builder_.problem)).at("assembly", line_);
  return std::move(builder_.program);
}

} // namespace

Result<Program> assemble(std::string_view text) { return Assembler().run(text); }

} // namespace writ::bc
