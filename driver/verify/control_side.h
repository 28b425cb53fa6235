// SPDX-License-Identifier: MIT
// One policy of a compilation as it is evaluated: under any of its parameter values, on the virtual machine.
#pragma once

#include "verify/parameter_sets.h"
#include "verify/sides.h"
#include "writ/compiler.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace writ::driver::verify {

/// A machine, or why the policy does not take the values.
struct Prepared {
  std::unique_ptr<MachineSide> machine;
  std::string problem;
};

class ControlSide {
public:
  /// The policy by its id in `compilation.controls()`.
  ControlSide(Compilation& compilation, std::string id, const Surroundings& surroundings);
  /// Parameters that the policy does not have are left out.
  [[nodiscard]] Prepared prepare(const ParameterSet& values) const;
  [[nodiscard]] bool has_parameter(const std::string& name) const;
  [[nodiscard]] const std::string& id() const { return id_; }

private:
  std::string id_;
  Surroundings surroundings_;
  std::string open_;                 ///< the bundle with open parameters, as bytes
  std::set<std::string> parameters_; ///< lower case
};

/// Many policies of one compilation in one bundle.
class ManySides {
public:
  /// `keep`: ids, not empty.
  ManySides(Compilation& compilation, const std::vector<std::string>& keep, const Surroundings& surroundings);
  /// Every policy that takes the values gets them; `refused` names those that do not.
  [[nodiscard]] Prepared prepare(const ParameterSet& values, std::set<std::string>& refused) const;

private:
  Surroundings surroundings_;
  std::string open_;
};

} // namespace writ::driver::verify
