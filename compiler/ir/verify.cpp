// SPDX-License-Identifier: MIT
#include "ir/verify.h"
#include "ir/dump.h"
#include "ir/rewrite.h"

#include <algorithm>
#include <unordered_set>

namespace writ::ir {

namespace {

/// Most [*] that the field has on any type: types may place an alias differently.
std::size_t most_stars(const Field& field) {
  std::size_t stars = star_count(field.path);
  for (const Resolution& resolution : field.resolutions) {
    stars = std::max(stars, star_count(resolution.path));
    for (const VersionedPath& version : resolution.versions)
      stars = std::max(stars, star_count(version.path));
  }
  return stars;
}

bool ends_in_star(const Field& field) {
  const auto ends = [](const Path& path) { return !path.empty() && path.back().each; };
  if (field.kind != FieldKind::Alias) return ends(field.path);
  return field.resolutions.empty() ||
         std::any_of(field.resolutions.begin(), field.resolutions.end(), [&](const Resolution& r) {
           return ends(r.path) || std::any_of(r.versions.begin(), r.versions.end(),
                                              [&](const VersionedPath& v) { return ends(v.path); });
         });
}

enum class Category : std::uint8_t { Condition, Operand };

class Verifier {
public:
  Verifier(const Graph& graph, std::vector<Problem>& problems)
      : graph_(graph), problems_(problems), elements_(graph) {}

  void set_policy(std::string_view id) { policy_ = id; }

  /// A condition over which joins may decide.
  void condition(NodeId id, std::string_view place) {
    joins_possible_ = true;
    root(id, Category::Condition, place, true);
    joins_possible_ = false;
  }

  void root(NodeId id, Category wanted, std::string_view place, bool required, bool primary_allowed = false) {
    if (!id.valid()) {
      if (required) add(std::string(place) + " is missing");
      return;
    }
    primary_allowed_ = primary_allowed;
    if (!complete(id)) return;
    if (graph_.is_condition(id) != (wanted == Category::Condition))
      report(id, std::string(place) +
                     (wanted == Category::Condition ? " is not a condition" : " is not an operand"));
    walk(id);
  }

  void literal(NodeId id, std::string_view place) {
    root(id, Category::Operand, place, true);
    if (id.valid() && complete(id) && graph_.node(id).kind != NodeKind::Literal)
      report(id, std::string(place) + " is not a literal");
  }

private:
  struct Scope {
    bool of_field = false;
    std::size_t stars = 1;
  };

  void add(std::string text) { problems_.push_back({policy_, std::move(text)}); }
  void report(NodeId id, std::string text) {
    std::string node = dump(graph_, id);
    if (node.size() > 200) node = node.substr(0, 200) + "…";
    add(std::move(text) + ": " + node);
  }
  void hole(std::string_view what, std::uint32_t index) {
    add(std::string(what) + " " + std::to_string(index) + " is not in the graph");
    has_hole_ = true;
  }
  /// Every node below is in the graph: builders given an invalid operand leave a hole that nothing else here
  /// could step over.
  bool complete(NodeId root) {
    std::vector<NodeId> open{root};
    while (!open.empty() && !has_hole_) {
      const NodeId id = open.back();
      open.pop_back();
      if (id.index >= graph_.size()) {
        hole("node", id.index);
        break;
      }
      if (!complete_.insert(id.index).second) continue;
      const FieldId field = graph_.node(id).field;
      if (field.valid() && field.index >= graph_.field_count()) {
        hole("field", field.index);
        break;
      }
      for (NodeId child : graph_.children(id))
        open.push_back(child);
    }
    return !has_hole_;
  }

