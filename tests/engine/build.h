// SPDX-License-Identifier: MIT
// Programs for engine tests, from short descriptions: no compiler takes part.
#pragma once

#include "writ/bundle.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace writ::testing {

struct TestViolation {
  std::string condition; ///< see condition_code
  std::string message;   ///< operand, or empty
};

struct TestOperation {
  std::string operation, field, value, condition; ///< operands, or empty
};

/// Operands, or empty.
struct TestRelation {
  std::string type, name, kind, resource_group, scope;
  std::string condition;
  bool static_type = true; ///< the type is stated as a constant, as code generation does
  bool reads_primary = false;
};

struct TestParameter {
  std::string name;
  int type = 0;        ///< order of ir::ParameterType
  std::string value;   ///< JSON, or empty
  std::string allowed; ///< JSON array, or empty
};

struct TestControl {
  std::string id;
  std::string origin = "AzureDefinition";
  std::string mode = "All";
  std::string effect = "\"audit\""; ///< operand, or empty
  std::vector<std::string> types;   ///< empty: runs for every type
  std::string applicable = "true";
  std::vector<TestViolation> violations;
  std::string details; ///< operand, or empty
  std::vector<TestOperation> operations;
  std::vector<TestRelation> relation; ///< none or one
  std::vector<TestParameter> parameters;
  std::string not_evaluable;
  std::string instance; ///< fields of its instance record as in assembly, or empty
};

/// Fields read by the controls: name -> path from the root, without [*].
using TestFields = std::map<std::string, std::string>;

/// Assembly text of a program with these controls. Conditions are "LEFT OPERATOR RIGHT", "true" or "false";
/// LEFT may be the name of a field. Operands are JSON, field(f), primary(f), param(p), subscription(member),
/// group(member), now() or fail().
std::string assembly_of(const std::vector<TestControl>& controls, const TestFields& fields);
Bundle bundle_of(const std::vector<TestControl>& controls, const TestFields& fields);

} // namespace writ::testing
