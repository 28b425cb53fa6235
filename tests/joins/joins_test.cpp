// SPDX-License-Identifier: MIT
// The one-pass evaluation of joins against nested loops, on random resources.
#include "writ/bytecode/program.h"
#include "writ/compiler.h"
#include "writ/engine.h"
#include "writ/semantics/truth.h"
#include "writ/text.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

namespace {

using nlohmann::json;
using namespace writ;

class Generator {
public:
  explicit Generator(unsigned seed) : random_(seed) {}
  std::size_t below(std::size_t count) { return random_() % count; }
  std::string word() {
    static const char* const kWords[] = {"a", "A", "b", "\xC3\x89", "\xC3\xA9", "long word"};
    return kWords[below(6)];
  }
  json words() {
    json out = json::array();
    for (std::size_t i = below(4); i > 0; --i)
      out.push_back(word());
    return out;
  }
  /// A resource with some of the members; now and then one that was exported without its properties.
  json resource(const char* type, const std::string& name, const json& members) {
    json out = {{"type", type}, {"name", name}, {"id", name}};
    if (below(8) == 0) {
      out["properties"] = nullptr;
      return out;
    }
    json properties = json::object();
    for (const auto& [key, value] : members.items())
      if (key == "most" || below(6) != 0) properties[key] = value;
    out["properties"] = properties;
    return out;
  }

private:
  std::mt19937 random_;
};

bool is_unknown(const json& resource) { return resource["properties"].is_null(); }
const json* member(const json& resource, const char* name) {
  const auto found = resource["properties"].find(name);
  return found == resource["properties"].end() ? nullptr : &*found;
}

/// Whether two members have a value in common; texts count as lists of one.
Truth share(const json& a, const char* a_name, const json& b, const char* b_name) {
  const auto nothing = [](const json& resource, const char* name) {
    if (is_unknown(resource)) return false;
    const json* value = member(resource, name);
    return value == nullptr || (value->is_array() && value->empty());
  };
  if (nothing(a, a_name) || nothing(b, b_name)) return Truth::False;
  if (is_unknown(a) || is_unknown(b)) return Truth::Unknown;
  const auto list = [](const json& value) { return value.is_array() ? value : json::array({value}); };
  const json left = list(*member(a, a_name));
  const json right = list(*member(b, b_name));
  for (const json& x : left)
    for (const json& y : right)
      if (equal_fold(x.get<std::string>(), y.get<std::string>())) return Truth::True;
  return Truth::False;
}

Truth is_on(const json& other) {
  if (is_unknown(other)) return Truth::Unknown;
  const json* state = member(other, "state");
  return truth_of(state != nullptr && *state == "on");
}

struct Range {
  int least = 0;
  int most = 0;
};

template <class Match> Range count(const std::vector<json>& others, const Match& match) {
  Range out;
  for (const json& other : others) {
    const Truth truth = match(other);
    out.least += truth == Truth::True;
    out.most += truth != Truth::False;
  }
  return out;
}

std::string verdict(bool always, bool never) {
  return always ? "compliant" : never ? "noncompliant" : "unknown";
}

std::map<std::string, std::string> by_nested_loops(const std::vector<json>& subjects,
                                                   const std::vector<json>& others) {
  std::map<std::string, std::string> out;
  for (const json& subject : subjects) {
    const std::string name = subject["name"];
    const Range some = count(others, [&](const json& other) {
      return truth_and(share(other, "owner", subject, "key"), is_on(other));
    });
    out["SOME " + name] = verdict(some.least > 0, some.most == 0);
    const Range none =
        count(others, [&](const json& other) { return share(other, "labels", subject, "key"); });
    out["NONE " + name] = verdict(none.most == 0, none.least > 0);
    const Range number = count(others, [&](const json& other) {
      return truth_and(share(other, "owner", subject, "keys"), share(other, "group", subject, "group"));
    });
    const int most = is_unknown(subject) ? 0 : member(subject, "most")->get<int>();
    out["COUNT " + name] =
        is_unknown(subject) ? "unknown" : verdict(number.most <= most, number.least > most);
  }
  return out;
}

std::map<std::string, std::string> by_engine(const Bundle& bundle, std::vector<json> resources,
                                             unsigned threads, unsigned order) {
  std::shuffle(resources.begin(), resources.end(), std::mt19937(order));
  std::vector<std::string> texts(3);
  for (std::size_t i = 0; i < resources.size(); ++i)
    texts[i * 3 / resources.size()] += resources[i].dump() + "\n";
  std::vector<Input> inputs;
  for (const std::string& text : texts)
    if (!text.empty()) inputs.push_back(Input::of_text("part", text));
  EngineOptions options;
  options.threads = threads;
  const Engine engine({bundle}, options);
  std::map<std::string, std::string> out;
  const RunReport report = engine.run(inputs, [&](const Finding& finding) {
    if (finding.verdict != Verdict::NotApplicable)
      out[std::string(finding.control->id) + " " + finding.resource->name] = to_text(finding.verdict);
  });
  CHECK(report.resources == resources.size());
  return out;
}

} // namespace

TEST_CASE("joins count what nested loops count", "[joins]") {
  CompileRequest request;
  request.sources = {WRIT_SOURCE_DIR "/tests/joins/controls.writ"};
  Compilation compilation = Compilation::compile(DiskFiles(), request);
  REQUIRE(compilation.ok());
  Result<Bundle> bundle = Bundle::from_program(compilation.program(), "joins");
  REQUIRE(bundle.ok());
  std::map<std::string, int> met;
  for (unsigned seed = 0; seed < 150; ++seed) {
    INFO("seed " << seed);
    Generator random(seed);
    std::vector<json> subjects;
    std::vector<json> others;
    for (std::size_t i = 1 + random.below(8); i > 0; --i)
      subjects.push_back(random.resource("Test.Join/subjects", "s" + std::to_string(i),
                                         {{"key", random.word()},
                                          {"keys", random.words()},
                                          {"group", random.word()},
                                          {"most", random.below(3)}}));
    for (std::size_t i = 1 + random.below(6); i > 0; --i)
      others.push_back(random.resource("Test.Join/others", "o" + std::to_string(i),
                                       {{"owner", random.word()},
                                        {"group", random.word()},
                                        {"labels", random.words()},
                                        {"state", random.below(2) == 0 ? "on" : "off"}}));
    std::vector<json> all = subjects;
    all.insert(all.end(), others.begin(), others.end());
    const auto expected = by_nested_loops(subjects, others);
    for (const auto& [pair, one] : expected)
      ++met[one];
    CHECK(by_engine(*bundle, all, 1, seed) == expected);
    CHECK(by_engine(*bundle, all, 3, seed + 1) == expected);
  }
  // A generator that never decides would prove nothing.
  for (const char* one : {"compliant", "noncompliant", "unknown"})
    CHECK(met[one] > 200);
}
