// SPDX-License-Identifier: MIT
// One pass over the snapshot with both sides: what a resource gets is compared when its last verdict is
// there.
#include "writ/driver/diff.h"
#include "writ/text.h"

#include <map>
#include <set>
#include <unordered_map>

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
    std::set<std::string> old_keys;
    std::set<std::string> new_keys;
    const auto note = [&](const LoadedPolicies& side, bool is_after, std::set<std::string>& keys) {
      for (const Bundle& bundle : side.bundles)
        for (std::size_t i = 0; i < bundle.control_count(); ++i) {
          const ControlRef& control = bundle.control(i);
          bool wanted = options.controls.empty();
          for (const std::string& glob : options.controls)
            wanted = wanted || glob_matches(control.id, glob);
          if (!wanted) continue;
          keys.insert(key_of(control));
          sides_[&control] = {is_after, key_of(control)};
        }
    };
    note(before, false, old_keys);
    note(after, true, new_keys);
    for (const std::string& key : old_keys)
      if (new_keys.contains(key)) common_.insert(key);
  }

  void take(const Finding& finding) {
    const auto side = sides_.find(finding.control);
    if (side == sides_.end() || !common_.contains(side->second.key)) return;
    const ResourceRef& resource = *finding.resource;
    if (resource.line != resource_.line || resource.byte_begin != resource_.byte_begin ||
        resource.file != resource_.file) {
      flush();
      resource_ = resource;
    }
    Pair& pair = pending_[side->second.key];
    pair.id = finding.control->id;
    (side->second.is_after ? pair.after : pair.before) = finding.verdict;
  }

  void flush() {
    for (const auto& [key, pair] : pending_) {
      if (pair.before == pair.after) continue;
      ++flips_;
      each_({pair.id, resource_.id, resource_.file, resource_.line, pair.before, pair.after});
    }
    pending_.clear();
  }
  [[nodiscard]] std::uint64_t flips() const { return flips_; }

private:
  struct SideOfControl {
    bool is_after = false;
    std::string key;
  };
  /// A control that looks at other types has no verdict about a resource: not-applicable.
  struct Pair {
    std::string id;
    Verdict before = Verdict::NotApplicable;
    Verdict after = Verdict::NotApplicable;
  };

  const std::function<void(const Flip&)>& each_;
  std::unordered_map<const ControlRef*, SideOfControl> sides_;
  std::set<std::string> common_;
  ResourceRef resource_;
  std::map<std::string, Pair> pending_;
  std::uint64_t flips_ = 0;
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
  finder.flush();
  SnapshotDiff out;
  out.resources = report.resources;
  out.flips = finder.flips();
  out.incomplete = report.incomplete;
  out.diagnostics = std::move(report.diagnostics);
  return out;
}

} // namespace writ::driver
