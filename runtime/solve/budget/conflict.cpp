// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/conflict.h"

#include <algorithm>

#include "runtime/solve/budget/instance.h"

namespace prunec::budget {

namespace {

std::vector<StatementId> statements_of(const BudgetProblem& problem) {
  std::vector<StatementId> statements;
  for (const Choice& choice : problem.choices) {
    for (const Floor& floor : choice.floors) statements.push_back(floor.statement);
    if (choice.step_because) statements.push_back(*choice.step_because);
  }
  std::sort(statements.begin(), statements.end());
  statements.erase(std::unique(statements.begin(), statements.end()), statements.end());
  return statements;
}

Cost least_cost(const BudgetProblem& problem, const InForce& in_force) {
  std::vector<Units> units;
  for (const Choice& choice : problem.choices) units.push_back(least_units(choice, in_force));
  return cost_of(problem.cost, units);
}

}  // namespace

std::vector<StatementId> conflict_of(const BudgetProblem& given, Cost limit) {
  BudgetProblem problem = given;
  for (CostLayer& layer : problem.cost.layers) {
    if (layer.table) layer.table = never_falling(std::move(*layer.table));
  }
  const std::vector<StatementId> statements = statements_of(problem);
  if (statements.empty()) return {};
  InForce in_force(statements.back() + 1, false);
  for (const StatementId statement : statements) in_force[statement] = true;
  for (const StatementId statement : statements) {
    in_force[statement] = false;
    if (least_cost(problem, in_force) <= limit) in_force[statement] = true;
  }
  std::vector<StatementId> conflict;
  for (const StatementId statement : statements) {
    if (in_force[statement]) conflict.push_back(statement);
  }
  return conflict;
}

}  // namespace prunec::budget
