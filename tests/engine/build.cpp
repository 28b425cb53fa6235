// SPDX-License-Identifier: MIT
#include "build.h"

#include "writ/bytecode/bundle.h"
#include "writ/bytecode/program.h"
#include "writ/json_writer.h"
#include "writ/text.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

namespace writ::testing {

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

/// Collects blocks and records.
class AssemblyText {
public:
  explicit AssemblyText(const TestFields& fields) {
    std::size_t number = 0;
    for (const auto& [name, path] : fields) {
      const std::string kind = name == "location" ? "Location"
                               : name == "type"   ? "Type"
                               : name == "name"   ? "Name"
                                                  : "Raw";
      records_ += "path steps=" + quoted(path) + "\n";
      records_ +=
          "field kind=" + kind + " name=" + quoted(name) + " paths=" + std::to_string(number) + "+1\n";
      ++number;
    }
  }

  /// Number of a new block that returns a value, or "-" in place of none.
  std::string value_block(const std::string& operand) {
    if (operand.empty()) return {};
    return block(load(operand, 0) + "ReturnValue v0\n");
  }
  std::string truth_block(const std::string& condition) {
    if (condition.empty()) return {};
    if (condition == "true" || condition == "false")
      return block("TruthConstant !" + std::string(condition == "true" ? "1" : "0") +
                   " t0\nReturnTruth t0\n");
    const std::size_t first = end_of_operand(condition);
    const std::size_t second = condition.find(' ', first + 1);
    const std::string left = condition.substr(0, first);
    const std::string op = condition.substr(first + 1, second - first - 1);
    std::string code = load(condition.substr(second + 1), 0);
    if (left.find_first_of("(\"[{0123456789") == std::string::npos)
      code += "TestField " + op + " t0 v0 f" + quoted(left) + "\n";
    else
      code += load(left, 3) + "TestValue " + op + " t0 v0 v3\n";
    return block(code + "ReturnTruth t0\n");
  }
  /// Number of a constant, or nothing for no JSON.
  std::string constant(const std::string& json) {
    if (json.empty()) return {};
    constants_ += "constant =" + json + "\n";
    return std::to_string(constant_count_++);
  }
  void record(const std::string& line) { records_ += line + "\n"; }
  /// Adds the trie of one more type, which reads every field; the rest of the type's record.
  std::string add_trie(const TestFields& fields) {
    struct Node {
      std::map<std::string, Node> children;
      std::size_t slot = kNoSlot;
    };
    Node root;
    const std::size_t first_use = uses_;
    std::size_t slots = 0;
    for (const auto& [name, path] : fields) {
      Node* at = &root;
      for (std::string_view rest = path; !rest.empty();) {
        const std::size_t dot = std::min(rest.find('.'), rest.size());
        at = &at->children[lower_ascii(rest.substr(0, dot))];
        rest.remove_prefix(std::min(dot + 1, rest.size()));
      }
      at->slot = slots++;
      record("use field=" + std::to_string(at->slot) + " path=" + std::to_string(at->slot) +
             " slot=" + std::to_string(at->slot) + " steps=\"\"");
      ++uses_;
    }
    const std::size_t first_node = nodes_;
    std::vector<std::pair<std::string, Node*>> open{{"", &root}};
    for (std::size_t i = 0; i < open.size(); ++i) {
      Node* node = open[i].second;
      record("node key=" + quoted(open[i].first) + " children=" + std::to_string(first_node + open.size()) +
             "+" + std::to_string(node->children.size()) +
             (node->slot == kNoSlot ? "" : " slot=" + std::to_string(node->slot) + " whole"));
      for (auto& [key, child] : node->children)
        open.emplace_back(key, &child);
    }
    nodes_ += open.size();
    return " trie=" + std::to_string(first_node) + " slots=" + std::to_string(slots) +
           " uses=" + std::to_string(first_use) + "+" + std::to_string(slots);
  }
  std::string print() const { return constants_ + records_ + blocks_; }

private:
  static std::size_t end_of_operand(const std::string& text) {
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '"') in_string = !in_string;
      if (text[at] == ' ' && !in_string) return at;
    }
    FAIL("no operator in `" << text << "`");
    return 0;
  }

  std::string block(const std::string& code) {
    blocks_ += "block values=8 truths=2\n" + code;
    return std::to_string(block_count_++);
  }

  /// Loads an operand into register `into`; the two behind it are scratch.
  static std::string load(const std::string& operand, int into) {
    const auto reg = [&](int offset) { return "v" + std::to_string(into + offset); };
    const std::size_t open = operand.find('(');
    const std::string word = operand.substr(0, open);
    const std::string inside =
        open == std::string::npos ? std::string() : operand.substr(open + 1, operand.size() - open - 2);
    if (word == "field") return "LoadField " + reg(0) + " f" + quoted(inside) + "\n";
    if (word == "primary") return "LoadField !1 " + reg(0) + " f" + quoted(inside) + "\n";
    if (word == "param") return "LoadParameter " + reg(0) + " p" + quoted(inside) + "\n";
    if (word == "now") return "Call " + reg(0) + " " + reg(0) + " *0 utcNow\n";
    if (word == "subscription" || word == "group")
      return "Call " + reg(0) + " " + reg(0) + " *0 " + (word == "group" ? "resourceGroup" : "subscription") +
             "\nLoadConstant " + reg(1) + " =" + quoted(inside) + "\nGetMember " + reg(0) + " " + reg(0) +
             " " + reg(1) + "\n";
    if (word == "fail")
      return "LoadConstant " + reg(0) + " =1\nLoadConstant " + reg(1) + " =0\nCall " + reg(0) + " " + reg(0) +
             " *2 div\n";
    return "LoadConstant " + reg(0) + " =" + operand + "\n";
  }

  static constexpr std::size_t kNoSlot = static_cast<std::size_t>(-1);
  std::string constants_;
  std::size_t constant_count_ = 0;
  std::string records_;
  std::string blocks_;
  std::size_t block_count_ = 0;
  std::size_t uses_ = 0;
  std::size_t nodes_ = 0;
};

