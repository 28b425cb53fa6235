// SPDX-License-Identifier: MIT
#include "emit/limits.h"

#include "azure/template_parse.h"
#include "emit/body.h"
#include "writ/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace writ::emit {

using azure::Limit;
using nlohmann::ordered_json;

namespace {

const ordered_json* find(const ordered_json& object, std::string_view key) {
  if (!object.is_object()) return nullptr;
  for (auto it = object.begin(); it != object.end(); ++it)
    if (equal_ascii_fold(it.key(), key)) return &it.value();
  return nullptr;
}

std::size_t size_of(const ordered_json& object, std::string_view key) {
  const ordered_json* member = find(object, key);
  return member && member->is_structured() ? member->size() : 0;
}

class Meter {
public:
  void at_most(Limit limit, std::size_t count, std::string where = {}) {
    if (count > azure::most(limit)) found_.push_back({limit, count, std::move(where)});
  }

  void texts(const ordered_json& properties) {
    for (const auto& [member, limit] : std::array{std::pair{"displayName", Limit::DisplayName},
                                                  std::pair{"description", Limit::Description}})
      if (const ordered_json* text = find(properties, member); text && text->is_string())
        at_most(limit, azure::utf16_length(text->get_ref<const std::string&>()));
    if (const ordered_json* metadata = find(properties, "metadata"); metadata && metadata->is_object())
      for (const auto& [key, value] : metadata->items())
        if (value.is_string())
          at_most(Limit::MetadataText, azure::utf16_length(value.get_ref<const std::string&>()),
                  fmt::format("`{}`", key));
  }

  void definition(const ordered_json& properties) {
    at_most(Limit::DefinitionParameters, size_of(properties, "parameters"));
    parameters_ = find(properties, "parameters");
    const ordered_json* rule = find(properties, "policyRule");
    if (!rule) return;
    if (const ordered_json* condition = find(*rule, "if")) {
      this->condition(*condition, 0, 1);
      at_most(Limit::ConditionsInIf, conditions_);
      at_most(Limit::NestedConditions, depth_);
    }
    if (const ordered_json* then = find(*rule, "then")) {
      const ordered_json* details = find(*then, "details");
      if (const ordered_json* existence = details ? find(*details, "existenceCondition") : nullptr) {
        conditions_ = depth_ = 0;
        condition(*existence, 0, 1);
        at_most(Limit::ConditionsInThen, conditions_);
        at_most(Limit::NestedConditions, depth_);
      }
      effect(*then);
      // The size of the template needs no look: the request that carries it is bounded far below.
      if (const ordered_json* deployment = details ? find(*details, "deployment") : nullptr)
        if (const ordered_json* properties_of = find(*deployment, "properties"))
          if (const ordered_json* body = find(*properties_of, "template")) resources_of(*body, {});
    }
    at_most(Limit::Functions, calls_);
    at_most(Limit::FunctionArguments, arguments_);
    at_most(Limit::NestedFunctions, nesting_);
    at_most(Limit::ExpressionLength, expression_);
    for (const auto& [array, count] : field_counts_)
      at_most(Limit::FieldCounts, count, fmt::format("`{}`", array));
    at_most(Limit::ValueCounts, value_counts_);
    at_most(Limit::ValueCountRounds, rounds_);
  }

  void initiative(const ordered_json& properties) {
    at_most(Limit::InitiativeMembers, size_of(properties, "policyDefinitions"));
    at_most(Limit::InitiativeParameters, size_of(properties, "parameters"));
  }

  void exemption(const ordered_json& properties) {
    const ordered_json* selections = find(properties, "resourceSelectors");
    if (!selections) return;
    at_most(Limit::Selectors, selections->size());
    for (const ordered_json& selection : *selections)
      if (const ordered_json* selectors = find(selection, "selectors"))
        for (const ordered_json& selector : *selectors)
          at_most(Limit::SelectorValues, std::max(size_of(selector, "in"), size_of(selector, "notIn")));
  }

  void deployment_template(const std::string& name, const ordered_json& body) {
    at_most(Limit::TemplateBytes, bytes_of(body), fmt::format("`{}`", name));
    resources_of(body, fmt::format("`{}`", name));
  }

