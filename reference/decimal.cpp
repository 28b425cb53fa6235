// SPDX-License-Identifier: MIT
#include "decimal.h"

#include "value.h"

#include <array>
#include <charconv>
#include <cstdlib>

namespace writ::reference {

Decimal Decimal::of(const json& number) {
  Decimal out;
  std::array<char, 64> buffer{};
  char* const end_of_buffer = buffer.data() + buffer.size();
  std::string text;
  if (is_int(number)) {
    text.assign(buffer.data(), std::to_chars(buffer.data(), end_of_buffer, as_int(number)).ptr);
  } else {
    text.assign(
        buffer.data(),
        std::to_chars(buffer.data(), end_of_buffer, as_double(number), std::chars_format::scientific).ptr);
  }
  if (text.front() == '-') {
    out.negative = true;
    text.erase(0, 1);
  }
  if (const auto e = text.find('e'); e != std::string::npos) {
    out.point = std::atoi(text.c_str() + e + 1) + 1;
    text.resize(e);
    std::erase(text, '.');
  } else {
    out.point = static_cast<int>(text.size());
  }
  out.digits = text;
  const auto first = out.digits.find_first_not_of('0');
  if (first == std::string::npos) return {};
  out.digits.erase(0, first);
  out.point -= static_cast<int>(first);
  return out;
}

void Decimal::round_to_digits(int count) {
  if (count >= static_cast<int>(digits.size())) return;
  if (count < 0) {
    digits.clear();
  } else {
    const bool up = digits[static_cast<std::size_t>(count)] >= '5';
    digits.resize(static_cast<std::size_t>(count));
    if (up) {
      std::size_t i = digits.size();
      while (i > 0 && digits[i - 1] == '9')
        digits[--i] = '0';
      if (i > 0) {
        ++digits[i - 1];
      } else {
        digits.insert(digits.begin(), '1');
        ++point;
      }
    }
  }
  if (digits.find_first_not_of('0') == std::string::npos) *this = {};
}

std::string Decimal::whole() const {
  if (point <= 0 || digits.empty()) return "";
  std::string out = digits.substr(0, static_cast<std::size_t>(point));
  out.resize(static_cast<std::size_t>(point), '0');
  return out;
}

std::string Decimal::decimals(int count) const {
  std::string out;
  for (int i = 0; i < count; ++i) {
    const int at = point + i;
    out.push_back(at < 0 || at >= static_cast<int>(digits.size()) ? '0'
                                                                  : digits[static_cast<std::size_t>(at)]);
  }
  return out;
}

std::string group_thousands(const std::string& digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out.push_back(',');
    out.push_back(digits[i]);
  }
  return out;
}

} // namespace writ::reference
