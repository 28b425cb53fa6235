// SPDX-License-Identifier: MIT
// Runs every suite with both dispatch modes, traced and not, from memory and from bytes, with and without the
// whole resource: all must agree.
#include "suite.h"
#include "vm/evidence.h"
#include "vm/vm.h"
#include "writ/bytecode/bundle.h"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <set>

using namespace writ;
using namespace writ::vm;
using namespace writ::vm::testing;

namespace {

bc::Program verified(const SuiteCase& one) {
  INFO(one.name);
  auto program = bc::assemble(one.text);
  if (!program) FAIL(program.error().message << " in line " << program.error().line);
  if (const auto status = bc::verify(*program); !status) FAIL(status.error().message);
  return std::move(*program);
}

std::string_view word(Truth truth) {
  constexpr std::string_view kWords[] = {"false", "true", "unknown", "error"};
  return kWords[static_cast<std::size_t>(truth)];
}

std::string shown(const Evidence& e) {
  return e.pointer + " | " + e.field + " | " + e.operator_name + " | " + e.actual + " | " + e.expected +
         (e.negated ? " | not" : "");
}

struct Configuration {
  Dispatch dispatch;
  bool traced;
  bool whole;
};

/// The reason as the case spells it: only the code, when it names only the code.
std::string reason_of(const Machine& machine, const SuiteCase& one) {
  const bool detailed = one.reason.find(": ") != std::string::npos;
  return std::string(machine.reason().code) + (detailed ? ": " + std::string(machine.reason().detail) : "");
}

void run_case(const SuiteCase& one, const Image& image, const Configuration& configuration) {
  const EvaluationContext context{};
  Machine machine(image, context, one.limits, configuration.dispatch);
  TestResource resource(one.resource);
  TestResource primary(one.primary.empty() ? "{}" : one.primary);
  const ResourceView view = resource.view(image, one.whole || configuration.whole);
  const ResourceView primary_view = primary.view(image, one.whole || configuration.whole);
  // Twice: the second run must not see what the first one left.
  for (int round = 0; round < 2; ++round) {
    machine.begin_resource(view, one.primary.empty() ? nullptr : &primary_view);
    if (one.value) {
      CHECK(to_json(machine.run_value(0)) == *one.value);
      continue;
    }
    TraceNode trace;
    const Truth truth = configuration.traced ? machine.trace_truth(0, trace) : machine.run_truth(0);
    CHECK(word(truth) == *one.truth);
    if (!decided(truth)) CHECK(reason_of(machine, one) == one.reason);
    if (!configuration.traced) continue;
    CHECK(trace.truth == truth);
    if (one.evidence && (configuration.whole || one.whole)) {
      std::vector<std::string> lines;
      for (const Evidence& e : evidence_of(trace))
        lines.push_back(shown(e));
      CHECK(lines == *one.evidence);
    }
  }
}

} // namespace

TEST_CASE("suites") {
  for (const SuiteCase& one : read_all_suites()) {
    INFO(one.name);
    REQUIRE(one.truth.has_value() != one.value.has_value());
    bc::Program program = verified(one);
    const std::string bytes = bc::store_program(program);
    auto loaded = bc::load_program(std::as_bytes(std::span(bytes.data(), bytes.size())), "case");
    REQUIRE(loaded);
    Arena arena;
    for (bc::Program* source : {&program, &*loaded}) {
      Image image(std::move(*source));
      for (std::uint32_t p = 0; p < image.program().parameters.size(); ++p) {
        const std::string name(image.text(image.program().parameters[p].name));
        if (const std::string& json = one.parameters.at(name); !json.empty())
          image.set_parameter(p, parse_with_unknowns(arena, json));
      }
      for (const Dispatch dispatch : {Dispatch::ComputedGoto, Dispatch::Switch})
        for (const bool traced : {false, true})
          for (const bool whole : {false, true})
            run_case(one, image, {dispatch, traced, whole});
    }
  }
}

TEST_CASE("every opcode stands in a suite") {
  std::set<std::string_view> met;
  for (const SuiteCase& one : read_all_suites())
    for (const bc::Instruction& i : verified(one).code)
      met.insert(bc::info(i.opcode).name);
  for (const bc::OpcodeInfo& row : bc::all_opcodes()) {
    INFO(row.name);
    CHECK(met.count(row.name) == 1);
  }
}

TEST_CASE("seeds for the fuzzer") {
  const char* folder = std::getenv("WRIT_SEEDS");
  if (folder == nullptr) return;
  std::size_t number = 0;
  for (const SuiteCase& one : read_all_suites())
    std::ofstream(std::filesystem::path(folder) / ("case-" + std::to_string(number++) + ".writb"),
                  std::ios::binary)
        << bc::store_program(verified(one));
}
