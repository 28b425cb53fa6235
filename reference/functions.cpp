// SPDX-License-Identifier: MIT
// Look-up of functions, member access and the equality that functions share.
#include "functions.h"

#include "function_support.h"
#include "text.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace writ::reference {
namespace {

constexpr std::array<FunctionRow, 12> kSpecialFunctions{{
    {"if", 3, 3, nullptr, Special::If},
    {"and", 2, -1, nullptr, Special::And},
    {"or", 2, -1, nullptr, Special::Or},
    {"coalesce", 1, -1, nullptr, Special::Coalesce},
    {"parameters", 1, 1, nullptr, Special::Parameters},
    {"field", 1, 1, nullptr, Special::Field},
    {"current", 0, 1, nullptr, Special::Current},
    {"requestContext", 0, 0, nullptr, Special::RequestContext},
    {"policy", 0, 0, nullptr, Special::Policy},
    {"subscription", 0, 0, nullptr, Special::Subscription},
    {"resourceGroup", 0, 0, nullptr, Special::ResourceGroup},
    {"utcNow", 0, 0, nullptr, Special::UtcNow},
}};

constexpr std::array<std::string_view, 29> kForbidden{"deployment",
                                                      "environment",
                                                      "variables",
                                                      "copyIndex",
                                                      "newGuid",
                                                      "pickZones",
                                                      "providers",
                                                      "reference",
                                                      "references",
                                                      "resourceId",
                                                      "subscriptionResourceId",
                                                      "tenantResourceId",
                                                      "extensionResourceId",
                                                      "managementGroupResourceId",
                                                      "managementGroup",
                                                      "tenant",
                                                      "dateTimeAdd",
                                                      "dateTimeFromEpoch",
                                                      "dateTimeToEpoch",
                                                      "lambda",
                                                      "lambdaVariables",
                                                      "filter",
                                                      "map",
                                                      "mapValues",
                                                      "reduce",
                                                      "sort",
                                                      "groupBy",
                                                      "toObject",
                                                      "list"};

using FunctionTable = std::unordered_map<std::string, const FunctionRow*>;

FunctionTable build_table() {
  FunctionTable table;
  const auto add = [&](std::span<const FunctionRow> rows) {
    for (const FunctionRow& row : rows)
      table.emplace(lower_ascii(row.name), &row);
  };
  add(kSpecialFunctions);
  add(text_functions());
  add(encoding_functions());
  add(collection_functions());
  add(scalar_functions());
  return table;
}

} // namespace

const FunctionRow* find_function(std::string_view name) {
  static const FunctionTable kTable = build_table();
  const auto row = kTable.find(lower_ascii(name));
  return row == kTable.end() ? nullptr : row->second;
}

bool is_forbidden_function(std::string_view name) {
  return starts_with_ascii(name, "list") || std::any_of(kForbidden.begin(), kForbidden.end(),
                                                        [&](auto known) { return equal_ascii(known, name); });
}

bool accepts_arity(const FunctionRow& function, std::size_t arguments) {
  const auto n = static_cast<int>(arguments);
  if (n < function.min_arguments) return false;
  if (function.max_arguments >= 0 && n > function.max_arguments) return false;
  return !function.pairs || n % 2 == 0;
}

Outcome access_member(const json& object, const json& key) {
  if (object.is_null()) return Outcome::error("null-dereference", "the value is null");
  if (object.is_object()) {
    if (!key.is_string()) return Outcome::error("bad-key", "an object is selected by a string");
    const auto& name = key.get_ref<const std::string&>();
    if (const auto exact = object.find(name); exact != object.end()) return Outcome::of(*exact);
    for (const auto& member : object.items())
      if (equal_folded(member.key(), name)) return Outcome::of(member.value());
    return Outcome::error("missing-property", "there is no property '" + name + "'");
  }
  if (object.is_array()) {
    if (!is_int(key)) return Outcome::error("bad-key", "an array is selected by an integer");
    const std::int64_t index = as_int(key);
    if (!fits_int32(index)) return Outcome::error("overflow", "the index does not fit 32 bits");
    if (index < 0 || static_cast<std::size_t>(index) >= object.size())
      return Outcome::error("index-range", "index " + std::to_string(index) + " is out of range");
    return Outcome::of(object[static_cast<std::size_t>(index)]);
  }
  return Outcome::error("not-selectable", "a scalar has no members");
}

bool function_equal(const json& a, const json& b, bool mixed_numbers) {
  if (a.is_number() && b.is_number()) {
    if (is_int(a) != is_int(b)) return mixed_numbers && as_double(a) == as_double(b);
    return is_int(a) ? as_int(a) == as_int(b) : as_double(a) == as_double(b);
  }
  if (a.is_array() && b.is_array()) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(),
                      [&](const json& x, const json& y) { return function_equal(x, y, mixed_numbers); });
  }
  if (a.is_object() && b.is_object()) {
    if (a.size() != b.size()) return false;
    for (const auto& member : a.items()) {
      const auto other = b.find(member.key());
      if (other == b.end() || !function_equal(member.value(), *other, mixed_numbers)) return false;
    }
    return true;
  }
  return a.type() == b.type() && a == b;
}

} // namespace writ::reference
