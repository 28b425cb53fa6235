// SPDX-License-Identifier: MIT
// Which values a path selects. One algorithm for tests, functions and iterations, with and without tracing:
// they differ in their sink. Source: docs/azure-policy-semantics.md, "Array aliases" and "Walking the path".
//
// A sink is told about every selected member. A hole (a member that is missing) arrives as Missing; what it
// means is the sink's business: a leaf tests it, functions and counts leave it out. Sinks that want to know
// where a member lies (kPlaces) are told the keys and indices on the way.
#pragma once

#include "vm/frame.h"
#include "vm/image.h"

#include <cstddef>
#include <span>
#include <string_view>

namespace writ::vm {

/// Base of sinks that do not care for the way.
struct PlainSink {
  static constexpr bool kPlaces = false;
  struct Mark {};
  void enter_key(std::string_view) {}
  void enter_element(std::size_t, const Value&) {}
  Mark mark() const { return {}; }
  void rewind(Mark) {}
};

/// The first member whose key is `folded` (lower case) ignoring ASCII case.
const Member* find_entry(const Value& object, std::string_view folded);

/// What an Extract pattern makes of a value: the part of the text that the variable matches, or Missing.
/// Source: "Extract patterns".
Value extract(std::string_view phrase, std::string_view variable, const Value& value);

/// The last segment of a name, and the names of parents and resource without the types.
Value last_name(const ResourceIdentity& identity);
Value full_name(const ResourceIdentity& identity, Arena& arena);

/// Steps that remain to be walked from a value.
struct Walk {
  const Value* from = nullptr; ///< null: a hole
  std::span<const bc::Step> steps;
  bool each = false;        ///< `from` itself is followed by [*]
  bool in_element = false;  ///< `from` is an element of an array
  std::string_view entered; ///< key already gone through, for the place
};

/// Walks paths of one image. Cheap to make.
class Selector {
public:
  Selector(const Image& image, Arena& arena) : image_(image), program_(image.program()), arena_(arena) {}

  /// The members of a field of the resource.
  template <class Sink> void field(const ResourceView& view, std::uint32_t field, Sink& sink) const;
  /// The same by the path of one type; `access` may be made up for a path that the type has no entry for.
  template <class Sink>
  void field(const ResourceView& view, std::uint32_t field, const Access& access, Sink& sink) const;
  /// The members of a field, continued from an element that stands for the first `level` [*] of its path.
  template <class Sink>
  void bound(const ResourceView& view, std::uint32_t field, const Value* element, std::uint32_t level,
             Sink& sink) const;
  /// Number of [*] of the path that the resource's type and API version give.
  [[nodiscard]] std::uint32_t stars(const ResourceView& view, const Access& access) const;
  /// Member `keys` of the whole resource (computed names): exact text, ignoring ASCII case.
  template <class Sink>
  void keys(const ResourceView& view, std::span<const std::string_view> folded, Sink& sink) const;
  /// Name, type, id and their like.
  [[nodiscard]] Value identity(const ResourceView& view, bc::FieldKind kind) const;
  static std::string_view identity_key(bc::FieldKind kind);

private:
  /// The path's steps for the API version of the resource.
  [[nodiscard]] std::span<const bc::Step> steps_for(const ResourceView& view,
                                                    const bc::FieldPath& path) const;
  [[nodiscard]] std::span<const bc::Step> default_steps(const bc::FieldPath& path) const {
    return std::span(program_.steps).subspan(path.first_step, path.step_count);
  }
  /// Where the walk from the root starts: the slot, or the resource.
  [[nodiscard]] Walk start(const ResourceView& view, const Access& access, const bc::FieldPath& path) const;
  [[nodiscard]] bool shares_slot(std::span<const bc::Step> steps, const Access& access,
                                 const bc::FieldPath& path) const;
  [[nodiscard]] std::string_view key(const bc::Step& step) const { return image_.text(step.name); }
  template <class Sink> bool walk(Walk walk, const bc::FieldPath& path, Sink& sink) const;
  template <class Sink> bool deliver(const Value& value, const bc::FieldPath& path, Sink& sink) const;
  template <class Sink>
  void enter_slot(const ResourceView& view, std::uint32_t field, std::span<const bc::Step> steps,
                  Sink& sink) const;

