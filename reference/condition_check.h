// SPDX-License-Identifier: MIT
// Definition errors of condition trees and expressions, found before any resource is looked at.
// Source: "Definition errors", "Lexical grammar and syntax", "Limits".
#pragma once

#include "catalogue.h"
#include "expression.h"
#include "options.h"
#include "truth.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace writ::reference {

/// One count around the place that is being checked.
struct CheckScope {
  bool by_value = false;
  std::string name;  ///< value counts: lower case
  std::string alias; ///< field counts: lower case
};

class ConditionChecker {
public:
  /// `parameters`: lower-case names that are declared; nullptr = any name is fine.
  ConditionChecker(const Catalogue& catalogue, const Options& options, ExpressionCache& cache,
                   const std::set<std::string>* parameters)
      : catalogue_(catalogue), options_(options), cache_(cache), parameters_(parameters) {}

  std::optional<Failure> check_condition(const json& condition);
  /// Expressions anywhere inside a literal.
  std::optional<Failure> check_literal(const json& value);

private:
  std::optional<Failure> check_object(const json& condition);
  std::optional<Failure> check_logical(const json& condition);
  std::optional<Failure> check_leaf(const json& condition);
  std::optional<Failure> check_field(const json& field);
  std::optional<Failure> check_right(std::string_view operator_name, const json& right);
  std::optional<Failure> check_count(const json& count);
  std::optional<Failure> check_count_field(const json& count, CheckScope& scope);
  std::optional<Failure> check_count_value(const json& count, CheckScope& scope);
  std::optional<Failure> check_expression(const Expression& expression);
  std::optional<Failure> check_special(const Expression& call);
  std::optional<Failure> check_current(const Expression& call);

  const Catalogue& catalogue_;
  const Options& options_;
  ExpressionCache& cache_;
  const std::set<std::string>* parameters_;
  std::vector<CheckScope> scopes_;
  std::size_t conditions_ = 0;
  std::size_t calls_ = 0;
};

} // namespace writ::reference
