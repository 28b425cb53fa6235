// SPDX-License-Identifier: MIT
// Which policy a document means: ids of initiatives and assignments become indices.
#pragma once

#include "ir/policy.h"
#include "writ/diagnostic.h"

#include <string>
#include <vector>

namespace writ::assign {

/// Whether an initiative is called by one of these: its name, its module and name, or its id.
bool is_named(const ir::Initiative& initiative, const std::vector<std::string>& names);

/// Fills `policy` of every initiative member and `policy` or `initiative` of every assignment. Documents may
/// come in any order. An id finds the document with this id; else one that has no id, or a GUID, and this
/// name. Of several versions the one that is asked for is taken, else the newest.
///
/// Members that are not found are named in one warning per initiative (MissingInitiativeMember); an
/// assignment of something unknown is UnknownAssignedPolicy and stays unlinked.
///
/// Initiatives that are there on request are quiet unless `wanted` names them: nobody evaluates them.
void link(ir::PolicySet& set, Diagnostics& diagnostics, const std::vector<std::string>& wanted = {});

} // namespace writ::assign
