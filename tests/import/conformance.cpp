// SPDX-License-Identifier: MIT
#include "import/conformance.h"

#include "assign/instances.h"
#include "assign/link.h"
#include "assign/values.h"
#include "azure/import.h"
#include "codegen/codegen.h"
#include "ir/verify.h"
#include "passes/pass.h"
#include "reference/value.h"
#include "writ/catalog.h"
#include "writ/engine.h"
#include "writ/semantics/parameter_value.h"
#include "writ/text.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace writ::test {

namespace {

using reference::CorpusCase;
using reference::json;

/// Which diagnostic stands for each code word of the semantics pages.
const std::map<std::string, std::set<Code>> kCodes{
    {"missing-operator", {Code::MalformedPolicyCondition}},
    {"multiple-operators", {Code::MalformedPolicyCondition}},
    {"duplicate-key", {Code::RepeatedPolicyMember}},
    {"unrecognized-key", {Code::MalformedPolicyCondition, Code::MalformedPolicyCount}},
    {"multiple-operands", {Code::MalformedPolicyCondition}},
    {"missing-operand", {Code::MalformedPolicyCondition}},
    {"field-not-string", {Code::MalformedPolicyCondition}},
    {"bad-quantifier", {Code::MalformedPolicyCondition}},
    {"bad-condition", {Code::MalformedPolicyCondition}},
    {"bad-operator-value", {Code::PolicyOperatorValue}},
    {"unknown-alias", {Code::UnknownPolicyField}},
    {"bad-count", {Code::MalformedPolicyCount}},
    {"duplicate-count-name", {Code::MalformedPolicyCount}},
    {"current-outside-count", {Code::TemplateReference}},
    {"ambiguous-current", {Code::TemplateReference}},
    {"unknown-parameter", {Code::TemplateReference, Code::AssignedParameter}},
    {"unknown-function", {Code::TemplateFunction}},
    {"function-not-allowed", {Code::TemplateFunction}},
    {"arity", {Code::TemplateFunction}},
    {"empty-expression", {Code::TemplateSyntax}},
    {"trailing-input", {Code::TemplateSyntax}},
    {"expected-expression", {Code::TemplateSyntax}},
    {"unterminated-string", {Code::TemplateSyntax}},
    {"bare-identifier", {Code::TemplateSyntax}},
    {"not-callable", {Code::TemplateSyntax}},
    {"number-range", {Code::TemplateSyntax}},
    {"limit-exceeded", {Code::PolicyDefinitionLimit}},
    {"parameter-type", {Code::PolicyParameterDeclaration}},
    {"parameter-not-allowed", {Code::PolicyParameterDeclaration}},
    {"bad-definition", {Code::NotAPolicyDefinition}},
    {"bad-details", {Code::PolicyEffectDetails}},
    {"unknown-effect", {Code::PolicyEffectDetails}},
    {"parameter-missing", {Code::AssignedParameter}},
    {"effect-mode", {Code::PolicyEffectDetails}},
};

struct Observed {
  std::string reference;
  std::string verdict;
  std::string effect;
  std::string reason;
  std::string message;
  json details;
};

/// One definition on the VM.
class Subject {
public:
  Subject(const CorpusCase& c, Pipeline pipeline) : case_(c), pipeline_(pipeline) {
    if (c.catalogue.empty()) return;
    const Status added = catalog_.add_provider_export(c.catalogue.dump(), "case");
    if (!added.ok()) problem_ = "catalogue: " + added.error().message;
  }

  void import(const json& definition) {
    azure::ImportOptions options;
    options.unknown_alias =
        case_.options.unknown_alias == reference::UnknownAlias::AsPath ? UnknownAlias::Path
        : case_.options.unknown_alias == reference::UnknownAlias::Skip ? UnknownAlias::Skip
                                                                       : UnknownAlias::Error;
    options.innermost_current = case_.options.innermost_current;
    options.missing_mode_is_all = case_.options.missing_mode_is_all;
    options.raw_paths = case_.options.raw_paths;
    const SourceId source = sources_.add("case.json", definition.dump());
    azure::import_policies(sources_, source, catalog_, options, set_, diagnostics_);
    for (const ir::Problem& found : ir::verify(set_))
      problem_ = "IR: " + found.text;
  }

  /// The import must fail with the diagnostic that stands for the code word.
  std::string check_invalid(const std::string& expected) const {
    if (!problem_.empty()) return problem_;
    if (!diagnostics_.has_errors()) return "is accepted, expected the definition error " + expected;
    if (expected == "any") return "";
    const auto row = kCodes.find(expected);
    if (row == kCodes.end()) return "no diagnostic is known for " + expected;
    const Diagnostic& first = diagnostics_.all().front();
    if (row->second.contains(first.code)) return "";
    return "is refused with " + std::string(info(first.code).name) + " (" + first.message + "), expected " +
           expected;
  }

