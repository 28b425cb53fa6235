// SPDX-License-Identifier: MIT
// Terminal colours, or nothing.
#pragma once

#include "writ/diagnostic.h"
#include "writ/finding.h"

#include <string>
#include <string_view>

namespace writ::report {

class Style {
public:
  explicit Style(bool color) : color_(color) {}
  [[nodiscard]] std::string dim(std::string_view text) const { return wrap("\x1b[2m", text); }
  [[nodiscard]] std::string bold(std::string_view text) const { return wrap("\x1b[1m", text); }
  [[nodiscard]] std::string red(std::string_view text) const { return wrap("\x1b[31m", text); }
  [[nodiscard]] std::string yellow(std::string_view text) const { return wrap("\x1b[33m", text); }
  [[nodiscard]] std::string green(std::string_view text) const { return wrap("\x1b[32m", text); }
  [[nodiscard]] std::string cyan(std::string_view text) const { return wrap("\x1b[36m", text); }
  [[nodiscard]] std::string severity(std::string_view text, Severity severity) const {
    return severity == Severity::Error     ? wrap("\x1b[1;31m", text)
           : severity == Severity::Warning ? wrap("\x1b[1;33m", text)
                                           : cyan(text);
  }
  [[nodiscard]] std::string mark(std::string_view text, bool primary) const {
    return primary ? red(text) : cyan(text);
  }
  [[nodiscard]] std::string verdict(std::string_view text, Verdict verdict) const {
    switch (verdict) {
    case Verdict::NonCompliant:
    case Verdict::Error:
      return wrap("\x1b[1;31m", text);
    case Verdict::Unknown:
      return yellow(text);
    case Verdict::Compliant:
      return green(text);
    default:
      return dim(text);
    }
  }

private:
  [[nodiscard]] std::string wrap(std::string_view code, std::string_view text) const {
    if (!color_) return std::string(text);
    return std::string(code) + std::string(text) + "\x1b[0m";
  }
  bool color_;
};

} // namespace writ::report
