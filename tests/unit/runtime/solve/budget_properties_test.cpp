// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// What holds for every problem and every budget.

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <variant>

#include "runtime/solve/budget/optimise.h"
#include "tests/support/random_budgets.h"

namespace prunec {
namespace {

using test::plain_allowed;
using test::plain_cost;
using test::plain_value;
using test::RandomShape;

double plain_value_of(const BudgetProblem& problem, const std::vector<Units>& kept) {
  double sum = 0;
  for (std::size_t s = 0; s < kept.size(); ++s) sum += plain_value(problem.choices[s], kept[s]);
  return sum;
}

bool nearly_equal(double a, double b) {
  return std::abs(a - b) <= 1e-9 * std::max({1.0, std::abs(a), std::abs(b)});
}

Cost cost_between(Cost least, Cost most) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1));
}

Cost budget_within_reach(const BudgetOptimiser& optimiser) {
  return cost_between(optimiser.least_cost(), optimiser.full_cost());
}

/// The most that any choice within the budget keeps, by trying all of them.
double best_of_all(const BudgetProblem& problem, Cost budget) {
  double best = -1;
  std::vector<Units> kept(problem.choices.size());
  const auto try_from = [&](auto&& self, std::size_t s) -> void {
    if (s == kept.size()) {
      if (plain_cost(problem.cost, kept) <= budget) best = std::max(best, plain_value_of(problem, kept));
      return;
    }
    for (const Units units : plain_allowed(problem.choices[s])) {
      kept[s] = units;
      self(self, s + 1);
    }
  };
  try_from(try_from, 0);
  return best;
}

void check_solution(const BudgetProblem& problem, Cost budget, const WidthSolution& solution) {
  RC_ASSERT(solution.cost == plain_cost(problem.cost, solution.kept));
  RC_ASSERT(solution.cost <= budget);
  RC_ASSERT(nearly_equal(solution.value, plain_value_of(problem, solution.kept)));
  for (std::size_t s = 0; s < problem.choices.size(); ++s) {
    const std::vector<Units> allowed = plain_allowed(problem.choices[s]);
    const auto here = std::find(allowed.begin(), allowed.end(), solution.kept[s]);
    RC_ASSERT(here != allowed.end());
    if (std::next(here) == allowed.end()) continue;
    std::vector<Units> wider = solution.kept;
    wider[s] = *std::next(here);
    RC_ASSERT(plain_cost(problem.cost, wider) > budget);
  }
}

void holds_in_every_solution(const RandomShape& shape) {
  const BudgetProblem problem = *test::random_problem(shape);
  const BudgetOptimiser optimiser(problem);
  const Cost budget = cost_between(optimiser.least_cost() - 1, optimiser.full_cost() + 1);
  const auto result = optimiser.solve(budget);
  if (const auto* solution = std::get_if<WidthSolution>(&result)) {
    check_solution(problem, budget, *solution);
  } else {
    RC_ASSERT(budget < optimiser.least_cost());
  }
}

TEST(BudgetProperties, EveryConstraintHoldsAndNoStepIsLeftOver) {
  EXPECT_TRUE(rc::check([] { holds_in_every_solution({}); }));
}

TEST(BudgetProperties, TheSameWithMeasuredTables) {
  EXPECT_TRUE(rc::check([] { holds_in_every_solution({6, 9, true}); }));
}

void more_never_keeps_less(const RandomShape& shape) {
  const BudgetProblem problem = *test::random_problem(shape);
  const BudgetOptimiser optimiser(problem);
  double last = -1;
  const Cost stride = 1 + (optimiser.full_cost() - optimiser.least_cost()) / 300;
  for (Cost budget = optimiser.least_cost(); budget <= optimiser.full_cost() + stride; budget += stride) {
    const auto solution = std::get<WidthSolution>(optimiser.solve(budget));
    RC_ASSERT(solution.value >= last);
    last = solution.value;
  }
}

TEST(BudgetProperties, MoreBudgetNeverKeepsLess) {
  EXPECT_TRUE(rc::check([] { more_never_keeps_less({4, 7, false}); }));
}

TEST(BudgetProperties, MoreBudgetNeverKeepsLessWithMeasuredTables) {
  EXPECT_TRUE(rc::check([] { more_never_keeps_less({4, 7, true}); }));
}

