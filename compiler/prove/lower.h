// SPDX-License-Identifier: MIT
// From the conditions of the IR to formulas over places, for resources of one type.
#pragma once

#include "ir/node.h"
#include "prove/term.h"

#include <set>
#include <string>
#include <vector>

namespace writ::prove {

/// What lowering took for granted.
struct Notes {
  std::set<std::string> assumptions;
};

/// Lowers conditions of one graph; several lowerers share a store and a shape. Parameters are bound and
/// constants folded before; a parameter that is left is a value that nobody knows, the same on both sides.
class Lowerer {
public:
  struct Options {
    std::string type;         ///< of the resource that conditions read
    Cell type_cell;           ///< which other types it stands for
    std::string primary_type; ///< of the resource of the `if`, below an existence condition
    Cell primary_type_cell;
    Subject subject = Subject::Resource;
    bool vacuous_missing = false;
  };
  Lowerer(const ir::Graph& graph, Store& store, Shape& shape, Notes& notes, Options options)
      : graph_(graph), store_(store), shape_(shape), notes_(notes), options_(std::move(options)) {}

  FormulaId condition(ir::NodeId id);
  /// An operand outside every count.
  TermId operand(ir::NodeId id);

private:
  /// The elements that an enclosing count stands at, one for each [*] of its collection.
  struct Scope {
    std::vector<PlaceId> places;
    TermId value = 0; ///< of a count over values
    bool of_value = false;
    PlaceId value_place = kNoPlace;
  };
  struct Element {
    FormulaId guard = 0;
    Scope scope;
  };
  /// What a count runs over.
  struct Collection {
    std::vector<Element> elements;
    FormulaId broken = 0; ///< holds when it is no collection at all
    std::string opaque;   ///< why it is not looked into; empty = it is
    std::string identity;
  };
  /// Where a field starts and which way it goes; `missing`: the type has no such alias.
  struct Way {
    bool missing = false;
    PlaceId from = kNoPlace;
    bool ends = false; ///< `from` is the value itself
    ir::Path steps;
    bool collection = false; ///< elsewhere an array alias
  };

  FormulaId test(ir::NodeId id);
  FormulaId field_test(const ir::Node& test, const ir::Node& field, TermId right);
  FormulaId count_test(const ir::Node& test, ir::NodeId count, TermId right);
  /// A test of the number of elements of what has none.
  FormulaId broken_count(Operator op, TermId right);
  FormulaId value_test(Operator op, TermId left, TermId right, bool location);
  /// A place without the way it was read: by `field`, the function field() or current().
  TermId as_read(TermId id);
  /// A constant text in the one case that stands for all.
  TermId folded(TermId id);
  /// contains on what may be an array: element by element.
  FormulaId contains_test(TermId left, TermId right, bool location);
  FormulaId members(PlaceId at, std::span<const ir::PathStep> steps, bool in_element, Operator op,
                    TermId right, bool location);
  /// Every place that a path leads to; holes are left out by Gather.
  void leaves(PlaceId at, std::span<const ir::PathStep> steps, bool in_element, std::vector<TermId>& out);
  void elements(PlaceId at, std::span<const ir::PathStep> steps, bool in_element, Element so_far,
                std::vector<Element>& out);
  PlaceId step(PlaceId at, const ir::PathStep& step, bool& in_element);
  Collection collection_of(ir::NodeId id);
  Collection counted_value(ir::NodeId id);
  /// The condition about each element, and whether it is there.
  std::vector<FormulaId> where_holds(const Collection& collection, ir::NodeId where);

  Way way_of(const ir::Field& field, bool of_primary);
  const Scope& scope(const ir::Node& node) const { return scopes_[scopes_.size() - 1 - node.binder]; }
  /// What is left of a path behind the stars that are bound.
  static std::span<const ir::PathStep> behind(std::span<const ir::PathStep> steps, std::size_t stars);
  TermId field_value(const ir::Node& node);
  /// The type of the resource as the left side of a test.
  TermId type_operand(Operator op, TermId right);
  TermId current(const ir::Node& node);
  TermId call(Function function, std::vector<TermId> arguments);
  /// What makes a part that is not interpreted the same on both sides: its text, where it stands.
  [[nodiscard]] std::string dumped(ir::NodeId id) const;
  TermId absent() { return store_.constant(Value::missing(), false); }

  const ir::Graph& graph_;
  Store& store_;
  Shape& shape_;
  Notes& notes_;
  Options options_;
  std::vector<Scope> scopes_;
  std::size_t rounds_ = 1; ///< of the counts over values around
};

} // namespace writ::prove
