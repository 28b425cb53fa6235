// SPDX-License-Identifier: MIT
// All rows of the code table by number.
#include "writ/diagnostic.h"
#include "writ/text.h"

#include <array>

namespace writ {

namespace {
constexpr std::array kCodeTable = {
#define WRIT_CODE(name, number, severity, summary)                                                           \
  CodeInfo{Code::name, #name, number, Severity::severity, summary},
#include "writ/codes.def"
#undef WRIT_CODE
};
} // namespace

std::span<const CodeInfo> all_codes() { return kCodeTable; }

const CodeInfo& info(Code code) { return kCodeTable[static_cast<std::size_t>(code)]; }

const CodeInfo* find_code(std::string_view number) {
  for (const CodeInfo& row : kCodeTable)
    if (equal_ascii_fold(row.number, number)) return &row;
  return nullptr;
}

} // namespace writ
