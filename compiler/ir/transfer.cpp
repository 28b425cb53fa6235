// SPDX-License-Identifier: MIT
#include "ir/transfer.h"

#include <string>

namespace writ::ir {

NodeId Transfer::operator()(NodeId id) {
  if (!id.valid()) return id;
  if (const auto found = done_.find(id.index); found != done_.end()) return found->second;
  const NodeId result = copy(id);
  done_.emplace(id.index, result);
  return result;
}

NodeId Transfer::copy(NodeId id) {
  const Node& node = from_.node(id);
  std::vector<NodeId> children;
  for (NodeId child : from_.children(id))
    children.push_back((*this)(child));
  switch (node.kind) {
  case NodeKind::Constant:
    return to_.constant(node.truth);
  case NodeKind::And:
    return to_.all_of(children);
  case NodeKind::Or:
    return to_.any_of(children);
  case NodeKind::Not:
    return to_.negate(children[0]);
  case NodeKind::Test:
    return to_.test(node.op, children[0], children[1]);
  case NodeKind::Literal:
    return to_.literal(from_.constant_value(id));
  case NodeKind::Parameter:
    return to_.parameter(from_.name_of(id));
  case NodeKind::Field:
    return to_.field(field(node.field), node.binder, node.level);
  case NodeKind::FieldValue:
    return to_.field_value(field(node.field), node.binder, node.level, node.of_primary);
  case NodeKind::Current:
    return to_.current(node.binder, node.level, field(node.field));
  case NodeKind::DynamicField:
    return to_.dynamic_field(children[0]);
  case NodeKind::DynamicFieldValue:
    return to_.dynamic_field_value(children[0], node.of_primary);
  case NodeKind::Count:
    return to_.count(children[0], children[1], from_.name_hint(id));
  case NodeKind::Call:
    return to_.call(node.function, children);
  case NodeKind::Member:
    return to_.member(children[0], children[1]);
  case NodeKind::List:
    return to_.list(children);
  case NodeKind::Record:
    return to_.record(children);
  case NodeKind::Text:
    return to_.text(children);
  case NodeKind::Join:
    return to_.join(children, from_.name_hint(id));
  }
  return {};
}

Policy Transfer::operator()(const Policy& policy) {
  Policy out = policy;
  out.applicable = (*this)(policy.applicable);
  for (Violation& violation : out.violations) {
    violation.when = (*this)(violation.when);
    violation.message = (*this)(violation.message);
  }
  for (PolicyParameter& parameter : out.parameters) {
    if (parameter.default_value) parameter.default_value = (*this)(*parameter.default_value);
    for (NodeId& allowed : parameter.allowed)
      allowed = (*this)(allowed);
  }
  out.effect.name = (*this)(policy.effect.name);
  out.effect.details = (*this)(policy.effect.details);
  if (auto& existence = out.effect.existence)
    for (NodeId Existence::*part : {&Existence::type, &Existence::name, &Existence::kind,
                                    &Existence::resource_group, &Existence::scope, &Existence::condition})
      (*existence).*part = (*this)((*existence).*part);
  for (Operation& operation : out.effect.operations)
    for (NodeId Operation::*part :
         {&Operation::operation, &Operation::field, &Operation::value, &Operation::condition})
      operation.*part = (*this)(operation.*part);
  return out;
}

} // namespace writ::ir
