// SPDX-License-Identifier: MIT
// A program that links the runtime alone: loads a bundle that was built elsewhere and evaluates one resource.
// The test beside it checks that no parser and no YAML library came along.
#include "writ/engine.h"

#include <cstdio>
#include <fstream>
#include <iterator>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream in(argv[1], std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  auto bundle = writ::Bundle::load(std::as_bytes(std::span(bytes.data(), bytes.size())), argv[1]);
  if (!bundle.ok()) {
    std::fprintf(stderr, "%s\n", bundle.error().message.c_str());
    return 2;
  }
  writ::EngineOptions options;
  options.now = "2026-01-01T00:00:00Z";
  const writ::Engine engine({std::move(*bundle)}, options);
  int violations = 0;
  const writ::RunReport report = engine.run_one(
      R"({"id":"/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/accounts/a","name":"a",
                     "type":"Microsoft.CognitiveServices/accounts","properties":{"disableLocalAuth":false}})",
      [&](const writ::Finding& f) {
        if (f.verdict != writ::Verdict::NonCompliant) return;
        ++violations;
        std::printf("%.*s: %s\n", static_cast<int>(f.control->id.size()), f.control->id.data(),
                    f.messages.empty() ? "" : f.messages.front().c_str());
      });
  return report.resources == 1 && violations > 0 ? 0 : 1;
}
