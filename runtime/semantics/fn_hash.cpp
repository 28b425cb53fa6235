// SPDX-License-Identifier: MIT
// uniqueString and guid. Source: "Functions".
#include "call.h"

#include "hashes.h"

namespace writ::fn {

namespace {

Value hash_of_arguments(const Call& call, std::string (*hash)(std::string_view)) {
  std::string joined;
  for (std::size_t i = 0; i < call.size(); ++i) {
    const auto text = text_or_null(call[i]);
    if (!text) return call.bad_argument(i, "a string");
    if (i > 0) joined += '-';
    joined += *text;
  }
  return call.text(hash(joined));
}

} // namespace

Value UniqueString(const Call& call) { return hash_of_arguments(call, &detail::unique_string); }

Value Guid(const Call& call) { return hash_of_arguments(call, &detail::name_based_guid); }

} // namespace writ::fn
