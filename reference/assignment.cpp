// SPDX-License-Identifier: MIT
#include "assignment.h"

#include "dates.h"
#include "fields.h"
#include "operators.h"
#include "resource_id.h"
#include "text.h"
#include "value.h"

#include <algorithm>

namespace writ::reference {
namespace {

/// The body of a document: its `properties` when that is an object.
const json& body_of(const json& document) {
  const json* properties = find_member(document, "properties");
  return properties != nullptr && properties->is_object() ? *properties : document;
}

const json* find_document(const std::vector<json>& documents, const std::string& id) {
  for (const json& document : documents) {
    const std::string own = string_member(document, "id");
    if (equal_ascii(own.empty() ? string_member(document, "name") : own, id)) return &document;
  }
  // References by full id also find a document that only knows its name.
  const std::string last = id.substr(id.rfind('/') + 1);
  for (const json& document : documents)
    if (string_member(document, "id").empty() && equal_ascii(string_member(document, "name"), last))
      return &document;
  return nullptr;
}

/// `{n: {value: V}}` as name → V.
json plain_values(const json* parameters) {
  json out = json::object();
  if (parameters == nullptr || !parameters->is_object()) return out;
  for (const auto& member : parameters->items())
    if (const json* value = find_member(member.value(), "value")) out[member.key()] = *value;
  return out;
}

std::string scope_of(const std::string& id, const std::string& kind, const std::string& otherwise) {
  const auto at = lower_ascii(id).find("/providers/microsoft.authorization/" + kind + "/");
  return at == std::string::npos ? otherwise : id.substr(0, at);
}

bool covers(const std::string& scope, const std::string& id) {
  // Without the hierarchy of management groups, one contains every subscription.
  if (scope.empty() || scope == "/" ||
      starts_with_ascii(scope, "/providers/Microsoft.Management/managementGroups/"))
    return true;
  return is_in_scope(id, scope);
}

bool lists(const json* list, const std::string& value) {
  return list != nullptr && list->is_array() &&
         std::any_of(list->begin(), list->end(), [&](const json& entry) {
           return entry.is_string() && equal_ascii(entry.get_ref<const std::string&>(), value);
         });
}

/// One selector against the value it looks at; nothing = the resource has no such value.
bool selector_accepts(const json& selector, const std::optional<std::string>& value, bool location) {
  for (const char* key : {"in", "notIn"}) {
    const json* list = find_member(selector, key);
    if (list == nullptr) continue;
    const json normal = location ? normal_location(*list) : *list;
    const bool listed = value && lists(&normal, *value);
    return listed == (std::string_view(key) == "in");
  }
  return true;
}

bool resource_selector_accepts(const json& selector, const json& resource) {
  const std::string kind = lower_ascii(string_member(selector, "kind"));
  const std::string location = string_member(resource, "location");
  if (kind == "resourcetype") return selector_accepts(selector, string_member(resource, "type"), false);
  if (kind == "resourcelocation") {
    std::optional<std::string> normal;
    if (!location.empty()) normal = normal_location(json(location)).get<std::string>();
    return selector_accepts(selector, normal, true);
  }
  if (kind == "resourcewithoutlocation") {
    const ResourceId id = parse_resource_id(string_member(resource, "id"));
    std::optional<std::string> level;
    if (location.empty() && id.resource_group.empty()) level = "subscriptionLevelResources";
    return selector_accepts(selector, level, false);
  }
  return true; // principals are known in requests only
}

/// The target of an operation in a form that compares: tags by name, everything else as written.
std::string target_of(const json& operation) {
  const std::string field = string_member(operation, "field");
  const FieldName name = classify_field(field, {});
  return name.kind == FieldKind::Tag ? "tags." + lower_ascii(name.text) : lower_ascii(field);
}

bool contradict(const json& a, const json& b) {
  if (target_of(a) != target_of(b)) return false;
  const bool removes_a = equal_ascii(string_member(a, "operation"), "remove");
  const bool removes_b = equal_ascii(string_member(b, "operation"), "remove");
  if (removes_a || removes_b) return removes_a != removes_b;
  const json* value_a = find_member(a, "value");
  const json* value_b = find_member(b, "value");
  return value_a == nullptr || value_b == nullptr || !structurally_equal(*value_a, *value_b);
}

/// Operations of a noncompliant modify whose conflicts are denied; nullptr for others.
const json* contested_operations(const Verdict& verdict) {
  if (verdict.verdict != "noncompliant" || !equal_ascii(verdict.effect, "modify")) return nullptr;
  const std::string effect = string_member(verdict.details, "conflictEffect");
  if (!effect.empty() && !equal_ascii(effect, "deny")) return nullptr;
  return find_member(verdict.details, "operations");
}

} // namespace

bool selectors_accept(const json* selectors, const json& resource) {
  if (selectors == nullptr || !selectors->is_array() || selectors->empty()) return true;
  return std::any_of(selectors->begin(), selectors->end(), [&](const json& entry) {
    const json* all = find_member(entry, "selectors");
    return all == nullptr || !all->is_array() ||
           std::all_of(all->begin(), all->end(),
                       [&](const json& selector) { return resource_selector_accepts(selector, resource); });
  });
}

Assignment::Assignment(const json& assignment, const PolicyDocuments& documents, const Catalogue& catalogue,
                       const Options& options)
    : body_(body_of(assignment)), id_(string_member(assignment, "id")),
      scope_(scope_of(id_, "policyassignments", string_member(body_, "scope"))), documents_(documents),
      catalogue_(catalogue), options_(options) {}

std::variant<std::unique_ptr<Assignment>, Failure> Assignment::load(const json& assignment,
                                                                    const PolicyDocuments& documents,
                                                                    const Catalogue& catalogue,
                                                                    const Options& options) {
  std::unique_ptr<Assignment> out(new Assignment(assignment, documents, catalogue, options));
  if (auto failure = out->read()) return *failure;
  return out;
}

std::optional<Failure> Assignment::read() {
  const std::string target = string_member(body_, "policyDefinitionId");
  const json values = plain_values(find_member(body_, "parameters"));
  if (const json* initiative = find_document(documents_.initiatives, target))
    return read_initiative(body_of(*initiative), values);
  if (find_document(documents_.definitions, target) == nullptr)
    return Failure{"definition-missing", "'" + target + "' is not known"};
  add_member("", target, values);
  return members_.front().failure;
}

std::optional<Failure> Assignment::read_initiative(const json& initiative, const json& values) {
  auto declarations = read_parameters(find_member(initiative, "parameters"));
  if (auto* failure = std::get_if<Failure>(&declarations)) return *failure;
  const auto& declared = std::get<ParameterDeclarations>(declarations);
  auto bound = bind_parameters(declared, values);
  if (auto* failure = std::get_if<Failure>(&bound)) return *failure;
  const json* entries = find_member(initiative, "policyDefinitions");
  if (entries == nullptr || !entries->is_array() || entries->empty())
    return Failure{"bad-definition", "an initiative needs policyDefinitions"};

  // Values handed over may be expressions over the parameters of the initiative; there is no resource yet.
  static const json kNoResource = json::object();
  const Context no_context;
  ExpressionCache cache;
  const std::set<std::string> names = lower_names(declared);
  Environment env{&kNoResource, &kNoResource, &std::get<ParameterValues>(bound), &catalogue_, &no_context,
                  &options_,    &cache};
  for (const json& entry : *entries) {
    json handed = plain_values(find_member(entry, "parameters"));
    for (auto& member : handed.get_ref<json::object_t&>()) {
      if (auto failure = ConditionChecker(catalogue_, options_, cache, &names).check_literal(member.second))
        return failure;
      Outcome value = evaluate_json(member.second, env);
      if (value.is_error()) return value.failure;
      member.second = std::move(value.value);
    }
    add_member(string_member(entry, "policyDefinitionReferenceId"),
               string_member(entry, "policyDefinitionId"), std::move(handed));
  }
  return std::nullopt;
}

void Assignment::add_member(const std::string& reference, const std::string& definition_id, json values) {
  Member& member = members_.emplace_back();
  member.reference = reference;
  member.values = std::move(values);
  const json* document = find_document(documents_.definitions, definition_id);
  if (document == nullptr) {
    member.failure = Failure{"definition-missing", "'" + definition_id + "' is not known"};
    return;
  }
  auto loaded = Definition::load(*document, catalogue_, options_);
  if (auto* failure = std::get_if<Failure>(&loaded))
    member.failure = *failure;
  else
    member.definition = std::get<std::unique_ptr<Definition>>(std::move(loaded));
}

std::optional<std::string> Assignment::overriding_effect(const Member& member, const json& resource) const {
  const json* overrides = find_member(body_, "overrides");
  if (overrides == nullptr || !overrides->is_array()) return std::nullopt;
  for (const json& entry : *overrides) {
    if (!equal_ascii(string_member(entry, "kind"), "policyEffect")) continue;
    const json* selectors = find_member(entry, "selectors");
    const bool selected = selectors == nullptr || !selectors->is_array() ||
                          std::all_of(selectors->begin(), selectors->end(), [&](const json& selector) {
                            if (equal_ascii(string_member(selector, "kind"), "policyDefinitionReferenceId"))
                              return selector_accepts(selector, member.reference, false);
                            return resource_selector_accepts(selector, resource);
                          });
    if (selected) return string_member(entry, "value");
  }
  return std::nullopt;
}

const json* Assignment::find_exemption(const Member& member, const json& resource,
                                       const Context& context) const {
  for (const json& document : documents_.exemptions) {
    const json& body = body_of(document);
    const std::string scope =
        scope_of(string_member(document, "id"), "policyexemptions", string_member(body, "scope"));
    if (!equal_ascii(string_member(body, "policyAssignmentId"), id_)) continue;
    if (scope.empty() || !covers(scope, string_member(resource, "id"))) continue;
    const json* references = find_member(body, "policyDefinitionReferenceIds");
    if (references != nullptr && references->is_array() && !references->empty() &&
        !lists(references, member.reference))
      continue;
    const auto expires = parse_comparable_date(string_member(body, "expiresOn"));
    const auto now = parse_comparable_date(context.now);
    if (expires && now && *now >= *expires) continue;
    if (selectors_accept(find_member(body, "resourceSelectors"), resource)) return &body;
  }
  return nullptr;
}

std::string Assignment::message_for(const std::string& reference) const {
  const json* messages = find_member(body_, "nonComplianceMessages");
  std::string general;
  if (messages == nullptr || !messages->is_array()) return general;
  for (const json& entry : *messages) {
    const std::string about = string_member(entry, "policyDefinitionReferenceId");
    if (!about.empty() && equal_ascii(about, reference)) return string_member(entry, "message");
    if (about.empty() && general.empty()) general = string_member(entry, "message");
  }
  return general;
}

Verdict Assignment::evaluate_member(Member& member, const json& resource, const Snapshot& snapshot,
                                    const Context& context) {
  if (member.failure) {
    Verdict v;
    v.verdict = "error";
    v.reason = member.failure->code + ": " + member.failure->message;
    return v;
  }
  const auto effect = overriding_effect(member, resource);
  const auto known = member.bound.find(effect.value_or(""));
  BoundDefinition& bound =
      known != member.bound.end()
          ? known->second
          : member.bound.emplace(effect.value_or(""), member.definition->bind(member.values, effect))
                .first->second;
  Verdict v = member.definition->evaluate(bound, {resource, snapshot, context, std::nullopt});
  if (!v.applicable || bound.failure) return v;
  if (const json* exemption = find_exemption(member, resource, context)) {
    Verdict exempt;
    exempt.verdict = "exempt";
    exempt.reason = string_member(*exemption, "exemptionCategory");
    return exempt;
  }
  return v;
}

std::vector<MemberVerdict> Assignment::evaluate(const json& resource, const Snapshot& snapshot,
                                                const Context& context) {
  std::vector<MemberVerdict> out;
  const std::string id = string_member(resource, "id");
  if (!covers(scope_, id)) return out;
  std::string outside;
  if (const json* excluded = find_member(body_, "notScopes"); excluded != nullptr && excluded->is_array())
    for (const json& scope : *excluded)
      if (scope.is_string() && is_in_scope(id, scope.get<std::string>())) outside = "excluded";
  if (outside.empty() && !selectors_accept(find_member(body_, "resourceSelectors"), resource))
    outside = "not selected";
  for (Member& member : members_) {
    MemberVerdict& result = out.emplace_back();
    result.reference = member.reference;
    if (!outside.empty()) {
      result.verdict.verdict = "not-applicable";
      result.verdict.reason = outside;
      result.verdict.applicable = false;
      continue;
    }
    result.verdict = evaluate_member(member, resource, snapshot, context);
    if (result.verdict.verdict == "noncompliant") result.message = message_for(member.reference);
  }
  mark_conflicts(out);
  return out;
}

void mark_conflicts(std::vector<MemberVerdict>& verdicts) {
  std::vector<bool> contested(verdicts.size(), false);
  for (std::size_t a = 0; a < verdicts.size(); ++a) {
    const json* operations = contested_operations(verdicts[a].verdict);
    for (std::size_t b = 0; operations != nullptr && b < verdicts.size(); ++b) {
      const json* others = a == b ? nullptr : contested_operations(verdicts[b].verdict);
      if (others == nullptr) continue;
      for (const json& one : *operations)
        for (const json& other : *others)
          if (contradict(one, other)) contested[a] = true;
    }
  }
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (!contested[i]) continue;
    Verdict conflict;
    conflict.verdict = "error";
    conflict.reason = "conflict: another definition changes the same property";
    verdicts[i].verdict = conflict;
    verdicts[i].message.clear();
  }
}

} // namespace writ::reference
