// SPDX-License-Identifier: MIT
// What is wrong with a template expression, told from its tokens up to the first one that the grammar cannot
// use.
#pragma once

#include "azure/template_parse.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace writ::azure {

enum class TemplateToken : std::uint8_t {
  String,
  Unterminated, ///< a string without its closing quote
  Integer,
  Float,
  Identifier,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  Dot,
  Comma,
  Unexpected, ///< a character that begins no token
  End
};

struct PlacedToken {
  TemplateToken kind = TemplateToken::End;
  std::uint32_t begin = 0; ///< byte range within the JSON string
  std::uint32_t end = 0;
};

/// `tokens`: all of the expression, the last one End; `at`: the first that the grammar cannot use.
TemplateError template_mistake(std::string_view text, std::span<const PlacedToken> tokens, std::size_t at);

} // namespace writ::azure
