// SPDX-License-Identifier: MIT
// The targets beside the REST bodies: each is read back in its own language, and what comes out must be the
// controls and initiatives again.
#pragma once

#include "writ/driver/verify.h"

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace writ::driver::verify {

class TargetCheck {
public:
  /// `definitions`: the REST bodies of what is selected, by control, as they are emitted now.
  TargetCheck(const Files& disk, Compilation& compilation, const CompileRequest& compile,
              const VerifyRequest& request, const std::vector<EmittedFile>& definitions)
      : disk_(disk), compilation_(compilation), compile_(compile), request_(request),
        definitions_(definitions), all_(request.controls.empty() && request.least_severity.empty()) {}

  /// Fills `targets` of every control that has a definition, and the initiatives of the report.
  void run(VerifyReport& report);

private:
  using json = nlohmann::ordered_json;
  struct Contents {
    std::map<std::string, json> definitions; ///< REST bodies by name
    std::map<std::string, json> initiatives;
    std::vector<std::string> problems;
    std::map<std::string, std::string> refused; ///< reason, by id of the control
  };

  Contents read(const std::string& target);
  [[nodiscard]] std::vector<EmittedFile> from_disk(const std::string& target, std::vector<EmittedFile> files,
                                                   std::vector<std::string>& problems) const;
  void compare_definitions(const std::string& target, const Contents& contents, VerifyReport& report);
  void emit_initiatives(VerifyReport& report);
  void compare_initiatives(const std::string& target, const Contents& contents, VerifyReport& report);

  const Files& disk_;
  Compilation& compilation_;
  const CompileRequest& compile_;
  const VerifyRequest& request_;
  const std::vector<EmittedFile>& definitions_;
  const bool all_;                  ///< every control is selected
  std::map<std::string, json> own_; ///< REST bodies of the definitions, by name
  std::vector<json> initiatives_;   ///< … and of the initiatives, in the order of the report
};

} // namespace writ::driver::verify
