// SPDX-License-Identifier: MIT
// Fields by name and path -> the tables of a program, as assembly; and resources as the VM sees them. What
// code generation and the snapshot layer do for real, in the simplest way.
#pragma once

#include "vm/frame.h"
#include "vm/image.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace writ::vm::testing {

struct FieldSpec {
  std::string name{};
  std::string kind = "Alias";
  std::string type{}; ///< empty: on every type
  std::string steps{};
  std::vector<std::pair<std::string, std::string>> versions{}; ///< API version, steps
  std::string phrase{};
  std::string variable{};
  bool fallback = false; ///< kRootOrProperties
  bool secret = false;
  bool slotless = false; ///< the field gets no slot: it is only read from elements
};

/// Tables for these fields: types, tries, slots. `whole` keeps the whole resource on every type.
std::string layout_text(const std::vector<FieldSpec>& fields, bool whole);

/// A resource read from JSON. The text "$unknown" stands for a value that the input does not tell.
class TestResource {
public:
  explicit TestResource(std::string_view json);
  /// Slots for this image; valid as long as the resource and until the next call.
  ResourceView view(const Image& image, bool with_whole);
  [[nodiscard]] const Value& value() const { return value_; }

private:
  Arena arena_;
  Value value_;
  std::vector<Value> slots_;
};

/// JSON text as a value in the arena, "$unknown" replaced.
Value parse_with_unknowns(Arena& arena, std::string_view json);

} // namespace writ::vm::testing
