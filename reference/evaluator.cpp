// SPDX-License-Identifier: MIT
#include "evaluator.h"

#include "context_functions.h"
#include "fields.h"
#include "functions.h"
#include "text.h"
#include "value.h"

#include <algorithm>

namespace writ::reference {
namespace {

constexpr std::size_t kMaxStringLength = 131072;
constexpr std::size_t kMaxDepth = 128;
constexpr std::size_t kMaxNodes = 32768;

/// Counts nodes; false when the value is too deep or too large.
bool within_limits(const json& value, std::size_t depth, std::size_t& nodes) {
  if (depth > kMaxDepth || ++nodes > kMaxNodes) return false;
  if (!value.is_structured()) return true;
  return std::all_of(value.begin(), value.end(),
                     [&](const json& child) { return within_limits(child, depth + 1, nodes); });
}

Outcome limited(Outcome outcome) {
  if (!outcome.is_value()) return outcome;
  const json& v = outcome.value;
  if (v.is_string()) {
    const auto& text = v.get_ref<const std::string&>();
    if (text.size() > kMaxStringLength && to_utf16(text).size() > kMaxStringLength)
      return Outcome::error("limit-exceeded", "the text is too long");
  } else if (v.is_structured()) {
    std::size_t nodes = 0;
    if (!within_limits(v, 0, nodes)) return Outcome::error("limit-exceeded", "the value is too large");
  }
  return outcome;
}

Outcome needs_boolean(std::size_t index) {
  return Outcome::error("bad-argument-type", "argument " + std::to_string(index + 1) + " must be a boolean");
}

Outcome call_if(const std::vector<Expression>& args, Environment& env) {
  Outcome condition = evaluate(args[0], env);
  if (!condition.is_value()) return condition;
  if (!condition.value.is_boolean()) return needs_boolean(0);
  return evaluate(args[condition.value.get<bool>() ? 1 : 2], env);
}

/// and / or: stops at the deciding argument. An undecided argument lets a later one decide only when it is
/// not an error, since arguments are evaluated left to right.
Outcome call_logic(const std::vector<Expression>& args, bool deciding, Environment& env) {
  bool unknown = false;
  bool decided = false;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const Outcome argument = evaluate(args[i], env);
    if (argument.is_error()) return argument;
    if (argument.is_unknown()) {
      unknown = true;
      continue;
    }
    if (!argument.value.is_boolean()) return needs_boolean(i);
    decided = decided || argument.value.get<bool>() == deciding;
    if (decided && !env.options->eager_logic) break;
  }
  if (decided) return Outcome::of(deciding);
  return unknown ? Outcome::unknown() : Outcome::of(!deciding);
}

Outcome call_coalesce(const std::vector<Expression>& args, Environment& env) {
  Outcome result = Outcome::of(nullptr);
  bool found = false;
  for (const Expression& arg : args) {
    Outcome argument = evaluate(arg, env);
    if (argument.is_error() || (argument.is_unknown() && !found)) return argument;
    if (found || argument.is_unknown()) continue;
    found = !argument.value.is_null();
    result = std::move(argument);
    if (found && !env.options->eager_logic) break;
  }
  return result;
}

Outcome call_parameters(const json& name, const Environment& env) {
  if (!name.is_string()) return Outcome::error("bad-argument-type", "a parameter is named by a string");
  const auto value = env.parameters->find(lower_ascii(name.get_ref<const std::string&>()));
  if (value == env.parameters->end())
    return Outcome::error("unknown-parameter", "parameter '" + name.get<std::string>() + "' has no value");
  return Outcome::of(value->second);
}

Outcome call_field(const json& name, const Environment& env) {
  if (!name.is_string()) return Outcome::error("bad-argument-type", "a field is named by a string");
  // In an existence condition the function reads the resource of the rule: no running count binds it.
  static const std::vector<Scope> kNoScopes;
  const auto& scopes = env.origin == env.subject ? env.scopes : kNoScopes;
  const Selection s = select_field(name.get_ref<const std::string&>(), *env.origin, scopes, env);
  if (s.kind == Selection::Kind::Failed) return Outcome::error(s.failure);
  if (s.kind == Selection::Kind::Untold) return Outcome::unknown();
  if (!s.collection) {
    const json* member = s.members.front();
    if (s.bound) {
      json one = json::array();
      one.push_back(is_absent(member) ? json(nullptr) : *member);
      return Outcome::of(std::move(one));
    }
    return is_absent(member) ? Outcome::absent() : Outcome::of(*member);
  }
  json out = json::array();
  for (const json* member : s.members)
    if (member != nullptr) out.push_back(*member);
  return Outcome::of(std::move(out));
}

Outcome not_in_count(const std::string& what) {
  return Outcome::error("current-outside-count", "no running count fits " + what);
}

Outcome call_current_of(const std::string& key, const Environment& env) {
  for (auto scope = env.scopes.rbegin(); scope != env.scopes.rend(); ++scope)
    if (scope->by_value && equal_ascii(scope->name, key)) return Outcome::of(*scope->element);
  const auto binding = find_binding(key, env.scopes);
  if (!binding) return not_in_count("'" + key + "'");
  const std::string& bound = binding->scope->bindings[binding->stars - 1].alias;
  if (key.size() == bound.size()) return Outcome::of(*binding->element);

  Path rest;
  std::size_t from = 0;
  const FieldName field = classify_field(key, *env.options);
  const ResolvedAlias alias = field.kind == FieldKind::Alias
                                  ? resolve_alias(key, *env.subject, env)
                                  : ResolvedAlias{ResolvedAlias::Kind::Found, parse_path(key), {}};
  if (alias.kind == ResolvedAlias::Kind::Found) {
    rest = alias.path;
    from = after_star(rest, binding->stars);
  } else {
    rest = parse_path(std::string_view(key).substr(bound.size()));
  }
  if (has_star(Path(rest.begin() + static_cast<std::ptrdiff_t>(from), rest.end())))
    return Outcome::error("current-not-bound", "'" + key + "' is more than one value");
  Outcome result = Outcome::of(nullptr);
  walk(binding->element, rest, from, {}, [&](const json* member) {
    if (member != nullptr) result = Outcome::of(*member);
  });
  return result;
}

Outcome call_current(const std::vector<Expression>& args, Environment& env) {
  if (args.empty()) {
    if (env.scopes.empty()) return not_in_count("current()");
    if (env.scopes.size() > 1 && !env.options->innermost_current)
      return Outcome::error("ambiguous-current", "current() in a nested count needs a name");
    return Outcome::of(*env.scopes.back().element);
  }
  const Outcome key = evaluate(args[0], env);
  if (!key.is_value()) return key;
  if (!key.value.is_string()) return Outcome::error("bad-argument-type", "a count is named by a string");
  return call_current_of(key.value.get<std::string>(), env);
}

Outcome call_special(const Expression& call, Environment& env) {
  const auto& args = call.parts;
  switch (call.function->special) {
  case Special::If:
    return call_if(args, env);
  case Special::And:
    return call_logic(args, false, env);
  case Special::Or:
    return call_logic(args, true, env);
  case Special::Coalesce:
    return call_coalesce(args, env);
  case Special::Current:
    return call_current(args, env);
  case Special::Parameters:
  case Special::Field: {
    const Outcome name = evaluate(args[0], env);
    if (!name.is_value()) return name;
    return call.function->special == Special::Field ? call_field(name.value, env)
                                                    : call_parameters(name.value, env);
  }
  default:
    return call_context_function(call.function->special, env);
  }
}

/// `container` is a call of a context function that does not know the member.
bool asks_for_untold(const Expression& container, const Outcome& object, const Outcome& key,
                     const Environment& env) {
  return container.kind == Expression::Kind::Call && object.is_value() && key.is_value() &&
         key.value.is_string() &&
         is_untold(container.function->special, object.value, key.value.get<std::string>(), env);
}

/// All arguments are evaluated; an error wins over an unknown, the first of each kind counts.
Outcome call_pure(const Expression& call, Environment& env) {
  std::vector<Outcome> args;
  args.reserve(call.parts.size());
  bool unknown = false;
  for (const Expression& part : call.parts) {
    args.push_back(evaluate(part, env));
    if (args.back().is_error()) return args.back();
    unknown = unknown || args.back().is_unknown();
  }
  if (call.function->name == "tryGet" && asks_for_untold(call.parts[0], args[0], args[1], env))
    return Outcome::unknown();
  return unknown ? Outcome::unknown() : call.function->call(args);
}

Outcome evaluate_object(const json& object, Environment& env) {
  json out = json::object();
  bool unknown = false;
  for (const auto& member : object.items()) {
    std::string key = literal_text(member.key());
    if (classify_string(member.key()) == StringClass::Expression) {
      Outcome evaluated = evaluate_json(member.key(), env);
      if (evaluated.is_error()) return evaluated;
      unknown = unknown || evaluated.is_unknown();
      if (evaluated.is_value() && !evaluated.value.is_string())
        return Outcome::error("bad-key", "a member name must be a string");
      key = evaluated.is_value() ? evaluated.value.get<std::string>() : key;
    }
    Outcome value = evaluate_json(member.value(), env);
    if (value.is_error()) return value;
    unknown = unknown || value.is_unknown();
    out[key] = std::move(value.value);
  }
  return unknown ? Outcome::unknown() : Outcome::of(std::move(out));
}

} // namespace

