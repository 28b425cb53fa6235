// SPDX-License-Identifier: MIT
// Result<T>: a value or the diagnostic that says why there is none. Exceptions never cross a layer.
#pragma once

#include "writ/diagnostic.h"

#include <cassert>
#include <utility>
#include <variant>

namespace writ {

template <typename T> class [[nodiscard]] Result {
public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {} // NOLINT(google-explicit-constructor)
  Result(Diagnostic error) : state_(std::in_place_index<1>, std::move(error)) {} // NOLINT

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() & { return assert(ok()), std::get<0>(state_); }
  [[nodiscard]] const T& value() const& { return assert(ok()), std::get<0>(state_); }
  [[nodiscard]] T&& value() && { return assert(ok()), std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  [[nodiscard]] const Diagnostic& error() const { return assert(!ok()), std::get<1>(state_); }
  [[nodiscard]] Diagnostic take_error() { return assert(!ok()), std::get<1>(std::move(state_)); }

private:
  std::variant<T, Diagnostic> state_;
};

/// Success without a value.
struct Done {};
using Status = Result<Done>;

} // namespace writ
