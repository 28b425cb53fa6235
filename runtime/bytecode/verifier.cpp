// SPDX-License-Identifier: MIT
// The verifier: what it proves, so that the VM checks nothing while it runs.
//
// A bundle comes from disk. Whoever wrote it may be an older compiler, a broken copy, or an attacker, so
// nothing in it is believed. The reader has already made sure that the tables are complete. Four checks
// follow, each relying on those before it:
//
// 1. Tables (verify_tables.cpp). Every index and every range of every record lies in its table, strings[0] is
// empty,
//    blocks lie one after the other and cover the code, the source map ascends.
// 2. Layout (verify_layout.cpp). Paths are short, folded and have few [*] (selections recurse over [*]).
// Fields list
//    their types in order, types are in order (the VM searches both). A trie is a tree: no node has two
//    parents, children follow their parent, siblings ascend by key (the extractor merges by binary search and
//    recurses by depth). Each slot of a type is filled by one node, and what a SlotUse says about the way to
//    its slot and the steps that remain agrees with the field's path.
// 3. Code (verify_code.cpp). Per block:
//    * operands: registers below the block's counts, table indices in their tables, unused places zero;
//    * jumps: forward, inside the block, neither into nor out of an iteration;
//    * iterations: CountField, CountBound or CountValue at i with target T owns the body i+1 .. T-1, whose
//    last
//      instruction is its CountNext, which names the same binder and goes back to i+1. Iterations nest. The
//      only way back is therefore bounded by an array, and every program ends;
//    * binders: an element is read only inside the body of the iteration that binds it, a count only after
//    it;
//    * registers: written before read on every path. Jumps go forward, so one pass in code order meets every
//      instruction after all ways into it: the state at an instruction is the intersection of the states at
//      these ways. The way back of an iteration adds nothing, because what is written at the start of a body
//      is still written at its end;
//    * the block ends in a return, and all its returns give the same kind of result.
// 4. Uses (verify_uses.cpp). Blocks that answer a condition return truths, the others values. A shared test
// runs only
//    tests with a lower number, and the chain of tests inside tests is short (the interpreter recurses
//    there).
//
// 5. Joins (verify_joins.cpp). Conditions over joins are postfix and come to one truth.
//
// INVARIANT: the VM relies on each line above and on nothing else.
#include "verifier.h"

#include "writ/bytecode/bundle.h"

namespace writ::bc {

Status verify(const Program& program) {
  if (auto status = verify_tables(program); !status) return status;
  if (auto status = verify_layout(program); !status) return status;
  CodeFacts facts;
  if (auto status = verify_code(program, facts); !status) return status;
  if (auto status = verify_uses(program, facts); !status) return status;
  return verify_joins(program);
}

} // namespace writ::bc
