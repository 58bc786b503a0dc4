// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// That nothing is above the bound, against trying everything.

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <variant>

#include "runtime/solve/budget/elimination.h"
#include "runtime/solve/budget/optimise.h"
#include "tests/support/random_budgets.h"

namespace prunec {
namespace {

using budget::Elimination;
using budget::Grids;
using budget::Instance;
using budget::Point;
using budget::Rungs;

std::size_t below(std::size_t end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, end));
}

template <typename Tried>
void try_all(const Instance& instance, const Tried& tried) {
  Rungs rungs(instance.ladders.size());
  const auto try_from = [&](auto&& self, std::size_t s) -> void {
    if (s == rungs.size()) return tried(Point(instance, rungs));
    for (std::size_t rung = 0; rung < instance.ladders[s].units.size(); ++rung) {
      rungs[s] = rung;
      self(self, s + 1);
    }
  };
  try_from(try_from, 0);
}

double priced(const Point& point, double price) {
  return point.value() - price * static_cast<double>(point.cost());
}

double most_of_all(const Instance& instance, double price) {
  double most = priced(Point(instance), price);
  try_all(instance, [&](const Point& point) { most = std::max(most, priced(point, price)); });
  return most;
}

/// A price at which some of the sets are worth their cost.
double some_price(const Instance& instance) {
  Rungs tops;
  for (const auto& ladder : instance.ladders) tops.push_back(ladder.units.size() - 1);
  const Point full(instance, tops);
  const Cost least = Point(instance).cost();
  const Cost cost = least + static_cast<Cost>(below(static_cast<std::size_t>(full.cost() - least) + 1));
  return full.value() / static_cast<double>(std::max<Cost>(cost, 1));
}

/// All rungs, or the ends and some of those between.
Grids grids_of(const Instance& instance, bool all) {
  Grids grids;
  for (const auto& ladder : instance.ladders) {
    Rungs grid;
    for (std::size_t rung = 0; rung < ladder.units.size(); ++rung) {
      if (all || rung == 0 || rung + 1 == ladder.units.size() || below(4) == 0) grid.push_back(rung);
    }
    grids.push_back(std::move(grid));
  }
  return grids;
}

double tolerance(double value, const Instance& instance, double price) {
  return 1e-9 * (1 + std::abs(value) + std::abs(priced(Point(instance), price)));
}

TEST(BudgetBound, OnAllRungsEliminationFindsTheMost) {
  EXPECT_TRUE(rc::check([] {
    const Instance instance = budget::instance_of(*test::random_problem({4, 6, false}));
    const Elimination elimination(instance);
    RC_PRE(elimination.possible());
    const double price = some_price(instance);
    const double most = most_of_all(instance, price);
    const auto found = elimination.at(price, grids_of(instance, true));
    RC_ASSERT(std::abs(found.most - most) <= tolerance(most, instance, price));
    RC_ASSERT(std::abs(priced(Point(instance, found.at), price) - most) <= tolerance(most, instance, price));
  }));
}

/// Three sets of which a few units are worth far more than the others, each multiplied with each: what is best then lies anywhere.
BudgetProblem three_that_meet() {
  BudgetProblem problem;
  for (std::size_t s = 0; s < 3; ++s) {
    Choice choice;
    choice.order = s;
    for (std::size_t n = 8 + below(10); n > 0; --n) choice.values.push_back(std::pow(static_cast<double>(1 + below(100)) / 100, 4));
    std::sort(choice.values.begin(), choice.values.end());
    problem.choices.push_back(std::move(choice));
    const Extent mine{static_cast<std::int64_t>(below(3)), {{s, 1}}};
    const Extent next{static_cast<std::int64_t>(below(3)), {{(s + 1) % 3, 1}}};
    problem.cost.layers.push_back({mine, next, static_cast<Cost>(1 + below(9)), {}});
  }
  return problem;
}

/// What the choice that was found keeps is no bound on coarse grids; that the same check notices it shows that the grids are coarse.
TEST(BudgetBound, OnCoarseGridsEliminationNeverFindsTooLittle) {
  int coarse = 0;
  int spoilt = 0;
  EXPECT_TRUE(rc::check([&] {
    const Instance instance = budget::instance_of(three_that_meet());
    const Elimination elimination(instance);
    const double price = some_price(instance);
    const double most = most_of_all(instance, price);
    const auto found = elimination.at(price, grids_of(instance, false));
    RC_ASSERT(found.most >= most - tolerance(most, instance, price));
    if (found.most > most + tolerance(most, instance, price)) ++coarse;
    if (priced(Point(instance, found.at), price) < most - tolerance(most, instance, price)) ++spoilt;
  }));
  EXPECT_GT(coarse, 0);
  EXPECT_GT(spoilt, 0);
}

/// The best of three sets, by trying two and giving the third what is left.
double best_of_three(const Instance& instance, Cost limit) {
  double best = -1;
  const std::size_t last = instance.ladders.size() - 1;
  Instance others = instance;
  others.ladders[last] = {{instance.ladders[last].units.front()}, {0}};
  try_all(others, [&](const Point& point) {
    Rungs rungs = point.rungs();
    Point whole(instance, rungs);
    if (whole.cost() > limit) return;
    std::size_t low = 0;
    for (std::size_t high = instance.ladders[last].units.size() - 1; low < high;) {
      const std::size_t middle = low + (high - low + 1) / 2;
      const bool fits = whole.cost() + whole.difference(last, 0, middle) <= limit;
      (fits ? low : high) = fits ? middle : middle - 1;
    }
    rungs[last] = low;
    best = std::max(best, Point(instance, rungs).value());
  });
  return best;
}

TEST(BudgetBound, NothingIsAboveItOnLongLadders) {
  double widest = 0;
  int tight = 0;
  EXPECT_TRUE(rc::check([&] {
    const BudgetProblem problem = *test::random_problem({3, 70, false});
    const BudgetOptimiser optimiser(problem);
    const auto range = static_cast<std::size_t>(optimiser.full_cost() - optimiser.least_cost());
    const Cost limit = optimiser.least_cost() + static_cast<Cost>(below(range + 1));
    const auto solution = std::get<WidthSolution>(optimiser.solve(limit));
    const double best = best_of_three(budget::instance_of(problem), limit);
    RC_ASSERT(solution.value <= best * (1 + 1e-9));
    RC_ASSERT(*solution.bound >= best * (1 - 1e-9));
    const double over = best > 0 ? *solution.bound / best - 1 : 0;
    widest = std::max(widest, over);
    if (over < 0.001) ++tight;
  }));
  EXPECT_GT(tight, 0);
  RecordProperty("widest_percent", std::to_string(100 * widest));
  RecordProperty("within_a_thousandth", tight);
}

TEST(BudgetBound, ARingIsEliminatedAndFourThatAllMeetAreNot) {
  const auto joined = [](const std::vector<std::pair<std::size_t, std::size_t>>& pairs, std::size_t sets) {
    BudgetProblem problem;
    for (std::size_t s = 0; s < sets; ++s) {
      problem.choices.push_back({});
      problem.choices.back().order = s;
      problem.choices.back().values = {1, 2, 3};
    }
    for (const auto& [a, b] : pairs) problem.cost.layers.push_back({{0, {{a, 1}}}, {0, {{b, 1}}}, 1, {}});
    return Elimination(budget::instance_of(problem)).possible();
  };
  EXPECT_TRUE(joined({{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 0}}, 6));
  EXPECT_FALSE(joined({{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}}, 4));
}

}  // namespace
}  // namespace prunec
