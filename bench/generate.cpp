// SPDX-License-Identifier: MIT
// Writes a snapshot to standard output.
// usage: writ_generate --sample FILE [--resources N | --bytes N] [--seed N] [--changed PERCENT] [--array]
#include "snapshot_text.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

int main(int argc, char** argv) {
  writ::bench::SnapshotOptions options;
  unsigned long long resources = ~0ull;
  unsigned long long bytes = ~0ull;
  bool array = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view option = argv[i];
    if (option == "--array") {
      array = true;
      continue;
    }
    if (i + 1 == argc) {
      std::fprintf(stderr, "writ_generate: %s needs a value\n", argv[i]);
      return 2;
    }
    const char* value = argv[++i];
    if (option == "--sample")
      options.sample = value;
    else if (option == "--resources")
      resources = std::strtoull(value, nullptr, 10);
    else if (option == "--bytes")
      bytes = std::strtoull(value, nullptr, 10);
    else if (option == "--seed")
      options.seed = static_cast<std::uint32_t>(std::strtoul(value, nullptr, 10));
    else if (option == "--changed")
      options.changed = static_cast<unsigned>(std::strtoul(value, nullptr, 10));
    else {
      std::fprintf(stderr, "writ_generate: unknown option %s\n", argv[i - 1]);
      return 2;
    }
  }
  if (resources == ~0ull && bytes == ~0ull) resources = 200'000;
  writ::bench::Snapshot snapshot(options);
  std::string line;
  unsigned long long written = 0;
  for (unsigned long long i = 0; i < resources && written < bytes; ++i) {
    snapshot.next(line);
    if (array) line.insert(0, i == 0 ? "[" : ",");
    line += '\n';
    written += line.size();
    if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) return 1;
  }
  if (array) std::fputs(written == 0 ? "[]\n" : "]\n", stdout);
  return std::fflush(stdout) == 0 ? 0 : 1;
}
