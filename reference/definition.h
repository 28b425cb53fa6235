// SPDX-License-Identifier: MIT
// A policy definition: loaded once, bound to parameter values, evaluated per resource.
// Source: "Definition document", "policyRule", "Verdict procedure (scan)".
#pragma once

#include "conditions.h"
#include "effects.h"
#include "parameters.h"
#include "snapshot.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace writ::reference {

/// What one definition says about one resource. Verdict words: compliant, noncompliant, not-applicable,
/// exempt, unknown, error.
struct Verdict {
  std::string verdict;
  std::string effect;            ///< as resolved, in the definition's spelling; on noncompliant only
  json details = json::object(); ///< resolved; on noncompliant only
  std::string reason;            ///< a short sentence; for error `<code>: <message>`
  bool applicable = true;        ///< false: an exemption cannot matter
};

/// Parameter values and the effect they give, for many resources.
struct BoundDefinition {
  ParameterValues parameters;
  std::string effect_text;
  std::optional<Effect> effect;
  std::optional<Failure> failure; ///< makes every verdict an error
};

/// Which details a verdict needs.
struct EvaluationInput {
  const json& resource;
  const Snapshot& snapshot;
  const Context& context;
  /// State of an active attestation for this resource, if any (effect manual).
  std::optional<std::string> attested_state;
};

class Definition {
public:
  /// Reads and checks a definition: wrapped in `properties`, unwrapped, or a bare rule. The catalogue and the
  /// document must outlive the result. On failure a code word of the semantics pages.
  static std::variant<std::unique_ptr<Definition>, Failure>
  load(const json& document, const Catalogue& catalogue, const Options& options);
  Definition(const Definition&) = delete;
  Definition& operator=(const Definition&) = delete;

  /// `given`: object name → value. `effect_override` replaces the text of the effect.
  [[nodiscard]] BoundDefinition bind(const json& given,
                                     const std::optional<std::string>& effect_override = std::nullopt);
  [[nodiscard]] Verdict evaluate(const BoundDefinition& bound, const EvaluationInput& input);

private:
  Definition(const Catalogue& catalogue, const Options& options) : catalogue_(catalogue), options_(options) {}

  std::optional<Failure> read(const json& document);
  std::optional<Failure> read_rule(const json& rule);
  std::optional<Failure> check_effect();
  [[nodiscard]] std::optional<std::string> not_applicable_reason(Effect effect, Environment& env);
  [[nodiscard]] bool changes_identity() const;
  Verdict evaluate_applicable(const BoundDefinition& bound, const EvaluationInput& input, Environment& env);
  Verdict evaluate_related(const BoundDefinition& bound, Environment& env);
  Verdict noncompliant(const BoundDefinition& bound, Environment& env);

  const Catalogue& catalogue_;
  Options options_;
  ExpressionCache cache_;
  ParameterDeclarations declarations_;
  ModeKind mode_ = ModeKind::Indexed;
  bool is_static_ = false;
  bool is_skipped_ = false; ///< an unknown alias that the caller wants to skip
  bool mentions_location_ = false;
  const json* condition_ = nullptr;
  const json* effect_ = nullptr;
  const json* details_ = nullptr;
};

} // namespace writ::reference
