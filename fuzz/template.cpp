// SPDX-License-Identifier: MIT
// Template expressions from anywhere: reading them ends, mistakes lie in the text, and every part of a tree
// is where it says.
#include "azure/template_parse.h"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace writ;

namespace {

void check(const azure::TemplateNode& node, std::size_t size) {
  if (node.begin >= node.end || node.end > size) std::abort();
  for (const azure::TemplateNode& child : node.children) {
    if (child.begin < node.begin || child.end > node.end) std::abort();
    check(child, size);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = "[" + std::string(reinterpret_cast<const char*>(data), size) + "]";
  if (azure::classify_string(text) != azure::StringClass::Expression) return 0;
  const auto read = azure::parse_template(text);
  if (const auto* mistake = std::get_if<azure::TemplateError>(&read)) {
    if (mistake->code.empty() || mistake->message.empty()) std::abort();
    if (mistake->begin >= mistake->end || mistake->end > text.size()) std::abort();
    return 0;
  }
  check(std::get<azure::TemplateNode>(read), text.size());
  return 0;
}
