// SPDX-License-Identifier: MIT
#include "forms.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <unistd.h>

namespace writ::testing {

namespace {

std::string joined(const std::vector<std::string>& rows, std::size_t begin, std::size_t end,
                   const char* between) {
  std::string text;
  for (std::size_t i = begin; i < end; ++i)
    (text += i == begin ? "" : between) += rows[i];
  return text;
}

} // namespace

FormedInput::FormedInput(const std::vector<std::string>& rows, Form form) {
  const std::string lines = joined(rows, 0, rows.size(), "\n") + "\n";
  switch (form) {
  case Form::Lines:
    add_file(".ndjson", lines);
    break;
  case Form::LinesInMemory:
    inputs_.push_back(Input::of_text("lines", lines));
    inputs_.back().format = InputFormat::Lines;
    break;
  case Form::LinesFromPipe:
    add_pipe(lines);
    inputs_.back().format = InputFormat::Lines;
    break;
  case Form::Array:
    add_file(".json", "[\n" + joined(rows, 0, rows.size(), ",\n") + "\n]\n");
    break;
  case Form::ArrayFromPipe:
    add_pipe("[" + joined(rows, 0, rows.size(), " , ") + "]");
    break;
  case Form::Pages: {
    std::string text;
    constexpr std::size_t kRows = 100;
    for (std::size_t at = 0; at < rows.size(); at += kRows) {
      const std::size_t end = std::min(at + kRows, rows.size());
      text +=
          "{\"count\":" + std::to_string(end - at) + ",\"data\":[" + joined(rows, at, end, ",\n") + "]}\n";
    }
    add_file(".json", text);
    break;
  }
  case Form::Documents:
    add_pipe(joined(rows, 0, rows.size(), "\n\n"));
    inputs_.back().format = InputFormat::Documents;
    break;
  }
}

FormedInput::~FormedInput() {
  if (writer_.joinable()) writer_.join();
  if (read_end_ >= 0) ::close(read_end_);
  if (!path_.empty()) std::filesystem::remove(path_);
}

void FormedInput::add_file(const char* ending, const std::string& text) {
  std::string name = (std::filesystem::temp_directory_path() / "writ-fused-XXXXXX").string();
  const int file = ::mkstemp(name.data());
  if (file >= 0) ::close(file);
  path_ = name + ending;
  std::filesystem::rename(name, path_);
  std::ofstream(path_, std::ios::binary) << text;
  inputs_.push_back(Input::path(path_));
}

void FormedInput::add_pipe(std::string text) {
  int ends[2] = {-1, -1};
  if (::pipe(ends) != 0) std::abort();
  read_end_ = ends[0];
  writer_ = std::thread([end = ends[1], text = std::move(text)] {
    // Pieces of odd sizes, so that everything is cut somewhere.
    for (std::size_t at = 0, piece = 1; at < text.size(); piece = piece * 7 % 9973) {
      const ssize_t put = ::write(end, text.data() + at, std::min(piece, text.size() - at));
      if (put <= 0) break;
      at += static_cast<std::size_t>(put);
    }
    ::close(end);
  });
  inputs_.push_back(Input::descriptor(read_end_, "pipe"));
}

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream in(path, std::ios::binary);
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) lines.push_back(line);
  return lines;
}

std::vector<std::string> damaged(const std::vector<std::string>& rows, unsigned seed) {
  std::mt19937 random(seed);
  const auto pick = [&](std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
  };
  std::vector<std::string> out;
  for (std::string row : rows) {
    switch (pick(12)) {
    case 0:
      row.resize(pick(row.size()));
      break;
    case 1:
      row[pick(row.size())] = static_cast<char>(pick(256));
      break;
    case 2:
      row.insert(1,
                 R"("Properties":{"disableLocalAuth":true},"TYPE":"Microsoft.CognitiveServices/accounts",)");
      break;
    case 3:
      row.insert(row.size() - 1, R"(,"properties":null,"type":"Other/type")");
      break;
    case 4:
      row.insert(1, R"("deep":)" + std::string(1500, '[') + std::string(1500, ']') + ",");
      break;
    case 5:
      row.insert(1, R"("\u0070ad":"\ud83d\ude00 \u00e9 \"x\" 1e400","n":123456789012345678901234567890,)");
      break;
    case 6: {
      const std::size_t at = row.find("true");
      if (at != std::string::npos) row.replace(at, 4, R"(["true",null,{"a":1}])");
      break;
    }
    case 7: {
      const std::size_t at = row.find("\"properties\"");
      if (at != std::string::npos) row.replace(at, 12, "\"Properties\"");
      break;
    }
    case 8:
      row.insert(row.size() - 1, "\xC3\x28");
      break;
    case 9:
      for (std::size_t i = 0; i < 3; ++i)
        row.erase(pick(row.size()), 1);
      break;
    default:
      break; // whole
    }
    for (char& c : row)
      if (c == '\n' || c == '\0') c = ' ';
    if (row.find_first_not_of(" \t\r") != std::string::npos) out.push_back(row);
  }
  return out;
}

} // namespace writ::testing
