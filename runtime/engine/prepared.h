// SPDX-License-Identifier: MIT
// What is known about each control before the first resource: its resolved effect, its mode, what its code
// reads.
#pragma once

#include "engine/bundle_state.h"
#include "engine/fold_map.h"
#include "relate/selection.h"
#include "writ/engine.h"
#include "writ/semantics/functions.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

/// Effects with a meaning of their own. Source: docs/azure-policy-semantics.md, "Effects".
enum class EffectKind : std::uint8_t {
  Report, ///< audit, deny and controls without effect: noncompliant when violated
  Append,
  Modify,
  IfNotExists, ///< auditIfNotExists, deployIfNotExists
  DenyAction,
  AuditAction,
  Manual,
  NetworkGroup, ///< addToNetworkGroup
  Provider,     ///< evaluated by a resource provider: EnforceRegoPolicy, enforceSetting
  Cluster,      ///< mutate, EnforceOPAConstraint: Rego
  Disabled,
  Unresolved ///< no known name, or its expression failed
};
/// By name, any case; Unresolved when it is none.
EffectKind effect_kind(std::string_view name);

/// Which resources a definition's mode lets through.
enum class ModeKind : std::uint8_t { Everything, All, Indexed, DataPlane, Unsupported };

struct ControlPlan {
  EffectKind effect = EffectKind::Report;
  std::string effect_text; ///< as resolved, in the definition's spelling
  std::string problem;     ///< not empty: error for every resource that it is about
  std::string never;       ///< not empty: not applicable to anything, with this reason
  ModeKind mode = ModeKind::Everything;
  bool reads_location = false;     ///< the condition tests `location`
  bool identity_operation = false; ///< modify of identity.type
  bool applicable_by_type = false; ///< the resource's type alone decides whether the control is about it
  bool uses_relation = false;      ///< related resources decide
  bool applicable_needs_scope =
      false; ///< calls subscription() or resourceGroup(), which the context does not give
  bool condition_needs_scope = false;
  bool words_need_scope = false;   ///< details, messages
  bool choice_needs_scope = false; ///< operations, selection of related resources
  bool existence_needs_scope = false;
  /// The existence condition can be decided when a related resource is met: it looks neither at the resource
  /// of the `if` nor at records that may come later.
  bool existence_decided_early = true;
  /// Which related resources are meant, when that is the same for every resource of the `if`.
  std::optional<relate::Selection> selection;
  /// Whether what related resources say depends on nothing of the resource but where it is.
  [[nodiscard]] bool is_related_by_place() const {
    return selection && selection->resolved == Truth::True && existence_decided_early;
  }
  /// Of a control that needs records of the scope, or shows the resource of the `if` to an existence
  /// condition: the fields that its verdict rests on, besides the type, the place, and whether there is a
  /// location. Nothing when it rests on more.
  std::optional<std::vector<std::uint32_t>> fields;
  bool fields_name_type = false; ///< some of these fields is another one on another type
  std::string related_type;      ///< lower case; empty when it depends on the resource
};

/// Whether a control's verdict may depend on which resource it is about, whatever the resource holds: its
/// assignment and its exemptions choose resources by their ids.
bool chooses_resources(const bc::Program& program, const bc::Control& control);

/// A bundle as one engine uses it. Immutable; shared by its threads.
struct PreparedBundle {
  std::shared_ptr<const Bundle::State> state;
  std::vector<ControlPlan> controls;
  /// Per type of the program: the controls that run for it, as a set, for listing the others.
  std::vector<std::vector<bool>> runs;
  /// Per exemption of the program: whether it holds at the time of the run.
  std::vector<bool> active_exemptions;
  /// Several controls of initiatives or assignments may change the same property.
  bool contests = false;
  /// Types of which the catalogue says whether they support tags and location.
  FoldMap<bool> indexed_types;

  [[nodiscard]] const bc::Program& program() const { return state->image.program(); }
  [[nodiscard]] const ControlRef& control(std::uint32_t index) const { return state->controls[index]; }
};

/// `context` is what every evaluation gets; blocks that read subscription() or resourceGroup() although it
/// has none are marked.
PreparedBundle prepare(std::shared_ptr<const Bundle::State> state, const EvaluationContext& context);

} // namespace writ
