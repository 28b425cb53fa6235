// SPDX-License-Identifier: MIT
#include "azure/definition_lint.h"

#include "azure/template_parse.h"
#include "ir/limits.h"
#include "writ/semantics/compare.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace writ::azure {

namespace {

constexpr std::array<std::string_view, 2> kContainers = {"Microsoft.Resources/subscriptions",
                                                         "Microsoft.Resources/subscriptions/resourceGroups"};

bool is_plain(const JsonNode& node) {
  return node.is(JsonKind::String) && classify_string(node.text) == StringClass::Literal;
}

bool has_star(const JsonNode& node) {
  return is_plain(node) && node.text.find('*') != std::string_view::npos;
}

class Linter {
public:
  Linter(const Catalog& catalog, Diagnostics& diagnostics) : catalog_(catalog), diagnostics_(diagnostics) {}

  void run(const JsonNode& body, const JsonNode& rule) {
    sizes(body);
    if (const JsonNode* condition = rule.find("if")) this->condition(*condition);
    const std::string_view mode = body.text_of("mode");
    const bool indexed = equal_ascii_fold(mode, "Indexed");
    if (indexed)
      for (const auto& entry : types_)
        if (std::any_of(kContainers.begin(), kContainers.end(),
                        [&](std::string_view name) { return equal_ascii_fold(name, entry.first); }))
          warn(Code::ModeNeverApplies, entry.second,
               fmt::format("mode Indexed never looks at {}", entry.first));
    const JsonNode* then = rule.find("then");
    const JsonNode* details = then ? then->find("details") : nullptr;
    if (details) effect(*details);
    for (const auto& [alias, uses] : field_counts_)
      if (uses.size() > most(Limit::FieldCounts))
        warn(Code::PolicyServiceLimit, uses[most(Limit::FieldCounts)],
             fmt::format("Azure takes {} counts over one array", most(Limit::FieldCounts)));
    if (value_counts_.size() > most(Limit::ValueCounts))
      warn(Code::PolicyServiceLimit, value_counts_[most(Limit::ValueCounts)],
           fmt::format("Azure takes {} counts over values in a rule", most(Limit::ValueCounts)));
  }

private:
  void warn(Code code, Span span, std::string message) {
    diagnostics_.add(Diagnostic(code, span, std::move(message)));
  }

  void text_size(const JsonNode* text, std::string_view what, std::size_t limit) {
    if (text && text->is(JsonKind::String) && utf16_length(text->text) > limit)
      warn(Code::PolicyServiceLimit, text->span,
           fmt::format("Azure takes {} characters in {}, this one has {}", limit, what,
                       utf16_length(text->text)));
  }

  void sizes(const JsonNode& body) {
    text_size(body.find("displayName"), "a display name", most(Limit::DisplayName));
    text_size(body.find("description"), "a description", most(Limit::Description));
    if (const JsonNode* metadata = body.find("metadata"))
      for (const JsonMember& member : metadata->members)
        text_size(&member.value, "a text of the metadata", most(Limit::MetadataText));
    if (const JsonNode* parameters = body.find("parameters");
        parameters && parameters->members.size() > most(Limit::DefinitionParameters))
      warn(Code::PolicyServiceLimit, parameters->members[most(Limit::DefinitionParameters)].key_span,
           fmt::format("Azure takes {} parameters, this definition has {}", most(Limit::DefinitionParameters),
                       parameters->members.size()));
  }

