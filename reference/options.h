// SPDX-License-Identifier: MIT
// What the caller chooses and what a live request would have told. Source: "Compatibility switches".
#pragma once

#include "json.h"

#include <string>

namespace writ::reference {

/// What a definition with an alias that nobody knows means.
enum class UnknownAlias {
  Error, ///< the definition is invalid (`unknown-alias`)
  Skip,  ///< the definition applies to nothing
  AsPath ///< `<type>/<rest>` is the path properties.<rest>, or <rest> when that begins with an envelope
         ///< member
};

/// All switches off is the default reading.
struct Options {
  bool raw_paths = false;          ///< names that are no alias are walked as paths from the root
  bool like_question_mark = false; ///< `?` in `like` matches one character
  bool lenient_ordering = false;   ///< numeric strings order against numbers; other mixes are false
  bool numeric_strings = false;    ///< equals parses a string to compare it with a number
  bool innermost_current = false;  ///< current() in nested counts is the innermost element
  bool vacuous_missing = false;    ///< `[*]` over a missing array selects nothing
  bool eager_logic = false;        ///< functions and, or, coalesce evaluate every argument
  UnknownAlias unknown_alias = UnknownAlias::Error;
  bool assume_complete = false;     ///< a related type that the snapshot lacks does not exist
  bool full_details = false;        ///< evaluate and report deployments as well
  bool missing_mode_is_all = false; ///< a definition without mode reads as All instead of Indexed
};

/// Context of the evaluation. A null or empty member is not supplied; the functions that need it fail with
/// `context-unavailable`.
struct Context {
  std::string now;      ///< ISO 8601 with zone
  json subscription;    ///< object
  json resource_group;  ///< object
  json request_context; ///< object
  json policy;          ///< object
};

} // namespace writ::reference