  /// Nodes that look at no element mean the same everywhere: once per place that may read the primary is
  /// enough.
  void walk(NodeId id) {
    if (!elements_.depends(id) && !(primary_allowed_ ? seen_primary_ : seen_).insert(id.index).second) return;
    const Node& n = graph_.node(id);
    shape(id, n);
    if (n.of_primary && !primary_allowed_) report(id, "the primary is read outside an existence condition");
    binding(id, n);
    const auto children = graph_.children(id);
    if (n.kind == NodeKind::Join && !join_allowed_)
      report(id, "a join stands elsewhere than on the left of a test of a condition of the control");
    // A join is counted once per resource of the control: only junctions and negations lead to it.
    const bool allowed = join_allowed_;
    if (n.kind == NodeKind::Test && children.size() == 2) {
      join_allowed_ = joins_possible_ && scopes_.empty() && graph_.node(children[0]).kind == NodeKind::Join;
      walk(children[0]);
      join_allowed_ = false;
      walk(children[1]);
      join_allowed_ = allowed;
      return;
    }
    join_allowed_ = false;
    struct Restore {
      bool& flag;
      bool value;
      ~Restore() { flag = value; }
    } const restore{join_allowed_, allowed};
    if (n.kind == NodeKind::Join) {
      const bool possible = joins_possible_;
      joins_possible_ = false;
      for (NodeId child : children)
        walk(child);
      joins_possible_ = possible;
      return;
    }
    if (n.kind == NodeKind::Count && children.size() == 2) {
      walk(children[0]);
      scopes_.push_back(scope_of(children[0]));
      walk(children[1]);
      scopes_.pop_back();
      return;
    }
    for (NodeId child : children)
      walk(child);
  }

  Scope scope_of(NodeId collection) {
    const Node& n = graph_.node(collection);
    if (n.kind != NodeKind::Field || !n.field.valid()) return {};
    return {true, most_stars(graph_.field_info(n.field))};
  }

  void binding(NodeId id, const Node& n) {
    const bool needs_binder = n.kind == NodeKind::Current;
    if (n.binder == kUnbound) {
      if (needs_binder) report(id, "an element without a count");
      return;
    }
    if (n.binder >= scopes_.size()) {
      report(id, "no count around for binder " + std::to_string(n.binder));
      return;
    }
    const Scope& scope = scopes_[scopes_.size() - 1 - n.binder];
    if (n.field.valid() && !scope.of_field) report(id, "a field bound to an element of a value");
    if (n.level == 0 || n.level > scope.stars) report(id, "level beyond the stars of the collection");
    if (n.field.valid() && n.level > most_stars(graph_.field_info(n.field)))
      report(id, "level beyond the stars of the field");
  }

  void shape(NodeId id, const Node& n) {
    const auto children = graph_.children(id);
    const auto expect = [&](std::size_t count) {
      if (children.size() != count) report(id, "wrong number of children");
      return children.size() == count;
    };
    const auto all = [&](Category wanted) {
      for (NodeId child : children)
        if (graph_.is_condition(child) != (wanted == Category::Condition))
          report(id,
                 wanted == Category::Condition ? "a child is not a condition" : "a child is not an operand");
    };
    switch (n.kind) {
    case NodeKind::Constant:
    case NodeKind::Parameter:
      expect(0);
      return;
    case NodeKind::Literal:
      expect(0);
      if (graph_.constant_value(id).undecided()) report(id, "an undecided literal");
      return;
    case NodeKind::And:
    case NodeKind::Or:
      if (children.size() < 2) report(id, "a junction of fewer than two");
      all(Category::Condition);
      return;
    case NodeKind::Not:
      expect(1);
      all(Category::Condition);
      return;
    case NodeKind::Field:
    case NodeKind::FieldValue:
      expect(0);
      if (!n.field.valid()) report(id, "no field");
      return;
    case NodeKind::Current:
      expect(0);
      return;
    case NodeKind::Count:
      if (!expect(2)) return;
      if (graph_.is_condition(children[0]) || !graph_.is_condition(children[1]))
        report(id, "a count needs a collection and a condition");
      else if (const Node& c = graph_.node(children[0]);
               c.kind == NodeKind::DynamicField ||
               (c.kind == NodeKind::Field && c.field.valid() && !ends_in_star(graph_.field_info(c.field))))
        report(id, "the counted field does not end in [*]");
      return;
    case NodeKind::Join:
      join(id, children);
      return;
    case NodeKind::Call:
      all(Category::Operand);
      // parameters() is called with a computed name that no parameter has.
      if ((writ::info(n.function).flags & kSpecial) != 0 && n.function != Function::Parameters)
        report(id, "a function that is a node of its own");
      else if (!accepts_arity(n.function, children.size()))
        report(id, "wrong number of arguments");
      break;
    case NodeKind::Test:
    case NodeKind::Member:
      expect(2);
      all(Category::Operand);
      break;
    case NodeKind::DynamicField:
    case NodeKind::DynamicFieldValue:
      expect(1);
      all(Category::Operand);
      break;
    case NodeKind::Record:
      if (children.size() % 2 != 0) report(id, "a key without a value");
      all(Category::Operand);
      break;
    case NodeKind::List:
    case NodeKind::Text:
      all(Category::Operand);
      break;
    }
    // Left sides may be collections; everywhere else a value stands.
    for (std::size_t i = n.kind == NodeKind::Test ? 1 : 0; i < children.size(); ++i)
      if (const NodeKind kind = graph_.node(children[i]).kind;
          kind == NodeKind::Field || kind == NodeKind::DynamicField)
        report(id, "a field where a value is wanted");
  }

