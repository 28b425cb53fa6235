// SPDX-License-Identifier: MIT
// Bundles from anywhere: what the verifier accepts must run, whatever the resource, and survive printing and
// storing.
#include "writ/bytecode/bundle.h"
#include "bytecode/sections.h"
#include "vm/evidence.h"
#include "vm/vm.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace writ;

namespace {

constexpr std::string_view kResource =
    R"({"id":"/subscriptions/S/resourceGroups/G/providers/Contoso.Lab/widgets/w1",
  "name":"w1","type":"Contoso.Lab/widgets","location":"West Plains 2","tags":{"env":"prod","cost":{"center":1}},
  "properties":{"tier":"Gold","link":"/links/a","rules":[{"properties":{"access":"Allow"}},{"properties":null},"x"]}})";

/// Fills slots by the trie; containers are shared, so every node costs the same.
void fill(const vm::Image& image, std::uint32_t node, const Value& value, std::vector<Value>& slots) {
  const bc::TrieNode& row = image.program().trie[node];
  if (row.slot != bc::kNone) slots[row.slot] = value;
  for (std::uint32_t child = row.first_child; child < row.first_child + row.child_count; ++child)
    fill(image, child, find_member(value, image.text(image.program().trie[child].key)), slots);
}

void run(bc::Program program) {
  const vm::Image image(std::move(program));
  const EvaluationContext context{};
  vm::Limits limits;
  limits.iterations = 1000;
  Arena arena;
  Value resource;
  JsonError error;
  if (!parse_json(arena, kResource, resource, error)) std::abort();
  for (std::uint32_t type = 0; type < image.program().types.size(); ++type) {
    std::vector<Value> slots(image.program().types[type].slot_count);
    fill(image, image.program().types[type].trie_root, resource, slots);
    vm::ResourceView view;
    view.type = type;
    view.slots = slots;
    view.whole = &resource;
    view.identity = {
        find_member(resource, "id"), find_member(resource, "name"), find_member(resource, "type"), {}, {}};
    for (const vm::Dispatch dispatch : {vm::Dispatch::ComputedGoto, vm::Dispatch::Switch}) {
      vm::Machine machine(image, context, limits, dispatch);
      machine.begin_resource(view, &view);
      for (std::uint32_t block = 0; block < image.program().blocks.size() && block < 64; ++block) {
        const bc::Block& row = image.program().blocks[block];
        if (image.program().code[row.start + row.length - 1].opcode == bc::Opcode::ReturnValue) {
          (void)to_json(machine.run_value(block));
          continue;
        }
        vm::TraceNode trace;
        const Truth plain = machine.run_truth(block);
        if (machine.trace_truth(block, trace) != plain) std::abort(); // tracing must not change a result
        (void)vm::evidence_of(trace);
      }
    }
    if (type > 8) break;
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(reinterpret_cast<const char*>(data), size);
  bc::seal_bundle(bytes); // no fuzzer finds a hash
  auto program = bc::load_program(std::as_bytes(std::span(bytes.data(), bytes.size())), "fuzz");
  if (!program) return 0;
  if (bc::store_program(*program) != bytes) std::abort();
  (void)bc::disassemble(*program);
  run(std::move(*program));
  return 0;
}
