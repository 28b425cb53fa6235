// SPDX-License-Identifier: MIT
// Questions about JSON values: numbers, texts, members, structural equality. Source: "Model", "Text of a
// value".
#pragma once

#include "json.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace writ::reference {

/// A JSON number that fits a signed 64-bit integer and was written without fraction or exponent.
bool is_int(const json& value);
bool is_float(const json& value);
std::int64_t as_int(const json& value);
double as_double(const json& value);
/// Numbers by value, integers exactly.
std::partial_ordering compare_numbers(const json& a, const json& b);

/// First member whose key equals `key` ignoring ASCII case; nullptr when there is none or `object` is none.
const json* find_member(const json& object, std::string_view key);
/// The same, as a string; empty when absent or of another type.
std::string string_member(const json& object, std::string_view key);

/// Missing (nullptr) or null.
inline bool is_absent(const json* value) { return value == nullptr || value->is_null(); }
/// The text of strings, booleans and numbers; nothing for absent values and containers.
std::optional<std::string> text_of(const json* value);
/// Shortest decimal that reads back; an integral float keeps ".0".
std::string number_text(const json& number);

/// Equality inside containers: strings exact, numbers by value, keys ignoring ASCII case, no coercion.
bool structurally_equal(const json& a, const json& b);

/// Compact JSON text; never throws.
std::string compact(const json& value);

} // namespace writ::reference
