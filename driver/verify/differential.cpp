// SPDX-License-Identifier: MIT
#include "verify/differential.h"
#include "writ/text.h"

#include <fmt/format.h>

namespace writ::driver::verify {

namespace {

constexpr const char* kControl = "the control on the VM";
constexpr const char* kDefinition = "the definition on the VM";
constexpr const char* kReference = "the definition on the reference interpreter";
/// Beyond that a difference in a snapshot is shown as it is: shrinking would evaluate it all again each time.
constexpr std::size_t kMostShrunkRows = 500;

/// Details without the existence condition, which is a condition and compared as one, and without the
/// deployment of an effect that deploys nothing. The order of members is not part of a value.
nlohmann::json comparable_details(const SideVerdict& side) {
  nlohmann::json out = nlohmann::json::parse(side.details.dump());
  if (!out.is_object()) return out;
  out.erase("existenceCondition");
  if (!equal_ascii_fold(side.effect, "deployIfNotExists")) out.erase("deployment");
  return out;
}

/// A control reports its details under audit as well: what it would do. Of a definition audit has none.
bool has_details(const std::string& effect) {
  return !equal_ascii_fold(effect, "audit") && !equal_ascii_fold(effect, "deny");
}

bool same_words(const SideVerdict& left, const SideVerdict& right, bool control) {
  if (left.verdict == right.verdict) return true;
  if (!control) return false;
  const auto unaffected = [](const std::string& verdict) {
    return verdict == "compliant" || verdict == "not-applicable";
  };
  // A control may not know whether it looks at a resource that its rule cannot match in either case. One that
  // waits for people knows.
  const bool does_not_know = left.verdict == "unknown" && !left.reason.starts_with("attestation");
  return unaffected(right.verdict) && (unaffected(left.verdict) || does_not_know);
}

} // namespace

bool agree(const SideVerdict& left, const SideVerdict& right, const Agreement& agreement) {
  if (!same_words(left, right, agreement.control)) return false;
  if (left.verdict != "noncompliant") return true;
  if (!equal_ascii_fold(left.effect, right.effect)) return false;
  if (!agreement.compare_details || (agreement.control && !has_details(left.effect))) return true;
  return comparable_details(left) == comparable_details(right);
}

SideVerdict under_effect(SideVerdict verdict, const std::string& effect) {
  if (equal_ascii_fold(effect, "disabled")) return {"not-applicable", {}, {}, "the effect is Disabled"};
  if (verdict.verdict == "noncompliant") verdict.effect = effect;
  return verdict;
}

Counterexample counterexample_of(const Situation& found, const std::string& source,
                                 const ParameterSet& parameters, const Evaluate& left,
                                 const std::string& left_name, const Evaluate& right,
                                 const std::string& right_name, const Agreement& agreement) {
  const Situation smallest =
      shrink(found, [&](const Situation& one) { return !agree(left(one), right(one), agreement); });
  Counterexample out;
  out.parameters = parameters.text();
  out.complete = smallest.complete;
  out.found_in = source;
  for (const json& row : smallest.rows)
    out.rows_json.push_back(row.dump(-1, ' ', false, json::error_handler_t::replace));
  out.pointers = deciding_pointers(smallest.rows[0]);
  const auto side = [&](const std::string& who, const SideVerdict& verdict) {
    return Counterexample::Side{who, verdict.verdict, verdict.effect, verdict.reason};
  };
  out.left = side(left_name, left(smallest));
  out.right = side(right_name, right(smallest));
  return out;
}

Comparison::Comparison(const ControlSide& control, const ControlSide& definition, const json& text,
                       const reference::Catalogue& catalogue, const Surroundings& surroundings,
                       const ParameterSet& values, bool strict)
    : control_id_(control.id()), definition_id_(definition.id()),
      values_(values), with_control_{!strict, true}, control_(control.prepare(values)),
      definition_(definition.prepare(values)) {
  for (const auto& [name, value] : values.values.items())
    if (!control.has_parameter(name) && value.is_string()) {
      effect_ = value.get<std::string>();
      with_control_.compare_details = false;
    }
  reference_.emplace(text, values.values, catalogue, surroundings);
  if (!control_.machine)
    problem_ = fmt::format("the control does not take {}: {}", values.text(), control_.problem);
  else if (!definition_.machine)
    problem_ = fmt::format("the definition does not take {}: {}", values.text(), definition_.problem);
  else if (!reference_->failure().empty())
    problem_ = fmt::format("the reference interpreter refuses the definition: {}", reference_->failure());
}

SideVerdict Comparison::as_definition(SideVerdict verdict) const {
  return effect_ ? under_effect(std::move(verdict), *effect_) : verdict;
}

SideVerdict Comparison::on_control(const Situation& situation) const {
  const auto verdicts = control_.machine->evaluate(situation);
  const auto found = verdicts.find(control_id_);
  return found == verdicts.end() ? SideVerdict() : as_definition(found->second);
}

SideVerdict Comparison::on_definition(const Situation& situation) const {
  const auto verdicts = definition_.machine->evaluate(situation);
  const auto found = verdicts.find(definition_id_);
  return found == verdicts.end() ? SideVerdict() : found->second;
}

void Comparison::judge(const Situation& situation, const std::string& source, const SideVerdict& control,
                       const SideVerdict& definition, const SideVerdict& reference,
                       std::optional<Counterexample>& out) const {
  const Evaluate on_control_machine = [this](const Situation& one) { return on_control(one); };
  const Evaluate on_machine = [this](const Situation& one) { return on_definition(one); };
  const Evaluate on_reference = [this](const Situation& one) { return reference_->evaluate(one); };
  const Agreement same{false, true};
  if (!agree(control, definition, with_control_))
    out = counterexample_of(situation, source, values_, on_control_machine, kControl, on_machine, kDefinition,
                            with_control_);
  else if (!agree(definition, reference, same))
    out = counterexample_of(situation, source, values_, on_machine, kDefinition, on_reference, kReference,
                            same);
}

std::string Comparison::compare(const Situation& situation, const std::string& source,
                                std::optional<Counterexample>& out) const {
  const SideVerdict control = on_control(situation);
  judge(situation, source, control, on_definition(situation), reference_->evaluate(situation), out);
  return control.verdict;
}

std::size_t Comparison::compare_snapshot(const std::vector<Input>& inputs, bool assume_complete,
                                         const std::function<std::string(const ResourceRef&)>& texts,
                                         std::optional<Counterexample>& out, Diagnostics& problems) const {
  const auto controls = control_.machine->evaluate(inputs, control_id_, assume_complete, problems);
  Diagnostics same_problems; // the same files are read again
  const auto definitions =
      definition_.machine->evaluate(inputs, definition_id_, assume_complete, same_problems);
  if (controls.size() != definitions.size()) {
    out.emplace();
    out->found_in = "the snapshot";
    out->left = {kControl, fmt::format("{} verdicts", controls.size()), {}, {}};
    out->right = {kDefinition, fmt::format("{} verdicts", definitions.size()), {}, {}};
    return 0;
  }
  std::vector<json> rows;
  for (const MachineSide::Row& row : controls)
    rows.push_back(json::parse(texts(row.resource), nullptr, false));
  const reference::Snapshot snapshot(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const SideVerdict control = as_definition(controls[i].verdict);
    const SideVerdict reference = reference_->evaluate(rows[i], snapshot, assume_complete);
    if (agree(control, definitions[i].verdict, with_control_) &&
        agree(definitions[i].verdict, reference, {false, true}))
      continue;
    const std::string source = fmt::format("{}:{}", controls[i].resource.file, controls[i].resource.line);
    Situation situation;
    situation.complete = assume_complete;
    situation.rows.push_back(rows[i]);
    // A resource alone, if it differs alone; else with all others.
    if (agree(on_control(situation), on_definition(situation), with_control_) &&
        rows.size() <= kMostShrunkRows)
      for (std::size_t j = 0; j < rows.size(); ++j)
        if (j != i) situation.rows.push_back(rows[j]);
    judge(situation, source, on_control(situation), on_definition(situation), reference_->evaluate(situation),
          out);
    if (!out) {
      // Too many rows to look for the part that matters: shown as it was found.
      out.emplace();
      out->parameters = values_.text();
      out->rows_json.push_back(rows[i].dump());
      out->found_in = source;
      const bool between = !agree(control, definitions[i].verdict, with_control_);
      const SideVerdict& left = between ? control : definitions[i].verdict;
      const SideVerdict& right = between ? definitions[i].verdict : reference;
      out->left = {between ? kControl : kDefinition, left.verdict, left.effect, left.reason};
      out->right = {between ? kDefinition : kReference, right.verdict, right.effect, right.reason};
      out->pointers = deciding_pointers(rows[i]);
    }
    return rows.size();
  }
  return rows.size();
}

} // namespace writ::driver::verify
