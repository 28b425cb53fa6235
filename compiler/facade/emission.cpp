// SPDX-License-Identifier: MIT
#include "azure/emit_definition.h"
#include "emit/alias_rules.h"
#include "emit/arm_templates.h"
#include "emit/body.h"
#include "emit/limits.h"
#include "emit/target.h"
#include "emit/versions.h"
#include "facade/documents.h"
#include "ir/canonical.h"
#include "passes/normalise.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <unordered_set>

namespace writ {

bool is_kept(const std::vector<std::string>& keep, const std::string& id) {
  return keep.empty() || std::any_of(keep.begin(), keep.end(),
                                     [&](const std::string& one) { return equal_ascii_fold(one, id); });
}

namespace {

/// Every type supports tags and location.
bool is_indexed(const Compilation::State& state, const ir::Policy& policy) {
  return !policy.types.empty() &&
         std::all_of(policy.types.begin(), policy.types.end(), [&](const std::string& type) {
           const ResourceTypeInfo* known = state.catalog.find_type(type);
           return known && known->tracked == Ternary::Yes;
         });
}

} // namespace

std::string emitted_mode(const Compilation::State& state, const ir::Policy& policy) {
  if (!policy.mode.empty()) return policy.mode;
  return is_indexed(state, policy) ? "Indexed" : "All";
}

namespace {

/// Microsoft's own definitions are bound to no limit, and were accepted.
bool is_built_in(const nlohmann::ordered_json& body) {
  return ir::is_built_in(emit::text_of(body.at("properties"), "policyType"));
}

/// The first limit that a document exceeds, further ones as notes.
std::optional<Diagnostic> past_limit(emit::DocumentKind kind, const nlohmann::ordered_json& body,
                                     const std::string& id, Span span) {
  const std::vector<emit::Excess> found = emit::exceeded_limits(kind, body);
  if (found.empty()) return std::nullopt;
  Diagnostic out(Code::AzureLimit, span,
                 fmt::format("`{}` is too large for Azure: {}", id, emit::to_text(found.front())));
  for (std::size_t i = 1; i < found.size(); ++i)
    out.notes.push_back(emit::to_text(found[i]));
  return out;
}

/// Negations go down to the tests: `notEquals` reads better than `not` around `equals`, and means the same.
ir::Policy emitted_policy(Compilation::State& state, std::size_t index) {
  ir::Policy emitted = state.project.set.policies[index];
  if (emitted.origin == ir::Origin::AzureDefinition) return emitted;
  passes::Normaliser normalise(*state.project.set.graph);
  emitted.applicable = normalise(emitted.applicable);
  for (ir::Violation& violation : emitted.violations)
    violation.when = normalise(violation.when);
  if (auto& existence = emitted.effect.existence; existence && existence->condition.valid())
    existence->condition = normalise(existence->condition);
  return emitted;
}

/// `mode`: as emitted, where the source may leave it open.
std::string meaning_of(Compilation::State& state, std::size_t index, const std::string& mode) {
  ir::Policy policy = emitted_policy(state, index);
  policy.mode = mode;
  ir::Graph& graph = *state.project.set.graph;
  return ir::canonical_dump(graph, policy, azure::rule_condition(graph, policy));
}

/// Members of the initiatives that were asked for; with none asked for, every policy is wanted.
std::unordered_set<std::size_t> wanted_policies(const Compilation::State& state) {
  std::unordered_set<std::size_t> out;
  for (const ir::Initiative& initiative : state.project.set.initiatives)
    if (is_asked_for(state, initiative))
      for (const ir::InitiativeMember& member : initiative.members)
        if (member.policy) out.insert(*member.policy);
  return out;
}

Result<nlohmann::ordered_json> written(Compilation::State& state, std::size_t index) {
  const ir::Policy& policy = state.project.set.policies[index];
  if (policy.origin == ir::Origin::AzureDefinition)
    return azure::emit_definition(*state.project.set.graph, policy, {}, &state.project.node_spans);
  if (state.project.local_record[index])
    return Diagnostic(
        Code::NotEmittable, policy.span,
        fmt::format("`{}` cannot become an Azure Policy definition: {} is a record, not an Azure resource",
                    policy.id, policy.types.front()));
  azure::DefinitionOptions options;
  options.indexed = is_indexed(state, policy);
  return azure::emit_definition(*state.project.set.graph, emitted_policy(state, index), options,
                                &state.project.node_spans);
}

} // namespace

Result<nlohmann::ordered_json> emit_one(Compilation::State& state, std::size_t index) {
  const ir::Policy& policy = state.project.set.policies[index];
  Result<nlohmann::ordered_json> out = written(state, index);
  if (!out.ok() || is_built_in(*out)) return out;
  if (auto excess = past_limit(emit::DocumentKind::Definition, *out, policy.id, policy.span))
    return std::move(*excess);
  if (const std::string reason = emit::forbidden_operation(*out, state.catalog); !reason.empty())
    return Diagnostic(Code::NotEmittable, policy.span,
                      fmt::format("`{}` cannot become an Azure Policy definition: {}", policy.id, reason));
  return out;
}

namespace {

void definition_documents(Compilation::State& state, const EmitRequest& request,
                          std::vector<emit::Document>& out, EmitResult& result) {
  const bool all = state.request.initiatives.empty();
  const std::unordered_set<std::size_t> wanted =
      all ? std::unordered_set<std::size_t>() : wanted_policies(state);
  for (std::size_t i = 0; i < state.project.set.policies.size(); ++i) {
    const ir::Policy& policy = state.project.set.policies[i];
    if (!is_kept(request.keep, policy.id) || !(all || wanted.contains(i))) continue;
    Result<nlohmann::ordered_json> definition = emit_one(state, i);
    if (!definition.ok()) {
      result.not_emittable.add(definition.take_error());
      continue;
    }
    for (const azure::CutText& cut : azure::cut_texts(policy))
      result.warnings.add(
          Diagnostic(Code::EmittedTextCut, policy.span,
                     fmt::format("the {} of `{}` is cut: it has {} characters, Azure takes {}",
                                 cut.member == "displayName" ? "display name" : "description", policy.id,
                                 cut.length, cut.most)));
    out.push_back({emit::DocumentKind::Definition,
                   azure::definition_name(policy),
                   std::move(*definition),
                   policy.id,
                   {},
                   policy.span});
    emit::Document& document = out.back();
    if (request.version_lock)
      document.meaning = meaning_of(state, i, emit::text_of(document.json["properties"], "mode"));
  }
}

/// Says what the target cannot hold.
bool is_refused(const emit::Target& target, const emit::Document& document,
                const emit::RenderOptions& options, EmitResult& out) {
  bool refused = false;
  for (const emit::Remark& remark : target.remarks(document, options)) {
    (remark.refused ? out.not_emittable : out.warnings)
        .add(Diagnostic(remark.refused ? Code::TargetRefuses : Code::TargetLeavesOut, document.span,
                        fmt::format("`{}` {} for {}: {}", document.control_id,
                                    remark.refused ? "cannot be written" : "is written without a text",
                                    target.info.name, remark.text)));
    refused = refused || remark.refused;
  }
  return refused;
}

/// An initiative without one of its members would be another one.
void refuse_incomplete(const emit::Target& target, const std::unordered_set<std::string>& definitions,
                       std::vector<emit::Document>& documents, Diagnostics& not_emittable) {
  std::erase_if(documents, [&](const emit::Document& document) {
    if (document.kind != emit::DocumentKind::Initiative) return false;
    for (const std::string& member : emit::own_members(document.json)) {
      if (definitions.contains(lower_ascii(member))) continue;
      not_emittable.add(Diagnostic(
          Code::TargetRefuses, document.span,
          fmt::format("`{}` cannot be written for {}: its policy `{}` is not among what is written",
                      document.control_id, target.info.name, member)));
      return true;
    }
    return false;
  });
}

/// Limits of what is no definition of these sources, or becomes a custom copy of a built-in one; and of the
/// scope that a target deploys everything to.
void refuse_excess(const emit::Target& target, std::vector<emit::Document>& documents,
                   Diagnostics& not_emittable) {
  const bool deploys = target.kinds.size() > 1;
  std::erase_if(documents, [&](const emit::Document& document) {
    if (is_built_in(document.json) && !deploys) return false;
    auto excess = past_limit(document.kind, document.json, document.control_id, document.span);
    if (excess) not_emittable.add(std::move(*excess));
    return excess.has_value();
  });
  if (!deploys) return;
  const std::vector<emit::Excess> found = emit::exceeded_limits(documents);
  for (const emit::Excess& excess : found)
    not_emittable.add(
        Diagnostic(Code::AzureLimit, {},
                   fmt::format("nothing is written for {}: {}", target.info.name, emit::to_text(excess))));
  if (!found.empty()) documents.clear();
}

/// Limits of the templates that the files are, or become before they are sent.
void refuse_templates(const emit::Target& target, const emit::RenderOptions& options,
                      std::vector<emit::Document>& documents, Diagnostics& not_emittable) {
  if (!target.becomes_template) return;
  bool refused = false;
  for (const emit::ArmTemplate& one : emit::arm_templates(documents, options))
    for (const emit::Excess& excess : emit::exceeded_template_limits(one.name, one.body)) {
      not_emittable.add(
          Diagnostic(Code::AzureLimit, {},
                     fmt::format("nothing is written for {}: {}", target.info.name, emit::to_text(excess)))
              .note("write several, each of a part of the controls (--control, --initiative) or of the "
                    "exemptions (a ledger for each), or take a target without templates"));
      refused = true;
    }
  if (refused) documents.clear();
}

/// Names are parts of ids, and of paths of files.
void refuse_names(std::vector<emit::Document>& documents, Diagnostics& not_emittable) {
  constexpr std::string_view kForbidden = "<>*%&:\\?/";
  std::erase_if(documents, [&](const emit::Document& document) {
    const std::string& name = document.name;
    const bool wrong =
        name.empty() || name.ends_with('.') || name.ends_with(' ') ||
        std::any_of(name.begin(), name.end(), [&](char c) {
          return static_cast<unsigned char>(c) < 0x20 || kForbidden.find(c) != std::string_view::npos;
        });
    if (wrong)
      not_emittable.add(Diagnostic(
          Code::TargetRefuses, document.span,
          fmt::format(
              "`{}` is not written: Azure takes no name with a control character or one of {}, and none "
              "that ends in a dot or a space",
              document.control_id, kForbidden)));
    return wrong;
  });
}

/// What Azure tells resources of one kind in one scope apart by.
std::string identity(const emit::Document& document) {
  return document.kind == emit::DocumentKind::Exemption ? emit::text_of(document.json, "id") : document.name;
}

/// Documents of one kind that Azure could not tell apart are refused, all of them; equal ones are one.
void refuse_repeated(std::vector<emit::Document>& documents, Diagnostics& not_emittable) {
  std::vector<emit::Document> kept;
  for (std::size_t first = 0; first < documents.size();) {
    std::size_t end = first + 1;
    bool equal = true;
    for (; end < documents.size() && documents[end].kind == documents[first].kind &&
           equal_ascii_fold(identity(documents[end]), identity(documents[first]));
         ++end)
      equal = equal && documents[end].json == documents[first].json;
    if (equal)
      kept.push_back(std::move(documents[first]));
    else
      for (std::size_t i = first; i < end; ++i)
        not_emittable.add(
            Diagnostic(Code::TargetRefuses, documents[i].span,
                       fmt::format("`{}` is not written: {} policies of different content have the name `{}`",
                                   documents[i].control_id, end - first, documents[i].name)));
    first = end;
  }
  documents = std::move(kept);
}

} // namespace

std::vector<EmitTargetInfo> emit_targets() {
  std::vector<EmitTargetInfo> out;
  for (const emit::Target& target : emit::all_targets())
    out.push_back(target.info);
  return out;
}

EmitResult Compilation::emit(const EmitRequest& request) {
  EmitResult out;
  const emit::Target* target = emit::find_target(request.target);
  const std::optional<emit::Scope> scope = emit::parse_scope(request.scope);
  if (!target)
    out.not_emittable.add(
        Diagnostic(Code::UnknownTarget, {}, fmt::format("there is no target `{}`", request.target)));
  if (request.pac_selector.empty())
    out.not_emittable.add(Diagnostic(Code::UnknownTarget, {}, "the name of the EPAC environment is empty"));
  if (!scope || scope->kind > emit::ScopeKind::Subscription)
    out.not_emittable.add(Diagnostic(
        Code::UnknownTarget, {},
        fmt::format("`{}` is no scope of definitions: give the id of a management group or a subscription",
                    request.scope)));
  Result<emit::VersionLock> lock = emit::VersionLock::parse(request.version_lock.value_or(std::string()));
  if (!lock.ok()) out.not_emittable.add(lock.take_error());
  if (out.not_emittable.has_errors()) return out;

  std::vector<emit::Document> documents;
  definition_documents(*state_, request, documents, out);
  if (target->writes(emit::DocumentKind::Initiative)) initiative_documents(*state_, documents, out);
  if (target->writes(emit::DocumentKind::Exemption)) exemption_documents(*state_, request, documents, out);
  // The order of sources must not show.
  std::stable_sort(documents.begin(), documents.end(), [](const emit::Document& a, const emit::Document& b) {
    if (a.kind != b.kind) return a.kind < b.kind;
    const auto key = [](const emit::Document& document) {
      return std::pair(lower_ascii(document.name), lower_ascii(identity(document)));
    };
    return key(a) < key(b);
  });
  refuse_names(documents, out.not_emittable);
  refuse_repeated(documents, out.not_emittable);

  const emit::RenderOptions options{*scope, request.pac_selector, request.split};
  std::erase_if(documents, [&](const emit::Document& document) {
    return target->writes(document.kind) && is_refused(*target, document, options, out);
  });
  std::unordered_set<std::string> definitions;
  for (const emit::Document& document : documents)
    if (document.kind == emit::DocumentKind::Definition) definitions.insert(lower_ascii(document.name));
  std::erase_if(documents, [&](const emit::Document& document) { return !target->writes(document.kind); });
  refuse_excess(*target, documents, out.not_emittable);
  refuse_incomplete(*target, definitions, documents, out.not_emittable);
  refuse_templates(*target, options, documents, out.not_emittable);
  if (request.version_lock) {
    out.version_changes = lock->apply(documents, out.not_emittable);
    out.version_lock = lock->text();
  }
  for (const emit::Document& document : documents)
    ++(document.kind == emit::DocumentKind::Definition   ? out.definitions
       : document.kind == emit::DocumentKind::Initiative ? out.initiatives
                                                         : out.exemptions);
  if (!documents.empty()) out.files = target->render(documents, options);
  std::sort(out.files.begin(), out.files.end(),
            [](const EmittedFile& a, const EmittedFile& b) { return a.path < b.path; });
  return out;
}

std::vector<EmittedFile> Compilation::emit_azure_policy(Diagnostics& not_emittable,
                                                        const std::vector<std::string>& keep) {
  EmitResult result = emit({.keep = keep});
  not_emittable.append(result.not_emittable);
  return std::move(result.files);
}

} // namespace writ
