// SPDX-License-Identifier: MIT
// Values: loading fields, building, calling. Tests and iterations are in core_tests.cpp.
#include "vm/core.h"

#include "writ/text.h"

namespace writ::vm {

using namespace bc;

namespace {

/// Sink of the function field() over [*]: holes are left out, nulls kept; one undecided member decides.
class GatherSink : public PlainSink {
public:
  explicit GatherSink(std::vector<Value>& members) : members_(members) { members_.clear(); }
  bool member(const Value& value) {
    if (value.undecided())
      undecided = value;
    else if (!value.is(ValueKind::Missing))
      members_.push_back(value);
    return !value.undecided();
  }
  Value finish(Arena& arena) const {
    if (undecided.undecided()) return undecided;
    const auto elements = arena.array<Value>(members_.size());
    std::copy(members_.begin(), members_.end(), elements.begin());
    return Value::array(elements);
  }
  Value undecided;

private:
  std::vector<Value>& members_;
};

Value absent_as_null(const Value& value) { return value.absent() ? Value::absent_field() : value; }

/// What an array or object of these is when some are undecided: an error comes before an unknown.
const Value* first_undecided(std::span<const Value> values) {
  const Value* unknown = nullptr;
  for (const Value& value : values) {
    if (value.is(ValueKind::Error)) return &value;
    if (value.is(ValueKind::Unknown) && unknown == nullptr) unknown = &value;
  }
  return unknown;
}

} // namespace

Core::Core(const Image& the_image, const EvaluationContext& the_context, const Limits& the_limits)
    : image(the_image), program(the_image.program()), context(&the_context), limits(the_limits),
      selector(the_image, arena), tests(program.tests.size()), values_(image.stack_size().values),
      truths_(image.stack_size().truths), reasons_(image.stack_size().truths),
      binders_(image.stack_size().binders) {}

void Core::begin(const ResourceView& view, const ResourceView* primary_view) {
  subject = view;
  has_primary = primary_view != nullptr;
  if (has_primary) primary = *primary_view;
  // A request says by which API version the resource is to be read.
  const Value version = find_member(context->request_context, "apiVersion");
  if (version.is(ValueKind::String)) subject.identity.api_version = primary.identity.api_version = version;
  epoch = ++newest_epoch;
  arena.reset();
}

const EvaluationError* Core::error(std::string_view code, std::string_view detail) {
  return arena.make(EvaluationError{code, detail});
}

const EvaluationError* Core::unknown(std::uint32_t field) {
  return error("unknown-value", image.text(program.fields[field].name));
}

Value Core::gathered(const ResourceView& view, std::uint32_t field, const Access& access) {
  // On a type that the alias does not belong to, an array alias selects nothing.
  if (access.path == kNone && image.is_collection(field)) return Value::array({});
  if (selector.stars(view, access) == 0) {
    SingleSink sink;
    selector.field(view, field, access, sink);
    return absent_as_null(sink.value);
  }
  GatherSink sink(gather_);
  selector.field(view, field, access, sink);
  return sink.finish(arena);
}

Value Core::load_field(std::uint32_t field, std::uint8_t flags) {
  const ResourceView* view = view_for(flags);
  if (view == nullptr) return Value::error(error("context-unavailable", "there is no resource of the `if`"));
  const Access& access = image.access(view->type, field);
  if (access.direct) return absent_as_null(view->slots[access.slot]);
  return gathered(*view, field, access);
}

Value Core::load_parameter(std::uint32_t parameter) {
  const Value& value = image.parameter(parameter);
  if (!value.is(ValueKind::Missing)) return value;
  return Value::error(&image.parameter_error(parameter));
}

Value Core::load_bound(std::uint32_t field, const Binder& binder, std::uint32_t level) {
  const Value* from = element(binder, level);
  if (stars(subject, field) > level) {
    GatherSink sink(gather_);
    selector.bound(subject, field, from, level, sink);
    return sink.finish(arena);
  }
  SingleSink sink;
  selector.bound(subject, field, from, level, sink);
  if (sink.value.undecided()) return sink.value;
  const auto one = arena.array<Value>(1);
  one[0] = sink.value.absent() ? Value::null() : sink.value;
  return Value::array(one);
}

Value Core::load_element_field(std::uint32_t field, const Binder& binder, std::uint32_t level) {
  if (stars(subject, field) > level)
    return Value::error(error("current-not-bound", "the name selects several values of the element"));
  SingleSink sink;
  selector.bound(subject, field, element(binder, level), level, sink);
  return sink.value.absent() ? Value::null() : sink.value;
}

Value Core::load_dynamic(const Value& name, std::uint8_t flags) {
  if (name.undecided()) return name;
  const ResourceView* view = view_for(flags);
  if (view == nullptr) return Value::error(error("context-unavailable", "there is no resource of the `if`"));
  if (!name.is(ValueKind::String))
    return Value::error(error("bad-argument-type", "a field name is not a string"));
  if (classify_field_name(name.as_string()).form == FieldName::Form::Other) {
    const std::uint32_t number = image.find_field(name.as_string());
    if (number == kNone) return Value::error(error("unknown-alias", name.as_string()));
    return gathered(*view, number, dynamic_access(*view, number));
  }
  SingleSink sink;
  if (!select_dynamic(*view, name.as_string(), sink))
    return Value::error(error("bad-argument-type", "a field name is empty or no tag name"));
  return absent_as_null(sink.value);
}

Access Core::dynamic_access(const ResourceView& view, std::uint32_t field) const {
  const Access& access = image.access(view.type, field);
  if (access.path != kNone || !view.identity.type.is(ValueKind::String)) return access;
  return {field, kNone, image.find_path(field, view.identity.type.as_string()), 0, false};
}

Value Core::load_count(const Binder& binder) {
  if (binder.failed) return Value::error(binder.reason);
  return binder.least == binder.most ? Value::integer(binder.least) : Value::unknown();
}

Value Core::make_list(std::span<const Value> elements_of_list) {
  if (const Value* undecided = first_undecided(elements_of_list)) return *undecided;
  const auto list = arena.array<Value>(elements_of_list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    list[i] = elements_of_list[i].absent() ? Value::null() : elements_of_list[i];
  }
  return Value::array(list);
}

Value Core::make_record(std::span<const Value> keys_and_values) {
  if (const Value* undecided = first_undecided(keys_and_values)) return *undecided;
  const auto members = arena.array<Member>(keys_and_values.size() / 2);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Value& key = keys_and_values[2 * i];
    const Value& value = keys_and_values[2 * i + 1];
    if (!key.is(ValueKind::String)) return Value::error(error("bad-argument-type", "a key is not a string"));
    for (const Member& earlier : members.first(i))
      if (equal_ascii_fold(earlier.key, key.as_string()))
        return Value::error(error("duplicate-key", "an object would hold a key twice"));
    members[i] = {key.as_string(), value.absent() ? Value::null() : value};
  }
  return Value::object(members);
}