  std::string evaluate(const json& parameters, Observed& out) {
    if (!problem_.empty()) return problem_;
    if (diagnostics_.has_errors()) return "is refused: " + diagnostics_.all().front().message;
    if (set_.policies.empty()) {
      out.verdict = "not-applicable";
      return "";
    }
    ir::PolicyInstance instance;
    if (std::string refused = bind(parameters, instance); !refused.empty()) {
      out.verdict = "error";
      out.reason = refused;
      return "";
    }
    set_.instances = {instance};
    return run(
        [&](const Finding& finding) {
          if (case_.resources.size() > 1 && finding.resource->id != subject_id()) return;
          note(finding, out);
        },
        out);
  }

  /// Everything that was imported, as it is evaluated together; one observation a control.
  std::string evaluate_assigned(std::vector<Observed>& out) {
    if (!problem_.empty()) return problem_;
    if (diagnostics_.has_errors()) return "is refused: " + diagnostics_.all().front().message;
    Observed none;
    std::string problem = run(
        [&](const Finding& finding) {
          if (finding.resource->id == subject_id()) note(finding, out.emplace_back());
        },
        none);
    return problem == kNoVerdict ? "" : problem;
  }

  /// Finds out which of the imported documents belong together.
  void connect() {
    assign::link(set_, diagnostics_);
    set_.instances = assign::instances_of(set_, catalog_, semantics(), diagnostics_);
    std::erase_if(set_.instances, [](const ir::PolicyInstance& one) { return !one.assignment; });
    assign::specialise(set_);
  }
  [[nodiscard]] bool has(Code code) const {
    return std::any_of(diagnostics_.all().begin(), diagnostics_.all().end(),
                       [&](const Diagnostic& d) { return d.code == code; });
  }

private:
  static constexpr const char* kNoVerdict = "no verdict";

  template <class Note> std::string run(const Note& note, Observed& out) {
    if (set_.instances.empty()) return kNoVerdict;
    if (pipeline_ == Pipeline::Optimised) {
      passes::Options options;
      options.semantics = semantics();
      options.catalog = &catalog_;
      options.verify = true;
      for (const ir::Problem& found : passes::run(set_, options, diagnostics_).problems)
        return "IR after a pass: " + found.text;
    }
    codegen::Options generation;
    generation.semantics = semantics();
    generation.sources = &sources_;
    generation.catalog = &catalog_;
    Result<Bundle> bundle = Bundle::from_program(codegen::generate(set_, generation, diagnostics_), "case");
    if (!bundle.ok()) return "bundle: " + bundle.error().message;
    if (diagnostics_.has_errors()) {
      out.verdict = "error";
      out.reason = diagnostics_.all().front().message;
      return "";
    }
    return observe(*bundle, note);
  }

  [[nodiscard]] SemanticsOptions semantics() const {
    SemanticsOptions out;
    out.like_question_mark = case_.options.like_question_mark;
    out.lenient_ordering = case_.options.lenient_ordering;
    out.numeric_strings = case_.options.numeric_strings;
    out.vacuous_missing = case_.options.vacuous_missing;
    out.eager_logic = case_.options.eager_logic;
    out.innermost_current = case_.options.innermost_current;
    return out;
  }

  /// Values as an assignment gives them; a text when one is refused.
  std::string bind(const json& parameters, ir::PolicyInstance& instance) {
    Arena arena;
    for (const auto& member : parameters.items()) {
      if (member.value().is_null()) continue; // as if it were not given
      Value given;
      JsonError error;
      if (!parse_json(arena, member.value().dump(), given, error)) return "parameter: " + error.reason;
      instance.arguments.push_back({member.key(), set_.graph->literal(given)});
    }
    const auto misfit = assign::fit_all(*set_.graph, set_.policies.front().parameters, instance.arguments);
    return misfit ? misfit->reason() : "";
  }

  [[nodiscard]] std::string subject_id() const {
    return case_.subject.is_object() ? case_.subject.value("id", "") : "";
  }

  static void note(const Finding& finding, Observed& out) {
    out.reference = finding.control->initiative.empty() ? "" : std::string(finding.control->id);
    out.verdict = std::string(to_text(finding.verdict));
    out.effect = finding.effect;
    out.reason = finding.reason;
    out.message = finding.messages.empty() ? "" : finding.messages.front();
    if (!finding.details_json.empty()) out.details = json::parse(finding.details_json, nullptr, false);
  }

