// SPDX-License-Identifier: MIT
// What a compilation gives to a target beside its definitions. Private to facade/.
#pragma once

#include "emit/document.h"
#include "facade/state.h"
#include "ir/limits.h"

#include <vector>

namespace writ {

/// Whether an initiative is one of those that the request names; it names none: all are.
bool is_asked_for(const Compilation::State& state, const ir::Initiative& initiative);

/// A document for each initiative that is asked for. Members that cannot become Azure Policy are named in one
/// error for each initiative (MemberNotEmittable); the document is about the others.
void initiative_documents(Compilation::State& state, std::vector<emit::Document>& out, EmitResult& result);

/// A document for each entry of the ledger, assignment and scope. What Azure cannot say is
/// ExemptionNotEmittable, at the place of the entry; nothing wider stands in for it.
void exemption_documents(const Compilation::State& state, const EmitRequest& request,
                         std::vector<emit::Document>& out, EmitResult& result);

/// Says that a text is longer than Azure takes; it is cut where it is written.
void warn_cut(const std::string& text, azure::Limit limit, const std::string& id, Diagnostic place,
              Diagnostics& warnings);

/// Why a control is no Azure Policy, without its name.
std::string reason_of(const ControlInfo& control);

} // namespace writ
