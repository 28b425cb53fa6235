// SPDX-License-Identifier: MIT
#include "codegen/block_writer.h"
#include "writ/text.h"

#include <algorithm>

namespace writ::codegen {

using bc::Opcode;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;

std::uint32_t BlockWriter::finish(Draft draft) {
  bc::Block block;
  block.start = static_cast<std::uint32_t>(program_.code.size());
  block.length = static_cast<std::uint32_t>(draft.code.size());
  block.values = draft.values;
  block.truths = draft.truths;
  block.binders = draft.binders;
  program_.code.insert(program_.code.end(), draft.code.begin(), draft.code.end());
  program_.blocks.push_back(block);
  return static_cast<std::uint32_t>(program_.blocks.size() - 1);
}

std::uint32_t BlockWriter::condition_block(NodeId id) {
  const bool reusable = shareable(id);
  if (reusable)
    if (auto found = blocks_.find(id.index); found != blocks_.end()) return found->second;
  Draft draft;
  condition(draft, id, 0, 0);
  add(draft, {.opcode = Opcode::ReturnTruth, .a = 0});
  const std::uint32_t block = finish(std::move(draft));
  if (reusable) blocks_.emplace(id.index, block);
  return block;
}

std::uint32_t BlockWriter::value_block(NodeId id) {
  Draft draft;
  value(draft, id, 0);
  add(draft, {.opcode = Opcode::ReturnValue, .a = 0});
  return finish(std::move(draft));
}

bool BlockWriter::shareable(NodeId id) {
  if (elements_.depends(id)) return false;
  auto [it, added] = has_parameter_.try_emplace(id.index, false);
  if (added) {
    bool found = false;
    ir::for_each_node(graph_, id, [&](NodeId, const Node& node) {
      // A join is numbered per control, as a parameter is.
      found = found || node.kind == NodeKind::Parameter || node.kind == NodeKind::Join;
    });
    has_parameter_[id.index] = found;
    return !found;
  }
  return !it->second;
}

bool BlockWriter::is_plain(NodeId test) const {
  const Node& left = graph_.node(graph_.children(test)[0]);
  const Node& right = graph_.node(graph_.children(test)[1]);
  const auto given = [](const Node& node) {
    return node.kind == NodeKind::Literal || node.kind == NodeKind::Parameter;
  };
  return given(right) && (left.kind == NodeKind::Field || given(left));
}

std::uint32_t BlockWriter::shared_test(NodeId id) {
  auto& tests = shareable(id) ? tests_ : own_tests_;
  if (auto found = tests.find(id.index); found != tests.end()) return found->second;
  // Tests inside this one are written first and so have lower numbers.
  Draft draft;
  test(draft, id, 0, 0);
  add(draft, {.opcode = Opcode::ReturnTruth, .a = 0});
  const std::uint32_t block = finish(std::move(draft));
  const auto index = static_cast<std::uint32_t>(program_.tests.size());
  program_.tests.push_back(block);
  tests.emplace(id.index, index);
  return index;
}

void BlockWriter::condition(Draft& draft, NodeId id, std::uint16_t truth, std::uint16_t value_register) {
  need_truth(draft, truth);
  const Node& node = graph_.node(id);
  switch (node.kind) {
  case NodeKind::Constant:
    add(draft,
        {.opcode = Opcode::TruthConstant, .x = node.truth ? std::uint8_t{1} : std::uint8_t{0}, .a = truth});
    return;
  case NodeKind::Not:
    condition(draft, graph_.children(id)[0], truth, value_register);
    add(draft, {.opcode = Opcode::Not, .a = truth});
    return;
  case NodeKind::And:
  case NodeKind::Or: {
    const bool conjunction = node.kind == NodeKind::And;
    add(draft, {.opcode = conjunction ? Opcode::AndBegin : Opcode::OrBegin, .a = truth});
    std::vector<std::size_t> jumps;
    const auto inner = static_cast<std::uint16_t>(truth + 1);
    for (NodeId child : graph_.children(id)) {
      condition(draft, child, inner, value_register);
      jumps.push_back(add(draft, {.opcode = conjunction ? Opcode::And : Opcode::Or, .a = truth, .b = inner}));
    }
    for (std::size_t jump : jumps)
      draft.code[jump].e = here(draft);
    return;
  }
  default:
    break;
  }
  const auto used = uses_.find(id.index);
  const bool several = used != uses_.end() && used->second > 1;
  // What is more than a field and a constant has a block of its own, so that what is around it is logic
  // alone. Inside a count it stays where it is: the rounds of counts in counts multiply.
  if ((several && shareable(id)) || (draft.scopes.empty() && !is_plain(id))) {
    const std::uint32_t index = shared_test(id);
    add(draft, {.opcode = Opcode::RunTest, .a = truth, .d = index});
    return;
  }
  test(draft, id, truth, value_register);
}

void BlockWriter::test(Draft& draft, NodeId id, std::uint16_t truth, std::uint16_t value_register) {
  need_truth(draft, truth);
  const auto op = static_cast<std::uint8_t>(graph_.node(id).op);
  const NodeId left = graph_.children(id)[0];
  const NodeId right = graph_.children(id)[1];
  const Node& subject = graph_.node(left);
  value(draft, right, value_register);
  const auto next = static_cast<std::uint16_t>(value_register + 1);
  switch (subject.kind) {
  case NodeKind::Field: {
    const std::uint32_t field = pools_.field(subject.field);
    if (subject.binder == ir::kUnbound)
      add(draft, {.opcode = Opcode::TestField, .x = op, .a = truth, .b = value_register, .d = field});
    else
      add(draft, {.opcode = Opcode::TestBound,
                  .x = op,
                  .a = truth,
                  .b = value_register,
                  .c = binder_of(draft, subject.binder),
                  .d = field,
                  .e = subject.level});
    return;
  }
  case NodeKind::DynamicField:
    value(draft, graph_.children(left)[0], next);
    add(draft, {.opcode = Opcode::TestDynamic, .x = op, .a = truth, .b = value_register, .c = next});
    return;
  case NodeKind::Count: {
    const std::uint16_t binder = count(draft, left, truth, next);
    add(draft, {.opcode = Opcode::TestCount, .x = op, .a = truth, .b = value_register, .c = binder});
    return;
  }
  default:
    value(draft, left, next);
    add(draft, {.opcode = Opcode::TestValue, .x = op, .a = truth, .b = value_register, .c = next});
  }
}

std::uint16_t BlockWriter::count(Draft& draft, NodeId id, std::uint16_t truth, std::uint16_t value_register) {
  const NodeId collection = graph_.children(id)[0];
  const NodeId where = graph_.children(id)[1];
  const std::uint16_t binder = draft.binders++;
  const Node& source = graph_.node(collection);
  std::size_t start = 0;
  if (source.kind == NodeKind::Field && source.binder == ir::kUnbound) {
    start = add(draft, {.opcode = Opcode::CountField, .a = binder, .d = pools_.field(source.field)});
  } else if (source.kind == NodeKind::Field) {
    start = add(draft, {.opcode = Opcode::CountBound,
                        .x = static_cast<std::uint8_t>(source.level),
                        .a = binder,
                        .b = binder_of(draft, source.binder),
                        .d = pools_.field(source.field)});
  } else {
    value(draft, collection, value_register);
    start = add(draft, {.opcode = Opcode::CountValue, .a = binder, .b = value_register});
  }
  const auto inner = static_cast<std::uint16_t>(truth + 1);
  const std::uint32_t body = here(draft);
  draft.scopes.push_back(binder);
  condition(draft, where, inner, static_cast<std::uint16_t>(value_register + 1));
  draft.scopes.pop_back();
  add(draft, {.opcode = Opcode::CountNext, .a = binder, .b = inner, .e = body});
  draft.code[start].e = here(draft);
  return binder;
}

void BlockWriter::value(Draft& draft, NodeId id, std::uint16_t out) {
  need_value(draft, out);
  const Node& node = graph_.node(id);
  const auto children = graph_.children(id);
  const auto next = static_cast<std::uint16_t>(out + 1);
  switch (node.kind) {
  case NodeKind::Literal:
    add(draft, {.opcode = Opcode::LoadConstant, .a = out, .d = pools_.constant(graph_.constant_value(id))});
    return;
  case NodeKind::Parameter:
    add(draft,
        {.opcode = Opcode::LoadParameter, .a = out, .d = parameters_->at(lower_ascii(graph_.name_of(id)))});
    return;
  case NodeKind::FieldValue:
    if (node.binder == ir::kUnbound)
      add(draft, {.opcode = Opcode::LoadField,
                  .x = node.of_primary ? bc::kOfPrimary : std::uint8_t{0},
                  .a = out,
                  .d = pools_.field(node.field)});
    else
      add(draft, {.opcode = Opcode::LoadBound,
                  .x = static_cast<std::uint8_t>(node.level),
                  .a = out,
                  .b = binder_of(draft, node.binder),
                  .d = pools_.field(node.field)});
    return;
  case NodeKind::Current:
    if (node.field.valid())
      add(draft, {.opcode = Opcode::LoadElementField,
                  .x = static_cast<std::uint8_t>(node.level),
                  .a = out,
                  .b = binder_of(draft, node.binder),
                  .d = pools_.field(node.field)});
    else
      add(draft, {.opcode = Opcode::LoadElement,
                  .x = static_cast<std::uint8_t>(node.level),
                  .a = out,
                  .b = binder_of(draft, node.binder)});
    return;
  case NodeKind::DynamicFieldValue:
    value(draft, children[0], next);
    add(draft, {.opcode = Opcode::LoadDynamic,
                .x = node.of_primary ? bc::kOfPrimary : std::uint8_t{0},
                .a = out,
                .b = next});
    return;
  case NodeKind::Count: {
    const std::uint16_t truth =
        draft.truths; // nothing below is in use here: conditions keep what they hold below
    const std::uint16_t binder = count(draft, id, truth, next);
    add(draft, {.opcode = Opcode::LoadCount, .a = out, .b = binder});
    return;
  }
  case NodeKind::Join:
    add(draft, {.opcode = Opcode::LoadJoin, .a = out, .d = joins_->at(id.index)});
    return;
  case NodeKind::Call:
    call(draft, id, out);
    return;
  case NodeKind::Member:
    value(draft, children[0], next);
    value(draft, children[1], static_cast<std::uint16_t>(out + 2));
    add(draft, {.opcode = Opcode::GetMember, .a = out, .b = next, .c = static_cast<std::uint16_t>(out + 2)});
    return;
  case NodeKind::List:
  case NodeKind::Record:
  case NodeKind::Text: {
    for (std::size_t i = 0; i < children.size(); ++i)
      value(draft, children[i], static_cast<std::uint16_t>(next + i));
    const Opcode opcode = node.kind == NodeKind::List     ? Opcode::MakeList
                          : node.kind == NodeKind::Record ? Opcode::MakeRecord
                                                          : Opcode::MakeText;
    if (children.empty()) need_value(draft, next);
    add(draft, {.opcode = opcode,
                .a = out,
                .b = children.empty() ? out : next,
                .c = static_cast<std::uint16_t>(children.size())});
    return;
  }
  default:
    add(draft, {.opcode = Opcode::LoadConstant, .a = out, .d = pools_.constant(Value::null())});
    return;
  }
}

void BlockWriter::call(Draft& draft, NodeId id, std::uint16_t out) {
  const Node& node = graph_.node(id);
  const auto children = graph_.children(id);
  const auto next = static_cast<std::uint16_t>(out + 1);
  std::vector<std::size_t> jumps;
  switch (node.function) {
  case Function::If: {
    value(draft, children[0], out);
    const std::size_t branch = add(draft, {.opcode = Opcode::BranchBoolean, .a = out});
    value(draft, children[1], out);
    jumps.push_back(add(draft, {.opcode = Opcode::Jump}));
    draft.code[branch].e = here(draft);
    value(draft, children[2], out);
    draft.code[branch].d = here(draft);
    break;
  }
  case Function::And:
  case Function::Or: {
    const bool conjunction = node.function == Function::And;
    add(draft, {.opcode = Opcode::LoadConstant, .a = out, .d = pools_.constant(Value::boolean(conjunction))});
    for (NodeId child : children) {
      value(draft, child, next);
      jumps.push_back(
          add(draft, {.opcode = conjunction ? Opcode::AndBoolean : Opcode::OrBoolean, .a = out, .b = next}));
    }
    break;
  }
  case Function::Coalesce:
    for (std::size_t i = 0; i < children.size(); ++i) {
      value(draft, children[i], out);
      if (i + 1 < children.size()) jumps.push_back(add(draft, {.opcode = Opcode::JumpIfPresent, .a = out}));
    }
    break;
  default:
    for (std::size_t i = 0; i < children.size(); ++i)
      value(draft, children[i], static_cast<std::uint16_t>(next + i));
    add(draft, {.opcode = Opcode::Call,
                .a = out,
                .b = children.empty() ? out : next,
                .c = static_cast<std::uint16_t>(children.size()),
                .d = static_cast<std::uint32_t>(node.function)});
    return;
  }
  for (std::size_t jump : jumps)
    draft.code[jump].e = here(draft);
}

} // namespace writ::codegen
