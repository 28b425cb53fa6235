// SPDX-License-Identifier: MIT
// Existence conditions run on a pair: the resource of the `if` and a candidate.
#pragma once

#include "engine/evaluator.h"
#include "snapshot/extract.h"
#include "snapshot/tape_parser.h"
#include "vm/trace.h"

#include <string>
#include <string_view>

namespace writ {

/// A resource read again from kept text.
class KeptResource {
public:
  /// False when it cannot be parsed, which cannot happen for text that was parsed before.
  bool load(std::string_view text, std::string_view type) {
    arena.reset();
    text_.assign(text);
    text_.append(snapshot::kPadding, '\0');
    if (parser_.parse(std::string_view(text_).substr(0, text.size())) != nullptr) return false;
    root.read(parser_.tape(), snapshot::Tape::kRoot, type, arena);
    return true;
  }
  snapshot::ResourceRoot root;
  Arena arena;

private:
  std::string text_;
  snapshot::TapeParser parser_;
};

/// Runs existence conditions that look at both resources.
class PairMachine {
public:
  PairMachine(const PreparedBundle& bundle, const EngineOptions& options, const EvaluationContext& context)
      : bundle_(bundle), context_(context), machine_(bundle.state->image, context_, {}, dispatch_of(options)),
        primary_(bundle.state->tries), candidate_(bundle.state->tries) {}

  /// `trace`, when given, is filled with how the condition came out.
  Truth run(std::uint32_t condition, KeptResource& primary, KeptResource& candidate,
            const EvaluationContext& context, std::string& reason, vm::TraceNode* trace = nullptr) {
    context_ = context;
    machine_.set_context(context_);
    LazyResource whole_primary;
    LazyResource whole_candidate;
    const vm::ResourceView first =
        view_of(bundle_, primary.root, bundle_.state->image.find_type(primary.root.type()), primary_,
                primary.arena, whole_primary);
    const vm::ResourceView second =
        view_of(bundle_, candidate.root, bundle_.state->image.find_type(candidate.root.type()), candidate_,
                candidate.arena, whole_candidate);
    machine_.begin_resource(second, &first);
    const Truth truth = trace ? machine_.trace_truth(condition, *trace) : machine_.run_truth(condition);
    if (!decided(truth)) reason = reason_text(machine_.reason());
    return truth;
  }

private:
  const PreparedBundle& bundle_;
  EvaluationContext context_;
  vm::Machine machine_;
  snapshot::Extractor primary_;
  snapshot::Extractor candidate_;
};

} // namespace writ
