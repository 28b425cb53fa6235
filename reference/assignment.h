// SPDX-License-Identifier: MIT
// Assignments of definitions and initiatives, with exemptions.
// Source: "Initiative", "Parameter flow in an initiative", "Assignment", "Exemption".
#pragma once

#include "definition.h"

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace writ::reference {

/// The documents an assignment is about. Ids compare ignoring case; a definition without id goes by its name.
struct PolicyDocuments {
  std::vector<json> definitions;
  std::vector<json> initiatives;
  std::vector<json> exemptions;
};

/// What one member of an assignment says about one resource. A definition assigned directly has the reference
/// "".
struct MemberVerdict {
  std::string reference;
  Verdict verdict;
  std::string message; ///< the non-compliance message, on noncompliant only
};

/// Does a list of resource selectors (nullptr = none) accept the resource? Also for exemptions.
bool selectors_accept(const json* selectors, const json& resource);

class Assignment {
public:
  /// The documents, the assignment and the catalogue must outlive the result. Fails when the assignment names
  /// nothing that is known, or its parameters do not fit.
  static std::variant<std::unique_ptr<Assignment>, Failure> load(const json& assignment,
                                                                 const PolicyDocuments& documents,
                                                                 const Catalogue& catalogue,
                                                                 const Options& options);
  Assignment(const Assignment&) = delete;
  Assignment& operator=(const Assignment&) = delete;

  /// One verdict a member in the order of the initiative; none when the resource is outside the scope.
  [[nodiscard]] std::vector<MemberVerdict> evaluate(const json& resource, const Snapshot& snapshot,
                                                    const Context& context);

private:
  struct Member {
    std::string reference;
    std::unique_ptr<Definition> definition;
    json values = json::object();                 ///< parameters handed over, name → value
    std::map<std::string, BoundDefinition> bound; ///< by overriding effect, "" = none
    std::optional<Failure> failure;
  };

  Assignment(const json& assignment, const PolicyDocuments& documents, const Catalogue& catalogue,
             const Options& options);
  std::optional<Failure> read();
  std::optional<Failure> read_initiative(const json& initiative, const json& values);
  void add_member(const std::string& reference, const std::string& definition_id, json values);
  [[nodiscard]] std::optional<std::string> overriding_effect(const Member& member,
                                                             const json& resource) const;
  [[nodiscard]] const json* find_exemption(const Member& member, const json& resource,
                                           const Context& context) const;
  [[nodiscard]] std::string message_for(const std::string& reference) const;
  Verdict evaluate_member(Member& member, const json& resource, const Snapshot& snapshot,
                          const Context& context);

  const json& body_;
  std::string id_;
  std::string scope_;
  const PolicyDocuments& documents_;
  const Catalogue& catalogue_;
  Options options_;
  std::vector<Member> members_;
};

/// Turns contradicting changes of several modify members with conflictEffect deny into the verdict error.
void mark_conflicts(std::vector<MemberVerdict>& verdicts);

} // namespace writ::reference
