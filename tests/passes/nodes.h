// SPDX-License-Identifier: MIT
// Conditions from text for tests of passes.
#pragma once

#include "ir/dump.h"

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

namespace writ::testing {

/// Fields that the tests use beside the well-known ones.
inline constexpr std::string_view kTestFields = R"(
(field "items[*]" raw (path "properties.items[*]"))
(field "items[*].key" raw (path "properties.items[*].key"))
(field "items[*].parts[*]" raw (path "properties.items[*].parts[*]"))
(field "size" alias (on "A.B/c" (path "properties.size")))
(field "moved" alias (on "A.B/c" (path "properties.moved") (versions "2020-01-01" (path "properties.list[*].moved"))))
(field "mixed" alias (on "A.B/c" (path "properties.mixed")) (on "A.B/d" (path "properties.list[*].mixed")))
)";

inline ir::NodeId node_of(ir::Graph& graph, std::string_view text) {
  ir::ParsedNode parsed = ir::parse_node(graph, text, kTestFields);
  INFO(text);
  REQUIRE(parsed.error.empty());
  REQUIRE(parsed.node.valid());
  return parsed.node;
}

/// A dump on one line.
inline std::string flat(const ir::Graph& graph, ir::NodeId node) {
  std::string out;
  for (char c : ir::dump(graph, node)) {
    const char next = c == '\n' ? ' ' : c;
    if (next != ' ' || out.back() != ' ') out += next;
  }
  return out;
}

} // namespace writ::testing