  void condition(const JsonNode& node) {
    for (const JsonMember& member : node.members) {
      const std::string key = lower_ascii(member.key);
      if (key == "allof" || key == "anyof") {
        if (member.value.elements.empty())
          warn(Code::EmptyPolicyQuantifier, member.key_span,
               fmt::format("`{}` without conditions {} holds", member.key,
                           key == "allof" ? "always" : "never"));
        const std::size_t outside = present_.size();
        for (const JsonNode& child : member.value.elements)
          if (key == "allof") note_presence(child);
        for (const JsonNode& child : member.value.elements)
          condition(child);
        present_.resize(outside);
      } else if (key == "not") {
        condition(member.value);
      } else if (key == "count") {
        count(member.value);
      } else if (key == "field") {
        field(member.value);
      } else if (const auto op = find_operator(member.key)) {
        ++leaves_;
        operand(*op, member.value);
        missing_array(node, *op, member.value);
        if (equal_ascii_fold(node.text_of("field"), "type") && is_plain(member.value) &&
            *op == Operator::Equals)
          types_.emplace_back(member.value.text, member.value.span);
      }
    }
  }

  void count(const JsonNode& node) {
    if (const JsonNode* field = node.find("field"))
      field_counts_[lower_ascii(field->text)].push_back(field->span);
    else
      value_counts_.push_back(node.span);
    const JsonNode* where = node.find("where");
    if (!where) return;
    // Inside, the counted array is one element.
    const JsonNode* field = node.find("field");
    if (field) present_.push_back(array_of(field->text));
    condition(*where);
    if (field) present_.pop_back();
  }

  /// The outermost array of an alias, lower case: "type/rules" of "type/rules[*].ports[*]"; empty without
  /// one.
  static std::string array_of(std::string_view name) {
    const std::size_t star = name.find("[*]");
    return star == std::string_view::npos ? std::string() : lower_ascii(name.substr(0, star));
  }

  /// Remembers an array that a condition beside the others says is there.
  void note_presence(const JsonNode& node) {
    for (const JsonMember& member : node.members) {
      const auto op = find_operator(member.key);
      if (!op) continue;
      const JsonNode* counted = node.find("count") ? node.find("count")->find("field") : nullptr;
      const bool some =
          *op == Operator::Greater || *op == Operator::GreaterOrEquals || *op == Operator::NotEquals;
      if (counted && some) present_.push_back(array_of(counted->text));
      const bool exists =
          *op == Operator::Exists && (member.value.truth || equal_ascii_fold(member.value.text, "true"));
      if (exists && node.find("field")) {
        const std::string array = array_of(node.text_of("field"));
        present_.push_back(array.empty() ? lower_ascii(node.text_of("field")) : array);
      }
    }
  }

  /// Both readings agree where the operator holds for a missing value.
  void missing_array(const JsonNode& leaf, Operator op, const JsonNode& right) {
    const JsonNode* name = leaf.find("field");
    if (!name || !is_plain(*name)) return;
    const std::string array = array_of(name->text);
    if (array.empty() || std::find(present_.begin(), present_.end(), array) != present_.end()) return;
    const bool empty_text = right.is(JsonKind::Null) || (right.is(JsonKind::String) && right.text.empty());
    const bool wants_absence = op == Operator::Exists && ((right.is(JsonKind::Bool) && !right.truth) ||
                                                          equal_ascii_fold(right.text, "false"));
    if (is_negative(op) || wants_absence || (op == Operator::Equals && empty_text)) return;
    warn(Code::MissingArrayReading, name->span,
         "when the array is missing, documentation and evaluator differ: test that it is there as well");
  }

  void field(const JsonNode& name) {
    if (equal_ascii_fold(name.text, "apiVersion"))
      warn(Code::UndocumentedPolicyField, name.span, "`apiVersion` is no documented field of a policy rule");
    if (related_.empty() || name.text.find('/') == std::string_view::npos || !is_plain(name)) return;
    const std::vector<Alias> entries = catalog_.find_alias(name.text);
    const auto own = [&](const Alias& entry) {
      return equal_ascii_fold(catalog_.types()[entry.type].name, related_);
    };
    if (!entries.empty() && std::none_of(entries.begin(), entries.end(), own))
      warn(Code::RelatedSelection, name.span,
           fmt::format("`{}` is no alias of {}: it reads missing here", name.text, related_));
  }

