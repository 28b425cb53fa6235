// SPDX-License-Identifier: MIT
#include "decompile/to_source.h"
#include "azure/document_reader.h"
#include "decompile/condition_name.h"
#include "decompile/names.h"
#include "decompile/rule_text.h"
#include "writ/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <vector>

namespace writ::decompile {

using azure::JsonKind;
using azure::JsonMember;
using azure::JsonNode;

namespace {

constexpr std::size_t kCommentWidth = 116;
/// A condition that is worth a name when it stands twice.
constexpr std::size_t kLongCondition = 140;

/// The text broken at blanks; joining the lines by one blank gives it back. Empty when that is not possible.
std::vector<std::string> comment_lines(std::string_view text) {
  const bool plain =
      !text.empty() && text.front() != ' ' && text.back() != ' ' &&
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
  if (!plain || text.front() == '/') return {};
  std::vector<std::string> lines;
  while (text.size() > kCommentWidth) {
    std::size_t cut = text.rfind(' ', kCommentWidth);
    while (cut != std::string_view::npos && cut > 0 && (text[cut - 1] == ' ' || text[cut + 1] == ' '))
      cut = cut < 2 ? std::string_view::npos : text.rfind(' ', cut - 2);
    if (cut == std::string_view::npos || cut == 0) return {};
    lines.emplace_back(text.substr(0, cut));
    text.remove_prefix(cut + 1);
  }
  lines.emplace_back(text);
  // A line that begins with a slash would end the comment's marker differently.
  if (std::any_of(lines.begin(), lines.end(),
                  [](const std::string& line) { return line.empty() || line[0] == '/'; }))
    return {};
  return lines;
}

/// Conditions of the rule that stand more than once outside of counts, the longest first.
void collect_conditions(const JsonNode& node, std::map<std::string, int>& seen) {
  if (node.is(JsonKind::Array))
    for (const JsonNode& element : node.elements)
      collect_conditions(element, seen);
  if (!node.is(JsonKind::Object)) return;
  const std::string json = to_json_text(node);
  if (json.size() >= kLongCondition) ++seen[json];
  for (const JsonMember& member : node.members)
    if (equal_ascii_fold(member.key, "allOf") || equal_ascii_fold(member.key, "anyOf") ||
        equal_ascii_fold(member.key, "not"))
      collect_conditions(member.value, seen);
}

const JsonNode* find_condition(const JsonNode& node, const std::string& json) {
  if (node.is(JsonKind::Object) && to_json_text(node) == json) return &node;
  for (const JsonNode& element : node.elements)
    if (const JsonNode* found = find_condition(element, json)) return found;
  for (const JsonMember& member : node.members)
    if (const JsonNode* found = find_condition(member.value, json)) return found;
  return nullptr;
}

class BlockPrinter {
public:
  BlockPrinter(const JsonNode& document, std::string_view id) : id_(id), document_(document) {
    nothing_.kind = JsonKind::Object;
    body_ = document.find("properties");
    if (!body_ || !body_->is(JsonKind::Object)) body_ = &document;
    rule_ = body_->find("policyRule");
    if (!rule_ && body_->find("if") && body_->find("then")) {
      // A bare rule: the reader takes nothing else of it.
      rule_ = body_;
      body_ = &nothing_;
      return;
    }
    if (!rule_) rule_ = body_;
    const std::string_view name = document.text_of("name");
    const std::string_view last = azure::last_segment(document.text_of("id"));
    if (!name.empty() || !last.empty()) id_ = name.empty() ? last : name;
  }

  DefinitionSource print(std::set<std::string>& taken) {
    DefinitionSource source;
    const std::string title(body_->text_of("displayName"));
    const std::string wanted = name_of_title(title.empty() ? std::string_view(id_) : std::string_view(title));
    source.name = wanted;
    for (int number = 2; !taken.insert(source.name).second; ++number)
      source.name = fmt::format("{}_{}", wanted, number);
    if (const JsonNode* metadata = body_->find("metadata")) source.category = metadata->text_of("category");
    header(source.name, title);
    parameters();
    if (body_->find("policyDefinitions"))
      members();
    else
      rule();
    source.text = std::move(out_) + "}\n";
    return source;
  }

private:
  void line(const std::string& text) { out_ += "  " + text + "\n"; }

