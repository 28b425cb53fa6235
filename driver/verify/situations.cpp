// SPDX-License-Identifier: MIT
#include "verify/situations.h"
#include "writ/readings.h"
#include "writ/text.h"

#include <algorithm>
#include <unordered_set>

namespace writ::driver::verify {

namespace {

constexpr std::size_t kMostTests = 40;
constexpr std::size_t kNeighbourhoods = 8; ///< how many random violations are looked around

/// The resource of a test case and those beside it.
Situation situation_of(const TestInfo& test) {
  Situation out;
  out.rows.push_back(json::parse(test.resource_json, nullptr, false));
  for (const std::string& other : test.given.value_or(std::vector<std::string>()))
    out.rows.push_back(json::parse(other, nullptr, false));
  out.complete = test.given.has_value();
  return out;
}

std::vector<RelatedShape> related_shapes(const PolicyReadings& readings, const json& definition,
                                         const PathOf& path_of) {
  std::vector<RelatedShape> out;
  if (auto shape = related_shape(definition, path_of)) out.push_back(std::move(*shape));
  const BoundaryRule own = rule_of_readings(readings.related_types, readings.related);
  for (const std::string& type : readings.related_types) {
    auto known = std::find_if(out.begin(), out.end(),
                              [&](const RelatedShape& shape) { return equal_ascii_fold(shape.type, type); });
    if (known == out.end()) known = out.insert(out.end(), {type, {}, {}});
    known->rule.merge(own);
  }
  return out;
}

/// What is compared with a parameter is met with every value that the parameter gets.
void add_parameter_values(const PolicyReadings& readings, const std::vector<ParameterSet>& sets,
                          BoundaryRule& rule) {
  for (const Reading& reading : readings.own)
    for (const std::string& parameter : reading.parameters)
      for (const ParameterSet& set : sets)
        for (const auto& [name, value] : set.values.items()) {
          if (!equal_ascii_fold(name, parameter)) continue;
          if (!value.is_array()) rule.add(reading.path, value);
          if (value.is_array())
            for (const json& element : value)
              rule.add(reading.path, element);
        }
}

class Planner {
public:
  Planner(const ControlSide& control, SituationGenerator& generator, const MachineSide* machine)
      : control_(control), generator_(generator), machine_(machine) {}

  void add(Situation situation, const std::string& source) {
    std::string key = situation.complete ? "complete" : "open";
    for (const json& row : situation.rows)
      key += row.dump(-1, ' ', false, json::error_handler_t::replace);
    if (known_.insert(std::move(key)).second) out_.push_back({std::move(situation), source});
  }

  bool is_violation(const Situation& situation) const {
    if (!machine_) return false;
    const auto verdicts = machine_->evaluate(situation);
    const auto found = verdicts.find(control_.id());
    return found != verdicts.end() && found->second.verdict == "noncompliant";
  }

  void add_neighbours(const std::vector<Situation>& around, std::size_t until, const std::string& source) {
    for (std::size_t i = 0; i < around.size() && out_.size() < until; ++i) {
      const std::size_t share = (until - out_.size()) / (around.size() - i);
      for (Situation& neighbour : generator_.neighbours(around[i], std::max<std::size_t>(share, 1)))
        add(std::move(neighbour), source);
    }
  }

  void add_random(std::size_t until, std::vector<Situation>& violations) {
    // Rules without choices repeat themselves: a bound on the tries, too.
    for (std::size_t tries = 0; out_.size() < until && tries < 4 * until; ++tries) {
      Situation situation = generator_.next();
      if (violations.size() < kNeighbourhoods && is_violation(situation)) violations.push_back(situation);
      add(std::move(situation), "generated");
    }
  }

  std::vector<PlannedSituation> out_;

private:
  const ControlSide& control_;
  SituationGenerator& generator_;
  const MachineSide* machine_;
  std::unordered_set<std::string> known_;
};

} // namespace

std::vector<json> parameters_of_tests(const Compilation& compilation, const std::string& control) {
  std::vector<json> out;
  for (const TestInfo& test : compilation.tests()) {
    if (test.control_id != control || test.parameters.empty()) continue;
    out.push_back(json::object());
    for (const auto& [name, text] : test.parameters)
      out.back()[name] = json::parse(text, nullptr, false);
  }
  return out;
}

PathOf path_of_catalog(const Catalog& catalog) {
  return [&catalog](const std::string& type, const std::string& alias) -> std::optional<std::string> {
    for (const Alias& entry : catalog.find_alias(alias))
      if (equal_ascii_fold(catalog.types()[entry.type].name, type)) return std::string(entry.path);
    return std::nullopt;
  };
}

std::vector<PlannedSituation> plan_situations(Compilation& compilation, const ControlSide& control,
                                              const json& definition, const std::vector<ParameterSet>& sets,
                                              std::size_t wanted, std::uint32_t seed) {
  const PathOf path_of = path_of_catalog(compilation.catalog());
  const PolicyReadings readings = readings_of(compilation, control.id());
  BoundaryRule rule = rule_of_readings(readings.types, readings.own);
  rule.merge(rule_of_definition(definition, path_of));
  add_parameter_values(readings, sets, rule);
  SituationGenerator generator(std::move(rule), related_shapes(readings, definition, path_of), seed);
  const Prepared prepared = control.prepare(sets.front());
  Planner planner(control, generator, prepared.machine.get());

  std::vector<Situation> tested;
  for (const TestInfo& test : compilation.tests())
    if (test.control_id == control.id() && tested.size() < kMostTests) tested.push_back(situation_of(test));
  // Around violations first.
  std::stable_partition(tested.begin(), tested.end(),
                        [&](const Situation& one) { return planner.is_violation(one); });
  for (const Situation& situation : tested)
    planner.add(situation, "a test of the control");
  std::vector<Situation> violations;
  planner.add_neighbours(tested, wanted / 2, "generated");
  planner.add_random(std::max(planner.out_.size() + wanted / 4, wanted / 2), violations);
  planner.add_neighbours(violations, wanted, "generated");
  planner.add_random(wanted, violations);
  return std::move(planner.out_);
}

} // namespace writ::driver::verify
