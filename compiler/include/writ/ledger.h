// SPDX-License-Identifier: MIT
// Entries of the exemption ledger as data: read by the driver, applied to verdicts there, emitted by the
// compiler.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace writ {

/// One agreed exception: which verdicts it excuses, who answers for it, why, and until when.
struct LedgerEntry {
  std::string name;                  ///< unique in the ledger, any case
  std::vector<std::string> controls; ///< ids with `*` and `?`; empty = every member of `initiative`
  std::string initiative;            ///< name; empty = wherever the controls are evaluated
  std::string owner;
  std::string reason;
  std::string ticket;                ///< or empty
  std::string category;              ///< Waiver or Mitigated
  std::string expires;               ///< as written
  std::string expires_on;            ///< the same as RFC 3339, UTC
  std::vector<std::string> scopes;   ///< id prefixes; empty = everywhere. One of them must hold the resource
  std::vector<std::string> patterns; ///< of ids, with `*` and `?`; empty = any. One of them must fit, too
  std::string file;
  std::uint64_t line = 0; ///< from 1
  std::uint64_t column = 0;
};

} // namespace writ
