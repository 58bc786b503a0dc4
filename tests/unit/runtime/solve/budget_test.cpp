// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// Single problems with known answers, and the shapes of known networks.

#include <cmath>
#include <gtest/gtest.h>
#include <variant>

#include "runtime/solve/budget/optimise.h"
#include "tests/support/budget_instances.h"

namespace prunec {
namespace {

using test::Counted;
using test::Spread;

Extent of(std::size_t set) {
  return {0, {{set, 1}}};
}
const Extent kOne{1, {}};

Choice choice(std::size_t order, std::vector<double> values) {
  Choice made;
  made.order = order;
  made.values = std::move(values);
  return made;
}

WidthSolution solved(const BudgetProblem& problem, Cost budget) {
  return std::get<WidthSolution>(BudgetOptimiser(problem).solve(budget));
}

/// Two sets of which every channel costs one.
BudgetProblem two(std::vector<double> first, std::vector<double> second) {
  return {{choice(0, std::move(first)), choice(1, std::move(second))}, {0, {{kOne, of(0), 1, {}}, {kOne, of(1), 1, {}}}}};
}

TEST(Budget, TheWeakestOfAllGo) {
  const auto solution = solved(two({1, 2, 9}, {3, 4, 5}), 4);
  EXPECT_EQ(solution.kept, (std::vector<Units>{1, 3}));
  EXPECT_EQ(solution.cost, 4);
  EXPECT_DOUBLE_EQ(solution.value, 21);
  EXPECT_NEAR(solution.gap().value(), 0, 1e-9);
}

TEST(Budget, EqualValuesStayInExecutionOrder) {
  EXPECT_EQ(solved(two({1, 1, 1}, {1, 1, 1}), 4).kept, (std::vector<Units>{3, 1}));
  BudgetProblem reversed = two({1, 1, 1}, {1, 1, 1});
  reversed.choices[0].order = 7;
  EXPECT_EQ(solved(reversed, 4).kept, (std::vector<Units>{1, 3}));
}

TEST(Budget, AllZeroStillFillsTheBudget) {
  const auto solution = solved(two({0, 0, 0}, {0, 0, 0}), 5);
  EXPECT_EQ(solution.cost, 5);
  EXPECT_EQ(solution.value, 0);
  EXPECT_EQ(solution.gap(), 0);
}

TEST(Budget, OneChannelAndNothingToGive) {
  BudgetProblem problem = two({5}, {1, 2, 3});
  problem.choices[1].floors = {{3, 0}};
  EXPECT_EQ(solved(problem, 4).kept, (std::vector<Units>{1, 3}));
  const auto beyond = std::get<OutOfReach>(BudgetOptimiser(problem).solve(3));
  EXPECT_EQ(beyond.least_cost, 4);
  EXPECT_EQ(beyond.conflict, std::vector<StatementId>{0});
}

TEST(Budget, NoSetAtAll) {
  const BudgetProblem problem{{}, {7, {}}};
  EXPECT_TRUE(solved(problem, 7).kept.empty());
  EXPECT_TRUE(std::get<OutOfReach>(BudgetOptimiser(problem).solve(6)).conflict.empty());
}

TEST(Budget, StepsAreKeptAndTheFullWidthIsAllowed) {
  BudgetProblem problem = two({1, 1, 1, 1, 1}, {1, 1, 1, 1, 1});
  for (Choice& each : problem.choices) each.step = 2;
  EXPECT_EQ(solved(problem, 7).kept, (std::vector<Units>{5, 2}));
  EXPECT_EQ(solved(problem, 6).kept, (std::vector<Units>{4, 2}));
}

TEST(Budget, OnlyTheStatementsInTheWayAreNamed) {
  BudgetProblem problem = two(std::vector<double>(8, 1), std::vector<double>(8, 1));
  problem.choices[0].floors = {{2, 10}, {6, 11}};
  problem.choices[1].step = 4;
  problem.choices[1].step_because = 12;
  problem.choices[1].floors = {{1, 13}};
  const auto beyond = std::get<OutOfReach>(BudgetOptimiser(problem).solve(8));
  EXPECT_EQ(beyond.least_cost, 10);
  EXPECT_EQ(beyond.conflict, (std::vector<StatementId>{11, 12}));
}

TEST(Budget, AMeasuredTableIsInterpolatedAndNeverFalls) {
  const CostTable table{{1, 3}, {1, 5}, {10, 30, 20, 60}};
  EXPECT_EQ(look_up(table, 1, 1), 10);
  EXPECT_EQ(look_up(table, 2, 3), 30);
  EXPECT_EQ(look_up(table, 0, 0), 10);
  EXPECT_EQ(look_up(table, 3, 7), 80);
  EXPECT_EQ(never_falling({{1, 2}, {1, 2}, {5, 3, 4, 9}}).costs, (std::vector<Cost>{5, 5, 5, 9}));
}

TEST(Budget, NetworksOfPracticeAreWithinAThousandthOfTheBound) {
  for (const auto& problem :
       {test::resnet18({Spread::kSparse, Counted::kMacs, 1, 1}), test::resnet50({Spread::kSparse, Counted::kMacs, 2, 8}),
        test::mobilenet_v2({Spread::kHalfNormal, Counted::kMacs, 3, 8}), test::densenet121({Spread::kSparse, Counted::kParams, 4, 1}),
        test::vgg16({Spread::kSparse, Counted::kParams, 5, 16}), test::resnet50({Spread::kHalfNormal, Counted::kChannels, 6, 1}),
        test::resnet50({Spread::kUniform, Counted::kMacs, 7, 1}), test::vgg16({Spread::kUniform, Counted::kMacs, 8, 8}),
        test::mobilenet_v2({Spread::kUniform, Counted::kParams, 9, 1}), test::resnet18({Spread::kUniform, Counted::kMacs, 10, 1}),
        test::densenet121({Spread::kUniform, Counted::kMacs, 11, 1})}) {
    const BudgetOptimiser optimiser(problem);
    for (const Cost percent : {90, 70, 50, 30}) {
      const auto solution = std::get<WidthSolution>(optimiser.solve(optimiser.full_cost() * percent / 100));
      EXPECT_LT(solution.gap().value(), 0.001) << percent;
      EXPECT_GT(solution.value, 0);
    }
  }
}

}  // namespace
}  // namespace prunec
