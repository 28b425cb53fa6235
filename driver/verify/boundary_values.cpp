// SPDX-License-Identifier: MIT
#include "verify/boundary_values.h"

#include <cctype>

namespace writ::driver::verify {

namespace {

constexpr std::int64_t kLongestList = 6;

/// A text that a pattern of `like` or `match` accepts.
std::string filled(const std::string& pattern) {
  std::string out;
  for (char c : pattern)
    switch (c) {
    case '*':
      out += "any";
      break;
    case '#':
      out += '7';
      break;
    case '?':
      out += 'q';
      break;
    default:
      out += c;
    }
  return out;
}

void around_text(const std::string& text, std::vector<json>& out) {
  out.emplace_back(flip_case(text));
  out.emplace_back(text + "x");
  if (!text.empty()) out.emplace_back(text.substr(0, text.size() - 1));
  out.emplace_back("x" + text);
  out.emplace_back(text + " ");
  if (const std::string one = filled(text); one != text) {
    out.emplace_back(one);
    out.emplace_back(flip_case(one));
  }
  out.push_back(json::array({text}));
  if (text == "true" || text == "false") out.emplace_back(text == "true");
  if (!text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos)
    out.emplace_back(std::stoll(text));
}

void around_number(std::int64_t number, std::vector<json>& out) {
  out.emplace_back(number + 1);
  out.emplace_back(number - 1);
  out.emplace_back(std::to_string(number));
  out.emplace_back(static_cast<double>(number) + 0.5);
  for (std::int64_t size = std::max<std::int64_t>(number - 1, 0); size <= number + 1; ++size) {
    if (size > kLongestList) break;
    json list = json::array();
    for (std::int64_t i = 0; i < size; ++i)
      list.push_back("e" + std::to_string(i));
    out.push_back(std::move(list));
    out.emplace_back(std::string(static_cast<std::size_t>(size), 'a'));
  }
}

} // namespace

std::string flip_case(std::string text) {
  for (char& c : text) {
    const auto u = static_cast<unsigned char>(c);
    c = static_cast<char>(std::isupper(u) ? std::tolower(u) : std::toupper(u));
  }
  return text;
}

std::vector<json> values_around(const json& constant) {
  std::vector<json> out{constant};
  if (constant.is_string())
    around_text(constant.get<std::string>(), out);
  else if (constant.is_number_integer())
    around_number(constant.get<std::int64_t>(), out);
  else if (constant.is_number())
    for (double step : {-0.5, 0.5})
      out.emplace_back(constant.get<double>() + step);
  else if (constant.is_boolean())
    for (json other : {json(!constant.get<bool>()), json(constant.get<bool>() ? "true" : "false"),
                       json(constant.get<bool>() ? "False" : "True")})
      out.push_back(std::move(other));
  else if (constant.is_array())
    out.push_back(json::array());
  else if (constant.is_object())
    out.push_back(json::object());
  return out;
}

const std::vector<json>& strange_values() {
  static const std::vector<json> values = {nullptr,
                                           "",
                                           "x",
                                           0,
                                           1,
                                           2,
                                           true,
                                           false,
                                           "true",
                                           "FALSE",
                                           5.5,
                                           json::array(),
                                           json::object(),
                                           json::array({"x"}),
                                           json::object({{"k", 1}})};
  return values;
}

json value_near(const json& constant, Choice& pick) {
  switch (pick(6)) {
  case 0:
    return pick.of(strange_values());
  case 1:
  case 2:
    return pick.of(values_around(constant));
  default:
    return constant;
  }
}

} // namespace writ::driver::verify
