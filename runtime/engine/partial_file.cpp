// SPDX-License-Identifier: MIT
#include "engine/partial_file.h"

#include "engine/result_codec.h"
#include "engine/run_key.h"
#include "engine/wire.h"
#include "writ/bytecode/bundle.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>

namespace writ {

namespace {

constexpr std::string_view kMagic = "WRITPART";
constexpr std::uint64_t kVersion = 3;

/// At the very end: where the foot begins, its checksum, and the magic word again.
struct Trailer {
  std::uint64_t foot = 0;
  std::uint64_t head_checksum = 0;
  std::uint64_t foot_checksum = 0;
  std::uint64_t head_bytes = 0;
  std::array<char, 8> magic{};
};

void put_digest(wire::Writer& out, const cache::Digest& digest) {
  out.number(digest.low);
  out.number(digest.high);
}
cache::Digest get_digest(wire::Reader& in) {
  const std::uint64_t low = in.number();
  return {low, in.number()};
}

/// The options that verdicts and findings depend on, in one place for both directions.
template <class Each> void each_option(EngineOptions& options, const Each& each) {
  each(options.assume_complete);
  each(options.evidence);
  each(options.details_full);
  each(options.manual_default);
  each(options.all_not_applicable);
}

std::string head_of(const Engine::State& state) {
  std::string head(kMagic);
  wire::Writer out(head);
  out.number(kVersion);
  put_digest(out, merge_key(state));
  EngineOptions options = state.options;
  out.text(options.now);
  out.text(options.context_json);
  out.number(options.deliver);
  each_option(options, [&](bool option) { out.number(option ? 1 : 0); });
  out.number(state.bundles.size());
  for (const PreparedBundle& bundle : state.bundles) {
    const bc::Program& program = bundle.program();
    out.text(bundle.state->name);
    out.text(bc::store_program(program));
    std::vector<std::uint32_t> open;
    for (std::uint32_t p = 0; p < program.parameters.size(); ++p)
      if (!program.parameters[p].bound && !bundle.state->image.parameter(p).is(ValueKind::Missing))
        open.push_back(p);
    out.number(open.size());
    for (const std::uint32_t p : open) {
      out.number(p);
      out.text(to_json(bundle.state->image.parameter(p)));
    }
  }
  return head;
}

bool read_head(std::string_view head, PartialRun& run) {
  if (!head.starts_with(kMagic)) return false;
  wire::Reader in(head.substr(kMagic.size()));
  if (in.number() != kVersion) return false;
  run.key = get_digest(in);
  run.options.now = in.text();
  run.options.context_json = in.text();
  run.options.deliver = static_cast<std::uint32_t>(in.number());
  each_option(run.options, [&](bool& option) { option = in.number() != 0; });
  const std::size_t programs = in.count();
  for (std::size_t i = 0; i < programs && !in.failed(); ++i) {
    PartialRun::Program& program = run.programs.emplace_back();
    program.name = in.text();
    program.bytes = in.text();
    const std::size_t parameters = in.count();
    for (std::size_t p = 0; p < parameters && !in.failed(); ++p) {
      const auto number = static_cast<std::uint32_t>(in.number());
      program.parameters.emplace_back(number, std::string(in.text()));
    }
  }
  return in.at_end();
}

void put_diagnostic(wire::Writer& out, const Diagnostic& diagnostic) {
  out.text(info(diagnostic.code).number);
  out.number(static_cast<std::uint64_t>(diagnostic.severity));
  out.text(diagnostic.message);
  out.text(diagnostic.file);
  out.number(diagnostic.line);
  out.number(diagnostic.column);
  out.number(diagnostic.notes.size());
  for (const std::string& note : diagnostic.notes)
    out.text(note);
}

bool get_diagnostic(wire::Reader& in, std::vector<Diagnostic>& into) {
  const CodeInfo* code = find_code(in.text());
  if (code == nullptr) return false;
  const std::uint64_t severity = in.number();
  Diagnostic& diagnostic = into.emplace_back(code->code, Span{}, std::string(in.text()));
  diagnostic.severity = static_cast<Severity>(severity % 3);
  diagnostic.file = in.text();
  diagnostic.line = in.number();
  diagnostic.column = in.number();
  const std::size_t notes = in.count();
  for (std::size_t i = 0; i < notes && !in.failed(); ++i)
    diagnostic.notes.emplace_back(in.text());
  return !in.failed();
}

void put_page(wire::Writer& out, const snapshot::PageNote& note) {
  out.number(note.page.count.has_value() ? *note.page.count + 1 : 0);
  out.number(note.page.total.has_value() ? *note.page.total + 1 : 0);
  out.number((note.page.continues ? 1U : 0U) | (note.page.truncated ? 2U : 0U));
  out.number(static_cast<std::uint64_t>(note.envelope));
  out.number(note.rows);
  out.number(note.line);
}

snapshot::PageNote get_page(wire::Reader& in) {
  snapshot::PageNote note;
  if (const std::uint64_t count = in.number(); count > 0) note.page.count = count - 1;
  if (const std::uint64_t total = in.number(); total > 0) note.page.total = total - 1;
  const std::uint64_t flags = in.number();
  note.page.continues = (flags & 1) != 0;
  note.page.truncated = (flags & 2) != 0;
  note.envelope = static_cast<snapshot::Envelope>(in.number());
  note.rows = in.number();
  note.line = in.number();
  return note;
}

bool is_used(const ControlSummary& control) {
  return control.applicable > 0 || std::any_of(std::begin(control.counts), std::end(control.counts),
                                               [](std::uint64_t count) { return count > 0; });
}

template <class Counts, class Each> void each_count(Counts& counts, const Each& each) {
  each(counts.lines);
  each(counts.resources);
  each(counts.skipped);
  each(counts.damaged);
  each(counts.untyped);
  each(counts.first_untyped);
  each(counts.not_exported);
}

void put_tally(wire::Writer& out, const Tally& tally) {
  for (const auto& bundle : tally.controls) {
    std::uint64_t used = 0;
    for (const ControlSummary& control : bundle)
      if (is_used(control)) ++used;
    out.number(used);
    for (std::size_t c = 0; c < bundle.size(); ++c) {
      if (!is_used(bundle[c])) continue;
      out.number(c);
      for (const std::uint64_t count : bundle[c].counts)
        out.number(count);
      out.number(bundle[c].applicable);
    }
  }
  out.number(tally.types.size());
  for (const auto& [type, number] : tally.types) {
    out.text(type);
    out.number(number);
  }
}

bool get_tally(wire::Reader& in, Tally& tally) {
  for (auto& bundle : tally.controls) {
    const std::size_t used = in.count();
    for (std::size_t i = 0; i < used; ++i) {
      const std::uint64_t number = in.number();
      if (in.failed() || number >= bundle.size()) return false;
      for (std::uint64_t& count : bundle[number].counts)
        count = in.number();
      bundle[number].applicable = in.number();
    }
  }
  const std::size_t types = in.count();
  for (std::size_t i = 0; i < types && !in.failed(); ++i) {
    std::string type(in.text());
    tally.types[std::move(type)] += in.number();
  }
  return !in.failed();
}

} // namespace

PartialWriter::PartialWriter(const Engine::State& state, const std::string& path)
    : state_(state), path_(path), file_(path, true) {
  file_.put(head_of(state));
}

void PartialWriter::begin_input(const std::string& name, bool has_file) {
  end_input();
  in_input_ = true;
  contents_ = cache::DigestStream();
  inputs_.push_back({name, {}, has_file, file_.size(), 0});
}

void PartialWriter::end_input() {
  if (!in_input_) return;
  in_input_ = false;
  inputs_.back().contents = contents_.digest();
  inputs_.back().end = file_.size();
}

void PartialWriter::add(const snapshot::Chunk& chunk, const ChunkResult& result, std::uint64_t shift) {
  if (chunk.file == nullptr)
    begin_input({}, false);
  else if (chunk.begins_file || !in_input_ || !inputs_.back().has_file)
    begin_input(chunk.file->name, true);
  for (const DocumentName& name : result.names) {
    contents_.add_number(name.line + shift);
    contents_.add_number(name.digest.low);
    contents_.add_number(name.digest.high);
  }
  std::string body;
  wire::Writer out(body);
  out.number((chunk.lines ? 1U : 0U) | (chunk.begins_file ? 2U : 0U) | (chunk.detected ? 4U : 0U));
  if (chunk.detected) {
    out.text(chunk.detected->format);
    out.text(chunk.detected->reason);
  }
  each_count(result.counts, [&](std::uint64_t count) { out.number(count); });
  out.number(chunk.diagnostics.size());
  for (const Diagnostic& diagnostic : chunk.diagnostics) {
    put_diagnostic(out, diagnostic);
    contents_.add_text(diagnostic.message);
    contents_.add_number(diagnostic.line == 0 ? 0 : diagnostic.line + shift);
  }
  std::string pages;
  wire::Writer page_out(pages);
  for (const snapshot::PageNote& page : chunk.pages)
    put_page(page_out, page);
  out.number(chunk.pages.size());
  body += pages;
  contents_.add(pages);
  put_tally(out, result.tally);
  std::string encoded;
  encode_result(encoded, result, state_, {});
  out.text(encoded);
  bytes_.clear();
  wire::Writer frame(bytes_);
  frame.number(cache::checksum_of(body));
  frame.text(body);
  file_.put(bytes_);
}

void PartialWriter::copy(const PartialInput& input, std::string_view chunks) {
  PartialInput copied = input;
  copied.begin = file_.size();
  file_.put(chunks);
  copied.end = file_.size();
  inputs_.push_back(std::move(copied));
}

Status PartialWriter::finish() {
  end_input();
  std::string foot;
  wire::Writer out(foot);
  out.number(inputs_.size());
  for (const PartialInput& input : inputs_) {
    out.text(input.name);
    put_digest(out, input.contents);
    out.number(input.has_file ? 1 : 0);
    out.number(input.begin);
    out.number(input.end);
  }
  const std::string head = head_of(state_);
  Trailer trailer;
  trailer.foot = file_.size();
  trailer.head_checksum = cache::checksum_of(head);
  trailer.foot_checksum = cache::checksum_of(foot);
  trailer.head_bytes = head.size();
  std::memcpy(trailer.magic.data(), kMagic.data(), trailer.magic.size());
  file_.put(foot);
  file_.put({reinterpret_cast<const char*>(&trailer), sizeof trailer});
  if (file_.finish()) return Done{};
  return Diagnostic(Code::FileUnwritable, {}, "cannot write `" + path_ + "`: " + file_.problem()).at(path_);
}

Result<PartialFile> PartialFile::open(const std::string& path) {
  const auto unreadable = [&](const std::string& why) {
    return Diagnostic(Code::FileUnreadable, {}, "`" + path + "` cannot be read: " + why).at(path);
  };
  PartialFile file;
  std::string problem;
  bool absent = false;
  file.file_ = cache::MappedFile::open(path, problem, absent);
  if (file.file_ == nullptr) return unreadable(problem);
  const std::string_view text = file.file_->text();
  if (!text.starts_with(kMagic)) return unreadable("it is no partial result (`writ eval --partial-result`)");
  Trailer trailer;
  if (text.size() < sizeof trailer) return unreadable("it is truncated");
  std::memcpy(&trailer, text.data() + text.size() - sizeof trailer, sizeof trailer);
  const std::uint64_t body = text.size() - sizeof trailer;
  if (std::string_view(trailer.magic.data(), trailer.magic.size()) != kMagic || trailer.foot > body ||
      trailer.head_bytes > trailer.foot)
    return unreadable("it is truncated");
  const std::string_view head = text.substr(0, trailer.head_bytes);
  const std::string_view foot = text.substr(trailer.foot, body - trailer.foot);
  if (cache::checksum_of(head) != trailer.head_checksum || cache::checksum_of(foot) != trailer.foot_checksum)
    return unreadable("it is damaged");
  if (!read_head(head, file.run_)) return unreadable("it has the format of another version");
  wire::Reader in(foot);
  const std::size_t inputs = in.count();
  for (std::size_t i = 0; i < inputs && !in.failed(); ++i) {
    PartialInput input;
    input.name = in.text();
    input.contents = get_digest(in);
    input.has_file = in.number() != 0;
    input.begin = in.number();
    input.end = in.number();
    if (input.begin < trailer.head_bytes || input.begin > input.end || input.end > trailer.foot) in.fail();
    file.inputs_.push_back(std::move(input));
  }
  if (!in.at_end()) return unreadable("it is damaged");
  return file;
}

bool PartialFile::next(std::string_view& chunks, const Engine::State& state, const snapshot::SourceFile* file,
                       PartialChunk& out) {
  wire::Reader frame(chunks);
  const std::uint64_t checksum = frame.number();
  const std::string_view body = frame.text();
  if (frame.failed() || cache::checksum_of(body) != checksum) return false;
  chunks.remove_prefix(static_cast<std::size_t>(body.data() + body.size() - chunks.data()));
  wire::Reader in(body);
  out = PartialChunk();
  const std::uint64_t flags = in.number();
  out.chunk.file = file;
  out.chunk.lines = (flags & 1) != 0;
  out.chunk.begins_file = (flags & 2) != 0;
  if ((flags & 4) != 0) {
    snapshot::Detection& detected = out.chunk.detected.emplace();
    detected.format = in.text();
    detected.reason = in.text();
  }
  each_count(out.result.counts, [&](std::uint64_t& count) { count = in.number(); });
  const std::size_t diagnostics = in.count();
  for (std::size_t i = 0; i < diagnostics; ++i)
    if (!get_diagnostic(in, out.chunk.diagnostics)) return false;
  const std::size_t pages = in.count();
  for (std::size_t i = 0; i < pages && !in.failed(); ++i)
    out.chunk.pages.push_back(get_page(in));
  out.result.tally = make_tally(state);
  if (!get_tally(in, out.result.tally)) return false;
  const std::string_view encoded = in.text();
  ResultPlace place;
  place.file = file == nullptr ? nullptr : &file->name;
  return in.at_end() && decode_result(encoded, out.result, state, place);
}

} // namespace writ
