// SPDX-License-Identifier: MIT
#include "terminal.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

namespace writ::cli {

bool is_terminal(int descriptor) { return isatty(descriptor) == 1; }

bool use_color(const std::string& choice, int descriptor) {
  if (choice == "always") return true;
  if (choice == "never") return false;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  if (no_color && *no_color) return false;
  if (term && std::strcmp(term, "dumb") == 0) return false;
  return is_terminal(descriptor);
}

void ignore_broken_pipes() { std::signal(SIGPIPE, SIG_DFL); }

std::string printable(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (const auto byte = static_cast<unsigned char>(c);
        (byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7F)
      c = '?';
  return out;
}

} // namespace writ::cli
