// SPDX-License-Identifier: MIT
// Which related resources a control asks for, resolved for one resource of its `if`.
// Source: docs/azure-policy-semantics.md, "Related resources".
#pragma once

#include "vm/vm.h"
#include "writ/bytecode/program.h"
#include "writ/semantics/truth.h"

#include <optional>
#include <string>

namespace writ::relate {

struct Selection {
  /// True: resolved. Unknown, Error: it cannot be, and `reason` says why.
  Truth resolved = Truth::True;
  std::string reason;
  std::string type; ///< lower case
  std::optional<std::string> name;
  std::optional<std::string> kind;
  std::optional<std::string> resource_group;
  bool subscription_scope = false; ///< existenceScope: Subscription
  bool nothing = false;            ///< a name that resolves to nothing: no candidate matches
};

/// The machine holds the resource of the `if`.
Selection resolve(vm::Machine& machine, const bc::Program& program, const bc::RelationInfo& relation);

} // namespace writ::relate
