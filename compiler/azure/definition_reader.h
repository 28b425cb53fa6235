// SPDX-License-Identifier: MIT
// One policy definition as a policy of the IR.
#pragma once

#include "azure/rule_reader.h"
#include "ir/policy.h"

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

namespace writ::azure {

/// The families of effects that read `details` in one way.
enum class EffectFamily : std::uint8_t {
  Plain, ///< audit, deny, disabled: no details
  Append,
  Modify,
  IfNotExists,
  DeployIfNotExists,
  DenyAction,
  Manual,
  Provider, ///< mutate, addToNetworkGroup, EnforceRegoPolicy, …: details are read as they are
  Unknown
};
EffectFamily effect_family(std::string_view effect);

/// Why a definition gives no verdict from a snapshot.
inline constexpr std::string_view kRegoTemplate = "not evaluable here: Rego template";
inline constexpr std::string_view kGuestConfiguration =
    "not evaluable here: guest configuration reports what an agent found inside the machine";

/// Which resources a mode evaluates, and how.
enum class ModeFamily : std::uint8_t {
  ResourceManager,
  Kubernetes,
  Network,
  Component,
  Provider,
  Unsupported
};
/// `canonical` receives the usual spelling.
ModeFamily mode_family(std::string_view mode, std::string& canonical);

/// Which resources a rule is about. `effects`: what the effect can be; `effect`: its name, an operand.
/// Source: docs/azure-policy-semantics.md, "Which resources a rule looks at".
ir::NodeId applicable(ir::Graph& graph, ModeFamily mode, ir::NodeId condition,
                      const std::set<EffectFamily>& effects, ir::NodeId effect);

class DefinitionReader {
public:
  DefinitionReader(const SourceMap& sources, const Catalog& catalog, const ImportOptions& options,
                   ir::Graph& graph, Diagnostics& diagnostics)
      : options_(options), graph_(graph), diagnostics_(diagnostics),
        rule_(sources, catalog, options, graph, diagnostics) {}

  /// `document`: wrapped in `properties`, unwrapped, or a bare rule. Mistakes are in the diagnostics.
  void read(const JsonNode& document, ir::Policy& out);
  [[nodiscard]] const RuleReader& rule() const { return rule_; }

private:
  bool unrepeated(const JsonNode& object, std::initializer_list<std::string_view> names);
  void read_envelope(const JsonNode& document, const JsonNode& body, ir::Policy& out);
  void read_rule(const JsonNode& rule, ir::Policy& out);

  // import_effect.cpp
  void read_then(const JsonNode& then, ir::Policy& out);
  std::set<EffectFamily> possible_effects(const JsonNode& effect, const ir::Policy& policy) const;
  /// The default of the parameter that the effect is; empty when there is none.
  std::string default_effect(const ir::Policy& policy) const;
  void check_details(EffectFamily effect, const JsonNode& then, const JsonNode* details);
  void check_modify(const JsonNode& details);
  void check_related(EffectFamily effect, const JsonNode& details);
  bool need(const JsonNode* member, JsonKind kind, const JsonNode& details, std::string_view name);
  void check_word(const JsonNode& details, std::string_view key,
                  std::initializer_list<std::string_view> words);
  void read_details(const JsonNode& details, ir::Effect& out);
  ir::NodeId deployment(const JsonNode& node);
  void read_operations(const JsonNode& list, ir::Effect& out);
  void read_existence(const JsonNode& details, ir::Effect& out);
  ir::NodeId member(const JsonNode& details, std::string_view key);

  const ImportOptions& options_;
  ir::Graph& graph_;
  Diagnostics& diagnostics_;
  RuleReader rule_;
  ModeFamily mode_ = ModeFamily::ResourceManager;
  bool static_ = false;
};

} // namespace writ::azure
