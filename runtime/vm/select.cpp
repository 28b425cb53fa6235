// SPDX-License-Identifier: MIT
#include "vm/select.h"

#include "vm/place_ids.h"

#include "writ/text.h"

#include <algorithm>

namespace writ::vm {

using namespace bc;

const Member* find_entry(const Value& object, std::string_view folded) {
  if (!object.is(ValueKind::Object)) return nullptr;
  for (const Member& member : object.as_object()) {
    if (member.key.size() != folded.size()) continue;
    const bool same = std::equal(folded.begin(), folded.end(), member.key.begin(), [](char want, char have) {
      return want == (have >= 'A' && have <= 'Z' ? static_cast<char>(have | 0x20) : have);
    });
    if (same) return &member;
  }
  return nullptr;
}

namespace {

/// Matches a phrase of literal text and {name} pieces (one or more characters other than '/'); `found`
/// receives what the wanted piece matched. A piece prefers the longest match; phrases have two or three
/// pieces, so trying is cheap, but the number of trials is capped because phrase and text come from outside.
class PhraseMatch {
public:
  PhraseMatch(std::string_view variable, std::string_view& found) : variable_(variable), found_(found) {}

  bool match(std::string_view phrase, std::string_view text) {
    while (!phrase.empty()) {
      const std::size_t close = phrase.front() == '{' ? phrase.find('}') : std::string_view::npos;
      if (close == std::string_view::npos) {
        if (text.empty() || !equal_ascii_fold(phrase.substr(0, 1), text.substr(0, 1))) return false;
        phrase.remove_prefix(1);
        text.remove_prefix(1);
        continue;
      }
      const std::string_view name = phrase.substr(1, close - 1);
      const std::size_t longest = std::min(text.find('/'), text.size());
      for (std::size_t size = longest; size > 0; --size) {
        if (trials_++ > kMostTrials) return false;
        if (!match(phrase.substr(close + 1), text.substr(size))) continue;
        if (equal_ascii_fold(name, variable_)) found_ = text.substr(0, size);
        return true;
      }
      return false;
    }
    return text.empty();
  }

private:
  static constexpr int kMostTrials = 100'000;
  std::string_view variable_;
  std::string_view& found_;
  int trials_ = 0;
};

} // namespace

Value extract(std::string_view phrase, std::string_view variable, const Value& value) {
  if (!value.is(ValueKind::String)) return Value::missing();
  std::string_view found;
  if (!PhraseMatch(variable, found).match(phrase, value.as_string()) || found.empty())
    return Value::missing();
  return Value::string(found);
}

Value last_name(const ResourceIdentity& identity) {
  const Value& source = identity.name.is(ValueKind::Missing) ? identity.id : identity.name;
  if (!source.is(ValueKind::String)) return source.undecided() ? source : Value::missing();
  const std::string_view text = source.as_string();
  return Value::string(text.substr(text.rfind('/') + 1)); // npos + 1 is 0
}

Value full_name(const ResourceIdentity& identity, Arena& arena) {
  if (!identity.full_name.is(ValueKind::Missing)) return identity.full_name;
  if (identity.id.is(ValueKind::String)) {
    // …/providers/<namespace>/<type>/<name>/<type>/<name>: the names behind the last provider.
    const std::string folded = lower_ascii(identity.id.as_string());
    constexpr std::string_view kProviders = "/providers/";
    const std::size_t at = folded.rfind(kProviders);
    if (at != std::string::npos) {
      std::string_view rest = identity.id.as_string().substr(at + kProviders.size());
      std::string names;
      for (std::size_t segment = 0; !rest.empty(); ++segment) {
        const std::size_t end = std::min(rest.find('/'), rest.size());
        if (segment >= 2 && segment % 2 == 0) (names += names.empty() ? "" : "/") += rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
      if (!names.empty()) return Value::string(arena.copy(names));
    }
  }
  // A template or export without id: a child's name already holds the names of its parents.
  return identity.name.is(ValueKind::Missing) ? last_name(identity) : identity.name;
}

namespace {

Value part_of_id(const Value& id, std::string_view (*part)(std::string_view)) {
  if (!id.is(ValueKind::String)) return id;
  const std::string_view text = part(id.as_string());
  return text.empty() ? Value::missing() : Value::string(text);
}

} // namespace

Value Selector::identity(const ResourceView& view, FieldKind kind) const {
  switch (kind) {
  case FieldKind::Name:
    return last_name(view.identity);
  case FieldKind::FullName:
    return full_name(view.identity, arena_);
  case FieldKind::Type:
    return view.identity.type;
  case FieldKind::Id:
    return view.identity.id;
  case FieldKind::ApiVersion:
    return view.identity.api_version;
  case FieldKind::ParentId:
    return part_of_id(view.identity.id, parent_id_of);
  case FieldKind::SubscriptionId:
    return part_of_id(view.identity.id, subscription_id_of);
  case FieldKind::ResourceGroupId:
    return part_of_id(view.identity.id, resource_group_id_of);
  default:
    return Value::missing();
  }
}

std::string_view Selector::identity_key(FieldKind kind) {
  switch (kind) {
  case FieldKind::Name:
    return "name";
  case FieldKind::FullName:
    return "name"; // computed from it
  case FieldKind::Type:
    return "type";
  case FieldKind::Id:
  case FieldKind::ParentId: // the others are computed from it
  case FieldKind::SubscriptionId:
  case FieldKind::ResourceGroupId:
    return "id";
  default:
    return "apiVersion";
  }
}

std::span<const Step> Selector::steps_for(const ResourceView& view, const FieldPath& path) const {
  if (path.version_count > 0 && view.identity.api_version.is(ValueKind::String))
    for (const VersionPath& version :
         std::span(program_.versions).subspan(path.first_version, path.version_count))
      if (equal_ascii_fold(image_.text(version.api_version), view.identity.api_version.as_string()))
        return std::span(program_.steps).subspan(version.first_step, version.step_count);
  return default_steps(path);
}

bool Selector::shares_slot(std::span<const Step> steps, const Access& access, const FieldPath& path) const {
  const auto own = default_steps(path).first(access.walked);
  return steps.size() >= own.size() &&
         std::equal(own.begin(), own.end(), steps.begin(),
                    [&](const Step& a, const Step& b) { return a.each == b.each && key(a) == key(b); });
}

Walk Selector::start(const ResourceView& view, const Access& access, const FieldPath& path) const {
  const auto steps = steps_for(view, path);
  const bool fallback = (path.flags & kRootOrProperties) != 0;
  const bool slot_fits =
      access.slot != kNone && (path.version_count == 0 || shares_slot(steps, access, path));
  Walk from_slot{nullptr, steps, false, false, {}};
  if (slot_fits) {
    const bool each = access.walked > 0 && steps[access.walked - 1u].each;
    from_slot = {&view.slots[access.slot], steps.subspan(access.walked), each, false, {}};
    if (!fallback) return from_slot;
  }
  const Value* root = slot_fits && access.walked == 0 ? &view.slots[access.slot] : view.get_whole();
  if (root == nullptr) return from_slot;
  if (fallback && !steps.empty() && find_entry(*root, key(steps[0])) == nullptr)
    if (const Member* properties = find_entry(*root, "properties"))
      return {&properties->value, steps, false, false, properties->key};
  return {root, steps, false, false, {}};
}

std::uint32_t Selector::stars(const ResourceView& view, const Access& access) const {
  if (access.path == kNone) return 0;
  const auto steps = steps_for(view, program_.paths[access.path]);
  return static_cast<std::uint32_t>(
      std::count_if(steps.begin(), steps.end(), [](const Step& step) { return step.each; }));
}

} // namespace writ::vm
