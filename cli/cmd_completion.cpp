// SPDX-License-Identifier: MIT
// Completion scripts made from the command table and the options themselves.
#include "commands.h"
#include "exit_codes.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

namespace writ::cli {

namespace {

std::string words_of(const CLI::App& app) {
  std::string words;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames())
      words += " --" + name;
  return words;
}

std::string bash(const CLI::App& root) {
  std::string commands;
  std::string cases;
  for (const CLI::App* sub : root.get_subcommands([](const CLI::App*) { return true; })) {
    commands += " " + sub->get_name();
    cases += "    " + sub->get_name() + ") words=\"" + words_of(*sub) + "\" ;;\n";
  }
  return "_writ() {\n  local current=\"${COMP_WORDS[COMP_CWORD]}\" words=\"\"\n  if [ \"$COMP_CWORD\" -eq 1 "
         "]; then\n    words=\"" +
         commands + "\"\n  else case \"${COMP_WORDS[1]}\" in\n" + cases +
         "  esac; fi\n  COMPREPLY=($(compgen -W \"$words\" -- \"$current\") $(compgen -f -- "
         "\"$current\"))\n}\ncomplete -o filenames -F _writ writ\n";
}

std::string zsh(const CLI::App& root) {
  return "#compdef writ\nautoload -U +X bashcompinit && bashcompinit\n" + bash(root);
}

std::string fish(const CLI::App& root) {
  std::string out;
  for (const CLI::App* sub : root.get_subcommands([](const CLI::App*) { return true; })) {
    out += "complete -c writ -n __fish_use_subcommand -a " + sub->get_name() + " -d '" +
           sub->get_description() + "'\n";
    for (const CLI::Option* option : sub->get_options())
      for (const std::string& name : option->get_lnames())
        out += "complete -c writ -n '__fish_seen_subcommand_from " + sub->get_name() + "' -l " + name + "\n";
  }
  return out;
}

} // namespace

Action setup_completion(CLI::App& app, const GlobalOptions&) {
  auto shell = std::make_shared<std::string>();
  app.add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  const CLI::App* root = app.get_parent();
  return [shell, root] {
    const std::string text = *shell == "bash" ? bash(*root) : *shell == "zsh" ? zsh(*root) : fish(*root);
    std::fwrite(text.data(), 1, text.size(), stdout);
    return int{kClean};
  };
}

} // namespace writ::cli