  const Image& image_;
  const bc::Program& program_;
  Arena& arena_;
};

template <class Sink>
bool Selector::deliver(const Value& value, const bc::FieldPath& path, Sink& sink) const {
  if (path.pattern_phrase == bc::kNone || value.undecided()) return sink.member(value);
  return sink.member(extract(image_.text(path.pattern_phrase), image_.text(path.pattern_variable), value));
}

template <class Sink> bool Selector::walk(Walk walk, const bc::FieldPath& path, Sink& sink) const {
  const auto start = sink.mark();
  bool more = true;
  for (std::size_t at = 0;; ++at) {
    const Value& value = *walk.from;
    if (walk.each) {
      if (value.is(ValueKind::Array)) {
        std::size_t index = 0;
        for (const Value& element : value.as_array()) {
          const auto before = sink.mark();
          sink.enter_element(index++, element);
          more = this->walk({&element, walk.steps.subspan(at), false, true, {}}, path, sink);
          sink.rewind(before);
          if (!more) break;
        }
      } else if (value.undecided()) {
        more = sink.member(value);
      } else if (!program_.semantics.vacuous_missing) {
        more = sink.member(Value::missing());
      }
      break;
    }
    if (at == walk.steps.size() || value.undecided()) {
      more = deliver(value, path, sink);
      break;
    }
    const bc::Step& step = walk.steps[at];
    if (const Member* member = find_entry(value, key(step))) {
      sink.enter_key(member->key);
      walk.from = &member->value;
    } else if (!walk.in_element || !value.is(ValueKind::Object) || key(step) != "properties") {
      bool star = false;
      for (const bc::Step& rest : walk.steps.subspan(at)) {
        sink.enter_key(key(rest));
        star = star || rest.each;
        if (star) break; // the place of a hole ends where an array should be
      }
      if (!star || !program_.semantics.vacuous_missing) more = sink.member(Value::missing());
      break;
    } // else: an element without its envelope; what follows is in the element itself
    walk.each = step.each;
    walk.in_element = false;
  }
  sink.rewind(start);
  return more;
}

template <class Sink>
void Selector::enter_slot(const ResourceView& view, std::uint32_t field, std::span<const bc::Step> steps,
                          Sink& sink) const {
  if constexpr (Sink::kPlaces) {
    const Value* at = view.get_whole();
    for (const bc::Step& step : steps) {
      const Member* member = at == nullptr ? nullptr : find_entry(*at, key(step));
      at = member == nullptr ? nullptr : &member->value;
      if (member != nullptr)
        sink.enter_key(member->key);
      else
        sink.enter_key(sink.spelling(image_.text(program_.fields[field].name), key(step)));
    }
  }
}

template <class Sink>
void Selector::field(const ResourceView& view, std::uint32_t field, const Access& access, Sink& sink) const {
  const bc::FieldKind kind = program_.fields[field].kind;
  const auto outside = sink.mark();
  if (const Value value = identity(view, kind); !value.is(ValueKind::Missing)) {
    sink.enter_key(identity_key(kind));
    sink.member(value);
  } else if (access.path == bc::kNone) {
    sink.member(Value::missing());
  } else {
    const bc::FieldPath& path = program_.paths[access.path];
    const Walk from = start(view, access, path);
    const auto steps = steps_for(view, path);
    enter_slot(view, field, steps.first(steps.size() - from.steps.size()), sink);
    if (!from.entered.empty()) sink.enter_key(from.entered);
    if (from.from != nullptr)
      walk(from, path, sink);
    else if (!program_.semantics.vacuous_missing || stars(view, access) == 0)
      sink.member(Value::missing());
  }
  sink.rewind(outside);
}

template <class Sink> void Selector::field(const ResourceView& view, std::uint32_t field, Sink& sink) const {
  this->field(view, field, image_.access(view.type, field), sink);
}

template <class Sink>
void Selector::bound(const ResourceView& view, std::uint32_t field, const Value* element, std::uint32_t level,
                     Sink& sink) const {
  const Access& access = image_.access(view.type, field);
  if (access.path == bc::kNone || element == nullptr) {
    sink.member(Value::missing());
    return;
  }
  const bc::FieldPath& path = program_.paths[access.path];
  auto steps = steps_for(view, path);
  std::uint32_t stars = 0;
  while (!steps.empty() && stars < level) {
    stars += steps.front().each ? 1u : 0u;
    steps = steps.subspan(1);
  }
  if (stars < level)
    sink.member(Value::missing()); // on this type the path has fewer arrays
  else
    walk({element, steps, false, true, {}}, path, sink);
}

template <class Sink>
void Selector::keys(const ResourceView& view, std::span<const std::string_view> folded, Sink& sink) const {
  const auto outside = sink.mark();
  if constexpr (!Sink::kPlaces)
    if (view.whole == nullptr && view.lazy_whole != nullptr && !folded.empty()) {
      // Nobody asks how the way is spelled: one member will do.
      const Value* at = view.lazy_whole->member(folded.front());
      for (const std::string_view name : folded.subspan(1)) {
        if (at == nullptr || at->undecided()) break;
        const Member* member = find_entry(*at, name);
        at = member == nullptr ? nullptr : &member->value;
      }
      sink.member(at == nullptr ? Value::missing() : *at);
      return;
    }
  const Value* at = view.get_whole();
  for (const std::string_view name : folded) {
    if (at != nullptr && at->undecided()) break;
    const Member* member = at == nullptr ? nullptr : find_entry(*at, name);
    sink.enter_key(member == nullptr ? name : member->key);
    at = member == nullptr ? nullptr : &member->value;
  }
  sink.member(at == nullptr ? Value::missing() : *at);
  sink.rewind(outside);
}

} // namespace writ::vm
