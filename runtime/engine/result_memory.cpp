// SPDX-License-Identifier: MIT
#include "engine/result_memory.h"

#include "engine/result_codec.h"
#include "engine/wire.h"

#include <iterator>
#include <utility>

namespace writ {

namespace {

/// A class of outcomes as text: the type, whether properties were left out, and each verdict.
struct OutcomeClass {
  std::string_view type;
  bool not_exported = false;
  wire::Reader verdicts;
};

OutcomeClass read_class(std::string_view text) {
  wire::Reader reader(text);
  const bool not_exported = reader.number() != 0;
  const std::string_view type = reader.text();
  return {type, not_exported, reader};
}

bool is_empty(const ChunkResult& result) {
  bool empty = true;
  ChunkResult::for_each_list([&](const auto& list) { empty = empty && list.empty(); }, result);
  return empty;
}

} // namespace

ResultMemory::ResultMemory(const Engine::State& state, cache::Store& store, ChunkResult& result,
                           std::uint64_t& order)
    : state_(state), clock_(state), store_(store), result_(result), order_(order),
      classes_(store.known_classes()) {
  for (std::uint32_t number = 0; number < classes_.size(); ++number)
    classes_[number].not_exported = read_class(store.class_text(number)).not_exported;
}

bool ResultMemory::recall(const snapshot::DocumentText& document, snapshot::DocumentOutcome& outcome) {
  // A table row is put together from columns that its text does not tell.
  const bool known_form = document.rows == nullptr || !document.rows->table;
  hash_ = store_.hash(document.text);
  if (known_form && document.rows != nullptr && !document.rows->row_type.empty())
    hash_.high ^= store_.hash(document.rows->row_type).low;
  if (const auto known = known_form ? store_.find(hash_, hint_) : std::nullopt) {
    const std::uint32_t number = store_.outcome(*known);
    bool recalled = number < classes_.size();
    if (recalled && store_.has_payload(*known)) {
      const auto payload = store_.payload(*known);
      recalled = payload && decode_result(*payload, result_, state_,
                                          {document.text, document.line, document.byte, order_, file_});
      if (!recalled) store_.note_damage();
    }
    if (recalled) {
      ++classes_[number].hits;
      ++order_;
      outcome.plain = true;
      outcome.not_exported = classes_[number].not_exported;
      auto& records = result_.documents;
      if (!records.empty() && records.back().segment == known->segment &&
          records.back().first + records.back().count == known->index)
        ++records.back().count;
      else
        records.push_back({known->segment, known->index, 1, {}, 0, {}});
      return true;
    }
  }
  // What this document adds is looked at alone.
  std::swap(before_, result_);
  first_order_ = order_;
  verdicts_.clear();
  type_.clear();
  clock_read_ = !known_form;
  return false;
}

void ResultMemory::remember(const snapshot::DocumentText& document,
                            const snapshot::DocumentOutcome& outcome) {
  if (outcome.plain && !clock_read_) {
    cache::Record record;
    record.count = 1;
    record.hash = hash_;
    record.outcome = outcome_number(outcome.not_exported);
    if (!is_empty(result_))
      encode_result(record.payload, result_, state_,
                    {document.text, document.line, document.byte, first_order_, nullptr});
    before_.documents.push_back(std::move(record));
  }
  const std::size_t resources = before_.resources.size();
  for (ChunkResult::Found& found : result_.findings)
    found.resource += resources;
  ChunkResult::for_each_list(
      [](auto& to, auto& from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
        from.clear();
      },
      before_, result_);
  std::swap(before_, result_);
}

std::uint32_t ResultMemory::outcome_number(bool not_exported) {
  class_text_.clear();
  wire::Writer writer(class_text_);
  writer.number(not_exported ? 1 : 0);
  writer.text(type_);
  for (const Told& told : verdicts_) {
    writer.number(told.control.bundle);
    writer.number(told.control.control);
    writer.number(static_cast<std::uint64_t>(told.verdict));
  }
  if (const auto known = own_classes_.find(class_text_); known != own_classes_.end()) return known->second;
  const std::uint32_t number = store_.intern(class_text_);
  own_classes_.emplace(class_text_, number);
  return number;
}

void ResultMemory::move_to(Tally& total) {
  for (std::uint32_t number = 0; number < classes_.size(); ++number) {
    const std::uint64_t hits = std::exchange(classes_[number].hits, 0);
    if (hits == 0) continue;
    const std::string text = store_.class_text(number);
    OutcomeClass known = read_class(text);
    total.types[std::string(known.type)] += hits;
    while (!known.verdicts.at_end() && !known.verdicts.failed()) {
      const std::uint64_t bundle = known.verdicts.number();
      const std::uint64_t control = known.verdicts.number();
      const std::uint64_t verdict = known.verdicts.number();
      if (bundle >= total.controls.size() || control >= total.controls[bundle].size() ||
          verdict >= kVerdictCount)
        break;
      total.controls[bundle][control].count(static_cast<Verdict>(verdict), hits);
    }
  }
}

} // namespace writ