  template <class Note> std::string observe(const Bundle& bundle, const Note& note) const {
    EngineOptions options;
    options.now = case_.context.now;
    options.portable_loop = pipeline_ == Pipeline::Plain;
    options.all_not_applicable = true;
    options.assume_complete = case_.options.assume_complete;
    options.manual_default = true;
    options.details_full = case_.options.full_details;
    json context = json::object();
    const std::pair<const char*, const json*> parts[] = {{"subscription", &case_.context.subscription},
                                                         {"resourceGroup", &case_.context.resource_group},
                                                         {"requestContext", &case_.context.request_context},
                                                         {"policy", &case_.context.policy}};
    for (const auto& [key, part] : parts)
      if (!part->is_null()) context[key] = *part;
    options.context_json = context.empty() ? std::string() : context.dump();
    std::string lines;
    for (const json& resource : case_.resources)
      lines += resource.dump() + "\n";
    Input input = Input::of_text("case", lines);
    input.format = InputFormat::Lines;
    const Engine engine({bundle}, options);
    std::size_t findings = 0;
    const RunReport report = engine.run({input}, [&](const Finding& finding) {
      ++findings;
      note(finding);
    });
    if (report.incomplete) return "the resource cannot be read";
    return findings > 0 ? "" : kNoVerdict;
  }

