// SPDX-License-Identifier: MIT
// Damaged sources: whatever is left of them, the checker ends, and what it lets through is well formed.
#include "check/project.h"
#include "ir/verify.h"

#include <catch2/catch.hpp>
#include <random>

using namespace writ;

namespace {

/// Pieces that sources are made of; cut and mixed they reach further than random bytes.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (char c : text) {
    const bool part = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!part && !word.empty()) words.push_back(std::exchange(word, {}));
    if (part)
      word += c;
    else
      words.emplace_back(1, c);
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

std::string damaged(const std::vector<std::string>& words, std::mt19937& random) {
  std::vector<std::string> out = words;
  const std::size_t changes = 1 + random() % 4;
  for (std::size_t i = 0; i < changes; ++i) {
    const std::size_t at = random() % out.size();
    switch (random() % 3) {
    case 0:
      out[at] = words[random() % words.size()];
      break;
    case 1:
      out.erase(out.begin() + static_cast<std::ptrdiff_t>(at));
      break;
    default:
      out.insert(out.begin() + static_cast<std::ptrdiff_t>(at), words[random() % words.size()]);
      break;
    }
  }
  std::string text;
  for (const std::string& word : out)
    text += word;
  return text;
}

} // namespace

TEST_CASE("damaged sources never give damaged IR", "[check]") {
  std::mt19937 random(20'260'101);
  std::size_t accepted = 0;
  for (const char* name :
       {"conditions", "quantifiers", "functions", "records", "parameters", "names", "tests"}) {
    const std::vector<std::string> words =
        words_of(testing::read_source_file("tests/check/cases/" + std::string(name) + ".writ"));
    for (int round = 0; round < 12; ++round) {
      const std::string text = damaged(words, random);
      INFO(text);
      const testing::CheckedText checked = testing::check_text(text);
      for (const ir::Problem& problem : ir::verify(checked.project.set))
        FAIL_CHECK(problem.policy << ": " << problem.text);
      for (const ir::Policy& policy : checked.project.set.policies) {
        ++accepted;
        CHECK(policy.applicable.valid());
        CHECK_FALSE(policy.violations.empty());
        for (const ir::Violation& violation : policy.violations)
          CHECK(violation.when.valid());
      }
    }
  }
  CHECK(accepted > 20);
}
