// SPDX-License-Identifier: MIT
// A resource as the VM sees it. The snapshot layer fills it; all values stay valid until the next
// begin_resource().
#pragma once

#include "writ/semantics/value.h"

#include <cstdint>
#include <span>

namespace writ::vm {

/// What identifies a resource. The fields name, fullName, type, id and apiVersion are answered from here and
/// never from slots, because names are taken apart or computed. Each is a String, Unknown, or Missing.
struct ResourceIdentity {
  Value id;
  Value name;        ///< as in the resource; may hold the names of the parents
  Value type;        ///< full type, as spelled in the resource
  Value full_name;   ///< only when the input says so; else computed from id, or from type and name
  Value api_version; ///< Missing for stored state: default paths apply
};

/// Puts the resource together as one value when somebody asks for it: most code reads slots only.
class WholeResource {
public:
  virtual ~WholeResource() = default;
  virtual const Value& value() = 0;
  /// Its first member of this name (lower case), any case; null when there is none.
  virtual const Value* member(std::string_view folded) = 0;
};

struct ResourceView {
  std::uint32_t type = 0;       ///< index into Program::types: Image::find_type
  std::span<const Value> slots; ///< slot_count values of that type; Missing where the walk led nowhere
  const Value* whole =
      nullptr; ///< the resource; this or the next is required where TypeProgram::needs_whole,
               ///< welcome when tracing (exact spelling of property names)
  WholeResource* lazy_whole = nullptr;
  ResourceIdentity identity;
  /// The whole resource; null when the view does not have it.
  [[nodiscard]] const Value* get_whole() const {
    if (whole != nullptr) return whole;
    return lazy_whole == nullptr ? nullptr : &lazy_whole->value();
  }
};

} // namespace writ::vm
