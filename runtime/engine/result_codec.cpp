// SPDX-License-Identifier: MIT
// One function for each record walks its parts, for writing and for reading: the two cannot drift apart.
#include "engine/result_codec.h"

#include "engine/wire.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <type_traits>

namespace writ {

namespace {

/// Whether a text could be the key of a join: parts of the length that they name.
bool is_key_text(std::string_view text) {
  while (!text.empty()) {
    std::uint32_t length = 0;
    if (text.size() < sizeof length) return false;
    std::memcpy(&length, text.data(), sizeof length);
    text.remove_prefix(sizeof length);
    if (length > text.size()) return false;
    text.remove_prefix(length);
  }
  return true;
}

template <class Wire> class Walk {
public:
  Walk(Wire wire, const Engine::State& state, const ResultPlace& place)
      : wire_(wire), state_(state), place_(place) {}

  void result(ChunkResult& r) {
    first_resource_ = r.resources.size();
    list(r.resources, &Walk::resource);
    list(r.findings, &Walk::found);
    list(r.candidates, &Walk::candidate);
    list(r.scopes, &Walk::scope);
    list(r.primaries, &Walk::primary);
    list(r.numbers, &Walk::numbers);
    list(r.join_candidates, &Walk::join_candidate);
    list(r.joins, &Walk::join);
    list(r.waiting, &Walk::waiting);
    if constexpr (Wire::kReads)
      for (ChunkResult::Found& item : std::span(r.findings).subspan(first_finding_))
        check(item.resource < r.resources.size());
  }
  void starts_at(const ChunkResult& r) { first_finding_ = r.findings.size(); }
  [[nodiscard]] bool ok() const {
    if constexpr (Wire::kReads)
      return wire_.at_end();
    else
      return true;
  }

private:
  // --- parts
  template <class Number> void number(Number& value, std::uint64_t limit = ~std::uint64_t{0}) {
    if constexpr (Wire::kReads) {
      const std::uint64_t read = wire_.number();
      check(read < limit || limit == ~std::uint64_t{0});
      value = static_cast<Number>(read);
    } else {
      wire_.number(static_cast<std::uint64_t>(value));
    }
  }
  /// Stored relative to a base.
  void offset(std::uint64_t& value, std::uint64_t base) {
    std::uint64_t relative = value - base;
    number(relative);
    if constexpr (Wire::kReads) value = relative + base;
  }
  void text(std::string& value) {
    if constexpr (Wire::kReads)
      value = wire_.text();
    else
      wire_.text(value);
  }
  /// The text of a resource: nothing (0), that of the document (1), or its own (2).
  void resource_text(std::string& value) {
    std::uint8_t kind = value.empty() ? 0 : value == place_.text ? 1 : 2;
    number(kind, 3);
    if (kind == 2) text(value);
    if constexpr (Wire::kReads)
      if (kind == 1) value = place_.text;
  }
  template <class T> void list(std::vector<T>& items, void (Walk::*each)(T&)) {
    if constexpr (Wire::kReads) {
      const std::size_t count = wire_.count();
      for (std::size_t i = 0; i < count && !wire_.failed(); ++i)
        (this->*each)(items.emplace_back());
    } else {
      wire_.number(items.size());
      for (T& item : items)
        (this->*each)(item);
    }
  }
  template <class T, class Each> void maybe(std::unique_ptr<T>& item, Each&& each) {
    bool given = item != nullptr;
    number(given, 2);
    if (!given) return;
    if constexpr (Wire::kReads) item = std::make_unique<T>();
    each(*item);
  }
  void truth(Truth& value) { number(value, 4); }
  void control(ControlNumber& value) {
    number(value.bundle, state_.bundles.size());
    if constexpr (Wire::kReads)
      if (wire_.failed()) return;
    number(value.control, state_.bundles[value.bundle].controls.size());
  }
  void check(bool holds) {
    if constexpr (Wire::kReads) {
      if (!holds) wire_.fail();
    } else {
      static_cast<void>(holds);
    }
  }

  // --- records
  void resource(ResourceRef& r) {
    text(r.id);
    text(r.type);
    text(r.name);
    if constexpr (Wire::kReads) r.file = place_.file == nullptr ? std::string() : *place_.file;
    offset(r.line, place_.line);
    offset(r.byte_begin, place_.byte);
    offset(r.byte_end, place_.byte);
  }
  void evidence(Evidence& e) {
    text(e.pointer);
    text(e.field);
    text(e.operator_name);
    text(e.actual);
    text(e.expected);
    number(e.negated, 2);
  }
  /// Everything but the control.
  void finding(Finding& f) {
    number(f.verdict, kVerdictCount);
    text(f.effect);
    text(f.details_json);
    list(f.messages, &Walk::text);
    text(f.reason);
    list(f.evidence, &Walk::evidence);
  }
  void found(ChunkResult::Found& f) {
    ControlNumber owner;
    if constexpr (!Wire::kReads) owner = number_of(f.finding);
    control(owner);
    if constexpr (Wire::kReads) {
      if (wire_.failed()) return;
      f.finding.control = &state_.bundles[owner.bundle].control(owner.control);
    }
    std::uint64_t local = f.resource;
    number(local);
    if constexpr (Wire::kReads) f.resource = first_resource_ + local;
    finding(f.finding);
  }
  [[nodiscard]] ControlNumber number_of(const Finding& f) const {
    for (std::uint32_t b = 0; b < state_.bundles.size(); ++b) {
      const auto& controls = state_.bundles[b].state->controls;
      if (f.control >= controls.data() && f.control < controls.data() + controls.size())
        return {b, static_cast<std::uint32_t>(f.control - controls.data())};
    }
    return {};
  }
  void owned_finding(Finding& f, ControlNumber owner) {
    if constexpr (Wire::kReads) {
      if (wire_.failed()) return;
      f.control = &state_.bundles[owner.bundle].control(owner.control);
    }
    finding(f);
  }
  void existence_fact(relate::ExistenceFact& f) {
    number(f.relation, state_.relations.plans.size());
    truth(f.truth);
    text(f.reason);
  }
  /// On the wire a candidate has one list of facts, its own.
  void facts(std::vector<std::shared_ptr<const relate::FactList>>& lists) {
    relate::FactList all;
    if constexpr (!Wire::kReads) {
      for (const auto& known : lists)
        all.insert(all.end(), known->begin(), known->end());
      std::sort(all.begin(), all.end(), [](const relate::ExistenceFact& a, const relate::ExistenceFact& b) {
        return a.relation < b.relation;
      });
    }
    list(all, &Walk::existence_fact);
    if constexpr (Wire::kReads)
      if (!all.empty()) lists.push_back(std::make_shared<const relate::FactList>(std::move(all)));
  }
  void candidate(relate::Candidate& c) {
    text(c.id);
    text(c.type);
    text(c.kind);
    facts(c.facts);
    resource_text(c.text);
  }
  void scope(ScopeRecord& s) {
    text(s.id);
    resource_text(s.text);
  }
  void optional_text(std::optional<std::string>& value) {
    bool given = value.has_value();
    number(given, 2);
    if (!given) return;
    if constexpr (Wire::kReads) value.emplace();
    text(*value);
  }
  void primary(WaitingPrimary& w) {
    offset(w.order, place_.order);
    control(w.control);
    check(wire_failed() || state_.relations.number_of(w.control) != bc::kNone);
    truth(w.selection.resolved);
    text(w.selection.reason);
    text(w.selection.type);
    optional_text(w.selection.name);
    optional_text(w.selection.kind);
    optional_text(w.selection.resource_group);
    number(w.selection.subscription_scope, 2);
    number(w.selection.nothing, 2);
    resource(w.resource);
    owned_finding(w.finding, w.control);
    resource_text(w.text);
  }
  void texts(TextList& all) {
    if constexpr (Wire::kReads) {
      const std::size_t count = wire_.count();
      for (std::size_t i = 0; i < count && !wire_.failed(); ++i)
        all.push_back(wire_.text());
    } else {
      wire_.number(all.size());
      for (std::size_t i = 0; i < all.size(); ++i)
        wire_.text(all[i]);
    }
  }
  void numbers(WaitingCount& w) {
    text(w.type);
    list(w.lists, &Walk::counted_list);
    texts(w.ids);
  }
  void counted_list(WaitingCount::List& l) {
    number(l.bundle, state_.bundles.size());
    if constexpr (Wire::kReads) {
      std::vector<std::uint32_t> controls;
      bundle_ = l.bundle;
      list(controls, &Walk::counted_control);
      l.controls = std::make_shared<const std::vector<std::uint32_t>>(std::move(controls));
    } else {
      wire_.number(l.controls->size());
      for (std::uint32_t one : *l.controls)
        counted_control(one);
    }
  }
  void counted_control(std::uint32_t& control) {
    if constexpr (Wire::kReads)
      if (wire_.failed()) return;
    number(control, Wire::kReads ? state_.bundles[bundle_].controls.size() : ~std::uint64_t{0});
    if constexpr (Wire::kReads)
      check(!wire_.failed() && state_.bundles[bundle_].controls[control].is_related_by_place() &&
            state_.relations.number_of({bundle_, control}) != bc::kNone);
  }
  void key_text(std::string& key) {
    text(key);
    if constexpr (Wire::kReads) check(is_key_text(key));
  }
  void keys(relate::JoinKeys& k) {
    truth(k.state);
    number(k.open, std::uint64_t{1} << 32);
    list(k.texts, &Walk::key_text);
    text(k.reason);
  }
  void join_fact(relate::JoinFact& f) {
    number(f.join, state_.joins.plans.size());
    truth(f.truth);
    keys(f.keys);
    text(f.reason);
  }
  void join_candidate(relate::JoinCandidate& c) {
    text(c.label);
    list(c.facts, &Walk::join_fact);
  }
  /// A number or nothing: what terms compare with.
  void term(JoinResidue::Term& t) {
    truth(t.truth);
    std::uint8_t kind = t.right.is(ValueKind::Int) ? 1 : t.right.is(ValueKind::Float) ? 2 : 0;
    number(kind, 3);
    std::uint64_t bits = 0;
    if constexpr (!Wire::kReads)
      bits = kind == 1   ? std::bit_cast<std::uint64_t>(t.right.as_int())
             : kind == 2 ? std::bit_cast<std::uint64_t>(t.right.as_number())
                         : 0;
    if (kind != 0) number(bits);
    if constexpr (Wire::kReads)
      t.right = kind == 1   ? Value::integer(std::bit_cast<std::int64_t>(bits))
                : kind == 2 ? Value::floating(std::bit_cast<double>(bits))
                            : Value::missing();
  }
  void violation(JoinResidue::Violation& v) {
    truth(v.alone);
    text(v.message);
    list(v.evidence, &Walk::evidence);
  }
  void join(WaitingJoin& w) {
    offset(w.order, place_.order);
    control(w.control);
    maybe(w.resource, [this](ResourceRef& known) { resource(known); });
    list(w.residue.terms, &Walk::term);
    list(w.residue.violations, &Walk::violation);
    list(w.residue.keys, &Walk::keys);
    text(w.residue.reason);
    if constexpr (Wire::kReads)
      if (wire_.failed()) return;
    maybe(w.residue.base, [&](Finding& known) { owned_finding(known, w.control); });
    text(w.residue.exemption);
    check(wire_failed() || fits(w));
  }
  /// The residue has what the verdict of its control will look at.
  [[nodiscard]] bool fits(const WaitingJoin& w) const {
    const bc::Program& program = state_.bundles[w.control.bundle].program();
    const bc::Control& owner = program.controls[w.control.control];
    std::size_t next = 0;
    bool right = true;
    const auto look_at = [&](std::uint32_t first, std::uint32_t count) {
      for (const bc::JoinTerm& one : std::span(program.join_terms).subspan(first, count)) {
        const bool compares = one.kind == bc::JoinTermKind::Compare;
        if (!compares && one.kind != bc::JoinTermKind::Condition) continue;
        if (next >= w.residue.terms.size()) {
          right = false;
          return;
        }
        const JoinResidue::Term& known = w.residue.terms[next++];
        if (compares && known.truth == Truth::True && known.right.is(ValueKind::Missing)) right = false;
      }
    };
    look_at(owner.first_term, owner.term_count);
    for (const bc::ViolationInfo& info :
         std::span(program.violations).subspan(owner.first_violation, owner.violation_count))
      look_at(info.first_term, info.term_count);
    return right && next == w.residue.terms.size() && w.residue.violations.size() == owner.violation_count &&
           w.residue.keys.size() == owner.join_count;
  }
  void waiting_control(ControlNumber& c) { control(c); }
  void waiting(WaitingResource& w) {
    offset(w.order, place_.order);
    list(w.controls, &Walk::waiting_control);
    resource(w.resource);
    resource_text(w.text);
  }
  [[nodiscard]] bool wire_failed() const {
    if constexpr (Wire::kReads)
      return wire_.failed();
    else
      return false;
  }

  Wire wire_;
  const Engine::State& state_;
  const ResultPlace& place_;
  std::size_t first_resource_ = 0;
  std::size_t first_finding_ = 0;
  std::uint32_t bundle_ = 0; ///< of the list of controls that is being read
};

/// Sizes to go back to.
class Mark {
public:
  explicit Mark(const ChunkResult& result) {
    auto size = sizes_.begin();
    ChunkResult::for_each_list([&](const auto& list) { *size++ = list.size(); }, result);
  }
  void restore(ChunkResult& result) const {
    auto size = sizes_.begin();
    ChunkResult::for_each_list([&](auto& list) { list.resize(*size++); }, result);
  }

private:
  std::array<std::size_t, ChunkResult::kLists> sizes_{};
};

} // namespace

void encode_result(std::string& out, const ChunkResult& result, const Engine::State& state,
                   const ResultPlace& place) {
  // The walk changes nothing when it writes; it is shared with reading, which does.
  Walk<wire::Writer>(wire::Writer(out), state, place).result(const_cast<ChunkResult&>(result)); // NOLINT
}

bool decode_result(std::string_view bytes, ChunkResult& into, const Engine::State& state,
                   const ResultPlace& place) {
  const Mark before(into);
  Walk<wire::Reader> walk(wire::Reader(bytes), state, place);
  walk.starts_at(into);
  walk.result(into);
  if (walk.ok()) return true;
  before.restore(into);
  return false;
}

} // namespace writ