TEST(BudgetProperties, TheOrderOfTheInputChangesNothing) {
  EXPECT_TRUE(rc::check([] {
    const BudgetProblem problem = *test::random_problem({6, 9, *rc::gen::arbitrary<bool>()});
    std::vector<std::size_t> place(problem.choices.size());
    for (std::size_t s = 0; s < place.size(); ++s) place[s] = s;
    for (std::size_t s = place.size(); s > 1; --s) std::swap(place[s - 1], place[*rc::gen::inRange<std::size_t>(0, s)]);
    BudgetProblem moved;
    moved.cost = problem.cost;
    moved.choices.resize(place.size());
    for (std::size_t s = 0; s < place.size(); ++s) moved.choices[place[s]] = problem.choices[s];
    for (CostLayer& layer : moved.cost.layers) {
      for (ExtentTerm& term : layer.input.terms) term.set = place[term.set];
      for (ExtentTerm& term : layer.output.terms) term.set = place[term.set];
    }
    std::reverse(moved.cost.layers.begin(), moved.cost.layers.end());
    const BudgetOptimiser optimiser(problem);
    const Cost budget = budget_within_reach(optimiser);
    const auto one = std::get<WidthSolution>(optimiser.solve(budget));
    const auto other = std::get<WidthSolution>(BudgetOptimiser(moved).solve(budget));
    for (std::size_t s = 0; s < place.size(); ++s) RC_ASSERT(one.kept[s] == other.kept[place[s]]);
    RC_ASSERT(one.value == other.value);
  }));
}

TEST(BudgetProperties, WhatASolutionKeepsIsKeptWhenSolvedAgain) {
  EXPECT_TRUE(rc::check([] {
    const BudgetProblem problem = *test::random_problem({6, 9, *rc::gen::arbitrary<bool>()});
    const BudgetOptimiser optimiser(problem);
    const Cost budget = budget_within_reach(optimiser);
    const auto solution = std::get<WidthSolution>(optimiser.solve(budget));
    RC_ASSERT(std::get<WidthSolution>(optimiser.solve(budget)) == solution);
    BudgetProblem pruned = problem;
    for (std::size_t s = 0; s < pruned.choices.size(); ++s) {
      std::vector<double>& values = pruned.choices[s].values;
      values.erase(values.begin(), values.end() - solution.kept[s]);
    }
    RC_ASSERT(std::get<WidthSolution>(BudgetOptimiser(pruned).solve(budget)).kept == solution.kept);
  }));
}

TEST(BudgetProperties, NothingIsAboveTheBound) {
  EXPECT_TRUE(rc::check([] {
    const BudgetProblem problem = *test::random_problem({4, 6, false});
    const BudgetOptimiser optimiser(problem);
    const Cost budget = budget_within_reach(optimiser);
    const auto solution = std::get<WidthSolution>(optimiser.solve(budget));
    const double best = best_of_all(problem, budget);
    RC_ASSERT(solution.value <= best * (1 + 1e-9));
    RC_ASSERT(*solution.bound >= best * (1 - 1e-9));
  }));
}

/// Against trying everything: the mean loss and how many are solved exactly.
TEST(BudgetProperties, IsNearTheBestOfAll) {
  double lost = 0;
  int solved = 0;
  int exact = 0;
  EXPECT_TRUE(rc::check([&] {
    const BudgetProblem problem = *test::random_problem({5, 7, false});
    const BudgetOptimiser optimiser(problem);
    const Cost budget = budget_within_reach(optimiser);
    const double best = best_of_all(problem, budget);
    const double value = std::get<WidthSolution>(optimiser.solve(budget)).value;
    if (best > 0) lost += (best - value) / best;
    if (nearly_equal(best, value)) ++exact;
    ++solved;
  }));
  EXPECT_LT(lost / solved, 0.01);
  EXPECT_GT(exact, solved * 9 / 10);
  RecordProperty("mean_loss_percent", std::to_string(100 * lost / solved));
  RecordProperty("exact", std::to_string(exact) + " of " + std::to_string(solved));
}

TEST(BudgetProperties, AConflictIsOneAndEveryStatementOfItCounts) {
  EXPECT_TRUE(rc::check([] {
    const BudgetProblem problem = *test::random_problem({5, 8, *rc::gen::arbitrary<bool>()});
    const BudgetOptimiser optimiser(problem);
    const Cost budget = cost_between(0, optimiser.least_cost() - 1);
    const auto beyond = std::get<OutOfReach>(optimiser.solve(budget));
    RC_ASSERT(beyond.least_cost == optimiser.least_cost());
    RC_ASSERT(std::holds_alternative<WidthSolution>(optimiser.solve(beyond.least_cost)));
    const auto least_with = [&](const std::vector<StatementId>& statements) {
      const auto holds = [&](StatementId id) { return std::find(statements.begin(), statements.end(), id) != statements.end(); };
      std::vector<Units> kept;
      for (Choice choice : problem.choices) {
        std::erase_if(choice.floors, [&](const Floor& floor) { return !holds(floor.statement); });
        if (choice.step_because && !holds(*choice.step_because)) choice.step = 1;
        kept.push_back(plain_allowed(choice).front());
      }
      return plain_cost(problem.cost, kept);
    };
    RC_ASSERT(least_with(beyond.conflict) > budget);
    for (std::size_t i = 0; i < beyond.conflict.size(); ++i) {
      std::vector<StatementId> fewer = beyond.conflict;
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
      RC_ASSERT(least_with(fewer) <= budget);
    }
  }));
}

}  // namespace
}  // namespace prunec