bool is_expression(const json& value) {
  return value.is_string() && classify_string(value.get_ref<const std::string&>()) == StringClass::Expression;
}

bool has_expression(const json& value) {
  if (!value.is_structured()) return is_expression(value);
  if (value.is_object())
    for (const auto& member : value.items())
      if (classify_string(member.key()) == StringClass::Expression) return true;
  return std::any_of(value.begin(), value.end(), has_expression);
}

Outcome evaluate(const Expression& expression, Environment& env) {
  switch (expression.kind) {
  case Expression::Kind::Literal:
    return Outcome::of(expression.literal);
  case Expression::Kind::Call:
    return limited(expression.function->call == nullptr ? call_special(expression, env)
                                                        : call_pure(expression, env));
  case Expression::Kind::Access:
    break;
  }
  const Outcome object = evaluate(expression.parts[0], env);
  if (object.is_error()) return object;
  const Outcome key = evaluate(expression.parts[1], env);
  if (key.is_error()) return key;
  if (object.is_unknown() || key.is_unknown()) return Outcome::unknown();
  if (asks_for_untold(expression.parts[0], object, key, env)) return Outcome::unknown();
  return access_member(object.value, key.value);
}

Outcome evaluate_json(const json& value, Environment& env) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    if (classify_string(text) != StringClass::Expression) return Outcome::of(literal_text(text));
    const ExpressionCache::Entry& entry = env.cache->find(text);
    if (entry.expression == nullptr) return Outcome::error(entry.failure);
    return evaluate(*entry.expression, env);
  }
  if (value.is_object()) return evaluate_object(value, env);
  if (!value.is_array()) return Outcome::of(value);
  json out = json::array();
  bool unknown = false;
  for (const json& element : value) {
    Outcome evaluated = evaluate_json(element, env);
    if (evaluated.is_error()) return evaluated;
    unknown = unknown || evaluated.is_unknown();
    out.push_back(std::move(evaluated.value));
  }
  return unknown ? Outcome::unknown() : Outcome::of(std::move(out));
}

} // namespace writ::reference