  void header(const std::string& name, const std::string& title) {
    const std::string_view description = body_->text_of("description");
    const std::vector<std::string> comment = comment_lines(description);
    for (const std::string& one : comment)
      out_ += "/// " + one + "\n";
    out_ += (body_->find("policyDefinitions") ? "initiative " : "definition ") + name +
            (title.empty() ? "" : " " + quoted(title)) + " {\n";
    if (!id_.empty()) line("id " + quoted(id_));
    if (const std::string_view id = document_.text_of("id"); body_->find("policyDefinitions") && !id.empty())
      line("resource_id " + quoted(id));
    if (comment.empty() && !description.empty()) line("description " + quoted(description));
    for (const auto& [key, word] :
         {std::pair{"policyType", "policy_type"}, {"mode", "mode"}, {"version", "version"}})
      if (const JsonNode* text = body_->find(key); text && text->is(JsonKind::String))
        line(fmt::format("{} {}", word, quoted(text->text)));
    if (const JsonNode* metadata = body_->find("metadata"); metadata && metadata->is(JsonKind::Object))
      line("metadata " + RuleText::data(*metadata, 2));
  }

  void parameters() {
    const JsonNode* parameters = body_->find("parameters");
    if (!parameters || !parameters->is(JsonKind::Object) || parameters->members.empty()) return;
    out_ += "\n";
    for (const JsonMember& member : parameters->members) {
      parameters_.insert(std::string(member.key));
      parameter(member);
    }
  }

  void parameter(const JsonMember& member) {
    const std::string name = is_name(member.key) ? std::string(member.key) : quoted(member.key);
    std::string text = fmt::format("param {}: {}", name, member.value.text_of("type"));
    if (const JsonNode* initial = member.value.find("defaultValue"))
      text += " = " + RuleText::data(*initial, 2);
    if (const JsonNode* allowed = member.value.find("allowedValues"))
      text += " in " + RuleText::data(*allowed, 2);
    std::string settings;
    std::string more;
    const JsonNode* metadata = member.value.find("metadata");
    if (metadata && metadata->is(JsonKind::Object)) {
      for (const JsonMember& item : metadata->members) {
        const bool is_text = item.value.is(JsonKind::String);
        if (is_text && item.key == "displayName")
          settings += "\n    display_name " + quoted(item.value.text);
        else if (is_text && item.key == "description")
          settings += "\n    description " + quoted(item.value.text);
        else if (is_text && item.key == "strongType")
          settings += "\n    strong_type " + quoted(item.value.text);
        else
          more += (more.empty() ? "" : ",") + to_json_text(string_node(item.key)) + ":" +
                  to_json_text(item.value);
      }
      if (!more.empty()) settings += "\n    metadata " + quoted("{" + more + "}");
    }
    if (const JsonNode* schema = member.value.find("schema"); schema && schema->is(JsonKind::Object))
      settings += "\n    schema " + quoted(to_json_text(*schema));
    line(text + (settings.empty() ? "" : " {" + settings + "\n  }"));
  }

  static JsonNode string_node(std::string_view text) {
    JsonNode node;
    node.kind = JsonKind::String;
    node.text = text;
    return node;
  }

  /// The type that the rule asks for first, when it is a constant.
  [[nodiscard]] std::string type_of(const JsonNode& condition) const {
    const JsonNode* first = &condition;
    if (const JsonNode* all = condition.find("allOf");
        all && all->is(JsonKind::Array) && condition.members.size() == 1 && !all->elements.empty())
      first = &all->elements[0];
    if (first->members.size() != 2 || !equal_ascii_fold(first->text_of("field"), "type")) return {};
    const std::string type(first->text_of("equals"));
    if (type.find('/') == std::string::npos) return {};
    // A name, dots and slashes between names: what `on` can say.
    std::string part;
    for (char c : type + "/") {
      if (c != '/' && c != '.') {
        part += c;
        continue;
      }
      if (!is_member_name(part) || (part == type.substr(0, part.size()) && !is_name(part))) return {};
      part.clear();
    }
    const std::size_t last_dot = type.rfind('.'); // of the namespace
    return last_dot != std::string::npos && last_dot > type.find('/') ? std::string() : type;
  }

