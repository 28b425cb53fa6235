// SPDX-License-Identifier: MIT
// Partial results, put together in any way, write what one run over everything writes.
#include "runs.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

using namespace writ;
using namespace writ::testing;

namespace {

/// Rows dealt out one by one: what belongs together stands in different parts.
std::vector<std::string> deal(const Folder& folder, std::size_t parts) {
  std::vector<std::vector<std::string>> hands(parts);
  const std::vector<std::string> all = rows();
  for (std::size_t i = 0; i < all.size(); ++i)
    hands[i % parts].push_back(all[i]);
  std::vector<std::string> paths;
  for (std::size_t p = 0; p < parts; ++p)
    paths.push_back(folder.write("part" + std::to_string(p) + ".ndjson", lines_of(hands[p])));
  return paths;
}

std::string partial_of(const Folder& folder, const std::vector<std::string>& inputs, const std::string& name,
                       const EngineOptions& options = options_of_tests(), RecordOptions records = {}) {
  records.partial_file = folder.path(name);
  const Reports reports = run(inputs, options, records);
  REQUIRE(reports.failures == 0);
  return records.partial_file;
}

} // namespace

TEST_CASE("parts in any number, order and repetition come to one run") {
  std::mt19937 random(17);
  for (const std::size_t parts : {1, 2, 7}) {
    const Folder folder;
    const std::vector<std::string> inputs = deal(folder, parts);
    const Reports whole = run(inputs, options_of_tests());
    std::vector<std::string> files;
    for (std::size_t p = 0; p < parts; ++p)
      files.push_back(partial_of(folder, {inputs[p]}, std::to_string(p) + ".part"));
    INFO(parts << " parts");
    CHECK(merge(files) == whole);
    for (int round = 0; round < 4; ++round) {
      std::vector<std::string> shuffled = files;
      for (int again = 0; again < round; ++again)
        shuffled.push_back(files[random() % files.size()]);
      std::shuffle(shuffled.begin(), shuffled.end(), random);
      const Reports merged = merge(shuffled);
      CHECK(merged.json == whole.json);
      CHECK(merged.ndjson == whole.ndjson);
      CHECK(merged.text == whole.text);
    }
  }
}

TEST_CASE("a part that was evaluated again, elsewhere and otherwise, counts once") {
  const Folder folder;
  const std::vector<std::string> inputs = deal(folder, 3);
  const Reports whole = run(inputs, options_of_tests());
  std::vector<std::string> files;
  for (std::size_t p = 0; p < 3; ++p)
    files.push_back(partial_of(folder, {inputs[p]}, std::to_string(p) + ".part"));
  // Another machine had it under another name; a third took two parts at once, with threads.
  files.push_back(partial_of(folder, {folder.write("retry.ndjson", read_file(inputs[1]))}, "retry.part"));
  EngineOptions threads = options_of_tests();
  threads.threads = 3;
  files.push_back(partial_of(folder, {inputs[0], inputs[2]}, "both.part", threads));
  std::sort(files.begin(), files.end());
  do {
    CHECK(merge(files) == whole);
  } while (std::next_permutation(files.begin(), files.end()) && files[0] < files[1]);
  CHECK(merge({files[4], files[3], files[2], files[1], files[0]}) == whole);
}

TEST_CASE("merging in steps is merging at once") {
  const Folder folder;
  const std::vector<std::string> inputs = deal(folder, 4);
  const Reports whole = run(inputs, options_of_tests());
  std::vector<std::string> files;
  for (std::size_t p = 0; p < 4; ++p)
    files.push_back(partial_of(folder, {inputs[p]}, std::to_string(p) + ".part"));
  const auto step = [&](const std::vector<std::string>& some, const std::string& name) {
    Result<PartialResults> partial = PartialResults::open(some);
    REQUIRE(partial.ok());
    REQUIRE(partial->write(folder.path(name)).ok());
    return folder.path(name);
  };
  const std::string left = step({files[0], files[2]}, "left.part");
  const std::string right = step({files[3], files[1], files[0]}, "right.part");
  CHECK(merge({left, right}) == whole);
  CHECK(merge({right, left}) == whole);
  CHECK(merge({step({step({files[1], files[0]}, "a.part"), files[2]}, "b.part"), files[3]}) == whole);
}

TEST_CASE("a partial run may have a cache") {
  const Folder folder;
  const std::vector<std::string> inputs = deal(folder, 2);
  const Reports whole = run(inputs, options_of_tests());
  RecordOptions records;
  records.cache_folder = folder.path("cache");
  for (int round = 0; round < 2; ++round) {
    const std::string first = partial_of(folder, {inputs[0]}, "0.part", options_of_tests(), records);
    const std::string second = partial_of(folder, {inputs[1]}, "1.part", options_of_tests(), records);
    CHECK(merge({second, first}) == whole);
  }
}

TEST_CASE("results that do not belong together are refused") {
  const Folder folder;
  const std::vector<std::string> inputs = deal(folder, 2);
  const std::string first = partial_of(folder, {inputs[0]}, "0.part");
  EngineOptions other = options_of_tests();
  other.now = "2026-04-01T00:00:00Z";
  const std::string second = partial_of(folder, {inputs[1]}, "1.part", other);
  const Result<PartialResults> partial = PartialResults::open({first, second});
  REQUIRE_FALSE(partial.ok());
  CHECK(partial.error().code == Code::InvalidRunOption);
  const auto refused = [&](const std::string& path) {
    const Result<PartialResults> opened = PartialResults::open({path});
    return !opened.ok() && opened.error().code == Code::FileUnreadable;
  };
  CHECK(refused(folder.path("absent.part")));
  CHECK(refused(folder.write("empty.part", "")));
  CHECK(refused(inputs[0]));
  CHECK_FALSE(PartialResults::open({}).ok());
}

TEST_CASE("no damage passes for a result") {
  const Folder folder;
  const std::string input = folder.write("a.ndjson", lines_of(rows()));
  const Reports whole = run({input}, options_of_tests());
  const std::string path = partial_of(folder, {input}, "0.part");
  const std::string good = read_file(path);
  std::mt19937 random(23);
  for (int i = 0; i < 150; ++i) {
    std::string bad = good;
    if (i % 5 == 0)
      bad.resize(random() % bad.size());
    else
      bad[i % 2 == 0 ? bad.size() - 1 - random() % 200 : random() % bad.size()] ^=
          static_cast<char>(1 + random() % 255);
    write_file(path, bad);
    Result<PartialResults> partial = PartialResults::open({path});
    if (!partial.ok()) continue;
    RecordProblems problems;
    static_cast<void>(partial->merge([](const Finding&) {}, problems));
    INFO(i);
    CHECK(problems.failures.has_errors());
  }
}
