// SPDX-License-Identifier: MIT
#include "verify/control_side.h"
#include "writ/bytecode/bundle.h"
#include "writ/text.h"

#include <span>

namespace writ::driver::verify {

namespace {

Result<Bundle> load(const std::string& bytes, const std::string& name) {
  return Bundle::load(std::as_bytes(std::span(bytes.data(), bytes.size())), name);
}

} // namespace

ControlSide::ControlSide(Compilation& compilation, std::string id, const Surroundings& surroundings)
    : id_(std::move(id)), surroundings_(surroundings),
      open_(bc::store_program(compilation.control_program(id_))) {
  const Result<Bundle> bundle = load(open_, id_);
  if (!bundle.ok()) return;
  for (const OpenParameter& parameter : bundle->open_parameters())
    parameters_.insert(lower_ascii(parameter.name));
}

bool ControlSide::has_parameter(const std::string& name) const {
  return parameters_.contains(lower_ascii(name));
}

Prepared ControlSide::prepare(const ParameterSet& values) const {
  Result<Bundle> bundle = load(open_, id_);
  if (!bundle.ok()) return {nullptr, bundle.error().message};
  for (const auto& [name, value] : values.values.items()) {
    if (!has_parameter(name)) continue;
    if (Status status = bundle->set_parameter("", name, value.dump()); !status.ok())
      return {nullptr, status.error().message};
  }
  return {std::make_unique<MachineSide>(*bundle, surroundings_), {}};
}

ManySides::ManySides(Compilation& compilation, const std::vector<std::string>& keep,
                     const Surroundings& surroundings)
    : surroundings_(surroundings), open_(bc::store_program(compilation.program(true, keep))) {}

Prepared ManySides::prepare(const ParameterSet& values, std::set<std::string>& refused) const {
  Result<Bundle> bundle = load(open_, "many");
  if (!bundle.ok()) return {nullptr, bundle.error().message};
  for (const OpenParameter& parameter : bundle->open_parameters())
    for (const auto& [name, value] : values.values.items())
      if (equal_ascii_fold(parameter.name, name) &&
          !bundle->set_parameter(parameter.control, name, value.dump()).ok())
        refused.insert(parameter.control);
  return {std::make_unique<MachineSide>(*bundle, surroundings_), {}};
}

} // namespace writ::driver::verify
