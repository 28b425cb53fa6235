// SPDX-License-Identifier: MIT
#include "random_policy.h"

#include <array>

namespace writ::testing {

using ir::NodeId;

namespace {

constexpr std::string_view kWords[] = {"a", "A",   "b",          "ab", "",  "true",
                                       "5", "5.0", "2031-05-01", "a*", "#", "?b"};
constexpr std::string_view kPaths[] = {"kind",
                                       "name",
                                       "location",
                                       "properties.size",
                                       "properties.flag",
                                       "properties.text",
                                       "properties.list",
                                       "properties.opts.k",
                                       "properties.items"};
constexpr std::string_view kCollections[] = {"properties.list[*]", "properties.items[*]",
                                             "properties.items[*].parts[*]"};
constexpr std::string_view kBelowItems[] = {"properties.items[*].key", "properties.items[*].parts[*]",
                                            "properties.items[*].parts", "properties.items[*]"};
constexpr std::string_view kParameters[] = {"p", "q", "list", "tag"};

} // namespace

ir::FieldId RandomPolicies::raw(std::string_view path) {
  ir::Field field;
  field.name = path;
  field.path = ir::parse_path(path);
  field.kind = path == "kind"       ? ir::FieldKind::Kind
               : path == "name"     ? ir::FieldKind::Name
               : path == "location" ? ir::FieldKind::Location
               : path == "type"     ? ir::FieldKind::Type
                                    : ir::FieldKind::Raw;
  return graph_->add_field(std::move(field));
}

ir::FieldId RandomPolicies::alias() {
  ir::Field field;
  field.kind = ir::FieldKind::Alias;
  if (chance(50)) {
    field.name = "A.B/c/size";
    field.resolutions = {{"A.B/c", ir::parse_path("properties.size"), {}, {}, {}, false}};
  } else {
    field.name = "A.B/mixed";
    field.resolutions = {{"A.B/c", ir::parse_path("properties.text"), {}, {}, {}, false},
                         {"A.B/d", ir::parse_path("properties.items[*].key"), {}, {}, {}, false}};
  }
  return graph_->add_field(std::move(field));
}

Value RandomPolicies::plain_value(Arena& arena, int depth) {
  switch (pick(depth > 0 ? 8 : 6)) {
  case 0:
    return Value::boolean(chance(50));
  case 1:
    return Value::integer(static_cast<std::int64_t>(pick(7)) - 1);
  case 2:
    return Value::floating(chance(50) ? 5.0 : 2.5);
  case 3:
    return Value::null();
  case 6: {
    const auto elements = arena.array<Value>(pick(4));
    for (Value& element : elements)
      element = plain_value(arena, depth - 1);
    return Value::array(elements);
  }
  case 7: {
    const auto members = arena.array<Member>(1);
    members[0] = {"k", plain_value(arena, depth - 1)};
    return Value::object(members);
  }
  default:
    return Value::string(one_of(kWords));
  }
}

std::string RandomPolicies::json(int depth) {
  Arena arena;
  return to_json(plain_value(arena, depth));
}

NodeId RandomPolicies::literal() {
  Arena arena;
  return graph_->literal(plain_value(arena, 2));
}

NodeId RandomPolicies::right(Operator op) {
  if (chance(25)) return graph_->parameter(one_of(kParameters));
  if (chance(10)) return value(1);
  if (chance(5)) return graph_->call(Function::Json, {graph_->literal_text("null")});
  switch (op) {
  case Operator::Exists:
    return graph_->literal(Value::boolean(chance(50)));
  case Operator::In:
  case Operator::NotIn: {
    Arena arena;
    const auto elements = arena.array<Value>(pick(4));
    for (Value& element : elements)
      element = plain_value(arena, 0);
    return graph_->literal(Value::array(elements));
  }
  default:
    return chance(70) ? graph_->literal_text(one_of(kWords)) : literal();
  }
}

NodeId RandomPolicies::field_name() {
  if (chance(50))
    return graph_->call(Function::Concat, {graph_->literal_text("tags."), graph_->parameter("tag")});
  constexpr std::string_view kNames[] = {"kind", "tags[Env]", "location", "tags.", "identity.type"};
  return graph_->literal_text(one_of(kNames));
}

NodeId RandomPolicies::left(int depth) {
  // Inside a count mostly something of its element.
  if (!scopes_.empty() && chance(65)) {
    const auto binder = static_cast<std::uint16_t>(pick(scopes_.size()));
    const ir::FieldId collection = scopes_[scopes_.size() - 1 - binder];
    if (!collection.valid()) return graph_->current(binder);
    const auto stars = static_cast<std::uint16_t>(ir::star_count(graph_->field_info(collection)));
    const auto level = static_cast<std::uint16_t>(1 + pick(stars));
    if (graph_->field_info(collection).name.starts_with("properties.list"))
      return chance(50) ? graph_->field(collection, binder, 1) : graph_->current(binder, 1);
    const ir::FieldId below = level == 2 ? raw("properties.items[*].parts[*]") : raw(one_of(kBelowItems));
    return chance(70) ? graph_->field(below, binder, level) : graph_->current(binder, level, below);
  }
  switch (pick(10)) {
  case 0:
    return graph_->field(raw(one_of(kCollections)));
  case 1:
    return graph_->field(raw("properties.items[*].key"));
  case 2:
    return graph_->dynamic_field(field_name());
  case 3:
    return depth > 0 ? count(depth - 1) : literal();
  case 4:
  case 5:
    return value(depth);
  case 6:
    return graph_->field(alias());
  default:
    return graph_->field(raw(one_of(kPaths)));
  }
}

NodeId RandomPolicies::count(int depth) {
  NodeId collection;
  if (chance(30)) {
    collection = chance(50) ? literal() : graph_->parameter("list");
    scopes_.emplace_back();
  } else {
    const ir::FieldId field = raw(one_of(kCollections));
    collection = graph_->field(field);
    // A count inside a count of the items may run over the parts of the current item.
    if (!scopes_.empty() && scopes_.back().valid() && scopes_.back() == raw("properties.items[*]") &&
        chance(60)) {
      const ir::FieldId parts = raw("properties.items[*].parts[*]");
      collection = graph_->field(parts, 0, 1);
      scopes_.push_back(parts);
    } else {
      scopes_.push_back(field);
    }
  }
  const NodeId where = chance(20) ? graph_->constant(chance(70)) : condition(depth);
  scopes_.pop_back();
  return graph_->count(collection, where);
}

NodeId RandomPolicies::value(int depth) {
  switch (pick(depth > 0 ? 9 : 4)) {
  case 0:
    return literal();
  case 1:
    return graph_->parameter(one_of(kParameters));
  case 2:
    return graph_->field_value(raw(one_of(kPaths)));
  case 3:
    return graph_->field_value(raw(one_of(kCollections)));
  case 4:
    return graph_->dynamic_field_value(field_name());
  case 5:
    return graph_->list(std::array{value(depth - 1), value(depth - 1)});
  case 6:
    return graph_->record(std::array{graph_->literal_text("k"), value(depth - 1)});
  default:
    return call(depth);
  }
}

NodeId RandomPolicies::call(int depth) {
  const auto argument = [&] { return value(depth - 1); };
  const auto flag = [&] {
    return chance(60) ? graph_->literal(Value::boolean(chance(50))) : value(depth - 1);
  };
  switch (pick(14)) {
  case 0:
    return graph_->call(Function::If, {flag(), argument(), argument()});
  case 1:
    return graph_->call(Function::And, {flag(), argument()});
  case 2:
    return graph_->call(Function::Or, {flag(), argument(), flag()});
  case 3:
    return graph_->call(Function::Coalesce, {argument(), argument(), argument()});
  case 4:
    return graph_->call(Function::Concat, {argument(), argument()});
  case 5:
    return graph_->call(Function::Length, {argument()});
  case 6:
    return graph_->call(Function::Empty, {argument()});
  case 7:
    return graph_->call(Function::Equals, {argument(), argument()});
  case 8:
    return graph_->call(Function::Contains, {argument(), argument()});
  case 9:
    return graph_->call(Function::Div, {argument(), argument()});
  case 10:
    return graph_->call(Function::First, {argument()});
  case 11:
    return graph_->call(Function::Json, {graph_->literal_text("null")});
  case 12:
    return graph_->member(argument(), graph_->literal_text("k"));
  default:
    return graph_->call(Function::Not, {graph_->call(Function::Equals, {argument(), argument()})});
  }
}

NodeId RandomPolicies::test(int depth) {
  const Operator op = all_operators()[pick(all_operators().size())].op;
  const NodeId subject = left(depth);
  if (graph_->node(subject).kind == ir::NodeKind::Count && chance(80)) {
    constexpr Operator kNumeric[] = {Operator::Equals, Operator::NotEquals, Operator::Greater,
                                     Operator::Less};
    return graph_->test(one_of(kNumeric), subject,
                        graph_->literal(Value::integer(static_cast<int>(pick(3)))));
  }
  return graph_->test(op, subject, right(op));
}

NodeId RandomPolicies::condition(int depth) {
  if (depth == 0 || chance(30)) return test(depth);
  switch (pick(4)) {
  case 0:
    return graph_->negate(condition(depth - 1));
  case 1:
    return chance(10) ? graph_->constant(chance(50)) : test(depth);
  default: {
    std::vector<NodeId> children;
    const std::size_t size = 2 + pick(3);
    while (children.size() < size)
      children.push_back(condition(depth - 1));
    return chance(50) ? graph_->all_of(children) : graph_->any_of(children);
  }
  }
}

ir::PolicySet RandomPolicies::set(std::size_t policies) {
  ir::PolicySet set;
  graph_ = set.graph.get();
  for (std::size_t i = 0; i < policies; ++i) {
    ir::Policy policy;
    policy.id = "R-" + std::to_string(i);
    policy.mode = "All";
    policy.severity = "low";
    for (std::string_view name : kParameters) {
      ir::PolicyParameter parameter;
      parameter.name = name;
      policy.parameters.push_back(parameter);
    }
    policy.applicable = graph_->constant(true);
    if (chance(40))
      policy.applicable = graph_->all_of({graph_->test(Operator::Equals, graph_->field(raw("type")),
                                                       graph_->literal_text(chance(50) ? "A.B/c" : "A.B/d")),
                                          condition(1)});
    const NodeId message =
        chance(50) ? graph_->text(std::array{graph_->literal_text("m "), value(2)}) : NodeId{};
    policy.violations.push_back({condition(3), message, {}});
    policy.effect.name = graph_->literal_text("audit");
    set.policies.push_back(std::move(policy));
    Arena arena;
    ir::PolicyInstance instance;
    instance.policy = i;
    instance.arguments = {{"p", literal()},
                          {"q", literal()},
                          {"list", chance(80) ? right(Operator::In) : literal()},
                          {"tag", graph_->literal_text(one_of(kWords))}};
    if (graph_->node(instance.arguments[2].value).kind != ir::NodeKind::Literal)
      instance.arguments[2].value = graph_->literal(Value::array({}));
    set.instances.push_back(std::move(instance));
  }
  return set;
}

std::string RandomPolicies::resource() {
  const std::string type = chance(60) ? "A.B/c" : chance(70) ? "A.B/d" : "A.B/e";
  std::string out = R"({"id":"/subscriptions/s/resourceGroups/g/providers/)" + type +
                    R"(/r","name":"r","type":")" + type + "\"";
  if (chance(80)) out += R"(,"kind":)" + json(0);
  if (chance(80)) out += R"(,"location":")" + std::string(chance(50) ? "West Europe" : "a") + "\"";
  if (chance(70)) out += R"(,"tags":{"env":"a","A":"b","5":"x"})";
  if (chance(90)) {
    out += R"(,"properties":{"z":1)";
    for (std::string_view name : {"size", "flag", "text"})
      if (chance(70)) out += ",\"" + std::string(name) + "\":" + json(1);
    if (chance(50)) out += R"(,"opts":{"k":)" + json(0) + "}";
    if (chance(80)) {
      out += R"(,"list":)";
      if (chance(15)) {
        out += json(1);
      } else {
        out += "[";
        for (std::size_t i = pick(4); i > 0; --i)
          out += json(1) + (i > 1 ? "," : "");
        out += "]";
      }
    }
    if (chance(80)) {
      out += R"(,"items":[)";
      for (std::size_t i = pick(4); i > 0; --i) {
        out += chance(90) ? R"({"key":)" + json(0) +
                                (chance(80) ? R"(,"parts":[)" + json(0) + "," + json(0) + "]}" : "}")
                          : json(0);
        out += i > 1 ? "," : "";
      }
      out += "]";
    }
    out += "}";
  }
  return out + "}";
}

} // namespace writ::testing
