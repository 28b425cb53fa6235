// SPDX-License-Identifier: MIT
// What a bundle holds. Private to the engine.
#pragma once

#include "snapshot/extract.h"
#include "vm/image.h"
#include "writ/bundle.h"

#include <memory>
#include <string>
#include <vector>

namespace writ {

struct Bundle::State {
  State(bc::Program program, std::string bundle_name)
      : image(std::move(program)), tries(image.program()), name(std::move(bundle_name)) {}
  vm::Image image;
  snapshot::TrieIndex tries;
  std::string name;
  std::string hash;
  std::vector<ControlRef> controls;
  Arena parameter_values;
};

} // namespace writ
