// SPDX-License-Identifier: MIT
// A compiled set of controls, ready to evaluate. Loading one needs no compiler.
//
//   auto bundle = writ::Bundle::load(bytes, "controls.writb");   // verified here, once
//   if (!bundle) { … bundle.error().message … }
#pragma once

#include "writ/finding.h"
#include "writ/result.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace writ {

namespace bc {
struct Program;
}
namespace vm {
class Image;
}

/// A parameter that can be given when the bundle is evaluated.
struct OpenParameter {
  std::string control; ///< id of the control
  std::string name;
  std::string default_json; ///< JSON text, empty = must be given
};

/// Cheap to move; shares its contents with the engines made from it. Set parameters before making an engine.
class Bundle {
public:
  /// Reads and verifies the bytes of a .writb file. A damaged or hostile file is an error, never a crash.
  static Result<Bundle> load(std::span<const std::byte> bytes, const std::string& name);
  /// Verifies a program that was just generated.
  static Result<Bundle> from_program(bc::Program program, const std::string& name);

  [[nodiscard]] std::size_t control_count() const;
  [[nodiscard]] const ControlRef& control(std::size_t index) const;
  [[nodiscard]] std::vector<OpenParameter> open_parameters() const;
  /// Gives a parameter a value in every control whose id matches (any case; empty = all that have it).
  /// Errors: UnknownParameter, ParameterNotAllowed.
  Status set_parameter(std::string_view control, std::string_view name, std::string_view json_text);
  /// Stable over equal contents: names what was evaluated in reports.
  [[nodiscard]] const std::string& hash() const;

  struct State;
  [[nodiscard]] const std::shared_ptr<State>& state() const { return state_; }

private:
  explicit Bundle(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

} // namespace writ
