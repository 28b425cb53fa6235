// SPDX-License-Identifier: MIT
#include "tables.h"

#include <stdexcept>

namespace writ::test {

const std::vector<std::string> kOperatorTables = {"equality.yaml", "patterns.yaml", "ordering.yaml"};
const std::vector<std::string> kFunctionTables = {"functions_string.yaml", "functions_encoding.yaml",
                                                  "functions_collection.yaml", "functions_scalar.yaml"};

namespace {

Value plain_scalar(Arena& arena, const std::string& text) {
  if (text == "$missing") return Value::missing();
  if (text == "$unknown") return Value::unknown();
  if (text == "$field") return Value::absent_field();
  if (text.starts_with("$error:")) return make_error(arena, text.substr(7), "from the table");
  Value value;
  JsonError ignored;
  if (parse_json(arena, text, value, ignored)) return value;
  return Value::string(arena.copy(text));
}

} // namespace

Value value_of(Arena& arena, const YAML::Node& node) {
  if (node.IsNull()) return Value::null();
  if (node.IsScalar()) {
    const bool quoted = node.Tag() == "!";
    return quoted ? Value::string(arena.copy(node.Scalar())) : plain_scalar(arena, node.Scalar());
  }
  if (node.IsSequence()) {
    const auto elements = arena.array<Value>(node.size());
    for (std::size_t i = 0; i < node.size(); ++i)
      elements[i] = value_of(arena, node[i]);
    return Value::array(elements);
  }
  const auto members = arena.array<Member>(node.size());
  std::size_t i = 0;
  for (const auto& entry : node)
    members[i++] = {arena.copy(entry.first.Scalar()), value_of(arena, entry.second)};
  return Value::object(members);
}

std::string describe(const Value& value) { return value.absent() ? "null" : to_json(value); }

std::string describe(Truth truth) {
  switch (truth) {
  case Truth::False:
    return "false";
  case Truth::True:
    return "true";
  case Truth::Unknown:
    return "unknown";
  case Truth::Error:
    break;
  }
  return "error";
}

YAML::Node load_table(const std::string& file) {
  return YAML::LoadFile(std::string(WRIT_SOURCE_DIR) + "/tests/semantics/" + file);
}

SemanticsOptions options_of(const YAML::Node& group) {
  SemanticsOptions options;
  for (const auto& node : group["options"]) {
    const std::string name = node.as<std::string>();
    if (name == "like_question_mark")
      options.like_question_mark = true;
    else if (name == "lenient_ordering")
      options.lenient_ordering = true;
    else if (name == "numeric_strings")
      options.numeric_strings = true;
    else if (name == "eager_logic")
      options.eager_logic = true;
    else
      throw std::runtime_error("unknown option " + name);
  }
  return options;
}

std::string place_of(const std::string& file, const YAML::Node& group, std::size_t row) {
  return file + ": " + group["name"].as<std::string>() + ": row " + std::to_string(row + 1);
}

} // namespace writ::test
