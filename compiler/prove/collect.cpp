// SPDX-License-Identifier: MIT
#include "prove/collect.h"

#include "writ/text.h"

#include <algorithm>

namespace writ::prove {

namespace {

/// A text that a pattern of `match` accepts, to be tried as a value.
std::string sample_of_match(std::string_view pattern, std::string_view digit_letter_any) {
  std::string out(pattern);
  for (char& c : out)
    c = c == '#' ? digit_letter_any[0] : c == '?' ? digit_letter_any[1] : c == '.' ? digit_letter_any[2] : c;
  return out;
}

} // namespace

void Collector::add(FormulaId root) {
  std::vector<FormulaId> open{root};
  while (!open.empty()) {
    const FormulaId id = open.back();
    open.pop_back();
    if (!seen_.insert(id).second) continue;
    const Formula formula = store_.formula(id);
    if (formula.kind == FormulaKind::Test) add_test(formula);
    open.insert(open.end(), formula.children.begin(), formula.children.end());
  }
}

void Collector::constants(TermId id, std::vector<Value>& out) const {
  const Term& term = store_.term(id);
  if (term.kind == TermKind::Constant) {
    out.push_back(term.value);
  } else if (term.kind == TermKind::Call && term.function == Function::If) {
    constants(term.children[1], out);
    constants(term.children[2], out);
  } else if (term.kind == TermKind::List ||
             (term.kind == TermKind::Call && term.function == Function::Coalesce)) {
    for (TermId child : term.children)
      constants(child, out);
  }
}

void Collector::add_test(const Formula& test) {
  std::vector<Value> left;
  std::vector<Value> right;
  constants(test.left, left);
  constants(test.right, right);
  for (const Value& value : right)
    add_comparison(test.op, test.left, value, test.location);
  if (test.op == Operator::Equals || test.op == Operator::In) {
    for (const Value& value : left) {
      add_comparison(Operator::Equals, test.right, value, test.location);
      flow_elements(test.right, [&](PlaceId place) { note_equal(shape_[place].features, value); });
    }
    std::set<PlaceId> linked;
    flow(test.left, [&](PlaceId place) { linked.insert(place); });
    const std::size_t own = linked.size();
    flow(test.right, [&](PlaceId place) { linked.insert(place); });
    flow_elements(test.right, [&](PlaceId place) { linked.insert(place); });
    if (own > 0 && linked.size() > own) links_.push_back(std::move(linked));
  }
  add_functions(test.left);
  add_functions(test.right);
}

void Collector::add_comparison(Operator op, TermId subject, const Value& constant, bool location) {
  Arena arena;
  const Value wanted = location ? normalize_location(arena, constant) : constant;
  flow(subject, [&](PlaceId place) { note(op, shape_[place].features, wanted); });
  if (op == Operator::Contains)
    flow_elements(subject, [&](PlaceId place) { note_equal(shape_[place].features, wanted); });
}

void Collector::note_equal(Features& features, const Value& constant) {
  std::string buffer;
  switch (constant.kind()) {
  case ValueKind::Missing:
  case ValueKind::Null:
    features.folded.insert("");
    return;
  case ValueKind::Bool:
    features.booleans = true;
    features.folded.insert(constant.as_bool() ? "true" : "false");
    return;
  case ValueKind::Int:
  case ValueKind::Float:
    features.numbers.insert(constant.as_number());
    features.folded.insert(std::string(*text_of(constant, buffer)));
    return;
  case ValueKind::String:
    features.folded.insert(std::string(constant.as_string()));
    return;
  case ValueKind::Array:
    for (const Value& element : constant.as_array())
      if (!element.is(ValueKind::Array) && !element.absent()) note_equal(features, element);
    return;
  default:
    return;
  }
}

void Collector::note(Operator op, Features& features, const Value& constant) {
  std::string buffer;
  const auto text = text_of(constant, buffer);
  switch (op) {
  case Operator::Equals:
  case Operator::In:
    return note_equal(features, constant);
  case Operator::Like: {
    if (!text) return;
    Pattern pattern = like_pattern(*text);
    if (pattern.text.find(kGap) == std::u32string::npos)
      features.folded.insert(std::string(*text));
    else
      features.patterns.insert(std::move(pattern));
    return;
  }
  case Operator::Contains:
    if (text) features.patterns.insert(containing(*text));
    return;
  case Operator::Match:
    if (text && text->find_first_of("#?.") == std::string_view::npos)
      features.exact.insert(std::string(*text));
    [[fallthrough]];
  case Operator::MatchInsensitively:
    if (text) features.samples.insert({sample_of_match(*text, "0ax"), sample_of_match(*text, "7Q-")});
    return;
  case Operator::Less:
  case Operator::LessOrEquals:
  case Operator::Greater:
  case Operator::GreaterOrEquals:
    if (constant.is_number()) features.numbers.insert(constant.as_number());
    if (constant.is(ValueKind::String)) features.orders.insert(std::string(constant.as_string()));
    return;
  default:
    return;
  }
}

void Collector::flow(TermId id, const Sink& sink) const {
  const Term& term = store_.term(id);
  if (term.kind == TermKind::Place) sink(term.place);
  if (term.kind != TermKind::Call) return;
  switch (term.function) {
  case Function::If:
    flow(term.children[1], sink);
    flow(term.children[2], sink);
    return;
  case Function::Coalesce:
  case Function::ToLower:
  case Function::ToUpper:
    for (TermId child : term.children)
      flow(child, sink);
    return;
  default:
    return;
  }
}

void Collector::flow_elements(TermId id, const Sink& sink) const {
  const Term& term = store_.term(id);
  if (term.kind == TermKind::List || term.kind == TermKind::Gather)
    for (TermId child : term.children)
      flow(child, sink);
  flow(id, [&](PlaceId place) {
    for (PlaceId element : shape_[place].elements)
      sink(element);
  });
}

void Collector::add_functions(TermId id) {
  if (!seen_terms_.insert(id).second) return;
  const Term term = store_.term(id);
  for (TermId child : term.children)
    add_functions(child);
  if (term.kind == TermKind::Call) add_call(term);
}

void Collector::add_call(const Term& term) {
  const auto each = [&](std::size_t argument, const std::function<void(Features&)>& change) {
    flow(term.children[argument], [&](PlaceId place) { change(shape_[place].features); });
  };
  std::vector<Value> wanted;
  switch (term.function) {
  case Function::Empty:
    each(0, [](Features& features) { features.folded.insert(""); });
    return;
  case Function::Contains:
    constants(term.children[1], wanted);
    for (const Value& value : wanted) {
      if (value.is(ValueKind::String))
        each(0, [&](Features& features) { features.patterns.insert(containing(value.as_string())); });
      flow_elements(term.children[0], [&](PlaceId place) {
        if (value.is(ValueKind::String)) shape_[place].features.exact.insert(std::string(value.as_string()));
        if (value.is_number()) shape_[place].features.numbers.insert(value.as_number());
      });
    }
    return;
  case Function::StartsWith:
  case Function::EndsWith:
    constants(term.children[1], wanted);
    for (const Value& value : wanted)
      if (value.is(ValueKind::String))
        each(0, [&](Features& features) {
          features.patterns.insert(term.function == Function::StartsWith ? starting_with(value.as_string())
                                                                         : ending_with(value.as_string()));
        });
    return;
  case Function::Equals:
  case Function::Less:
  case Function::LessOrEquals:
  case Function::Greater:
  case Function::GreaterOrEquals:
    for (std::size_t side : {std::size_t{0}, std::size_t{1}}) {
      wanted.clear();
      constants(term.children[1 - side], wanted);
      each(side, [&](Features& features) {
        features.folded.insert("");
        for (const Value& value : wanted) {
          if (value.is(ValueKind::String)) features.exact.insert(std::string(value.as_string()));
          if (value.is_number()) features.numbers.insert(value.as_number());
        }
      });
    }
    return;
  default:
    // Not interpreted: a value that the constants beside it suggest may be worth trying.
    for (TermId child : term.children)
      constants(child, wanted);
    for (std::size_t i = 0; i < term.children.size(); ++i)
      each(i, [&](Features& features) {
        features.samples.insert({"", "sample"});
        for (const Value& value : wanted)
          if (value.is(ValueKind::String)) features.samples.insert(std::string(value.as_string()));
      });
    return;
  }
}

void Collector::finish() {
  constexpr std::size_t kMostSamples = 8;
  for (PlaceId id = 0; id < shape_.size(); ++id) {
    Features& features = shape_[id].features;
    std::size_t taken = 0;
    for (const std::string& sample : features.samples)
      if (taken++ < kMostSamples) features.exact.insert(sample);
  }
  // Twice: a place may be compared with one that is compared with a third.
  for (int round = 0; round < 2; ++round)
    for (const std::set<PlaceId>& places : links_) {
      Features all;
      for (PlaceId place : places) {
        const Features& one = shape_[place].features;
        all.folded.insert(one.folded.begin(), one.folded.end());
        all.folded.insert(one.exact.begin(), one.exact.end());
        all.numbers.insert(one.numbers.begin(), one.numbers.end());
        all.booleans = all.booleans || one.booleans;
      }
      for (PlaceId place : places) {
        Features& one = shape_[place].features;
        one.folded.insert(all.folded.begin(), all.folded.end());
        one.numbers.insert(all.numbers.begin(), all.numbers.end());
        one.booleans = one.booleans || all.booleans;
      }
    }
}

} // namespace writ::prove