  const CorpusCase& case_;
  Pipeline pipeline_;
  Catalog catalog_;
  SourceMap sources_;
  Diagnostics diagnostics_;
  ir::PolicySet set_;
  std::string problem_;
};

std::string difference(const std::string& what, const std::string& actual, const std::string& expected) {
  return actual == expected ? "" : what + " is " + actual + ", expected " + expected;
}

std::string code_of(const std::string& reason) { return reason.substr(0, reason.find(':')); }

/// Declarations for values that a case gives without any.
json declarations_for(const json& parameters) {
  json out = json::object();
  for (const auto& member : parameters.items()) {
    const json& value = member.value();
    out[member.key()] = {{"type", value.is_boolean()          ? "Boolean"
                                  : value.is_number_integer() ? "Integer"
                                  : value.is_number()         ? "Float"
                                  : value.is_array()          ? "Array"
                                  : value.is_object()         ? "Object"
                                                              : "String"}};
  }
  return out;
}

json definition_of(const json& condition, const json& then, const json& parameters) {
  return {{"mode", "All"},
          {"parameters", declarations_for(parameters)},
          {"policyRule", {{"if", condition}, {"then", then}}}};
}

std::string run_condition(const CorpusCase& c, Pipeline pipeline, const json& parameters) {
  Subject subject(c, pipeline);
  subject.import(definition_of(c.body["if"], {{"effect", "audit"}}, parameters));
  if (c.body.contains("invalid")) return subject.check_invalid(c.body["invalid"].get<std::string>());
  Observed seen;
  if (std::string problem = subject.evaluate(parameters, seen); !problem.empty()) return problem;
  const json& expected = c.body.at("expect");
  const std::string wanted = expected.is_string() ? expected.get<std::string>() : expected.dump();
  const std::string actual = seen.verdict == "noncompliant"                                    ? "true"
                             : seen.verdict == "compliant" || seen.verdict == "not-applicable" ? "false"
                                                                                               : seen.verdict;
  std::string problem = difference("result", actual, wanted);
  if (problem.empty() && c.body.contains("code"))
    problem = difference("code", code_of(seen.reason), c.body["code"].get<std::string>());
  return problem.empty() ? problem : problem + " (" + seen.reason + ")";
}

/// The value becomes what an append would write.
std::string run_expression(const CorpusCase& c, Pipeline pipeline, const json& parameters) {
  Subject subject(c, pipeline);
  subject.import(
      definition_of({{"allOf", json::array()}},
                    {{"effect", "append"},
                     {"details", json::array({{{"field", "tags.x"}, {"value", c.body["expression"]}}})}},
                    parameters));
  if (c.body.contains("invalid")) return subject.check_invalid(c.body["invalid"].get<std::string>());
  Observed seen;
  if (std::string problem = subject.evaluate(parameters, seen); !problem.empty()) return problem;
  constexpr std::string_view kFailed = "details cannot be resolved: ";
  const bool failed = seen.reason.starts_with(kFailed);
  if (c.body.contains("expect_value")) {
    const json* value = seen.details.is_array() && !seen.details.empty()
                            ? reference::find_member(seen.details[0], "value")
                            : nullptr;
    if (failed || !value) return "has no value: " + seen.verdict + " " + seen.reason;
    return difference("value", value->dump(), c.body["expect_value"].dump());
  }
  const std::string expected = c.body.at("expect").get<std::string>();
  if (expected == "error" && !failed) return "is " + seen.details.dump() + ", expected an error";
  if (!c.body.contains("code")) return "";
  return difference("code", code_of(seen.reason.substr(failed ? kFailed.size() : 0)),
                    c.body["code"].get<std::string>());
}

/// Reasons name the code somewhere: behind the part that failed, or as words.
bool names_code(const std::string& reason, std::string code) {
  if (reason.find(code) != std::string::npos) return true;
  std::replace(code.begin(), code.end(), '-', ' ');
  return reason.find(code) != std::string::npos;
}

/// `expected`: the members of a case about one verdict.
std::string check_verdict(const json& expected, const Observed& seen) {
  std::string problem = difference("verdict", seen.verdict, expected.at("verdict").get<std::string>());
  if (problem.empty() && expected.contains("effect"))
    problem = difference("effect", seen.effect, expected["effect"].get<std::string>());
  if (problem.empty() && expected.contains("code") && !names_code(seen.reason, expected["code"]))
    problem = difference("code", code_of(seen.reason), expected["code"].get<std::string>());
  if (problem.empty() && expected.contains("message"))
    problem = difference("message", seen.message, expected["message"].get<std::string>());
  if (problem.empty() && expected.contains("details") && expected["details"].is_object())
    for (const auto& member : expected["details"].items()) {
      const json actual = seen.details.is_object() ? seen.details.value(member.key(), json()) : json();
      problem = difference("details." + member.key(), actual.dump(), member.value().dump());
      if (!problem.empty()) break;
    }
  return problem.empty() ? problem : problem + " (" + seen.reason + ")";
}

std::string run_definition(const CorpusCase& c, Pipeline pipeline, const json& parameters) {
  Subject subject(c, pipeline);
  subject.import(c.body.at("definition"));
  if (c.body.contains("invalid")) return subject.check_invalid(c.body["invalid"].get<std::string>());
  Observed seen;
  if (std::string problem = subject.evaluate(parameters, seen); !problem.empty()) return problem;
  return check_verdict(c.body, seen);
}

/// The order of documents plays no part: here what refers comes before what it refers to.
std::string run_assignment(const CorpusCase& c, Pipeline pipeline) {
  Subject subject(c, pipeline);
  subject.import(c.body.at("assignment"));
  for (const json& exemption : c.body.value("exemptions", json::array()))
    subject.import(exemption);
  if (c.body.contains("initiative")) subject.import(c.body["initiative"]);
  for (const json& definition : c.body.value("definitions", json::array()))
    subject.import(definition);
  subject.connect();
  if (c.body.contains("invalid")) return subject.check_invalid(c.body["invalid"].get<std::string>());
  std::vector<Observed> seen;
  if (std::string problem = subject.evaluate_assigned(seen); !problem.empty()) return problem;
  std::vector<json> expected;
  for (const json& one : c.body.at("verdicts")) {
    // A member that is not among the inputs is named in a warning and has no verdicts.
    if (one.value("code", "") != "definition-missing")
      expected.push_back(one);
    else if (!subject.has(Code::MissingInitiativeMember))
      return "the missing definition is not reported";
  }
  std::string problem =
      difference("number of verdicts", std::to_string(seen.size()), std::to_string(expected.size()));
  for (std::size_t i = 0; i < seen.size() && problem.empty(); ++i) {
    problem = difference("reference", seen[i].reference, expected[i].value("reference", ""));
    if (problem.empty()) problem = check_verdict(expected[i], seen[i]);
    if (problem.empty() && expected[i].contains("reason")) {
      const std::string wanted = expected[i]["reason"].get<std::string>();
      if (!seen[i].reason.starts_with(wanted)) problem = difference("reason", seen[i].reason, wanted);
    }
  }
  return problem;
}

} // namespace

std::optional<std::string> run_on_vm(const CorpusCase& c, Pipeline pipeline) {
  if (c.body.contains("attested")) return std::nullopt;
  if (c.body.contains("assignment")) return run_assignment(c, pipeline);
  json parameters = c.body.value("parameters", json::object());
  if (!parameters.is_object()) parameters = json::object();
  if (c.body.contains("if")) return run_condition(c, pipeline, parameters);
  if (c.body.contains("expression")) return run_expression(c, pipeline, parameters);
  if (c.body.contains("definition")) return run_definition(c, pipeline, parameters);
  return std::nullopt;
}

} // namespace writ::test
