// SPDX-License-Identifier: MIT
#include "ir/canonical.h"
#include "ir/dump.h"
#include "ir/dump_names.h"
#include "ir/sexpr.h"

#include <algorithm>

namespace writ::ir {

namespace {

/// Sorts what stands in any order, and takes out names of elements.
void make_canonical(Sexpr& e) {
  const std::string_view head = e.head();
  if ((head == "count" || head == "join") && e.items.size() > 1 && e.items[1].kind == Sexpr::Kind::Text)
    e.items.erase(e.items.begin() + 1);
  for (Sexpr& item : e.items)
    make_canonical(item);
  if (head != "and" && head != "or") return;
  std::sort(e.items.begin() + 1, e.items.end(),
            [](const Sexpr& a, const Sexpr& b) { return to_text(a) < to_text(b); });
}

} // namespace

std::string canonical_dump(const Graph& graph, NodeId node) {
  if (!node.valid()) return "none";
  const std::string text = dump(graph, node);
  std::vector<Sexpr> read;
  std::string error;
  // What dump prints can be read; should it not, the plain text is still one of its meaning.
  if (!read_sexprs(text, read, error) || read.size() != 1) return text;
  make_canonical(read.front());
  return to_text(read.front());
}

std::string canonical_dump(const Graph& graph, const Policy& policy, NodeId rule) {
  std::string out = "mode " + policy.mode + "\nif " + canonical_dump(graph, rule) + "\neffect " +
                    canonical_dump(graph, policy.effect.name) + "\n";
  const auto part = [&](std::string_view word, NodeId id) {
    if (id.valid()) out += std::string(word) + " " + canonical_dump(graph, id) + "\n";
  };
  part("details", policy.effect.details);
  if (policy.effect.existence)
    for (const ExistencePart& one : kExistenceParts)
      part(one.word, (*policy.effect.existence).*one.node);
  for (const Operation& operation : policy.effect.operations)
    for (const OperationPart& one : kOperationParts)
      part(one.word, operation.*one.node);
  return out;
}

} // namespace writ::ir