std::string optional(const std::string& name, const std::string& number) {
  return number.empty() ? std::string() : " " + name + "=" + number;
}

std::string range(const std::string& name, std::size_t first, std::size_t count) {
  return count == 0 ? std::string() : " " + name + "=" + std::to_string(first) + "+" + std::to_string(count);
}

} // namespace

std::string assembly_of(const std::vector<TestControl>& controls, const TestFields& fields) {
  AssemblyText text(fields);
  std::size_t parameters = 0;
  std::size_t violations = 0;
  std::size_t operations = 0;
  std::size_t relations = 0;
  std::size_t control_types = 0;
  std::size_t instances = 0;
  std::set<std::string> types;
  for (const TestControl& control : controls) {
    for (const TestParameter& parameter : control.parameters)
      text.record("parameter name=" + quoted(parameter.name) + " type=" + std::to_string(parameter.type) +
                  optional("value", text.constant(parameter.value)) +
                  optional("allowed", text.constant(parameter.allowed)));
    for (const TestViolation& violation : control.violations)
      text.record("violation condition=" + text.truth_block(violation.condition) +
                  optional("message", text.value_block(violation.message)));
    for (const TestOperation& operation : control.operations)
      text.record("operation" + optional("operation", text.value_block(operation.operation)) +
                  optional("field", text.value_block(operation.field)) +
                  optional("value", text.value_block(operation.value)) +
                  optional("condition", text.value_block(operation.condition)));
    for (const TestRelation& relation : control.relation)
      text.record("relation" + optional("type", text.value_block(relation.type)) +
                  optional("name", text.value_block(relation.name)) +
                  optional("kind", text.value_block(relation.kind)) +
                  optional("resource_group", text.value_block(relation.resource_group)) +
                  optional("scope", text.value_block(relation.scope)) +
                  optional("condition", text.truth_block(relation.condition)) +
                  (relation.static_type ? " static_type=" + lower_ascii(relation.type) : "") +
                  (relation.reads_primary ? " reads_primary" : ""));
    for (const std::string& type : control.types) {
      text.record("control_type name=" + quoted(type));
      types.insert(lower_ascii(type));
    }
    if (!control.instance.empty()) text.record("instance " + control.instance);
    text.record("control origin=" + control.origin + " id=" + quoted(control.id) +
                " mode=" + quoted(control.mode) + " applicable=" + text.truth_block(control.applicable) +
                optional("effect", text.value_block(control.effect)) +
                optional("details", text.value_block(control.details)) +
                (control.not_evaluable.empty() ? "" : " not_evaluable=" + quoted(control.not_evaluable)) +
                range("parameters", parameters, control.parameters.size()) +
                range("types", control_types, control.types.size()) +
                range("violations", violations, control.violations.size()) +
                range("operations", operations, control.operations.size()) +
                optional("relation", control.relation.empty() ? "" : std::to_string(relations)) +
                optional("instance", control.instance.empty() ? "" : std::to_string(instances)));
    instances += control.instance.empty() ? 0 : 1;
    parameters += control.parameters.size();
    violations += control.violations.size();
    operations += control.operations.size();
    relations += control.relation.size();
    control_types += control.types.size();
  }
  // Every type runs its own controls and those for all types.
  std::size_t listed = 0;
  types.insert("");
  for (const std::string& type : types) {
    std::size_t count = 0;
    for (std::size_t c = 0; c < controls.size(); ++c) {
      const auto& declared = controls[c].types;
      const bool runs =
          declared.empty() || std::any_of(declared.begin(), declared.end(),
                                          [&](const std::string& name) { return lower_ascii(name) == type; });
      if (!runs) continue;
      text.record("type_control control=" + std::to_string(c));
      ++count;
    }
    text.record("type" + (type.empty() ? "" : " name=" + quoted(type)) + range("controls", listed, count) +
                text.add_trie(fields));
    listed += count;
  }
  return text.print();
}

Bundle bundle_of(const std::vector<TestControl>& controls, const TestFields& fields) {
  const std::string text = assembly_of(controls, fields);
  auto program = bc::assemble(text);
  INFO(text);
  if (!program) FAIL(program.error().message << " in line " << program.error().line);
  auto bundle = Bundle::from_program(std::move(*program), "test");
  if (!bundle) FAIL(bundle.error().message);
  return std::move(*bundle);
}

} // namespace writ::testing
