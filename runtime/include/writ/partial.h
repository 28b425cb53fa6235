// SPDX-License-Identifier: MIT
// Results of runs over parts of an input, put together.
//
//   auto parts = writ::PartialResults::open({"1.part", "2.part"});
//   writ::RecordProblems problems;
//   writ::RunReport report = parts->merge([](const writ::Finding& f) { … }, problems);
//
// The order of the files, files that are given twice, and parts that were evaluated twice change nothing: an
// input counts once, by its contents. The result is that of one run over all inputs in the order of their
// names; what needs the whole input (related resources, joins, records of subscriptions) is decided here.
#pragma once

#include "writ/records.h"
#include "writ/result.h"

#include <memory>
#include <string>
#include <vector>

namespace writ {

class PartialResults {
public:
  /// Errors: FileUnreadable (no partial result, damaged, truncated, of another version), InvalidRunOption
  /// (the runs had other controls, parameters or options).
  static Result<PartialResults> open(const std::vector<std::string>& paths);
  ~PartialResults();
  PartialResults(PartialResults&&) noexcept;
  PartialResults& operator=(PartialResults&&) noexcept;

  /// Of the runs, with the parameters that they had.
  [[nodiscard]] const std::vector<Bundle>& bundles() const;
  [[nodiscard]] const EngineOptions& options() const;
  /// Names of the inputs, in order, each once.
  [[nodiscard]] std::vector<std::string> inputs() const;

  /// Finishes the runs. A part that turns out to be damaged is told in the failures.
  [[nodiscard]] RunReport merge(const FindingSink& sink, RecordProblems& problems) const;
  /// One partial result of them all, for merging in steps.
  [[nodiscard]] Status write(const std::string& path) const;

  struct State;

private:
  explicit PartialResults(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

} // namespace writ
