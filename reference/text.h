// SPDX-License-Identifier: MIT
// Text as the semantics need it: case folding, UTF-16 units, white space. Source: "Case", "Strings".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace writ::reference {

/// Full Unicode case folding (statuses C and F); invalid bytes become U+FFFD.
std::string fold(std::string_view text);
bool equal_folded(std::string_view a, std::string_view b);

/// Ignoring ASCII case only: keywords, names, types, property names.
bool equal_ascii(std::string_view a, std::string_view b);
bool starts_with_ascii(std::string_view text, std::string_view prefix);
std::string lower_ascii(std::string_view text);

std::u32string code_points(std::string_view text);
std::string from_code_points(std::u32string_view points);
/// Simple folding of one code point (statuses C and S): never changes the length.
char32_t fold_simple(char32_t c);

/// UTF-16 code units; the way back replaces lone surrogates by U+FFFD.
std::u16string to_utf16(std::string_view text);
std::string from_utf16(std::u16string_view units);

/// Simple one-to-one mappings of the invariant culture.
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text);
/// Without Unicode white space at both ends.
std::string trim(std::string_view text);

/// Text folded code point by code point, with the way back to the original.
struct FoldedText {
  std::u32string points;           ///< folded
  std::vector<std::size_t> origin; ///< for each folded point the index of its original code point; one more
                                   ///< at the end
};
FoldedText fold_with_origin(std::u32string_view text);

/// Replaces invalid UTF-8 by U+FFFD.
std::string repair_utf8(std::string_view bytes);

} // namespace writ::reference
