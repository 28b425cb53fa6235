// SPDX-License-Identifier: MIT
// Verifier, part 1: indices and ranges of the record tables.
#include "records.h"
#include "verifier.h"
#include "writ/bytecode/format.h"

#include <array>
#include <optional>

namespace writ::bc {

namespace {

std::size_t size_of(const Program& p, Table table) {
  switch (table) {
  case Table::Constants:
    return p.constants.size();
  case Table::Code:
    return p.code.size();
  case Table::TruthBlocks:
  case Table::ValueBlocks:
    return p.blocks.size();
  case Table::Steps:
    return p.steps.size();
  case Table::Versions:
    return p.versions.size();
  case Table::Paths:
    return p.paths.size();
  case Table::Fields:
    return p.fields.size();
  case Table::Trie:
    return p.trie.size();
  case Table::SlotUses:
    return p.slot_uses.size();
  case Table::TypeControls:
    return p.type_controls.size();
  case Table::ControlTypes:
    return p.control_types.size();
  case Table::Parameters:
    return p.parameters.size();
  case Table::Violations:
    return p.violations.size();
  case Table::Operations:
    return p.operations.size();
  case Table::Relations:
    return p.relations.size();
  case Table::Joins:
    return p.joins.size();
  case Table::JoinKeys:
    return p.join_keys.size();
  case Table::JoinTerms:
    return p.join_terms.size();
  case Table::Controls:
    return p.controls.size();
  case Table::Texts:
    return p.texts.size();
  case Table::Selectors:
    return p.selectors.size();
  case Table::Selections:
    return p.selections.size();
  case Table::Guards:
    return p.guards.size();
  case Table::Initiatives:
    return p.initiatives.size();
  case Table::Assignments:
    return p.assignments.size();
  case Table::Exemptions:
    return p.exemptions.size();
  case Table::ExemptionUses:
    return p.exemption_uses.size();
  case Table::Instances:
    return p.instances.size();
  }
  return 0;
}

/// Compares every reference of a record with the size of its table; remembers the first failure.
class ReferenceCheck {
public:
  ReferenceCheck(const Program& program, const char* word) : program_(program), word_(word) {}
  void next_record() { ++row_; }

  void text(const char* name, StringId id) {
    if (id >= program_.strings.size()) fail(name, "names no string of the pool");
  }
  void optional_text(const char* name, StringId id) {
    if (id != kNone) text(name, id);
  }
  void index(const char* name, std::uint32_t value, Table table) {
    if (value >= size_of(program_, table)) fail(name, "points outside its table");
  }
  void optional_index(const char* name, std::uint32_t value, Table table) {
    if (value != kNone) index(name, value, table);
  }
  void range(const char* name, std::uint32_t first, std::uint32_t count, Table table) {
    if (std::uint64_t{first} + count > size_of(program_, table)) fail(name, "reaches outside its table");
    total_ += count;
  }
  void slot(const char*, std::uint32_t) {}
  template <class T> void number(const char*, T) {}
  void flag(const char*, bool) {}
  template <class T> void choice(const char* name, T value, unsigned count) {
    if (static_cast<unsigned>(value) >= count) fail(name, "is no known value");
  }

  [[nodiscard]] Status status() const {
    if (problem_) return Diagnostic(Code::BundleIndex, {}, *problem_);
    if (total_ > ProgramLimits::kRangeTotal)
      return Diagnostic(Code::BundleLimit, {},
                        std::string("the ranges of the ") + word_ + " table are too long");
    return Done{};
  }

private:
  void fail(const char* name, const char* what) {
    if (problem_) return;
    problem_ = "`" + std::string(name) + "` of " + word_ + " " + std::to_string(row_ - 1) + " " + what;
  }
  const Program& program_;
  const char* word_;
  std::uint64_t row_ = 0;
  std::uint64_t total_ = 0;
  std::optional<std::string> problem_;
};

Diagnostic contradiction(std::string what) { return Diagnostic(Code::BundleTable, {}, std::move(what)); }

Status verify_references(const Program& program) {
#define WRIT_SECTION(id, member, word)                                                                       \
  {                                                                                                          \
    ReferenceCheck check(program, #word);                                                                    \
    for (const auto& record : program.member) {                                                              \
      check.next_record();                                                                                   \
      describe_##word(check, record);                                                                        \
    }                                                                                                        \
    if (auto status = check.status(); !status) return status;                                                \
  }
#include "sections.def"
#undef WRIT_SECTION
  return Done{};
}

Status verify_block_order(const Program& program) {
  std::uint64_t next = 0;
  for (const Block& block : program.blocks) {
    if (block.start != next || block.length == 0)
      return contradiction("the blocks do not lie one after the other in the code");
    next += block.length;
    if (block.values > ProgramLimits::kRegisters || block.truths > ProgramLimits::kRegisters ||
        block.binders > ProgramLimits::kBinders)
      return Diagnostic(Code::BundleLimit, {}, "a block has too many registers");
    const std::uint64_t bits = std::uint64_t{block.values} + block.truths + block.binders;
    if (block.length * bits > ProgramLimits::kFlowBits)
      return Diagnostic(Code::BundleLimit, {}, "a block is too long for its number of registers");
  }
  if (next != program.code.size()) return contradiction("there is code outside every block");
  return Done{};
}

} // namespace

Status verify_tables(const Program& program) {
  if (program.strings.empty() || !program.strings[0].empty())
    return contradiction("string 0 of the pool is not the empty string");
  if (auto status = verify_references(program); !status) return status;
  if (auto status = verify_block_order(program); !status) return status;

  for (std::size_t i = 1; i < program.source_map.size(); ++i)
    if (program.source_map[i].instruction <= program.source_map[i - 1].instruction)
      return contradiction("the source map is not in code order");
  for (const ParameterInfo& parameter : program.parameters)
    if (parameter.allowed != kNone && !program.constants[parameter.allowed].is(ValueKind::Array))
      return contradiction("the allowed values of a parameter are not an array");
  for (const Exemption& exemption : program.exemptions)
    if (program.strings[exemption.scope].empty()) return contradiction("an exemption has no scope");
  for (const Instance& instance : program.instances)
    if (instance.assignment == kNone && (instance.guard_count > 0 || instance.exemption_count > 0))
      return contradiction("an instance without assignment has overrides or exemptions");
  return Done{};
}

} // namespace writ::bc
