// SPDX-License-Identifier: MIT
// Snapshots from anywhere: reading them never crashes, every resource lies where it says, and the same bytes
// read from a stream in one piece or as a text give the same resources.
#include "snapshot/chunk_reader.h"
#include "snapshot/source.h"
#include "writ/semantics/value.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace writ;
using namespace writ::snapshot;

namespace {

class Checker final : public ResourceVisitor {
public:
  explicit Checker(std::string_view input) : input_(input) {}
  void visit(const ResourceRoot& resource, const Place& place, Arena& arena) override {
    if (place.byte_begin >= place.byte_end || place.byte_end > input_.size() || place.line == 0) std::abort();
    const char first = input_[static_cast<std::size_t>(place.byte_begin)];
    if (first != '{' && first != '[') std::abort();
    // What was read prints as JSON, and reads back as itself.
    const std::string json = to_json(resource.materialise(arena));
    Arena scratch;
    Value again;
    JsonError error;
    if (resource.properties() != PropertiesState::NotExported && parse_json(scratch, json, again, error) &&
        to_json(again) != json)
      std::abort();
    ++resources;
  }
  std::uint64_t resources = 0;

private:
  std::string_view input_;
};

std::uint64_t read(const std::string& text, InputFormat format) {
  Input input = Input::of_text("fuzz.json", text);
  input.format = format;
  const std::vector<Input> inputs{std::move(input)};
  ChunkSource source(inputs);
  ChunkReader reader;
  Checker checker(text);
  for (Chunk chunk; source.next(chunk); source.recycle(chunk)) {
    const ChunkCounts counts = reader.read(chunk, checker);
    if (counts.damaged > counts.skipped) std::abort();
  }
  return checker.resources;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (read(text, InputFormat::Auto) != read(text, InputFormat::Auto)) std::abort();
  read(text, InputFormat::Lines);
  read(text, InputFormat::Documents);
  return 0;
}