Value Core::make_text(std::span<const Value> parts) {
  std::string text;
  for (const Value& part : parts) {
    if (part.is(ValueKind::String))
      text += part.as_string();
    else
      append_json(text, part);
  }
  const Value result = within_limits(Value::string(text), limits, arena);
  return result.is(ValueKind::Error) ? result : Value::string(arena.copy(text));
}

Value Core::call(Function function, std::span<Value> arguments) {
  for (Value& argument : arguments) {
    if (argument.is(ValueKind::Missing)) argument = Value::null(); // a literal null
    argument = within_limits(argument, limits, arena);
  }
  return within_limits(call_function(function, arguments, *context, arena, program.semantics), limits, arena);
}

Value Core::get_member(const Value& container, const Value& key) {
  if (container.undecided()) return container;
  if (key.undecided()) return key;
  return access_member(container.absent() ? Value::null() : container, key.absent() ? Value::null() : key,
                       arena);
}

Value Core::require_boolean(const Value& value) {
  if (value.is(ValueKind::Bool) || value.undecided()) return value;
  return Value::error(error("bad-argument-type", "a condition is not a boolean"));
}

Value Core::join_booleans(const Value& a, const Value& b, bool stop, bool& finished) {
  const bool lazy = !program.semantics.eager_logic;
  const Value left = require_boolean(a);
  const Value right = require_boolean(b);
  finished = false;
  if (left.is(ValueKind::Error)) return finished = lazy, left;
  // An unknown argument may have been the deciding one: then this one would not have been evaluated at all.
  if (left.is(ValueKind::Unknown))
    return right.is(ValueKind::Bool) && right.as_bool() == stop ? (finished = lazy, right) : left;
  if (left.as_bool() == stop && !right.is(ValueKind::Error)) return finished = lazy, left;
  if (right.is(ValueKind::Error)) return finished = lazy, right;
  if (right.is(ValueKind::Unknown)) return right;
  finished = lazy && right.as_bool() == stop;
  return right;
}

} // namespace writ::vm
