// SPDX-License-Identifier: MIT
// Files that are part of the program: the standard library and the built-in catalogue (cmake/embed.cmake).
#pragma once

#include <span>
#include <string_view>

namespace writ::embedded {

struct File {
  std::string_view path; ///< relative, with '/'
  std::string_view text;
};

/// stdlib/std/**.writ, sorted by path.
std::span<const File> standard_library();
/// stdlib/catalog/*.catalog, sorted by path.
std::span<const File> builtin_catalog();

} // namespace writ::embedded
