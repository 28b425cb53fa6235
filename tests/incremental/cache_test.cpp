// SPDX-License-Identifier: MIT
// A run with a cache writes what a run without one writes, whatever is in the cache.
#include "runs.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <random>
#include <thread>

namespace fs = std::filesystem;
using namespace writ;
using namespace writ::testing;

namespace {

/// Options of a run with a cache in the folder.
struct Cached {
  EngineOptions options = options_of_tests();
  RecordOptions records;
};
Cached with_cache(const Folder& folder) {
  Cached cached;
  cached.records.cache_folder = folder.path("cache");
  return cached;
}
Reports run(const std::vector<std::string>& paths, const Cached& cached) {
  return writ::testing::run(paths, cached.options, cached.records);
}

std::vector<std::string> files_of(const Folder& folder) {
  std::vector<std::string> paths;
  for (const auto& file : fs::directory_iterator(folder.path("cache")))
    paths.push_back(file.path().string());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// Changes one value of some rows.
std::vector<std::string> changed(std::vector<std::string> lines, std::mt19937& random, unsigned percent) {
  for (std::string& line : lines)
    if (random() % 100 < percent && line.size() > 2 && line[0] == '{')
      line.insert(1, "\"etag\":\"" + std::to_string(random()) + "\",");
  return lines;
}

} // namespace

TEST_CASE("a second run takes everything from the cache") {
  const Folder folder;
  const std::string input = folder.write("a.ndjson", lines_of(rows()));
  const Reports plain = writ::testing::run({input}, options_of_tests());
  REQUIRE(plain.ndjson.size() > 10'000);
  const Cached options = with_cache(folder);
  CHECK(run({input}, options) == plain);
  const auto files = files_of(folder);
  REQUIRE(files.size() == 1);
  const auto written = fs::last_write_time(files[0]);
  const std::string bytes = read_file(files[0]);
  const Reports again = run({input}, options);
  CHECK(again == plain);
  CHECK(again.cache_problems.empty());
  CHECK(read_file(files[0]) == bytes);
  CHECK(fs::last_write_time(files[0]) >= written);
}

TEST_CASE("changed, moved, removed and added documents give the verdicts of a plain run") {
  std::mt19937 random(11);
  const Folder folder;
  Cached options = with_cache(folder);
  std::vector<std::string> lines = rows();
  for (int round = 0; round < 12; ++round) {
    const std::string input = folder.write("a.ndjson", lines_of(lines));
    options.options.threads = 1 + static_cast<unsigned>(round % 3);
    const Reports with = run({input}, options);
    const Reports plain = writ::testing::run({input}, options_of_tests());
    INFO("round " << round);
    CHECK(with.json == plain.json);
    CHECK(with.ndjson == plain.ndjson);
    CHECK(with.cache_problems.empty());
    lines = changed(std::move(lines), random, round % 2 == 0 ? 1 : 30);
    if (round % 3 == 1) std::shuffle(lines.begin(), lines.end(), random);
    if (round % 4 == 2) lines.erase(lines.begin(), lines.begin() + 20);
    if (round % 4 == 3) lines.insert(lines.begin() + 5, rows()[3]);
  }
}

TEST_CASE("arrays, pages and lines share what is known of their rows") {
  const Folder folder;
  std::string array = "[";
  std::vector<std::string> good;
  for (const std::string& row : rows())
    if (row.size() > 60) good.push_back(row);
  for (const std::string& row : good)
    array += (array.size() > 1 ? ",\n" : "") + row;
  array += "]";
  const Cached options = with_cache(folder);
  for (const auto& [name, text] : {std::pair<std::string, std::string>("a.ndjson", lines_of(good)),
                                   {"b.json", array},
                                   {"c.json", "{\"value\":" + array + "}"},
                                   {"d.json", "{\"data\":" + array + ",\"count\":3}"}}) {
    const std::string input = folder.write(name, text);
    INFO(name);
    const Reports plain = writ::testing::run({input}, options_of_tests());
    CHECK(run({input}, options) == plain);
    CHECK(run({input}, options) == plain);
  }
}

TEST_CASE("what utcNow() decided is decided again") {
  const Folder folder;
  const std::string input = folder.write("a.ndjson", lines_of(rows()));
  Cached options = with_cache(folder);
  const Reports early = run({input}, options);
  options.options.now = "2027-03-01T00:00:00Z";
  const EngineOptions plain = options.options;
  const Reports late = run({input}, options);
  CHECK(late == writ::testing::run({input}, plain));
  CHECK(late.ndjson != early.ndjson);
}

TEST_CASE("options that change verdicts have a cache of their own") {
  const Folder folder;
  const std::string input = folder.write("a.ndjson", lines_of(rows()));
  for (int i = 0; i < 5; ++i) {
    Cached options = with_cache(folder);
    options.options.assume_complete = i == 1;
    options.options.details_full = i == 2;
    options.options.manual_default = i == 3;
    if (i == 4) options.options.context_json = R"({"subscription":{"displayName":"given"}})";
    const EngineOptions plain = options.options;
    INFO(i);
    CHECK(run({input}, options) == writ::testing::run({input}, plain));
    CHECK(files_of(folder).size() == static_cast<std::size_t>(i + 1));
  }
}

TEST_CASE("a damaged or truncated cache is left aside") {
  const Folder folder;
  const std::string input = folder.write("a.ndjson", lines_of(rows()));
  const Cached options = with_cache(folder);
  const Reports plain = run({input}, options);
  const std::string path = files_of(folder).at(0);
  const std::string good = read_file(path);
  std::size_t noticed = 0;
  std::mt19937 random(3);
  for (int i = 0; i < 60; ++i) {
    std::string bad = good;
    if (i % 4 == 0)
      bad.resize(random() % bad.size());
    else
      bad[i < 30 ? static_cast<std::size_t>(i) * 11 : random() % bad.size()] ^=
          static_cast<char>(1 + random() % 255);
    write_file(path, bad);
    const Reports reports = run({input}, options);
    CHECK(reports == plain);
    noticed += reports.cache_problems.empty() ? 0 : 1;
    // The cache is whole again, or gone.
    if (fs::exists(path)) CHECK(run({input}, options).cache_problems.empty());
  }
  // What lies in the hash table or in unused bytes need not be noticed.
  CHECK(noticed > 30);
  write_file(path, "something else");
  CHECK(run({input}, options) == plain);
}

TEST_CASE("runs at the same time do not disturb each other") {
  std::mt19937 random(5);
  const Folder folder;
  std::vector<std::string> inputs;
  std::vector<Reports> plain;
  for (int i = 0; i < 3; ++i) {
    inputs.push_back(folder.write(std::to_string(i) + ".ndjson", lines_of(changed(rows(), random, 40))));
    plain.push_back(writ::testing::run({inputs.back()}, options_of_tests()));
  }
  const Cached options = with_cache(folder);
  std::vector<Reports> found(9);
  {
    std::vector<std::jthread> running;
    for (std::size_t t = 0; t < 3; ++t)
      running.emplace_back([&, t] {
        for (std::size_t round = 0; round < 3; ++round)
          found[t * 3 + round] = run({inputs[(t + round) % 3]}, options);
      });
  }
  for (std::size_t t = 0; t < 3; ++t)
    for (std::size_t round = 0; round < 3; ++round)
      CHECK(found[t * 3 + round] == plain[(t + round) % 3]);
}

TEST_CASE("a cache has a limit, and a folder that cannot be written is said") {
  const Folder folder;
  const std::string input = folder.write("a.ndjson", lines_of(rows()));
  Cached options = with_cache(folder);
  options.records.cache_bytes = 1000;
  const Reports plain = writ::testing::run({input}, options_of_tests());
  Reports reports = run({input}, options);
  CHECK(reports == plain);
  CHECK(reports.cache_problems.size() == 1);
  CHECK(files_of(folder).empty());
  // Two caches that do not fit: the older one goes.
  options.records.cache_bytes = std::uint64_t{1} << 30;
  run({input}, options);
  const auto first = files_of(folder);
  options.records.cache_bytes = fs::file_size(first.at(0)) + 5000;
  options.options.assume_complete = true;
  run({input}, options);
  CHECK(files_of(folder).size() == 1);
  CHECK(files_of(folder) != first);
  options.records.cache_folder = folder.write("file", "no folder") + "/below";
  options.options.assume_complete = false;
  reports = run({input}, options);
  CHECK(reports == plain);
  CHECK_FALSE(reports.cache_problems.empty());
}