  void rule() {
    const JsonNode* condition = rule_->find("if");
    const JsonNode* then = rule_->find("then");
    if (!condition || !then) return;
    const std::string type = type_of(*condition);
    std::string subject;
    if (!type.empty()) {
      subject = singular_of(type.substr(type.rfind('/') + 1));
      while (parameters_.contains(subject))
        subject = subject == "resource" ? "this_resource" : "resource";
    }
    RuleText text(type, subject, parameters_);
    out_ += "\n";
    if (!type.empty()) line(fmt::format("on {} as {}", type, subject));
    repeated_conditions(*condition, subject, text);
    if (type.empty()) {
      line("when " + text.condition(*condition, 3));
    } else if (const JsonNode* all = condition->find("allOf"); all && all->elements.size() > 1) {
      line("when " + text.conjunction(all->elements.subspan(1), 3));
    }
    out_ += "\n";
    effect(*then, text);
  }

  /// Groups and policies of an initiative.
  void members() {
    RuleText text({}, {}, parameters_);
    out_ += "\n";
    if (const JsonNode* groups = body_->find("policyDefinitionGroups"); groups && groups->is(JsonKind::Array))
      line("groups " + RuleText::data(*groups, 2));
    line("policies " + text.value(*body_->find("policyDefinitions"), 2));
  }

  void repeated_conditions(const JsonNode& condition, const std::string& subject, RuleText& text) {
    std::map<std::string, int> seen;
    collect_conditions(condition, seen);
    std::vector<std::string> repeated;
    for (const auto& [json, count] : seen)
      if (count > 1) repeated.push_back(json);
    // What stands inside another one that is named needs no name of its own; the inner ones come first
    // otherwise.
    std::sort(repeated.begin(), repeated.end(), [](const std::string& a, const std::string& b) {
      return a.size() != b.size() ? a.size() < b.size() : a < b;
    });
    std::map<std::string, std::string> lets; // text -> name
    for (const std::string& json : repeated) {
      const JsonNode* node = find_condition(condition, json);
      if (!node) continue;
      const std::string meaning = text.condition(*node, 4);
      // Two spellings of one condition have one name, and so has what became a name by itself.
      const auto known = std::find_if(lets.begin(), lets.end(), [&](const auto& let) {
        return let.first == meaning || let.second == meaning;
      });
      if (known != lets.end()) {
        text.name_condition(json, known->second);
        continue;
      }
      const std::string wanted = name_of_condition(*node);
      std::string name = wanted;
      const auto taken = [&] {
        return parameters_.contains(name) || name == subject ||
               std::any_of(lets.begin(), lets.end(), [&](const auto& let) { return let.second == name; });
      };
      for (int number = 2; taken(); ++number)
        name = fmt::format("{}_{}", wanted, number);
      line(fmt::format("let {} = {}", name, meaning));
      lets.emplace(meaning, name);
      text.name_condition(json, std::move(name));
    }
  }

  void effect(const JsonNode& then, RuleText& text) {
    if (const JsonNode* effect = then.find("effect")) line("effect " + text.value(*effect, 2));
    const JsonNode* details = then.find("details");
    if (!details) return;
    line("details " + text.details(*details, 2));
    if (const JsonNode* existence = details->find("existenceCondition")) {
      text.set_in_existence(true);
      line("existence " + text.condition(*existence, 3));
      text.set_in_existence(false);
    }
  }

  std::string id_;
  JsonNode nothing_; ///< an object without members
  const JsonNode& document_;
  const JsonNode* body_ = nullptr;
  const JsonNode* rule_ = nullptr;
  std::set<std::string> parameters_;
  std::string out_;
};

} // namespace

DefinitionSource definition_source(const JsonNode& document, std::string_view id,
                                   std::set<std::string>& taken) {
  return BlockPrinter(document, id).print(taken);
}

} // namespace writ::decompile
