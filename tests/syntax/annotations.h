// SPDX-License-Identifier: MIT
// Expectations that stand in a source beside the line they are about.
//
//   require a = 1            //~ E0101 expected an operator
//   require b = 1
//   //~       ^ E0101 expected an operator
//
// The first form names code and part of the message of a report on its own line; the second, a line of its
// own, also fixes the columns of the report on the last line before it that is no such comment.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ::test {

struct Annotation {
  std::uint32_t line = 0;   ///< of the report, from 1
  std::uint32_t column = 0; ///< of its first byte, from 1; 0 = not said
  std::uint32_t length = 0; ///< bytes on that line; 0 = not said
  bool is_last = false; ///< no line without annotations follows: also takes reports at the end of the file
  std::string code;
  std::string text; ///< part of the message; may be empty
};

std::vector<Annotation> read_annotations(std::string_view source);

} // namespace writ::test
