// SPDX-License-Identifier: MIT
// Text helpers that several layers need: case folding and nearest names.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// Full Unicode case folding (CaseFolding statuses C and F), language independent; invalid UTF-8 bytes are
/// kept as they are. Source: docs/azure-policy-semantics.md, "Case".
std::string fold_case(std::string_view text);
/// fold_case(a) == fold_case(b), without allocating when both are ASCII.
bool equal_fold(std::string_view a, std::string_view b);
/// Three-way order of the folded code points: negative, zero, positive.
int compare_fold(std::string_view a, std::string_view b);
/// Simple (one to one) folding of one code point.
char32_t fold_code_point(char32_t c);
/// Simple case mappings, language independent. Letters without a one-to-one partner stay, and so do the
/// Turkish i's and the long s, which no invariant mapping turns into ASCII.
char32_t lower_code_point(char32_t c);
char32_t upper_code_point(char32_t c);

/// ASCII-only folding, for property names, types, keywords.
std::string lower_ascii(std::string_view text);
bool equal_ascii_fold(std::string_view a, std::string_view b);
bool is_ascii(std::string_view text);

/// Decodes one code point at `position` and moves past it; an invalid byte yields U+FFFD and moves by one.
char32_t next_code_point(std::string_view text, std::size_t& position);
void append_code_point(std::string& out, char32_t c);
/// True when the text is well-formed UTF-8.
bool valid_utf8(std::string_view text);

/// Optimal string alignment distance, ignoring ASCII case; gives up (returns limit + 1) past the limit.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);
/// At most `count` candidates near `name`, nearest first, ties by text; the allowed distance grows with
/// length.
std::vector<std::string> nearest(std::string_view name, const std::vector<std::string_view>& candidates,
                                 std::size_t count = 3);

} // namespace writ
