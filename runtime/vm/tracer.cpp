// SPDX-License-Identifier: MIT
#include "vm/tracer.h"

#include "writ/text.h"

namespace writ::vm {

using bc::FieldKind;
using bc::Instruction;

namespace {

/// One step of a JSON pointer (RFC 6901).
void append_pointer_step(std::string& pointer, std::string_view key) {
  pointer += '/';
  for (const char c : key) {
    if (c == '~')
      pointer += "~0";
    else if (c == '/')
      pointer += "~1";
    else
      pointer += c;
  }
}

std::string shown(const Value& value, bool secret) {
  if (value.is(ValueKind::Missing)) return {};
  return secret ? "\"(secret)\"" : to_json(value);
}

} // namespace

/// Base of sinks that follow the way as a JSON pointer.
class Tracer::PlaceSink {
public:
  static constexpr bool kPlaces = true;
  struct Mark {
    std::size_t place = 0;
    std::uint32_t depth = 0;
  };
  void enter_key(std::string_view key) { append_pointer_step(place, key); }
  void enter_element(std::size_t index, const Value&) { (place += '/') += std::to_string(index); }
  [[nodiscard]] Mark mark() const { return {place.size(), 0}; }
  void rewind(Mark mark) { place.resize(mark.place); }
  /// A step as the field's name spells it, when the resource is not at hand: names end in the path's last
  /// steps.
  static std::string_view spelling(std::string_view field_name, std::string_view folded) {
    const auto ends = [](char c) { return c == '.' || c == '/' || c == '['; };
    for (std::size_t at = 0; at < field_name.size();) {
      std::size_t end = at;
      while (end < field_name.size() && !ends(field_name[end]))
        ++end;
      if (equal_ascii_fold(field_name.substr(at, end - at), folded)) return field_name.substr(at, end - at);
      at = end + 1;
    }
    return folded;
  }
  std::string place;
};

/// As AllOfSink, but looks at every member.
class Tracer::TestSink : public PlaceSink {
public:
  TestSink(Core& core, Operator op, const Value& right, bool location, bool secret)
      : core_(core), right_(right), op_(op), location_(location), secret_(secret) {}
  bool member(const Value& value) {
    const Judgement one = core_.apply(op_, location_ ? core_.normal_location(value) : value, right_);
    conjoin(result, one);
    constexpr std::size_t kMostKept = 1000;
    if (values.size() < kMostKept) values.push_back({place, shown(value, secret_), one.truth});
    return true;
  }
  Judgement result;
  std::vector<TracedValue> values;

private:
  Core& core_;
  const Value& right_;
  Operator op_;
  bool location_;
  bool secret_;
};

/// As ElementSink, with the places of the elements of all levels.
class Tracer::CountSink : public PlaceSink {
public:
  CountSink(Core& core, std::vector<std::string>& places, const Binder& binder)
      : elements_(core, binder), places_(places) {}
  void preset(const Value* element, const std::string& at) {
    elements_.preset(element);
    place = at;
    way_[bound_++] = at;
    depth_ = bound_;
  }
  void enter_key(std::string_view key) {
    PlaceSink::enter_key(key);
    if (depth_ == bound_) collection = place; // grows until the array is reached
  }
  void enter_element(std::size_t index, const Value& element) {
    PlaceSink::enter_element(index, element);
    elements_.enter_element(index, element);
    way_[depth_++] = place;
  }
  [[nodiscard]] Mark mark() const { return {place.size(), depth_}; }
  void rewind(Mark mark) {
    place.resize(mark.place);
    depth_ = mark.depth;
    elements_.rewind(mark.depth);
  }
  bool member(const Value& value) {
    const std::size_t before = elements_.count();
    elements_.member(value);
    if (elements_.count() == before) return true;
    places_.insert(places_.end(), way_.begin(), way_.begin() + depth_);
    values.push_back(value);
    return true;
  }
  [[nodiscard]] const Value& undecided() const { return elements_.undecided; }
  std::string collection;
  std::vector<Value> values;

private:
  ElementSink elements_;
  std::vector<std::string>& places_;
  std::array<std::string, bc::ProgramLimits::kPathStars + 1> way_;
  std::uint32_t bound_ = 0;
  std::uint32_t depth_ = 0;
};

/// Where a single value lies.
class Tracer::FirstPlaceSink : public PlaceSink {
public:
  bool member(const Value&) {
    found = place;
    return false;
  }
  std::string found;
};

Tracer::Tracer(Core& core)
    : core_(core), nodes_(core.image.stack_size().truths), origins_(core.image.stack_size().values),
      counts_(core.image.stack_size().binders) {}

TraceNode Tracer::take() {
  tests_.clear();
  return std::move(result_);
}

TraceNode& Tracer::node(const Registers& r, std::size_t truth) {
  return nodes_[static_cast<std::size_t>(r.truths - core_.base().truths) + truth];
}
Tracer::Origin& Tracer::origin(const Registers& r, std::size_t value) {
  return origins_[static_cast<std::size_t>(r.values - core_.base().values) + value];
}
Tracer::CountTrace& Tracer::count(const Registers& r, std::size_t binder) {
  return counts_[static_cast<std::size_t>(r.binders - core_.base().binders) + binder];
}
std::string Tracer::name_of(std::uint32_t field) const {
  return std::string(core_.image.text(core_.program.fields[field].name));
}
std::uint32_t Tracer::number(const Instruction& i) const {
  return static_cast<std::uint32_t>(&i - core_.program.code.data());
}
std::string Tracer::place_of(const Binder& binder, std::uint32_t level) const {
  if (level > binder.levels) return {};
  const std::size_t at = binder.first + std::size_t{binder.current} * binder.levels + level - 1;
  return at < places_.size() ? places_[at] : std::string();
}

// --- conditions

void Tracer::begin(const Registers& r, const Instruction& i, TraceKind kind) {
  TraceNode& fresh = node(r, i.a) = TraceNode{};
  fresh.kind = kind;
  fresh.truth = r.truths[i.a];
  fresh.instruction = number(i);
}

void Tracer::join(const Registers& r, const Instruction& i, TraceKind kind) {
  TraceNode& all = node(r, i.a);
  if (all.kind != kind) { // a conjunction that starts with its first operand
    TraceNode first = std::move(all);
    all = TraceNode{};
    all.kind = kind;
    all.instruction = number(i);
    all.children.push_back(std::move(first));
  }
  all.children.push_back(node(r, i.b));
  all.truth = r.truths[i.a];
  if (!decided(all.truth) && r.reasons[i.a] != nullptr) all.reason = r.reasons[i.a]->code;
}

void Tracer::negate(const Registers& r, const Instruction& i) {
  TraceNode inner = std::move(node(r, i.a));
  TraceNode& outer = node(r, i.a) = TraceNode{};
  outer.kind = TraceKind::Not;
  outer.truth = r.truths[i.a];
  outer.instruction = number(i);
  outer.children.push_back(std::move(inner));
}

void Tracer::keep_test(std::uint32_t test, const Registers&) { tests_[test] = result_; }
void Tracer::use_test(const Registers& r, const Instruction& i) { node(r, i.a) = tests_[i.d]; }
void Tracer::block_ends(const Registers& r, std::uint16_t truth) { result_ = node(r, truth); }

// --- tests

TraceNode Tracer::leaf(const Registers& r, const Instruction& i, TraceKind kind, Judgement judgement) const {
  TraceNode made;
  made.kind = kind;
  made.truth = judgement.truth;
  made.op = static_cast<Operator>(i.x);
  made.expected = to_json(r.values[i.b]);
  made.instruction = number(i);
  if (!decided(judgement.truth) && judgement.reason != nullptr) {
    made.reason = judgement.reason->code;
    if (!judgement.reason->detail.empty()) (made.reason += ": ") += judgement.reason->detail;
  }
  return made;
}

Judgement Tracer::finish_test(const Registers& r, const Instruction& i, TestSink& sink, std::string field) {
  TraceNode made = leaf(r, i, TraceKind::Test, sink.result);
  made.field = std::move(field);
  made.values = std::move(sink.values);
  node(r, i.a) = std::move(made);
  return sink.result;
}

Judgement Tracer::test_field(const Registers& r, const Instruction& i) {
  const bool location = core_.program.fields[i.d].kind == FieldKind::Location;
  const Value right = location ? core_.normal_location(r.values[i.b]) : r.values[i.b];
  TestSink sink(core_, static_cast<Operator>(i.x), right, location, secret(i.d));
  core_.selector.field(core_.subject, i.d, sink);
  if (sink.result.truth == Truth::Unknown) sink.result.reason = core_.unknown(i.d);
  return finish_test(r, i, sink, name_of(i.d));
}

Judgement Tracer::test_bound(const Registers& r, const Instruction& i) {
  const Binder& binder = r.binders[i.c];
  TestSink sink(core_, static_cast<Operator>(i.x), r.values[i.b], false, secret(i.d));
  sink.place = place_of(binder, i.e);
  core_.selector.bound(core_.subject, i.d, core_.element(binder, i.e), i.e, sink);
  if (sink.result.truth == Truth::Unknown) sink.result.reason = core_.unknown(i.d);
  return finish_test(r, i, sink, name_of(i.d));
}

Judgement Tracer::test_dynamic(const Registers& r, const Instruction& i) {
  const Value& name = r.values[i.c];
  const Judgement plain = core_.test_dynamic(static_cast<Operator>(i.x), name, r.values[i.b]);
  if (!name.is(ValueKind::String)) {
    node(r, i.a) = leaf(r, i, TraceKind::Test, plain);
    return plain;
  }
  const bool location = classify_field_name(name.as_string()).kind == FieldKind::Location;
  const Value right = location ? core_.normal_location(r.values[i.b]) : r.values[i.b];
  const std::uint32_t field = core_.image.find_field(name.as_string());
  TestSink sink(core_, static_cast<Operator>(i.x), right, location, field != bc::kNone && secret(field));
  core_.select_dynamic(core_.subject, name.as_string(), sink);
  sink.result = plain; // with the reason for malformed names
  return finish_test(r, i, sink, std::string(name.as_string()));
}

void Tracer::value_tested(const Registers& r, const Instruction& i) {
  TraceNode made = leaf(r, i, TraceKind::Test, {r.truths[i.a], r.reasons[i.a]});
  const Origin& from = origin(r, i.c);
  if (origin(r, i.b).secret) made.expected = shown(r.values[i.b], true);
  made.field = from.field;
  made.values.push_back({from.pointer, shown(r.values[i.c], from.secret), r.truths[i.a]});
  node(r, i.a) = std::move(made);
}

void Tracer::count_tested(const Registers& r, const Instruction& i) {
  TraceNode made = leaf(r, i, TraceKind::Count, {r.truths[i.a], r.reasons[i.a]});
  const CountTrace& counted = count(r, i.c);
  const Binder& binder = r.binders[i.c];
  made.field = counted.collection.field;
  made.pointer = counted.collection.pointer;
  if (binder.least == binder.most && !binder.failed) made.actual = std::to_string(binder.least);
  made.values = counted.elements;
  made.children = counted.rounds;
  node(r, i.a) = std::move(made);
}

// --- iterations

void Tracer::keep_elements(const Registers& r, const Instruction& i, const CountSink& sink) {
  CountTrace& counted = count(r, i.a) = CountTrace{};
  const bool hidden = secret(i.d);
  counted.collection = {sink.collection, name_of(i.d), hidden};
  const Binder& binder = r.binders[i.a];
  for (std::uint32_t e = 0; e < binder.size; ++e) {
    const std::size_t last = binder.first + std::size_t{e + 1} * binder.levels - 1;
    counted.elements.push_back({places_[last], shown(sink.values[e], hidden), Truth::False});
  }
}

bool Tracer::count_field(const Registers& r, const Instruction& i, std::uint64_t& rounds) {
  Binder& binder = r.binders[i.a];
  core_.begin_collection(binder, core_.stars(core_.subject, i.d));
  places_.resize(binder.first);
  CountSink sink(core_, places_, binder);
  core_.selector.field(core_.subject, i.d, sink);
  const bool more = core_.end_collection(binder, sink.undecided(), rounds);
  keep_elements(r, i, sink);
  return more;
}

bool Tracer::count_bound(const Registers& r, const Instruction& i, std::uint64_t& rounds) {
  Binder& binder = r.binders[i.a];
  const Binder& outer = r.binders[i.b];
  const std::uint32_t level = i.x;
  core_.begin_collection(binder, core_.stars(core_.subject, i.d));
  places_.resize(binder.first);
  CountSink sink(core_, places_, binder);
  bool more = false;
  if (binder.levels >= level && outer.levels >= level) {
    for (std::uint32_t l = 1; l <= level; ++l)
      sink.preset(core_.element(outer, l), place_of(outer, l));
    core_.selector.bound(core_.subject, i.d, core_.element(outer, level), level, sink);
    more = core_.end_collection(binder, sink.undecided(), rounds);
  }
  keep_elements(r, i, sink);
  return more;
}

bool Tracer::count_value(const Registers& r, const Instruction& i, std::uint64_t& rounds) {
  Binder& binder = r.binders[i.a];
  const bool more = core_.begin_value_count(binder, r.values[i.b], rounds);
  places_.resize(core_.elements.size());
  CountTrace& counted = count(r, i.a) = CountTrace{};
  counted.collection = origin(r, i.b);
  for (std::uint32_t e = 0; e < binder.size; ++e) {
    const bool placed = !counted.collection.pointer.empty() && !counted.collection.computed;
    std::string place = placed ? counted.collection.pointer + "/" + std::to_string(e) : std::string();
    places_[binder.first + e] = place;
    const Value& element = *core_.elements[binder.first + e];
    counted.elements.push_back({std::move(place), shown(element, counted.collection.secret), Truth::False});
  }
  return more;
}

void Tracer::round_ends(const Registers& r, const Instruction& i) {
  CountTrace& counted = count(r, i.a);
  counted.elements[r.binders[i.a].current].truth = r.truths[i.b];
  counted.rounds.push_back(node(r, i.b));
}

// --- values

void Tracer::derived(const Registers& r, std::uint16_t to, std::uint16_t from) {
  Origin made = origin(r, from);
  made.computed = true;
  origin(r, to) = std::move(made);
}

void Tracer::combined(const Registers& r, const Instruction& i) {
  Origin made;
  made.computed = true;
  bool several = false;
  for (std::uint32_t part = 0; part < i.c; ++part) {
    const Origin& from = origin(r, std::size_t{i.b} + part);
    made.secret = made.secret || from.secret;
    if (from.pointer.empty()) continue;
    several = several || (!made.pointer.empty() && made.pointer != from.pointer);
    made.pointer = from.pointer;
    made.field = from.field;
  }
  if (several) made.pointer = made.field = {};
  origin(r, i.a) = std::move(made);
}

void Tracer::field_loaded(const Registers& r, const Instruction& i) {
  origin(r, i.a) = {{}, name_of(i.d), secret(i.d)};
  if ((i.x & bc::kOfPrimary) != 0 || core_.stars(core_.subject, i.d) > 0) return;
  FirstPlaceSink sink;
  core_.selector.field(core_.subject, i.d, sink);
  origin(r, i.a).pointer = sink.found;
}

void Tracer::element_loaded(const Registers& r, const Instruction& i) {
  const Binder& binder = r.binders[i.b];
  const CountTrace& counted = count(r, i.b);
  Origin from{place_of(binder, i.x), counted.collection.field, counted.collection.secret};
  if (i.opcode != bc::Opcode::LoadElement) {
    FirstPlaceSink sink;
    sink.place = from.pointer;
    core_.selector.bound(core_.subject, i.d, core_.element(binder, i.x), i.x, sink);
    from = {sink.found, name_of(i.d), secret(i.d)};
  }
  origin(r, i.a) = std::move(from);
}

} // namespace writ::vm
