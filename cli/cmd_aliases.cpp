// SPDX-License-Identifier: MIT
#include "args.h"
#include "exit_codes.h"
#include "writ/text.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>

namespace writ::cli {

Action setup_aliases(CLI::App& app, const GlobalOptions& global) {
  struct Args {
    std::string text;
    std::string type;
    std::vector<std::string> aliases;
  };
  auto args = std::make_shared<Args>();
  app.add_option("TEXT", args->text, "part of an alias name, any case");
  app.add_option("--type", args->type, "only this resource type")->type_name("TYPE");
  app.add_option("--aliases", args->aliases,
                 "more resource types: output of `az provider list --expand resourceTypes/aliases`")
      ->type_name("FILE")
      ->allow_extra_args(false);
  return [args, &global] {
    CompileRequest request;
    request.alias_files = args->aliases;
    const Compilation compilation = Compilation::compile(DiskFiles(), request);
    if (print_diagnostics(compilation.diagnostics(), compilation.sources(), global)) return int{kFailed};
    const Catalog& catalog = compilation.catalog();
    const std::string wanted = lower_ascii(args->text);
    if (!args->type.empty() && !catalog.find_type(args->type)) {
      fmt::print(stderr, "writ: no resource type `{}`", args->type);
      const auto near = catalog.nearest_types(args->type);
      fmt::print(stderr, "{}\n",
                 near.empty() ? std::string() : fmt::format("; did you mean `{}`?", near.front()));
      return int{kFailed};
    }
    std::size_t found = 0;
    for (const ResourceTypeInfo& type : catalog.types()) {
      if (!args->type.empty() && !equal_ascii_fold(type.name, args->type)) continue;
      for (std::uint32_t index : type.aliases) {
        const Alias& alias = catalog.alias(index);
        if (lower_ascii(alias.name).find(wanted) == std::string::npos) continue;
        ++found;
        std::string more;
        if (alias.property_type != PropertyType::Unknown)
          more += fmt::format(" {}", to_text(alias.property_type));
        if (alias.read_only) more += " read-only";
        if (alias.modifiable == Ternary::Yes) more += " modifiable";
        for (std::size_t i = 0; i < alias.allowed.size(); ++i)
          more += fmt::format("{}{}", i == 0 ? " = " : " | ", alias.allowed[i]);
        fmt::print("{}\n    {}{}\n", alias.name, alias.path, more);
      }
    }
    if (found == 0) fmt::print(stderr, "writ: no alias contains `{}`\n", args->text);
    return found == 0 ? int{kViolations} : int{kClean};
  };
}

} // namespace writ::cli
