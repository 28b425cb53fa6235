// SPDX-License-Identifier: MIT
#include "document/index_page.h"
#include "document/control_page.h"
#include "document/markdown.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace writ::document {

namespace {

constexpr std::array<std::string_view, 5> kSeverities = {"critical", "high", "medium", "low", "info"};

std::string link_to(const ir::Policy& policy) {
  return fmt::format("[{}]({})", policy.id, page_name(policy));
}

std::vector<const Control*> sorted(const Input& input) {
  std::vector<const Control*> out;
  for (const Control& control : input.controls)
    out.push_back(&control);
  std::sort(out.begin(), out.end(),
            [](const Control* a, const Control* b) { return a->policy->id < b->policy->id; });
  return out;
}

std::string local_mark(const Control& control) {
  return control.not_emittable_because.empty() ? "local, Azure Policy" : "local";
}

} // namespace

std::string index_page(const Input& input) {
  const std::vector<const Control*> controls = sorted(input);
  const auto emittable = std::count_if(controls.begin(), controls.end(), [](const Control* control) {
    return control->not_emittable_because.empty();
  });
  std::string out =
      fmt::format("# Controls\n\n{} controls; {} of them can become Azure Policy, the others run "
                  "locally. By framework: [frameworks.md](frameworks.md).\n\n## By severity\n\n",
                  controls.size(), emittable);
  out += "| severity | controls |\n| --- | --- |\n";
  for (std::string_view severity : kSeverities) {
    std::string links;
    for (const Control* control : controls)
      if (control->policy->severity == severity)
        links += (links.empty() ? "" : ", ") + link_to(*control->policy);
    if (!links.empty()) out += row({std::string(severity), links});
  }
  out += "\n## By service\n";
  std::vector<std::string> services;
  for (const Control* control : controls)
    services.push_back(control->policy->category);
  std::sort(services.begin(), services.end());
  services.erase(std::unique(services.begin(), services.end()), services.end());
  for (const std::string& service : services) {
    out += fmt::format("\n### {}\n\n| control | requirement | severity | runs |\n| --- | --- | --- | --- |\n",
                       service.empty() ? "Other" : service);
    for (const Control* control : controls)
      if (control->policy->category == service)
        out += row({link_to(*control->policy), cell(control->policy->title), control->policy->severity,
                    local_mark(*control)});
  }
  return out;
}

std::string frameworks_page(const Input& input) {
  const std::vector<const Control*> controls = sorted(input);
  std::string out = "# Controls by framework\n";
  for (const auto& [name, framework] : input.frameworks) {
    out += fmt::format("\n## {}\n\n", framework.title);
    if (!framework.link.empty()) out += fmt::format("<{}>\n\n", framework.link);
    out += "| number | title | controls |\n| --- | --- | --- |\n";
    std::size_t open = 0;
    for (const auto& [number, title] : framework.items) {
      std::string links;
      for (const Control* control : controls) {
        const auto& mappings = control->policy->mappings;
        const bool maps =
            std::any_of(mappings.begin(), mappings.end(), [&, n = name, id = number](const auto& m) {
              return m.framework == n && m.control == id;
            });
        if (maps) links += (links.empty() ? "" : ", ") + link_to(*control->policy);
      }
      if (links.empty()) {
        ++open;
        continue;
      }
      out += row({cell(number), cell(title), links});
    }
    if (open > 0)
      out += fmt::format("\n{} other number{} of this framework {} no control in this library.\n", open,
                         open == 1 ? "" : "s", open == 1 ? "has" : "have");
  }
  return out;
}

} // namespace writ::document
