// SPDX-License-Identifier: MIT
// Tests and iterations.
#include "vm/core.h"

#include "writ/text.h"

#include <algorithm>
#include <limits>

namespace writ::vm {

using namespace bc;

Value Core::normal_location(const Value& value) {
  if (value.is(ValueKind::Array) && image.constant_arrays().is_normal_location(value)) return value;
  return is_normal_location(value) ? value : normalize_location(arena, value);
}

Judgement Core::apply(Operator op, const Value& left, const Value& right) {
  // Nearly all tests are one of these two. Source: "Equality", "exists".
  if ((op == Operator::Equals || op == Operator::NotEquals) && left.is(ValueKind::String) &&
      right.is(ValueKind::String))
    return {truth_of(equal_fold(left.as_string(), right.as_string()) == (op == Operator::Equals)), nullptr};
  if ((op == Operator::In || op == Operator::NotIn) && left.is(ValueKind::String) &&
      right.is(ValueKind::Array) && right.as_array().size() >= ConstantArrays::kLongList &&
      is_ascii(left.as_string()))
    if (const auto found = image.constant_arrays().contains(right, left.as_string()))
      return {truth_of(*found == (op == Operator::In)), nullptr};
  if (op == Operator::Exists && right.is(ValueKind::Bool) && !left.undecided())
    return {truth_of(left.absent() != right.as_bool()), nullptr};
  // A literal null arrives as Missing (Image::constants), so this null was computed. Source: "Right side".
  if (right.is(ValueKind::Null))
    return {Truth::Error, error("bad-operator-value", "the right side evaluates to null")};
  EvaluationError why;
  const Value null = Value::null();
  const Truth truth =
      apply_operator(op, left, right.is(ValueKind::Missing) ? null : right, program.semantics, &why);
  if (decided(truth)) return {truth, nullptr};
  if (truth == Truth::Unknown) return {truth, error("unknown-value", {})};
  if (left.is(ValueKind::Error)) return {truth, &left.as_error()};
  if (right.is(ValueKind::Error)) return {truth, &right.as_error()};
  return {truth, error(why.code, why.detail)};
}

Judgement Core::test_field(Operator op, std::uint32_t field, const Value& right) {
  const Access& access = image.access(subject.type, field);
  Judgement result;
  if (access.direct) {
    result = apply(op, subject.slots[access.slot], right);
  } else if (program.fields[field].kind == FieldKind::Location) {
    const Value normal = normal_location(right);
    AllOfSink sink(*this, op, normal, true);
    selector.field(subject, field, access, sink);
    result = sink.result;
  } else {
    AllOfSink sink(*this, op, right, false);
    selector.field(subject, field, access, sink);
    result = sink.result;
  }
  // What the field is compared with has said already that it is not known.
  if (result.truth == Truth::Unknown && !right.is(ValueKind::Unknown)) result.reason = unknown(field);
  return result;
}

Judgement Core::test_bound(Operator op, std::uint32_t field, const Binder& binder, std::uint32_t level,
                           const Value& right) {
  AllOfSink sink(*this, op, right, false);
  selector.bound(subject, field, element(binder, level), level, sink);
  if (sink.result.truth == Truth::Unknown && !right.is(ValueKind::Unknown))
    sink.result.reason = unknown(field);
  return sink.result;
}

Judgement Core::test_dynamic(Operator op, const Value& name, const Value& right) {
  if (name.is(ValueKind::Unknown)) return {Truth::Unknown, error("unknown-value", "a field name")};
  if (name.is(ValueKind::Error)) return {Truth::Error, &name.as_error()};
  if (!name.is(ValueKind::String))
    return {Truth::Error, error("bad-argument-type", "a field name is not a string")};
  const FieldName field = classify_field_name(name.as_string());
  if (field.form == FieldName::Form::Other && image.find_field(name.as_string()) == kNone)
    return {Truth::Error, error("unknown-alias", arena.copy(name.as_string()))};
  const bool location = field.kind == FieldKind::Location;
  const Value wanted = location ? normal_location(right) : right;
  AllOfSink sink(*this, op, wanted, location);
  if (!select_dynamic(subject, name.as_string(), sink))
    return {Truth::Error, error("bad-argument-type", "a field name is empty or no tag name")};
  if (sink.result.truth == Truth::Unknown)
    sink.result.reason = error("unknown-value", arena.copy(name.as_string()));
  return sink.result;
}

/// A count with undecided elements lies between `least` and `most`. The test is decided when it holds for
/// every number in between, or for none. Numbers beyond the right side all compare alike with it, which
/// bounds the search.
Judgement Core::test_count(Operator op, const Binder& binder, const Value& right) {
  const auto at = [&](std::int64_t count) { return apply(op, Value::integer(count), right); };
  const Judgement first = at(binder.least);
  if (binder.least == binder.most && !binder.failed) return first;
  const Judgement open{binder.failed ? Truth::Error : Truth::Unknown, binder.reason};
  if (!decided(first.truth)) return first;
  if (binder.most != kUnbounded) {
    for (std::int64_t count = binder.least + 1; count <= binder.most; ++count)
      if (at(count).truth != first.truth) return open;
    return first;
  }
  const bool ordering = op == Operator::Less || op == Operator::LessOrEquals || op == Operator::Greater ||
                        op == Operator::GreaterOrEquals || op == Operator::Exists;
  if (ordering) return at(std::numeric_limits<std::int64_t>::max()).truth == first.truth ? first : open;
  const bool equality = op == Operator::Equals || op == Operator::NotEquals;
  if (equality && right.is(ValueKind::Int) && right.as_int() < binder.least) return first;
  return open;
}

void Core::add_undecided(Binder& binder, Judgement where) {
  if (binder.most != kUnbounded) ++binder.most;
  const bool stronger = where.truth == Truth::Error && !binder.failed;
  if (binder.reason == nullptr || stronger) binder.reason = where.reason;
  binder.failed = binder.failed || where.truth == Truth::Error;
}

void Core::end_iteration(Binder& binder) {
  elements.resize(binder.first);
  value_rounds = binder.outer_rounds;
}

bool Core::refuse(Binder& binder, std::string_view detail) {
  end_iteration(binder);
  binder.failed = true;
  binder.most = kUnbounded;
  binder.reason = error("limit-exceeded", detail);
  return false;
}

void Core::begin_collection(Binder& binder, std::uint32_t levels) {
  binder = Binder{};
  binder.first = static_cast<std::uint32_t>(elements.size());
  binder.levels = levels;
  binder.outer_rounds = value_rounds;
}

bool Core::end_collection(Binder& binder, const Value& undecided, std::uint64_t& spent) {
  if (undecided.undecided()) {
    binder.most = kUnbounded;
    binder.failed = undecided.is(ValueKind::Error);
    binder.reason = binder.failed ? &undecided.as_error() : error("unknown-value", "the counted collection");
  }
  const std::size_t pointers = elements.size() - binder.first;
  binder.size = binder.levels == 0 ? 0 : static_cast<std::uint32_t>(pointers / binder.levels);
  spent += binder.size;
  if (spent > limits.iterations) return refuse(binder, "iterations take too many rounds");
  return binder.size > 0;
}

bool Core::begin_value_count(Binder& binder, const Value& array, std::uint64_t& spent) {
  begin_collection(binder, 1);
  if (array.undecided()) return end_collection(binder, array, spent);
  if (array.absent()) return false;
  if (!array.is(ValueKind::Array)) {
    binder.failed = true;
    binder.most = kUnbounded;
    binder.reason = error("count-not-array", "the counted value is not an array");
    return false;
  }
  const std::uint64_t rounds = std::uint64_t{value_rounds} * array.as_array().size();
  if (rounds > limits.value_iterations) return refuse(binder, "a value count takes too many rounds");
  for (const Value& element_value : array.as_array())
    elements.push_back(&element_value);
  const bool more = end_collection(binder, Value::missing(), spent);
  if (more) value_rounds = static_cast<std::uint32_t>(rounds);
  return more;
}

bool Core::count_field(Binder& binder, std::uint32_t field, std::uint64_t& spent) {
  begin_collection(binder, stars(subject, field));
  ElementSink sink(*this, binder);
  selector.field(subject, field, sink);
  return end_collection(binder, sink.undecided, spent);
}

bool Core::count_bound(Binder& binder, std::uint32_t field, const Binder& outer, std::uint32_t level,
                       std::uint64_t& spent) {
  begin_collection(binder, stars(subject, field));
  if (binder.levels < level || outer.levels < level) return false; // on this type the path has fewer arrays
  ElementSink sink(*this, binder);
  for (std::uint32_t l = 1; l <= level; ++l)
    sink.preset(element(outer, l));
  selector.bound(subject, field, element(outer, level), level, sink);
  return end_collection(binder, sink.undecided, spent);
}

} // namespace writ::vm
