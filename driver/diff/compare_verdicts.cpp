// SPDX-License-Identifier: MIT
// One pass over the snapshot with both sides: the two verdicts about a resource are compared when the later
// one is there.
#include "writ/driver/diff.h"
#include "writ/text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace writ::driver {

namespace {

std::string key_of(const ControlRef& control) {
  return lower_ascii(control.id) + "\n" + lower_ascii(control.initiative) + "\n" +
         lower_ascii(control.assignment);
}

class FlipFinder {
public:
  FlipFinder(const LoadedPolicies& before, const LoadedPolicies& after, const DiffOptions& options,
             const std::function<void(const Flip&)>& each)
      : each_(each) {
    const std::map<std::string, std::vector<const ControlRef*>> old_controls = by_key(before, options);
    const std::map<std::string, std::vector<const ControlRef*>> new_controls = by_key(after, options);
    for (const auto& [key, old_ones] : old_controls) {
      const auto found = new_controls.find(key);
      if (found == new_controls.end()) continue;
      for (const ControlRef* control : old_ones)
        sides_[control] = {false, controls_.size()};
      for (const ControlRef* control : found->second)
        // Both sides may hold one and the same bundle, which cannot differ from itself.
        if (!sides_.try_emplace(control, SideOfControl{true, controls_.size()}).second) sides_.erase(control);
      controls_.push_back(found->second.front());
    }
  }

  void take(const Finding& finding) {
    const auto side = sides_.find(finding.control);
    if (side == sides_.end()) return;
    const ResourceRef& resource = *finding.resource;
    if (resource.line != resource_.line || resource.byte_begin != resource_.byte_begin ||
        resource.file != resource_.file) {
      flush();
      resource_ = resource;
    }
    Pair& pair = pending_[side->second.control];
    (side->second.is_after ? pair.after : pair.before) = finding.verdict;
  }

  /// Hands out what differs, in the order of the input. A control that looks at other types has no verdict:
  /// it is not-applicable.
  std::uint64_t finish(const std::vector<InputSeen>& inputs) {
    flush();
    std::map<std::string_view, std::size_t> rank;
    for (const InputSeen& input : inputs)
      rank.try_emplace(input.name, rank.size());
    const auto place = [&](const Row* row) {
      const auto found = rank.find(row->resource.file);
      return std::tuple(found == rank.end() ? rank.size() : found->second, row->resource.line,
                        row->resource.byte_begin);
    };
    std::vector<const Row*> rows;
    for (const auto& [key, row] : rows_)
      rows.push_back(&row);
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const Row* a, const Row* b) { return place(a) < place(b); });
    std::uint64_t flips = 0;
    for (const Row* row : rows)
      for (const auto& [number, pair] : row->pairs) {
        const Verdict before = pair.before.value_or(Verdict::NotApplicable);
        const Verdict after = pair.after.value_or(Verdict::NotApplicable);
        if (before == after) continue;
        ++flips;
        const ControlRef& control = *controls_[number];
        each_({std::string(control.id), std::string(control.initiative), std::string(control.assignment),
               row->resource.id, row->resource.file, row->resource.line, before, after});
      }
    return flips;
  }

private:
  struct SideOfControl {
    bool is_after = false;
    std::size_t control = 0; ///< index in controls_
  };
  struct Pair {
    std::optional<Verdict> before;
    std::optional<Verdict> after;
  };
  /// What differs as far as is known: one side may decide at once and the other wait for related resources.
  struct Row {
    ResourceRef resource;
    std::map<std::size_t, Pair> pairs; ///< by index in controls_
  };
  using RowKey = std::tuple<std::string, std::uint64_t, std::uint64_t>; ///< file, line, byte

  static std::map<std::string, std::vector<const ControlRef*>> by_key(const LoadedPolicies& side,
                                                                      const DiffOptions& options) {
    std::map<std::string, std::vector<const ControlRef*>> out;
    for (const Bundle& bundle : side.bundles)
      for (std::size_t i = 0; i < bundle.control_count(); ++i) {
        const ControlRef& control = bundle.control(i);
        bool wanted = options.controls.empty();
        for (const std::string& glob : options.controls)
          wanted = wanted || glob_matches(control.id, glob);
        if (wanted) out[key_of(control)].push_back(&control);
      }
    return out;
  }

  void flush() {
    for (const auto& [number, pair] : pending_) {
      // Not-applicable is also what it stays without a verdict.
      if (pair.before.value_or(Verdict::NotApplicable) == pair.after.value_or(Verdict::NotApplicable))
        continue;
      Row& row = rows_[{resource_.file, resource_.line, resource_.byte_begin}];
      row.resource = resource_;
      Pair& known = row.pairs[number];
      if (pair.before) known.before = pair.before;
      if (pair.after) known.after = pair.after;
      if (known.before == known.after) row.pairs.erase(number);
      if (row.pairs.empty()) rows_.erase({resource_.file, resource_.line, resource_.byte_begin});
    }
    pending_.clear();
  }

  const std::function<void(const Flip&)>& each_;
  std::vector<const ControlRef*> controls_; ///< those of both sides, sorted by key
  std::unordered_map<const ControlRef*, SideOfControl> sides_;
  ResourceRef resource_;
  std::map<std::size_t, Pair> pending_;
  std::map<RowKey, Row> rows_;
};

} // namespace

SnapshotDiff compare_verdicts(const LoadedPolicies& before, const LoadedPolicies& after,
                              const std::vector<Input>& inputs, const DiffOptions& options,
                              const std::function<void(const Flip&)>& each) {
  FlipFinder finder(before, after, options, each);
  std::vector<Bundle> bundles = before.bundles;
  bundles.insert(bundles.end(), after.bundles.begin(), after.bundles.end());
  EngineOptions engine_options;
  engine_options.now = options.now;
  engine_options.evidence = false;
  engine_options.assume_complete = options.assume_complete;
  const Engine engine(std::move(bundles), engine_options);
  RunReport report = engine.run(inputs, [&](const Finding& finding) { finder.take(finding); });
  SnapshotDiff out;
  out.resources = report.resources;
  out.flips = finder.finish(report.inputs);
  out.incomplete = report.incomplete;
  out.diagnostics = std::move(report.diagnostics);
  return out;
}

} // namespace writ::driver