  void operand(Operator op, const JsonNode& right) {
    const Operator positive = info(op).negated != op && is_negative(op) ? info(op).negated : op;
    switch (positive) {
    case Operator::Equals:
      if (right.is(JsonKind::Null))
        warn(Code::LiteralNullOperand, right.span, "`exists` is the documented test for an absent value");
      if (right.is(JsonKind::Array) || right.is(JsonKind::Object))
        warn(Code::ContainerOperand, right.span,
             fmt::format("{} is compared as a whole", kind_name(right.kind)));
      return;
    case Operator::Like:
      if (!is_plain(right)) return;
      if (const auto stars = std::count(right.text.begin(), right.text.end(), '*'); stars != 1)
        warn(Code::LikeWildcards, right.span,
             stars == 0 ? "without a `*` this is `equals`" : "Azure documents one `*` in a pattern");
      return;
    case Operator::Contains:
    case Operator::Match:
    case Operator::MatchInsensitively:
      if (has_star(right))
        warn(Code::PolicyLiteralStar, right.span,
             fmt::format("`*` is no wildcard of `{}`", info(op).azure_name));
      return;
    case Operator::In:
      for (const JsonNode& element : right.elements)
        if (has_star(element))
          warn(Code::PolicyLiteralStar, element.span,
               fmt::format("`*` is no wildcard of `{}`", info(op).azure_name));
      return;
    default:
      return;
    }
  }

  static bool is_negative(Operator op) { return info(op).azure_name.starts_with("not"); }

  void effect(const JsonNode& details) {
    if (const JsonNode* operations = details.find("operations"))
      for (const JsonNode& operation : operations->elements)
        this->operation(operation);
    const JsonNode* type = details.find("type");
    if (!type || !is_plain(*type)) return;
    const bool same = std::any_of(types_.begin(), types_.end(),
                                  [&](const auto& one) { return equal_ascii_fold(one.first, type->text); });
    if (same && !details.find("name"))
      warn(Code::RelatedSelection, type->span,
           "every resource of this type in the group is a candidate: the details have no `name`");
    const JsonNode* existence = details.find("existenceCondition");
    if (!existence) return;
    related_ = type->text;
    leaves_ = 0;
    condition(*existence);
    if (leaves_ > most(Limit::ConditionsInThen))
      warn(Code::PolicyServiceLimit, existence->span,
           fmt::format("Azure takes {} conditions here, these are {}", most(Limit::ConditionsInThen),
                       leaves_));
  }

  void operation(const JsonNode& operation) {
    const JsonNode* field = operation.find("field");
    if (!field || !is_plain(*field) || field->text.find('/') == std::string_view::npos) return;
    const std::vector<Alias> entries = catalog_.find_alias(field->text);
    const auto fixed = [](const Alias& entry) {
      return entry.modifiable == Ternary::No &&
             std::all_of(entry.versions.begin(), entry.versions.end(),
                         [](const AliasVersion& version) { return version.modifiable != Ternary::Yes; });
    };
    if (!entries.empty() && std::all_of(entries.begin(), entries.end(), fixed))
      warn(Code::UnmodifiableAlias, field->span,
           fmt::format("the catalogue says that `{}` cannot be modified", field->text));
  }

  const Catalog& catalog_;
  Diagnostics& diagnostics_;
  std::vector<std::pair<std::string_view, Span>> types_; ///< that the condition compares `type` with
  std::map<std::string, std::vector<Span>> field_counts_;
  std::vector<Span> value_counts_;
  std::vector<std::string> present_; ///< arrays that are known to be there, or that are bound
  std::string_view related_;         ///< the type of the candidates, inside an existence condition
  std::size_t leaves_ = 0;
};

} // namespace

void lint_definition(const JsonNode& body, const JsonNode& rule, const Catalog& catalog,
                     Diagnostics& diagnostics) {
  Linter(catalog, diagnostics).run(body, rule);
}

} // namespace writ::azure
