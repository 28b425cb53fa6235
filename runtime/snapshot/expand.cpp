// SPDX-License-Identifier: MIT
// Folders and patterns.
#include "snapshot/source.h"

#include "writ/files.h"
#include "writ/text.h"

#include <algorithm>
#include <array>

namespace writ::snapshot {

namespace {

bool is_snapshot_name(std::string_view path) {
  constexpr std::array<std::string_view, 3> kEndings = {".json", ".ndjson", ".jsonl"};
  return std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) {
    return path.size() >= ending.size() && equal_ascii_fold(path.substr(path.size() - ending.size()), ending);
  });
}

bool is_pattern(std::string_view path) { return path.find_first_of("*?") != std::string_view::npos; }

/// The folder that every match of the pattern is below.
std::string fixed_folder(std::string_view pattern) {
  const std::size_t wild = pattern.find_first_of("*?");
  const std::size_t slash = pattern.substr(0, wild).rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? "/" : std::string(pattern.substr(0, slash));
}

std::string_view without_dot(std::string_view path) {
  while (path.starts_with("./"))
    path.remove_prefix(2);
  return path;
}

Input file_of(const Input& input, std::string path) {
  Input file = Input::path(std::move(path));
  file.format = input.format;
  return file;
}

Diagnostic nothing_found(const Input& input, std::string what) {
  return Diagnostic(Code::InputUnreadable, {}, std::move(what)).at(input.name);
}

void expand_folder(const Input& input, const DiskFiles& disk, ExpandedInputs& out) {
  auto listed = disk.list(input.name);
  if (!listed) return out.diagnostics.push_back(listed.take_error());
  const std::size_t before = out.inputs.size();
  for (std::string& path : *listed)
    if (is_snapshot_name(path)) out.inputs.push_back(file_of(input, std::move(path)));
  if (out.inputs.size() == before)
    out.diagnostics.push_back(nothing_found(input, "the folder holds no .json, .ndjson or .jsonl file"));
}

void expand_pattern(const Input& input, const DiskFiles& disk, ExpandedInputs& out) {
  auto listed = disk.list(fixed_folder(input.name));
  if (!listed) return out.diagnostics.push_back(nothing_found(input, "no file matches `" + input.name + "`"));
  const std::size_t before = out.inputs.size();
  for (const std::string& path : *listed)
    if (matches_pattern(without_dot(input.name), without_dot(path)))
      out.inputs.push_back(file_of(input, std::string(without_dot(path))));
  if (out.inputs.size() == before)
    out.diagnostics.push_back(nothing_found(input, "no file matches `" + input.name + "`"));
}

} // namespace

bool matches_pattern(std::string_view pattern, std::string_view path) {
  // Iterative with one restart point per kind of star: linear in practice, never exponential.
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_text = 0;
  std::size_t deep = std::string_view::npos;
  std::size_t deep_text = 0;
  bool deep_segments = false;
  while (t < path.size()) {
    if (pattern.substr(p).starts_with("**")) {
      p += 2;
      deep_segments = p < pattern.size() && pattern[p] == '/'; // "**/x" matches "x" and "a/b/x", not "ax"
      if (deep_segments) ++p;
      deep = p;
      deep_text = t;
      star = std::string_view::npos;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      star_text = t;
    } else if (p < pattern.size() && (pattern[p] == path[t] || (pattern[p] == '?' && path[t] != '/'))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && path[star_text] != '/') {
      p = star;
      t = ++star_text;
    } else if (deep != std::string_view::npos) {
      star = std::string_view::npos;
      p = deep;
      ++deep_text;
      while (deep_segments && deep_text < path.size() && path[deep_text - 1] != '/')
        ++deep_text;
      t = deep_text;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*')
    ++p;
  return p == pattern.size();
}

ExpandedInputs expand(std::span<const Input> inputs) {
  ExpandedInputs out;
  const DiskFiles disk;
  for (const Input& input : inputs) {
    if (input.kind != Input::Kind::Path || input.name == "-" || disk.kind(input.name) == Files::Kind::File)
      out.inputs.push_back(input);
    else if (disk.kind(input.name) == Files::Kind::Folder)
      expand_folder(input, disk, out);
    else if (is_pattern(input.name))
      expand_pattern(input, disk, out);
    else
      out.inputs.push_back(input); // opening it says why it cannot be read
  }
  return out;
}

} // namespace writ::snapshot