  static std::size_t bytes_of(const ordered_json& body) {
    return body.dump(-1, ' ', false, ordered_json::error_handler_t::replace).size();
  }

  std::vector<Excess> take() {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Excess& a, const Excess& b) { return a.limit < b.limit; });
    return std::move(found_);
  }

private:
  /// Resources of a template, children and copies counted; a nested deployment is a template of its own.
  void resources_of(const ordered_json& body, const std::string& where) {
    if (const ordered_json* resources = find(body, "resources"))
      at_most(Limit::TemplateResources, count_resources(*resources), where);
  }

  std::size_t count_resources(const ordered_json& resources) {
    if (!resources.is_structured()) return 0;
    std::size_t out = 0;
    for (const ordered_json& resource : resources) {
      std::size_t count = 1;
      if (const ordered_json* children = find(resource, "resources")) count += count_resources(*children);
      // How often an expression repeats is known when it is deployed.
      const ordered_json* copy = find(resource, "copy");
      const ordered_json* times = copy ? find(*copy, "count") : nullptr;
      if (times && times->is_number_unsigned())
        count *= std::min(times->get<std::size_t>(), 2 * azure::most(Limit::TemplateResources));
      out += count;
      const ordered_json* properties = find(resource, "properties");
      const ordered_json* nested = properties ? find(*properties, "template") : nullptr;
      if (!nested || !equal_ascii_fold(text_of(resource, "type"), "Microsoft.Resources/deployments"))
        continue;
      const std::string group = text_of(resource, "resourceGroup");
      resources_of(*nested, fmt::format("nested deployment `{}`{}", text_of(resource, "name"),
                                        group.empty() ? "" : fmt::format(" into `{}`", group)));
    }
    return out;
  }

  /// `depth`: logical operators and counts around it; `rounds`: how often an enclosing value count runs this.
  void condition(const ordered_json& node, std::size_t depth, std::size_t rounds) {
    depth_ = std::max(depth_, depth);
    for (const auto& [key, value] : node.items()) {
      if (equal_ascii_fold(key, "not")) return condition(value, depth + 1, rounds);
      if (!equal_ascii_fold(key, "allOf") && !equal_ascii_fold(key, "anyOf")) continue;
      for (const ordered_json& child : value)
        condition(child, depth + 1, rounds);
      return;
    }
    ++conditions_;
    for (const auto& [key, value] : node.items())
      if (equal_ascii_fold(key, "count"))
        count(value, depth, rounds);
      else
        expressions(value);
  }

  void count(const ordered_json& node, std::size_t depth, std::size_t rounds) {
    if (const ordered_json* field = find(node, "field")) {
      if (field->is_string()) ++field_counts_[lower_ascii(field->get_ref<const std::string&>())];
      expressions(*field);
    } else if (const ordered_json* value = find(node, "value")) {
      ++value_counts_;
      rounds *= std::max<std::size_t>(length_of(*value), 1);
      rounds_ = std::max(rounds_, rounds);
      expressions(*value);
    }
    if (const ordered_json* where = find(node, "where")) condition(*where, depth + 1, rounds);
  }

  /// Elements of the array that a count runs over, as far as the definition tells: a parameter has its
  /// default.
  [[nodiscard]] std::size_t length_of(const ordered_json& value) const {
    if (value.is_array()) return value.size();
    if (!value.is_string() || !parameters_) return 0;
    const auto& text = value.get_ref<const std::string&>();
    if (azure::classify_string(text) != azure::StringClass::Expression) return 0;
    const auto parsed = azure::parse_template(text);
    const auto* call = std::get_if<azure::TemplateNode>(&parsed);
    if (!call || call->kind != azure::TemplateNode::Kind::Call ||
        !equal_ascii_fold(call->text, "parameters") || call->children.size() != 1)
      return 0;
    const ordered_json* parameter = find(*parameters_, call->children[0].text);
    return parameter ? size_of(*parameter, "defaultValue") : 0;
  }

  /// Everything of `then` but existence conditions, which are counted apart, and deployment templates, whose
  /// expressions are not the policy's.
  void effect(const ordered_json& node) {
    if (!node.is_structured()) return expressions(node);
    if (node.is_array())
      for (const ordered_json& child : node)
        effect(child);
    else
      for (const auto& [key, value] : node.items())
        if (!equal_ascii_fold(key, "existenceCondition") && !equal_ascii_fold(key, "template")) effect(value);
  }

  void expressions(const ordered_json& value) {
    if (value.is_structured())
      for (const ordered_json& child : value)
        expressions(child);
    if (!value.is_string()) return;
    const auto& text = value.get_ref<const std::string&>();
    if (azure::classify_string(text) != azure::StringClass::Expression) return;
    expression_ = std::max(expression_, azure::utf16_length(text));
    measure(text);
  }

  /// Calls, arguments and nesting by their brackets: an expression past the limits cannot be parsed.
  void measure(std::string_view text) {
    struct Bracket {
      bool call = false;
      std::size_t commas = 0;
      bool empty = true;
    };
    std::vector<Bracket> open;
    std::size_t level = 0;
    char before = 0;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
      const char c = text[i];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') continue;
      if (c != ')' && !open.empty()) open.back().empty = false;
      if (c == '\'') {
        for (++i; i + 1 < text.size() && (text[i] != '\'' || text[i + 1] == '\''); ++i)
          if (text[i] == '\'') ++i;
      } else if (c == '(' || c == '[') {
        const bool call = c == '(' && before != 0;
        open.push_back({call, 0, true});
        calls_ += call;
        level += call;
        nesting_ = std::max(nesting_, level);
      } else if ((c == ')' || c == ']') && !open.empty()) {
        if (open.back().call) {
          if (!open.back().empty) arguments_ = std::max(arguments_, open.back().commas + 1);
          --level;
        }
        open.pop_back();
      } else if (c == ',' && !open.empty()) {
        ++open.back().commas;
      }
      before = c;
    }
  }

  std::vector<Excess> found_;
  const ordered_json* parameters_ = nullptr;
  std::size_t conditions_ = 0;
  std::size_t depth_ = 0;
  std::size_t calls_ = 0;
  std::size_t arguments_ = 0;
  std::size_t nesting_ = 0;
  std::size_t expression_ = 0;
  std::size_t value_counts_ = 0;
  std::size_t rounds_ = 0;
  std::map<std::string, std::size_t> field_counts_;
};

} // namespace

