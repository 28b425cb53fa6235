// SPDX-License-Identifier: MIT
#include "writ/driver/diff.h"

#include <array>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace writ::driver {

namespace {

using json = nlohmann::ordered_json;

json parsed(const std::string& text) { return json::parse(text, nullptr, false); }

class TextWriter final : public DiffWriter {
public:
  TextWriter(std::ostream& out, bool all) : out_(out), all_(all) {}

  void control(const ControlChange& change) override {
    ++counts_[static_cast<std::size_t>(change.change)];
    if (change.change == Change::Same && change.metadata.empty() && !all_) return;
    out_ << fmt::format("{}  {}\n  {}\n", change.id, change.title, headline(change));
    if (change.witness) write_witness(*change.witness);
    write_lines(change.differences);
    write_lines(change.undecided_because);
    if (change.change == Change::Undecided && change.searched > 0)
      out_ << fmt::format("  {} resources around the constants of both: no difference\n", change.searched);
    if (!change.metadata.empty()) out_ << "  no verdict depends on:\n";
    for (const std::string& line : change.metadata)
      out_ << "    " << line << "\n";
  }

  void begin_snapshot() override { out_ << "\nsnapshot\n"; }
  void flip(const Flip& flip) override {
    std::string control = flip.control;
    if (!flip.initiative.empty()) control += " of initiative " + flip.initiative;
    if (!flip.assignment.empty()) control += " assigned by " + flip.assignment;
    out_ << fmt::format("  {}  {}  {} -> {}\n", control, flip.resource, writ::to_text(flip.before),
                        writ::to_text(flip.after));
  }
  void end_snapshot(const SnapshotDiff& snapshot) override {
    out_ << fmt::format("  {} verdict{} of {} resource{} changed\n", snapshot.flips,
                        snapshot.flips == 1 ? "" : "s", snapshot.resources,
                        snapshot.resources == 1 ? "" : "s");
  }
  void end() override {
    out_ << fmt::format("{} changed, {} undecided, {} the same, {} added, {} removed\n",
                        count(Change::Changed), count(Change::Undecided), count(Change::Same),
                        count(Change::Added), count(Change::Removed));
  }

private:
  [[nodiscard]] std::size_t count(Change change) const { return counts_[static_cast<std::size_t>(change)]; }

  static std::string headline(const ControlChange& change) {
    std::string text(to_text(change.change));
    if (change.change == Change::Same && change.undecided_because.empty()) {
      text = "same meaning, proved";
      for (std::size_t i = 0; i < change.assumptions.size(); ++i)
        text += (i == 0 ? ": " : "; ") + change.assumptions[i];
    }
    if (change.witness)
      text += fmt::format(": {} became {}", writ::to_text(change.witness->before),
                          writ::to_text(change.witness->after));
    return text;
  }

  void write_lines(const std::vector<std::string>& lines) {
    for (const std::string& line : lines)
      out_ << "  " << line << "\n";
  }

  void write_witness(const ShownWitness& shown) {
    out_ << "    " << shown.witness.resource_json << "\n";
    for (const std::string& other : shown.witness.beside_json)
      out_ << "    beside " << other << "\n";
    for (const auto& [name, text] : shown.witness.parameters)
      out_ << fmt::format("    with {} = {}\n", name, text);
  }

  std::ostream& out_;
  bool all_;
  std::array<std::size_t, 5> counts_{};
};

/// {"controls":[…],"snapshot":{"flips":[…],"resources":n,"count":n},"summary":{…}}, written as it comes.
class JsonWriter final : public DiffWriter {
public:
  JsonWriter(std::ostream& out, bool all) : out_(out), all_(all) { out_ << "{\"controls\":["; }

  void control(const ControlChange& change) override {
    ++counts_[static_cast<std::size_t>(change.change)];
    if (change.change == Change::Same && change.metadata.empty() && !all_) return;
    json item = {{"id", change.id}, {"title", change.title}, {"change", to_text(change.change)}};
    if (change.witness) {
      const ShownWitness& shown = *change.witness;
      item["before"] = writ::to_text(shown.before);
      item["after"] = writ::to_text(shown.after);
      item["foundBy"] = shown.searched ? "search" : "proof";
      item["witness"] = parsed(shown.witness.resource_json);
      for (const std::string& other : shown.witness.beside_json)
        item["beside"].push_back(parsed(other));
      for (const auto& [name, text] : shown.witness.parameters)
        item["parameters"][name] = parsed(text);
    }
    add(item, "differences", change.differences);
    add(item, "undecidedBecause", change.undecided_because);
    add(item, "assumptions", change.assumptions);
    add(item, "metadata", change.metadata);
    if (change.searched > 0) item["searched"] = change.searched;
    out_ << (first_ ? "\n" : ",\n") << item.dump();
    first_ = false;
  }
  void begin_snapshot() override {
    out_ << "],\n\"snapshot\":{\"flips\":[";
    in_snapshot_ = first_ = true;
  }
  void flip(const Flip& flip) override {
    json item = {{"control", flip.control}};
    if (!flip.initiative.empty()) item["initiative"] = flip.initiative;
    if (!flip.assignment.empty()) item["assignment"] = flip.assignment;
    item["resource"] = flip.resource;
    item["file"] = flip.file;
    item["line"] = flip.line;
    item["before"] = writ::to_text(flip.before);
    item["after"] = writ::to_text(flip.after);
    out_ << (first_ ? "\n" : ",\n") << item.dump();
    first_ = false;
  }
  void end_snapshot(const SnapshotDiff& snapshot) override {
    out_ << "],\n\"resources\":" << snapshot.resources << ",\"count\":" << snapshot.flips
         << ",\"incomplete\":" << (snapshot.incomplete ? "true" : "false") << "}";
  }
  void end() override {
    if (!in_snapshot_) out_ << "]";
    json summary;
    for (std::size_t i = 0; i < counts_.size(); ++i)
      summary[std::string(to_text(static_cast<Change>(i)))] = counts_[i];
    out_ << ",\n\"summary\":" << summary.dump() << "}\n";
  }

private:
  static void add(json& item, const char* name, const std::vector<std::string>& lines) {
    if (!lines.empty()) item[name] = lines;
  }
  std::ostream& out_;
  bool all_;
  bool first_ = true;
  bool in_snapshot_ = false;
  std::array<std::size_t, 5> counts_{};
};

} // namespace

std::unique_ptr<DiffWriter> make_diff_writer(std::string_view format, std::ostream& out, bool all) {
  if (format == "text") return std::make_unique<TextWriter>(out, all);
  if (format == "json") return std::make_unique<JsonWriter>(out, all);
  return nullptr;
}

} // namespace writ::driver
