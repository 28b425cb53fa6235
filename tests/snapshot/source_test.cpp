// SPDX-License-Identifier: MIT
// Folders, patterns, streams, long lines, many chunks.
#include "read_all.h"
#include "snapshot/scan.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <unistd.h>

using namespace writ;
using namespace writ::snapshot;
using namespace writ::snapshot::testing;

namespace {

/// A folder that goes away with the test.
class TemporaryFolder {
public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "writ-snapshot-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  std::string add(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return file.string();
  }
  [[nodiscard]] const std::string& path() const { return path_; }

private:
  std::string path_;
};

std::string row(std::size_t number, std::size_t padding = 0) {
  return "{\"id\":\"x" + std::to_string(number) + "\",\"type\":\"T/t\",\"pad\":\"" +
         std::string(padding, 'p') + "\"}";
}

void check_numbered(const ReadResult& result, std::size_t count, std::uint64_t first_line,
                    std::uint64_t step) {
  REQUIRE(result.resources.size() == count);
  for (std::size_t i = 0; i < count; ++i) {
    REQUIRE(result.resources[i].id == "x" + std::to_string(i));
    REQUIRE(result.resources[i].line == first_line + step * i);
  }
  CHECK(result.diagnostics.empty());
}

} // namespace

TEST_CASE("a folder is read in the order of its paths, a pattern likewise", "[snapshot]") {
  const TemporaryFolder folder;
  folder.add("b.json", row(2));
  folder.add("a/z.ndjson", row(0) + "\n" + row(1) + "\n");
  folder.add("a/readme.md", "not read");
  folder.add("c.jsonl", row(3));
  const auto ids = [](const ReadResult& result) {
    std::string all;
    for (const ReadResource& resource : result.resources)
      all += resource.id + " ";
    return all;
  };
  CHECK(ids(read_all({Input::path(folder.path())})) == "x0 x1 x2 x3 ");
  CHECK(ids(read_all({Input::path(folder.path() + "/*.json*")})) == "x2 x3 ");
  CHECK(ids(read_all({Input::path(folder.path() + "/**/*.ndjson")})) == "x0 x1 ");
  CHECK(ids(read_all({Input::path(folder.path() + "/c.jsonl"), Input::path(folder.path() + "/b.json")})) ==
        "x3 x2 ");
}

TEST_CASE("what cannot be opened is reported, the rest is read", "[snapshot]") {
  const TemporaryFolder folder;
  const std::string good = folder.add("good.json", row(0));
  const ReadResult result = read_all({Input::path(folder.path() + "/absent.json"),
                                      Input::path(folder.path() + "/*.none"), Input::path(good)});
  CHECK(result.resources.size() == 1);
  REQUIRE(result.diagnostics.size() == 2);
  for (const Diagnostic& d : result.diagnostics)
    CHECK(d.code == Code::InputUnreadable);
  const TemporaryFolder empty;
  CHECK(read_all({Input::path(empty.path())}).diagnostics.size() == 1);
}

TEST_CASE("lines are streamed in chunks with their line numbers and offsets", "[snapshot]") {
  constexpr std::size_t kRows = 3000;
  std::string text;
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < kRows; ++i) {
    begins.push_back(text.size());
    text += row(i, i % 1000) + "\n";
  }
  const TemporaryFolder folder;
  const std::string file = folder.add("many.ndjson", text);
  const ReadResult result = read_all({Input::path(file)});
  CHECK(result.chunks > 2);
  check_numbered(result, kRows, 1, 1);
  for (std::size_t i = 0; i < kRows; ++i)
    REQUIRE(result.resources[i].begin == begins[i]);
}

TEST_CASE("a stream that arrives in pieces reads like a file", "[snapshot]") {
  constexpr std::size_t kRows = 2000;
  for (const bool array : {false, true}) {
    std::string text = array ? "[" : "";
    for (std::size_t i = 0; i < kRows; ++i)
      text += (array && i > 0 ? ",\n" : "") + row(i, 700) + (array ? "" : "\n");
    if (array) text += "]\n";
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    std::thread writer([&] {
      for (std::size_t at = 0; at < text.size();) {
        const ssize_t put = ::write(ends[1], text.data() + at, std::min<std::size_t>(777, text.size() - at));
        if (put <= 0) break;
        at += static_cast<std::size_t>(put);
      }
      ::close(ends[1]);
    });
    const ReadResult result = read_all({Input::descriptor(ends[0], "pipe")});
    writer.join();
    ::close(ends[0]);
    check_numbered(result, kRows, 1, 1);
  }
}

TEST_CASE("a line longer than a chunk is one line", "[snapshot]") {
  const TemporaryFolder folder;
  const std::string text = row(0) + "\n" + row(1, 3 * kChunkBytes) + "\n" + row(2) + "\n";
  check_numbered(read_all({Input::path(folder.add("long.ndjson", text))}), 3, 1, 1);
}

TEST_CASE("a big array and a big page are split into chunks", "[snapshot]") {
  constexpr std::size_t kRows = 2000;
  for (const std::string open : {"[\n", "{\"count\":2000,\"data\":[\n"}) {
    std::string text = open;
    for (std::size_t i = 0; i < kRows; ++i)
      text += row(i, 800) + (i + 1 < kRows ? ",\n" : "\n");
    text += open[0] == '[' ? "]" : "],\"total_records\":2000}";
    const TemporaryFolder folder;
    const ReadResult result = read_all({Input::path(folder.add("big.json", text))});
    CHECK(result.chunks > 2);
    check_numbered(result, kRows, 2, 1);
    if (open[0] == '{') {
      REQUIRE(result.pages.size() == 1);
      CHECK(result.pages[0].rows == kRows);
      CHECK(result.pages[0].page.total == kRows);
    }
  }
}

TEST_CASE("documents of any length in a row keep their lines", "[snapshot]") {
  std::string text;
  for (std::size_t i = 0; i < 300; ++i)
    text += "{\n\"id\":\"x" + std::to_string(i) + "\",\n\"type\":\"T/t\",\"pad\":\"" +
            std::string(i * 40, 'p') + "\"\n}\n";
  const TemporaryFolder folder;
  check_numbered(read_all({Input::path(folder.add("rows.json", text))}), 300, 1, 4);
}

TEST_CASE("a file that ends at a page boundary is read to its last byte", "[snapshot]") {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  for (const std::size_t size : {page, 2 * page, page - 1, page + 1}) {
    const std::string frame = "[\n" + row(0) + "\n]";
    const std::string text = "[\n" + row(0, size - frame.size()) + "\n]";
    REQUIRE(text.size() == size);
    const TemporaryFolder folder;
    check_numbered(read_all({Input::path(folder.add("edge.json", text))}), 1, 2, 1);
  }
}

TEST_CASE("a descriptor is read from where it stands", "[snapshot]") {
  for (const std::size_t padding : {std::size_t{0}, kChunkBytes}) {
    const TemporaryFolder folder;
    const std::string skipped = "{\"id\":\"skipped\",\"type\":\"T/t\"}\n";
    const std::string file =
        folder.add("rest.ndjson", skipped + row(0, padding) + "\n" + row(1, padding) + "\n");
    const int descriptor = ::open(file.c_str(), O_RDONLY);
    REQUIRE(descriptor >= 0);
    REQUIRE(::lseek(descriptor, static_cast<off_t>(skipped.size()), SEEK_SET) > 0);
    check_numbered(read_all({Input::descriptor(descriptor, "rest")}), 2, 1, 1);
    ::close(descriptor);
  }
}
