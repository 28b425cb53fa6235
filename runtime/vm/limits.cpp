// SPDX-License-Identifier: MIT
#include "vm/limits.h"

namespace writ::vm {

namespace {

/// Takes the nodes of a value off the budget; false when it or the depth is exhausted.
bool spend_nodes(const Value& value, std::uint32_t& nodes, std::uint32_t depth) {
  if (nodes == 0) return false;
  --nodes;
  if (value.is(ValueKind::Array)) {
    if (depth == 0) return false;
    for (const Value& element : value.as_array())
      if (!spend_nodes(element, nodes, depth - 1)) return false;
  }
  if (value.is(ValueKind::Object)) {
    if (depth == 0) return false;
    for (const Member& member : value.as_object())
      if (!spend_nodes(member.value, nodes, depth - 1)) return false;
  }
  return true;
}

/// UTF-16 units of UTF-8 text: one per leading byte, one more for four-byte sequences.
std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0u) != 0x80u ? 1 : 0;
    units += byte >= 0xF0u ? 1 : 0;
  }
  return units;
}

} // namespace

Value within_limits(const Value& value, const Limits& limits, Arena& arena) {
  if (value.is(ValueKind::String)) {
    const std::string_view text = value.as_string();
    if (text.size() <= limits.text || utf16_units(text) <= limits.text) return value;
    return make_error(arena, "limit-exceeded", "a text is longer than functions may return");
  }
  if (value.is(ValueKind::Array) || value.is(ValueKind::Object)) {
    std::uint32_t nodes = limits.nodes;
    if (!spend_nodes(value, nodes, limits.depth))
      return make_error(arena, "limit-exceeded",
                        "an array or object is larger or deeper than functions may handle");
  }
  return value;
}

} // namespace writ::vm