  [[nodiscard]] std::string_view text_of(NodeId id) const {
    if (graph_.node(id).kind != NodeKind::Literal || !graph_.constant_value(id).is(ValueKind::String))
      return {};
    return graph_.constant_value(id).as_string();
  }

  void join(NodeId id, std::span<const NodeId> children) {
    if (children.size() < kJoinHead || (children.size() - kJoinHead) % 3 != 0)
      return report(id, "wrong number of children");
    for (std::size_t i = 0; i < children.size(); ++i)
      if (graph_.is_condition(children[i]) != (i == 3))
        return report(id, "a part of a join is of the wrong kind");
    const std::string_view place = text_of(children[1]);
    if (text_of(children[0]).empty()) report(id, "a join without a type");
    if (std::find(kJoinPlaces.begin(), kJoinPlaces.end(), place) == kJoinPlaces.end())
      report(id, "no such place of other resources");
    for (std::size_t i = kJoinHead; i < children.size(); i += 3)
      if (std::find(kJoinKeyKinds.begin(), kJoinKeyKinds.end(), text_of(children[i])) == kJoinKeyKinds.end())
        report(id, "no such kind of key");
  }

  const Graph& graph_;
  std::vector<Problem>& problems_;
  ElementDependence elements_;
  std::string policy_;
  bool primary_allowed_ = false;
  bool join_allowed_ = false;   ///< the node at hand is the left side of a test
  bool joins_possible_ = false; ///< inside a condition of a control, outside of joins
  std::vector<Scope> scopes_;
  bool has_hole_ = false; ///< nothing behind it is verified
  std::unordered_set<std::uint32_t> complete_;
  std::unordered_set<std::uint32_t> seen_;
  std::unordered_set<std::uint32_t> seen_primary_;
};

void verify_policy(Verifier& verifier, const Policy& policy) {
  const auto optional = [&](NodeId id, std::string_view place) {
    verifier.root(id, Category::Operand, place, false);
  };
  verifier.set_policy(policy.id);
  verifier.condition(policy.applicable, "applicable");
  for (const Violation& violation : policy.violations) {
    verifier.condition(violation.when, "violation");
    optional(violation.message, "message");
  }
  for (const PolicyParameter& parameter : policy.parameters) {
    if (parameter.default_value) verifier.literal(*parameter.default_value, "default");
    for (NodeId allowed : parameter.allowed)
      verifier.literal(allowed, "allowed value");
  }
  optional(policy.effect.name, "effect");
  optional(policy.effect.details, "details");
  for (const Operation& operation : policy.effect.operations)
    for (NodeId part : {operation.operation, operation.field, operation.value, operation.condition})
      optional(part, "operation");
  if (const auto& e = policy.effect.existence) {
    for (NodeId part : {e->type, e->name, e->kind, e->resource_group, e->scope})
      optional(part, "existence");
    verifier.root(e->condition, Category::Condition, "existence condition", false, true);
  }
}

} // namespace

std::vector<Problem> verify(const PolicySet& set) {
  std::vector<Problem> problems;
  Verifier verifier(*set.graph, problems);
  for (const Policy& policy : set.policies)
    verify_policy(verifier, policy);
  for (const PolicyInstance& instance : set.instances) {
    const bool known = instance.policy < set.policies.size();
    verifier.set_policy(known ? set.policies[instance.policy].id : std::string_view());
    if (!known) problems.push_back({instance.label, "an instance of no policy"});
    for (const Argument& argument : instance.arguments)
      verifier.root(argument.value, Category::Operand, "argument", true);
  }
  return problems;
}

std::vector<Problem> verify(const Graph& graph, NodeId node, bool primary_allowed) {
  std::vector<Problem> problems;
  Verifier verifier(graph, problems);
  if (node.valid() && node.index < graph.size())
    verifier.root(node, graph.is_condition(node) ? Category::Condition : Category::Operand, "node", true,
                  primary_allowed);
  else
    problems.push_back({"", "no node"});
  return problems;
}

} // namespace writ::ir