std::vector<Excess> exceeded_limits(DocumentKind kind, const ordered_json& body) {
  Meter meter;
  const ordered_json& properties = body.at("properties");
  meter.texts(properties);
  if (kind == DocumentKind::Definition)
    meter.definition(properties);
  else if (kind == DocumentKind::Initiative)
    meter.initiative(properties);
  else
    meter.exemption(properties);
  if (const ordered_json* name = find(body, "name"); name && name->is_string())
    meter.at_most(Limit::ResourceName, azure::utf16_length(name->get_ref<const std::string&>()));
  meter.at_most(Limit::RequestBytes, Meter::bytes_of(body));
  return meter.take();
}

std::vector<Excess> exceeded_template_limits(const std::string& name, const ordered_json& body) {
  Meter meter;
  meter.deployment_template(name, body);
  return meter.take();
}

std::vector<Excess> exceeded_limits(std::span<const Document> documents) {
  Meter meter;
  const auto count = [&](DocumentKind kind) {
    return static_cast<std::size_t>(std::count_if(
        documents.begin(), documents.end(), [&](const Document& document) { return document.kind == kind; }));
  };
  meter.at_most(Limit::ScopeDefinitions, count(DocumentKind::Definition));
  meter.at_most(Limit::ScopeInitiatives, count(DocumentKind::Initiative));
  std::map<std::string, std::size_t> exemptions;
  for (const Document& document : documents)
    if (document.kind == DocumentKind::Exemption) {
      const std::optional<Scope> scope = exemption_scope(document);
      ++exemptions[scope ? lower_ascii(scope->id) : std::string()];
    }
  for (const auto& [scope, number] : exemptions)
    meter.at_most(Limit::ScopeExemptions, number, scope.empty() ? scope : fmt::format("`{}`", scope));
  return meter.take();
}

std::string to_text(const Excess& excess) {
  return azure::excess_text(excess.limit, excess.count, excess.where);
}

} // namespace writ::emit
