// SPDX-License-Identifier: MIT
// From the IR of the front ends to the IR that code is generated from: the list of passes and what they say.
#pragma once

#include "ir/policy.h"
#include "ir/verify.h"
#include "writ/catalog.h"
#include "writ/diagnostic.h"
#include "writ/semantics/compare.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace writ::passes {

struct Options {
  bool optimise = true;         ///< false: only parameters are bound
  bool open_parameters = false; ///< parameters stay (codegen::Options::open_parameters)
  SemanticsOptions semantics;
  const Catalog* catalog = nullptr; ///< resolves aliases whose names parameters complete; may be absent
#ifdef NDEBUG
  bool verify = false;
#else
  bool verify = true; ///< after every pass
#endif
};

/// Something a pass noticed that is no mistake of an author.
struct Remark {
  std::string_view pass;
  std::string control;
  std::string text;
  Span span;
};

/// What a run did.
struct Report {
  struct Pass {
    std::string_view name;
    std::size_t changed = 0; ///< policies whose nodes changed
    std::size_t nodes = 0;   ///< size of the graph afterwards
  };
  std::vector<Pass> passes;
  std::vector<Remark> remarks;
  std::vector<ir::Problem> problems; ///< of the first pass after which the IR was malformed; a bug of ours
};

/// Rewrites the set in place: afterwards it has one policy per instance, with the arguments (or defaults) in
/// place of the parameters, and instance i is policy i. Emitters need the parameters, so they work on the
/// policies before; the graph only grows, a copy of `set.policies` and `set.instances` stays valid and may be
/// put back. Truth never changes, neither of a condition nor of an error: what would fail at run time is
/// left to fail there. Errors: ParameterNotAllowed for an argument that cannot be computed in advance.
/// A parameter without value is left for the code generator to report.
Report run(ir::PolicySet& set, const Options& options, Diagnostics& diagnostics);

/// Name and one-line description of each pass, in order.
struct PassInfo {
  std::string_view name;
  std::string_view doc;
};
std::span<const PassInfo> all_passes();

} // namespace writ::passes
