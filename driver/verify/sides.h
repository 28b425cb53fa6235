// SPDX-License-Identifier: MIT
// The two evaluators that verdicts are compared on: the virtual machine and the reference interpreter.
#pragma once

#include "reference/definition.h"
#include "verify/boundary_situation.h"
#include "writ/engine.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace writ::driver::verify {

/// What an evaluator says about the first resource of a situation.
struct SideVerdict {
  std::string verdict = "no verdict";
  std::string effect; ///< noncompliant only
  json details;       ///< noncompliant only; null = none
  std::string reason; ///< not part of comparisons
};

/// Everything that both evaluators are told.
struct Surroundings {
  std::string now;
  std::string context_json; ///< as `--context` takes it, or empty
};

/// The virtual machine with one bundle, ready for many situations.
class MachineSide {
public:
  MachineSide(const Bundle& bundle, const Surroundings& surroundings);
  /// By control id.
  [[nodiscard]] std::map<std::string, SideVerdict> evaluate(const Situation& situation) const;
  /// All verdicts of one control over inputs, by resource number in input order.
  struct Row {
    ResourceRef resource;
    SideVerdict verdict;
  };
  [[nodiscard]] std::vector<Row> evaluate(const std::vector<Input>& inputs, std::string_view control,
                                          bool assume_complete, Diagnostics& problems) const;

private:
  Engine open_;     ///< what is not among the rows is not known
  Engine complete_; ///< what is not among the rows does not exist
};

/// The reference interpreter with one definition under one set of parameter values.
class ReferenceSide {
public:
  /// Catalogue and document must outlive it. `values`: object name → value. A definition that the reference
  /// interpreter refuses has its reason in failure().
  ReferenceSide(const json& definition, const json& values, const reference::Catalogue& catalogue,
                const Surroundings& surroundings);
  [[nodiscard]] const std::string& failure() const { return failure_; }
  [[nodiscard]] SideVerdict evaluate(const Situation& situation) const;
  [[nodiscard]] SideVerdict evaluate(const json& resource, const reference::Snapshot& snapshot,
                                     bool assume_complete) const;

private:
  struct Loaded {
    std::unique_ptr<reference::Definition> definition;
    reference::BoundDefinition bound;
  };
  std::optional<Loaded> load(const json& definition, const json& values,
                             const reference::Catalogue& catalogue, bool assume_complete);

  std::string failure_;
  std::optional<Loaded> open_;
  std::optional<Loaded> complete_;
  reference::Context context_;
};

/// The compiler's catalogue in the shape of `az provider list`, which the reference interpreter reads.
reference::Catalogue reference_catalogue(const Catalog& catalog);

} // namespace writ::driver::verify
