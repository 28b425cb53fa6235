// SPDX-License-Identifier: MIT
// Findings that do not fit into memory come out as if they had.
#include "finding_sorter.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

using namespace writ;

namespace {

struct Kept {
  Finding finding;
  ResourceRef resource;
};

std::vector<Kept> make(std::size_t count, const std::vector<ControlRef>& controls) {
  std::mt19937 random(29);
  std::vector<Kept> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    Kept& one = out[i];
    one.finding.control = &controls[random() % controls.size()];
    one.resource.id = "/r/" + std::to_string(random() % 50); // many are equal
    one.resource.line = i;
    one.resource.name = std::string(random() % 40, 'n');
    one.finding.verdict = static_cast<Verdict>(random() % kVerdictCount);
    one.finding.reason = std::string(random() % 100, 'x');
    for (std::size_t m = 0; m < random() % 3; ++m)
      one.finding.messages.push_back("message " + std::to_string(m));
    for (std::size_t e = 0; e < random() % 3; ++e)
      one.finding.evidence.push_back({"/p", "f", "equals", "1", "2", e % 2 == 1});
  }
  return out;
}

std::string text_of(const Finding& f) {
  std::string text = std::string(f.control->id) + "|" + f.resource->id + "|" + f.resource->name + "|" +
                     std::to_string(f.resource->line) + "|" + std::string(to_text(f.verdict)) + "|" +
                     f.reason;
  for (const std::string& message : f.messages)
    text += "|" + message;
  for (const Evidence& e : f.evidence)
    text += "|" + e.pointer + e.field + e.operator_name + e.actual + e.expected + (e.negated ? "!" : "");
  return text;
}

} // namespace

TEST_CASE("runs on disk are merged in order") {
  std::vector<ControlRef> controls(4);
  const char* ids[] = {"B", "A", "C", "A"}; // two controls may have one id
  for (std::size_t i = 0; i < controls.size(); ++i)
    controls[i].id = ids[i];
  std::vector<Kept> all = make(5000, controls);
  std::vector<std::string> expected;
  {
    std::vector<Kept*> order;
    for (Kept& one : all) {
      one.finding.resource = &one.resource;
      order.push_back(&one);
    }
    std::stable_sort(order.begin(), order.end(), [](const Kept* a, const Kept* b) {
      if (a->finding.control->id != b->finding.control->id)
        return a->finding.control->id < b->finding.control->id;
      return a->resource.id < b->resource.id;
    });
    for (const Kept* one : order)
      expected.push_back(text_of(one->finding));
  }
  for (const std::size_t run_bytes :
       {std::size_t{1}, std::size_t{4000}, std::size_t{200'000}, std::size_t{1} << 30}) {
    driver::FindingSorter sorter(run_bytes);
    for (const Kept& one : all)
      sorter.add(one.finding);
    std::vector<std::string> found;
    REQUIRE(sorter.each([&](const Finding& f) { found.push_back(text_of(f)); }));
    INFO(run_bytes);
    CHECK(found == expected);
  }
  driver::FindingSorter nothing;
  CHECK(nothing.each([](const Finding&) { FAIL("there is none"); }));
}
