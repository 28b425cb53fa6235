// SPDX-License-Identifier: MIT
// The exemption ledger: a YAML file with the exceptions that were agreed. docs/exemptions.md.
#pragma once

#include "writ/diagnostic.h"
#include "writ/files.h"
#include "writ/ledger.h"

#include <string>
#include <string_view>
#include <vector>

namespace writ::driver {

/// Reads a ledger. Every mistake is reported with line and column: LedgerUnreadable (no YAML, no list),
/// LedgerIncomplete (an item that every exemption needs), LedgerValue (everything else). An entry with a
/// mistake is left out.
std::vector<LedgerEntry> parse_ledger(std::string_view text, const std::string& path,
                                      Diagnostics& diagnostics);

/// The entries of several files; names are unique across them.
std::vector<LedgerEntry> read_ledgers(const Files& files, const std::vector<std::string>& paths,
                                      Diagnostics& diagnostics);

} // namespace writ::driver
