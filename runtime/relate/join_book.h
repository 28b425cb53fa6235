// SPDX-License-Identifier: MIT
// What is kept of the resources that controls count, and how many of them a resource finds.
// Every resource leaves one small fact per join: its key and whether it passes the filter. The resources of
// the controls look their keys up when all facts are there, so that a run reads its input once.
#pragma once

#include "writ/semantics/truth.h"

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace writ::relate {

/// What a resource has to compare in a join: a text of all key parts, and several such texts where a part is
/// a list.
struct JoinKeys {
  /// True: there are keys. False: a part is missing, nothing is equal to it. Error: a part cannot be
  /// computed.
  Truth state = Truth::True;
  std::uint32_t open = 0; ///< bit per part: it is unknown, and empty in the texts
  std::vector<std::string> texts;
  std::string reason; ///< why a part is unknown or failed
};

/// Puts keys together, part by part.
class JoinKeyBuilder {
public:
  /// A part that is one of `values`; their spelling is normalised already.
  void add(const std::vector<std::string>& values);
  /// A part that nothing is known about.
  void add_open(std::string reason);
  /// The resource has no such part.
  void add_nothing();
  void fail(std::string reason);
  JoinKeys take();

private:
  JoinKeys keys_;
  std::uint32_t parts_ = 0;
  bool started_ = false;
};

/// One resource in one join.
struct JoinFact {
  std::uint32_t join = 0; ///< number in the engine's list
  Truth truth = Truth::True;
  JoinKeys keys;
  std::string reason; ///< when the filter is undecided
};

/// A resource that some join counts.
struct JoinCandidate {
  std::string label; ///< how a finding names it
  std::vector<JoinFact> facts;
};

/// How many resources a join found: between `least` and `most`.
struct JoinCount {
  static constexpr std::int64_t kUnbounded = std::numeric_limits<std::int64_t>::max();
  std::int64_t least = 0;
  std::int64_t most = 0;
  bool failed = false;     ///< an evaluation failed, which leaves the number open
  std::string reason;      ///< why it is open
  std::uint64_t equal = 0; ///< resources with equal keys that the filter leaves out
  std::string found;       ///< the first that counts
  std::string left_out;    ///< the first that the filter leaves out
  [[nodiscard]] bool exact() const { return least == most && !failed; }
};

/// All facts of a run. Fill it, then count: indices are built when they are first needed.
class JoinBook {
public:
  void add(JoinCandidate candidate);
  JoinCount count(std::uint32_t join, const JoinKeys& outer);
  /// Resources that took part in a join.
  [[nodiscard]] std::uint64_t candidates(std::uint32_t join) const;

private:
  struct Fact {
    std::uint32_t label = 0;
    Truth truth = Truth::True;
    std::string key;
    std::uint32_t reason = 0; ///< into reasons_; 0 = none
  };
  /// Facts with the same key.
  struct Bucket {
    std::uint32_t yes = 0;
    std::uint32_t no = 0;
    std::uint32_t undecided = 0;
    bool failed = false;
    std::uint32_t first_yes = 0; ///< facts, when there are such
    std::uint32_t first_no = 0;
    std::uint32_t first_undecided = 0;
  };
  using Index = std::unordered_map<std::string, Bucket>;
  /// Facts of one join whose keys are open in the same parts.
  struct Group {
    std::vector<Fact> facts;
    std::map<std::uint32_t, Index> indices; ///< by the parts left out of the key
  };
  struct Join {
    std::map<std::uint32_t, Group> groups; ///< by open parts
    std::uint64_t candidates = 0;
  };
  static const Index& index_of(Group& group, std::uint32_t left_out);
  std::uint32_t reason(std::string text);

  std::vector<std::string> labels_;
  std::vector<std::string> reasons_{1};
  std::unordered_map<std::string, std::uint32_t> reason_numbers_;
  std::unordered_map<std::uint32_t, Join> joins_;
};

} // namespace writ::relate
