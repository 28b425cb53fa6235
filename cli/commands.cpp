// SPDX-License-Identifier: MIT
#include "commands.h"

#include <array>

namespace writ::cli {

namespace {
constexpr std::array kCommands = {
    Command{"check", "parse and type-check controls; evaluates nothing",
            "  writ check controls/                 every .writ file below a folder\n"
            "  writ check std                       the standard library\n"
            "  writ check --aliases all.json mine.writ   with every alias of a tenant\n"
            "  writ check --aliases all.json policies/   Azure Policy JSON as well\n",
            setup_check},
    Command{"test", "run the test blocks of controls",
            "  writ test controls/                  every test below a folder\n"
            "  writ test std                        the standard library's own tests\n",
            setup_test},
    Command{"eval", "evaluate snapshots",
            "  writ eval -p std snapshot.ndjson\n"
            "  az graph query -q 'resources' | writ eval -p std -\n"
            "  writ eval -p controls/ -p std --format ndjson=findings.ndjson --format text snapshot/\n"
            "  writ eval -p std --param AIS-NET-001.effect=Deny --severity high snapshot.json\n",
            setup_eval},
    Command{
        "merge", "put the results of several partial runs together",
        "  writ eval -p std --now 2026-01-01T00:00:00Z --partial-result 1.part part1.ndjson   on one "
        "machine\n"
        "  writ eval -p std --now 2026-01-01T00:00:00Z --partial-result 2.part part2.ndjson   on another\n"
        "  writ merge 1.part 2.part                       as one run over both\n",
        setup_merge},
    Command{"explain", "show why a control gives its verdict on a resource",
            "  writ explain AIS-NET-001 /subscriptions/…/accounts/a1 snapshot.ndjson -p std\n",
            setup_explain},
    Command{"emit", "write Azure Policy definitions, initiatives and exemptions",
            "  writ emit azure-policy -p std --partial -o out/\n"
            "  writ emit arm -p controls/ -o out/ --scope "
            "/providers/Microsoft.Management/managementGroups/mg-ai\n"
            "  writ emit epac -p controls/ -o . --pac-selector prod     a repository of Enterprise Policy as "
            "Code\n"
            "  writ emit all -p controls/ -o out/                       every target, a folder each\n"
            "  writ emit azure-policy -p controls/ -o policies/ --split    also rule and parameter files for "
            "`az policy`\n"
            "  writ emit all -p controls/ --check out/                  in CI: exit 1 when files are stale\n",
            setup_emit},
    Command{"verify", "check that emitted definitions mean what their controls mean",
            "  writ verify std                      emits, reads back, compares every control\n"
            "  writ verify controls/ --snapshot snapshot.ndjson   on your own resources as well\n"
            "  writ verify policies/ --pairs 5000   Azure Policy JSON, on more generated resources\n"
            "  writ verify std --table docs/verified.md   the table of results\n"
            "  writ verify std --self-test          would a broken emitter be noticed?\n",
            setup_verify},
    Command{"doc", "write a page for every control",
            "  writ doc -p std -o docs/controls\n"
            "  writ doc -p controls/ -o docs/controls --check      in CI: exit 1 when pages are stale\n",
            setup_doc},
    Command{"import", "turn Azure Policy definitions and initiatives into .writ source",
            "  writ import definition.json                    prints the source\n"
            "  writ import definitions/*.json -o imported/    one file per category\n"
            "  writ import builtins.ndjson -o imported/       one definition a line\n",
            setup_import},
    Command{"build", "compile controls into a bundle (.writb)",
            "  writ build -p controls/ -o controls.writb\n", setup_build},
    Command{"diff", "compare two versions of policies: which verdicts change, by proof or by example",
            "  writ diff old/ new/\n"
            "  writ diff old/ new/ --snapshot tenant.ndjson      also the verdicts that flip\n"
            "  writ diff before.json after.json --format json    definitions as well\n",
            setup_diff},
    Command{"disasm", "print a bundle as text", "  writ disasm controls.writb\n", setup_disasm},
    Command{"aliases", "search the catalogue of resource properties",
            "  writ aliases publicNetworkAccess\n"
            "  writ aliases --type Microsoft.CognitiveServices/accounts\n",
            setup_aliases},
    Command{"completion", "print a completion script", "  source <(writ completion bash)\n",
            setup_completion},
};
} // namespace

std::span<const Command> all_commands() { return kCommands; }

} // namespace writ::cli
