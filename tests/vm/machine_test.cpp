// SPDX-License-Identifier: MIT
// What suites cannot say: several blocks on one resource, memo, contexts, a shared image.
#include "layout.h"
#include "vm/vm.h"
#include "writ/bytecode/bundle.h"

#include <catch2/catch.hpp>

#include <thread>

using namespace writ;
using namespace writ::vm;
using namespace writ::vm::testing;

namespace {

bc::Program checked(const std::string& text) {
  auto program = bc::assemble(text);
  if (!program) FAIL(program.error().message << " in line " << program.error().line);
  if (const auto status = bc::verify(*program); !status) FAIL(status.error().message);
  return std::move(*program);
}

const std::vector<FieldSpec> kSize = {{.name = "size", .type = "a/b", .steps = "properties.size"}};

} // namespace

TEST_CASE("results of shared tests do not outlive their resource") {
  const Image image(checked(layout_text(kSize, false) + R"(
test block=1
block truths=1
  RunTest t0 test0
  ReturnTruth t0
block values=1 truths=1
  LoadConstant v0 =5
  TestField equals t0 v0 f0
  ReturnTruth t0
)"));
  const EvaluationContext context{};
  Machine machine(image, context);
  TestResource five(R"({"type":"a/b","properties":{"size":5}})");
  TestResource six(R"({"type":"a/b","properties":{"size":6}})");
  const ResourceView views[] = {five.view(image, false), six.view(image, false)};
  for (int round = 0; round < 3; ++round) {
    machine.begin_resource(views[0]);
    CHECK(machine.run_truth(0) == Truth::True);
    CHECK(machine.run_truth(0) == Truth::True);
    machine.begin_resource(views[1]);
    CHECK(machine.run_truth(0) == Truth::False);
    TraceNode trace;
    CHECK(machine.trace_truth(0, trace) == Truth::False);
    CHECK(trace.kind == TraceKind::Test);
    CHECK(trace.values.size() == 1);
    CHECK(machine.run_truth(0) == Truth::False);
  }
}

TEST_CASE("tracing one block does not disturb the others") {
  const Image image(checked(layout_text(kSize, false) + R"(
test block=2
test block=3
block truths=1
  RunTest t0 test0
  ReturnTruth t0
block truths=1
  RunTest t0 test1
  ReturnTruth t0
block values=1 truths=1
  LoadConstant v0 =5
  TestField equals t0 v0 f0
  ReturnTruth t0
block values=1 truths=1
  LoadConstant v0 ="5"
  TestField greater t0 v0 f0
  Not t0
  ReturnTruth t0
)"));
  const EvaluationContext context{};
  Machine machine(image, context);
  TestResource five(R"({"type":"a/b","properties":{"size":5}})");
  machine.begin_resource(five.view(image, false));
  for (int round = 0; round < 3; ++round) {
    CHECK(machine.run_truth(0) == Truth::True);
    CHECK(machine.run_truth(1) == Truth::Error);
    TraceNode trace;
    CHECK(machine.trace_truth(1, trace) == Truth::Error);
    CHECK(trace.kind == TraceKind::Not);
    CHECK(machine.reason().code == "type-mismatch");
    TraceNode other;
    CHECK(machine.trace_truth(0, other) == Truth::True);
    CHECK(other.kind == TraceKind::Test);
  }
}

TEST_CASE("the context may change between resources") {
  const Image image(
      checked(layout_text({}, false) + "block values=1\nCall v0 v0 *0 utcNow\nReturnValue v0\n"));
  EvaluationContext context;
  Machine machine(image, context);
  machine.begin_resource({});
  CHECK(to_json(machine.run_value(0)) == R"("<error: context-unavailable>")");
  EvaluationContext later;
  later.now = Value::string("2031-05-01T00:00:00.0000000Z");
  machine.set_context(later);
  machine.begin_resource({});
  CHECK(to_json(machine.run_value(0)) == R"("2031-05-01T00:00:00.0000000Z")");
}

TEST_CASE("machines on several threads share an image") {
  const Image image(checked(layout_text(kSize, false) + R"(
block values=2 truths=1
  LoadField v0 f0
  LoadConstant v1 =1
  Call v0 v0 *2 add
  LoadConstant v1 =6
  TestValue equals t0 v1 v0
  ReturnTruth t0
)"));
  const EvaluationContext context{};
  int matches[2] = {0, 0};
  const auto work = [&](int which) {
    Machine machine(image, context);
    TestResource five(R"({"type":"a/b","properties":{"size":5}})");
    const ResourceView view = five.view(image, false);
    for (int i = 0; i < 200; ++i) {
      machine.begin_resource(view);
      matches[which] += machine.run_truth(0) == Truth::True ? 1 : 0;
    }
  };
  std::thread other(work, 1);
  work(0);
  other.join();
  CHECK(matches[0] == 200);
  CHECK(matches[1] == 200);
}

TEST_CASE("chains of shared tests run to the limit of the format") {
  std::string text = layout_text(kSize, false);
  constexpr int kChain = 512;
  for (int i = 0; i < kChain; ++i)
    text += "test block=" + std::to_string(i) + "\n";
  for (int i = 0; i < kChain; ++i)
    text += i == 0
                ? "block values=1 truths=1\nLoadConstant v0 =5\nTestField equals t0 v0 f0\nReturnTruth t0\n"
                : "block values=2 truths=3\nRunTest t2 test" + std::to_string(i - 1) + "\nReturnTruth t2\n";
  const Image image(checked(text));
  const EvaluationContext context{};
  TestResource five(R"({"type":"a/b","properties":{"size":5}})");
  for (const Dispatch dispatch : {Dispatch::ComputedGoto, Dispatch::Switch}) {
    Machine machine(image, context, {}, dispatch);
    machine.begin_resource(five.view(image, false));
    CHECK(machine.run_truth(kChain - 1) == Truth::True);
    TraceNode trace;
    CHECK(machine.trace_truth(kChain - 1, trace) == Truth::True);
    CHECK(trace.kind == TraceKind::Test);
  }
}

TEST_CASE("a long disjunction is evaluated until it is decided") {
  std::string text = layout_text(kSize, false) + "block values=1 truths=2\nOrBegin t0\n";
  for (int i = 0; i < 3000; ++i)
    text += "LoadConstant v0 =" + std::to_string(i) + "\nTestField equals t1 v0 f0\nOr t0 t1 @end\n";
  const Image image(checked(text + "end: ReturnTruth t0\n"));
  const EvaluationContext context{};
  Machine machine(image, context);
  TestResource five(R"({"type":"a/b","properties":{"size":2999}})");
  machine.begin_resource(five.view(image, false));
  CHECK(machine.run_truth(0) == Truth::True);
  TestResource none(R"({"type":"a/b","properties":{"size":-1}})");
  machine.begin_resource(none.view(image, false));
  CHECK(machine.run_truth(0) == Truth::False);
}
