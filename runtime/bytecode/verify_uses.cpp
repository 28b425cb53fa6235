// SPDX-License-Identifier: MIT
// Verifier, part 4: what blocks are used for, and the order of shared tests.
#include "records.h"
#include "verifier.h"
#include "writ/bytecode/format.h"

#include <algorithm>

namespace writ::bc {

namespace {

/// Compares the result of every block that a record names with what the record expects.
class ResultCheck {
public:
  ResultCheck(const CodeFacts& facts, const char* word) : facts_(facts), word_(word) {}
  void text(const char*, StringId) {}
  void optional_text(const char*, StringId) {}
  void index(const char* name, std::uint32_t value, Table table) {
    if (table != Table::TruthBlocks && table != Table::ValueBlocks) return;
    const BlockResult wanted = table == Table::TruthBlocks ? BlockResult::Truth : BlockResult::Value;
    if (facts_.results[value] == wanted || !problem_.empty()) return;
    problem_ = "block " + std::to_string(value) + " does not return a " +
               (wanted == BlockResult::Truth ? "truth" : "value") + ", as `" + name + "` of a " + word_ +
               " has to";
  }
  void optional_index(const char* name, std::uint32_t value, Table table) {
    if (value != kNone) index(name, value, table);
  }
  void range(const char*, std::uint32_t, std::uint32_t, Table) {}
  void slot(const char*, std::uint32_t) {}
  template <class T> void number(const char*, T) {}
  void flag(const char*, bool) {}
  template <class T> void choice(const char*, T, unsigned) {}

  [[nodiscard]] const std::string& problem() const { return problem_; }

private:
  const CodeFacts& facts_;
  const char* word_;
  std::string problem_;
};

} // namespace

Status verify_uses(const Program& program, const CodeFacts& facts) {
#define WRIT_SECTION(id, member, word)                                                                       \
  {                                                                                                          \
    ResultCheck check(facts, #word);                                                                         \
    for (const auto& record : program.member)                                                                \
      describe_##word(check, record);                                                                        \
    if (!check.problem().empty()) return Diagnostic(Code::BundleResult, {}, check.problem());                \
  }
#include "sections.def"
#undef WRIT_SECTION

  std::vector<bool> taken(program.blocks.size(), false);
  for (const std::uint32_t block : program.tests) {
    if (taken[block]) return Diagnostic(Code::BundleTable, {}, "two shared tests are one block");
    taken[block] = true;
  }
  std::vector<std::uint32_t> depth(program.tests.size(), 0);
  for (std::uint32_t test = 0; test < program.tests.size(); ++test) {
    for (const std::uint32_t inner : facts.tests[program.tests[test]]) {
      if (inner >= test)
        return Diagnostic(Code::BundleTestOrder, {},
                          "test " + std::to_string(test) + " runs test " + std::to_string(inner) +
                              ", which does not come before it");
      depth[test] = std::max(depth[test], depth[inner] + 1);
    }
    if (depth[test] >= ProgramLimits::kTestDepth)
      return Diagnostic(Code::BundleLimit, {}, "shared tests run each other too deeply");
  }
  return Done{};
}

} // namespace writ::bc
