// SPDX-License-Identifier: MIT
// Pairs of conditions with the answer that is right, from cases.yaml. A witness must differ on the VM.
#include "prove/harness.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <yaml-cpp/yaml.h>

namespace writ::test {
namespace {

struct Case {
  std::string name;
  json left;
  json right;
  json parameters = json::object();
  std::string expect;
  std::string because;
};

json parsed(const YAML::Node& node) {
  const std::string text = node.as<std::string>();
  return json::parse(text, nullptr, true, true);
}

std::vector<Case> cases() {
  std::vector<Case> out;
  for (const YAML::Node& node : YAML::LoadFile(WRIT_SOURCE_DIR "/tests/prove/cases.yaml")) {
    Case one;
    one.name = node["case"].as<std::string>();
    one.left = parsed(node["left"]);
    one.right = parsed(node["right"]);
    if (node["parameters"]) one.parameters = parsed(node["parameters"]);
    one.expect = node["expect"].as<std::string>();
    if (node["because"]) one.because = node["because"].as<std::string>();
    out.push_back(std::move(one));
  }
  return out;
}

std::string word(ProofOutcome outcome) {
  return outcome == ProofOutcome::Proved      ? "proved"
         : outcome == ProofOutcome::Undecided ? "undecided"
                                              : "differs";
}

TEST_CASE("pairs of conditions get the right answer") {
  const std::vector<Case> all = cases();
  std::vector<json> definitions;
  for (std::size_t i = 0; i < all.size(); ++i) {
    definitions.push_back(definition("l" + std::to_string(i), all[i].left, all[i].parameters));
    definitions.push_back(definition("r" + std::to_string(i), all[i].right, all[i].parameters));
  }
  Compilation compilation = compile(definitions);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string left = "l" + std::to_string(i);
    const std::string right = "r" + std::to_string(i);
    const ProofResult result = prove_equivalent(compilation, left, compilation, right);
    std::string reasons;
    for (const std::string& reason : result.undecided_because)
      reasons += reason + "; ";
    INFO(all[i].name << "\n" << word(result.outcome) << " " << result.witness_json << " " << reasons);
    CHECK(word(result.outcome) == all[i].expect);
    if (!all[i].because.empty()) CHECK(reasons.find(all[i].because) != std::string::npos);
    if (result.outcome != ProofOutcome::Counterexample || !result.parameters.empty()) continue;
    auto verdicts = run(compilation, {result.witness_json}, result.beside_json);
    CHECK(plain(verdicts[left].at(0)) != plain(verdicts[right].at(0)));
  }
}

} // namespace
} // namespace writ::test
