// SPDX-License-Identifier: MIT
#include "engine/bundle_state.h"
#include "engine/delivery.h"
#include "engine/partial_file.h"
#include "writ/partial.h"
#include "writ/semantics/parameter_value.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <tuple>

namespace writ {

struct PartialResults::State {
  std::vector<PartialFile> files;
  std::vector<Bundle> bundles;
  EngineOptions options;
  struct Part {
    const PartialFile* file = nullptr;
    const PartialInput* input = nullptr;
  };
  std::vector<Part> parts; // each input once, in order
};

namespace {

/// Inputs with the same contents, in one file or in several: those of one file count, so that a run that was
/// repeated counts once and a run that read two copies still counts both. Which file it is does not depend on
/// the order of the files.
std::vector<PartialResults::State::Part> choose(const std::vector<PartialFile>& files) {
  using Part = PartialResults::State::Part;
  const auto less = [](const cache::Digest& a, const cache::Digest& b) {
    return std::tie(a.low, a.high) < std::tie(b.low, b.high);
  };
  std::map<cache::Digest, std::vector<Part>, decltype(less)> chosen(less);
  const auto by_name = [](const Part& a, const Part& b) { return a.input->name < b.input->name; };
  for (const PartialFile& file : files) {
    std::map<cache::Digest, std::vector<Part>, decltype(less)> here(less);
    for (const PartialInput& input : file.inputs())
      here[input.contents].push_back({&file, &input});
    for (auto& [contents, parts] : here) {
      std::stable_sort(parts.begin(), parts.end(), by_name);
      std::vector<Part>& best = chosen[contents];
      const auto before = [&](const std::vector<Part>& a, const std::vector<Part>& b) {
        if (a.size() != b.size()) return a.size() > b.size();
        return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), by_name);
      };
      if (best.empty() || before(parts, best)) best = parts;
    }
  }
  std::vector<Part> all;
  for (const auto& [contents, parts] : chosen)
    all.insert(all.end(), parts.begin(), parts.end());
  std::stable_sort(all.begin(), all.end(), [&](const Part& a, const Part& b) {
    if (a.input->name != b.input->name) return a.input->name < b.input->name;
    return less(a.input->contents, b.input->contents);
  });
  return all;
}

Result<std::vector<Bundle>> load(const PartialRun& run) {
  std::vector<Bundle> bundles;
  for (const PartialRun::Program& program : run.programs) {
    const auto bytes = std::as_bytes(std::span(program.bytes.data(), program.bytes.size()));
    Result<Bundle> bundle = Bundle::load(bytes, program.name);
    if (!bundle.ok()) return bundle.take_error();
    Bundle::State& state = *bundle->state();
    const auto& parameters = state.image.program().parameters;
    for (const auto& [number, json] : program.parameters) {
      Value given;
      JsonError error;
      if (number >= parameters.size() ||
          !parse_json(state.parameter_values, state.parameter_values.copy(json), given, error))
        return Diagnostic(Code::FileUnreadable, {}, "a parameter of a partial result cannot be read");
      const auto type = static_cast<ParameterType>(parameters[number].type);
      state.image.set_parameter(number, coerce(type, given).value_or(given));
    }
    bundles.push_back(std::move(*bundle));
  }
  return bundles;
}

} // namespace

PartialResults::PartialResults(std::unique_ptr<State> state) : state_(std::move(state)) {}
PartialResults::~PartialResults() = default;
PartialResults::PartialResults(PartialResults&&) noexcept = default;
PartialResults& PartialResults::operator=(PartialResults&&) noexcept = default;

Result<PartialResults> PartialResults::open(const std::vector<std::string>& paths) {
  auto state = std::make_unique<State>();
  for (const std::string& path : paths) {
    Result<PartialFile> file = PartialFile::open(path);
    if (!file.ok()) return file.take_error();
    state->files.push_back(std::move(*file));
    if (state->files.back().run().key != state->files.front().run().key)
      return Diagnostic(Code::InvalidRunOption, {},
                        "`" + path + "` and `" + paths.front() +
                            "` are results of different controls, parameters or options")
          .at(path)
          .note("give every run the same -p, --param, --context, --now and --verdicts");
  }
  if (state->files.empty()) return Diagnostic(Code::FileUnreadable, {}, "there is no partial result");
  const PartialRun& run = state->files.front().run();
  state->options = run.options;
  Result<std::vector<Bundle>> bundles = load(run);
  if (!bundles.ok()) return bundles.take_error();
  state->bundles = std::move(*bundles);
  state->parts = choose(state->files);
  return PartialResults(std::move(state));
}

const std::vector<Bundle>& PartialResults::bundles() const { return state_->bundles; }
const EngineOptions& PartialResults::options() const { return state_->options; }

std::vector<std::string> PartialResults::inputs() const {
  std::vector<std::string> names;
  for (const State::Part& part : state_->parts)
    if (part.input->has_file) names.push_back(part.input->name);
  return names;
}

RunReport PartialResults::merge(const FindingSink& sink, RecordProblems& problems) const {
  const auto engine = make_engine_state(state_->bundles, state_->options);
  const Engine::State& state = *engine;
  RunReport report;
  add_problems(report, state, Severity::Error);
  const ProgressSink no_progress;
  Delivery delivery(report, sink, no_progress);
  Tally tally = make_tally(state);
  std::deque<snapshot::SourceFile> files;
  PartialChunk part;
  for (const State::Part& one : state_->parts) {
    files.push_back({one.input->name, static_cast<std::uint32_t>(files.size())});
    std::string_view chunks = one.file->chunks(*one.input);
    while (!chunks.empty()) {
      if (!PartialFile::next(chunks, state, one.input->has_file ? &files.back() : nullptr, part)) {
        problems.failures.add(Diagnostic(Code::FileUnreadable, {},
                                         "the partial result of `" + one.input->name + "` is damaged"));
        break;
      }
      tally.add(part.result.tally);
      delivery.deliver(part.chunk, part.result);
    }
  }
  delivery.finish(state, tally);
  add_problems(report, state, Severity::Warning);
  fill_counts(report, std::move(tally));
  return report;
}

Status PartialResults::write(const std::string& path) const {
  const auto engine = make_engine_state(state_->bundles, state_->options);
  PartialWriter writer(*engine, path);
  for (const State::Part& part : state_->parts)
    writer.copy(*part.input, part.file->chunks(*part.input));
  return writer.finish();
}

} // namespace writ
