// SPDX-License-Identifier: MIT
// After warm-up, evaluating a resource asks for no memory.
#include "layout.h"
#include "vm/vm.h"
#include "writ/bytecode/bundle.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> allocations{0};
} // namespace

// All forms, because a sanitizer replaces those that are left out.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++allocations;
  return std::malloc(size);
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new[](std::size_t size, const std::nothrow_t& tag) noexcept { return operator new(size, tag); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

using namespace writ;
using namespace writ::vm;
using namespace writ::vm::testing;

TEST_CASE("evaluation allocates nothing after warm-up") {
  const std::vector<FieldSpec> fields = {
      {.name = "size", .type = "a/b", .steps = "properties.size"},
      {.name = "location", .kind = "Location", .type = "", .steps = "location"},
      {.name = "rules", .type = "a/b", .steps = "properties.rules[*]"},
      {.name = "access", .type = "a/b", .steps = "properties.rules[*].properties.access"},
      {.name = "ports", .type = "a/b", .steps = "properties.rules[*].properties.ports[*]"},
      {.name = "name", .kind = "Name", .type = "", .steps = "name"}};
  auto program = bc::assemble(layout_text(fields, false) + R"(
test block=1
block values=4 truths=4 binders=2
  AndBegin t0
  RunTest t1 test0
  And t0 t1 @end
  LoadConstant v0 =["westplains2","East"]
  TestField in t1 v0 f"location"
  And t0 t1 @end
  CountField b0 f"rules" @done
  body:
  CountBound ^1 b1 b0 f"ports" @inner
  each: LoadElement ^2 v1 b1
  LoadConstant v2 =22
  TestValue equals t2 v2 v1
  CountNext b1 t2 @each
  inner: LoadConstant v0 =0
  TestCount greater t2 v0 b1
  LoadBound ^1 v1 b0 f"access"
  CountNext b0 t2 @body
  done: LoadConstant v0 =1
  TestCount equals t1 v0 b0
  And t0 t1 @end
  LoadConstant v0 ="w*"
  TestField like t1 v0 f"name"
  And t0 t1 @end
  LoadConstant v0 ="4"
  TestField greater t1 v0 f"size"
  And t0 t1 @end
  end: ReturnTruth t0
block values=1 truths=1
  LoadConstant v0 =5
  TestField equals t0 v0 f"size"
  ReturnTruth t0
)");
  REQUIRE(program);
  REQUIRE(bc::verify(*program));
  const Image image(std::move(*program));
  const EvaluationContext context{};
  TestResource resource(
      R"({"type":"A/b","name":"w1","location":"West Plains 2","properties":{"size":5,"rules":[
    {"properties":{"access":"Allow","ports":[22,80]}},{"properties":{"ports":[]}}]}})");
  const ResourceView view = resource.view(image, false);
  for (const Dispatch dispatch : {Dispatch::ComputedGoto, Dispatch::Switch}) {
    Machine machine(image, context, {}, dispatch);
    const auto evaluate = [&] {
      machine.begin_resource(view);
      return machine.run_truth(0);
    };
    CHECK(evaluate() == Truth::Error); // the last test orders a number against a text
    const std::size_t before = allocations;
    bool same = true;
    for (int i = 0; i < 100; ++i)
      same = evaluate() == Truth::Error && same;
    const std::size_t after = allocations;
    CHECK(same);
    CHECK(after - before == 0);
  }
}
