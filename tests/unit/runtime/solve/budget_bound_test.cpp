// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

// That nothing is above the bound, against trying everything.

#include <algorithm>
#include <cmath>
#include <functional>
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

/// The ends of all grids and some of the points between.
Grids coarse_grids(const Elimination& elimination) {
  Grids grids = elimination.all_of_it();
  const auto thin = [](auto& grid) {
    const auto all = grid;
    std::size_t next = 0;
    std::erase_if(grid, [&](const auto&) {
      const std::size_t here = next++;
      return here > 0 && here + 1 < all.size() && below(4) > 0;
    });
  };
  for (Rungs& grid : grids.sets) thin(grid);
  for (auto& grid : grids.sums) thin(grid);
  return grids;
}

double tolerance(double value, const Instance& instance, double price) {
  return 1e-9 * (1 + std::abs(value) + std::abs(priced(Point(instance), price)));
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

/// A dense block: each narrow set reads all that grew before it, and the next grows from it.
BudgetProblem dense_block(std::size_t most_units) {
  BudgetProblem problem;
  const auto add = [&] {
    Choice choice;
    choice.order = problem.choices.size();
    for (std::size_t n = 2 + below(most_units - 1); n > 0; --n)
      choice.values.push_back(std::pow(static_cast<double>(1 + below(100)) / 100, 4));
    std::sort(choice.values.begin(), choice.values.end());
    problem.choices.push_back(std::move(choice));
    return ExtentTerm{problem.choices.size() - 1, static_cast<std::int64_t>(1 + below(2))};
  };
  Extent features{static_cast<std::int64_t>(below(3)), {add()}};
  for (std::size_t n = 1 + below(2); n > 0; --n) {
    const Extent narrow{0, {add()}}, grown{0, {add()}};
    problem.cost.layers.push_back({features, narrow, static_cast<Cost>(1 + below(9)), {}});
    problem.cost.layers.push_back({narrow, grown, static_cast<Cost>(1 + below(9)), {}});
    features.terms.push_back(grown.terms[0]);
  }
  problem.cost.layers.push_back({features, {static_cast<std::int64_t>(1 + below(5)), {}}, 1, {}});
  return problem;
}

void finds_the_most(const Instance& instance) {
  const Elimination elimination(instance);
  RC_PRE(elimination.possible());
  const double price = some_price(instance);
  const double most = most_of_all(instance, price);
  const auto found = elimination.at(price, elimination.all_of_it());
  RC_ASSERT(std::abs(found.most - most) <= tolerance(most, instance, price));
  RC_ASSERT(std::abs(priced(Point(instance, found.at), price) - most) <= tolerance(most, instance, price));
}

TEST(BudgetBound, OnAllRungsEliminationFindsTheMost) {
  EXPECT_TRUE(rc::check([] { finds_the_most(budget::instance_of(*test::random_problem({4, 6, false}))); }));
  EXPECT_TRUE(rc::check([] { finds_the_most(budget::instance_of(dense_block(5))); }));
}

/// What the choice that was found keeps is no bound on coarse grids; that the same check notices it shows that the grids are coarse.
void never_finds_too_little(const std::function<BudgetProblem()>& draw) {
  int coarse = 0;
  int spoilt = 0;
  EXPECT_TRUE(rc::check([&] {
    const Instance instance = budget::instance_of(draw());
    const Elimination elimination(instance);
    RC_ASSERT(elimination.possible());
    const double price = some_price(instance);
    const double most = most_of_all(instance, price);
    const auto found = elimination.at(price, coarse_grids(elimination));
    RC_ASSERT(found.most >= most - tolerance(most, instance, price));
    if (found.most > most + tolerance(most, instance, price)) ++coarse;
    if (priced(Point(instance, found.at), price) < most - tolerance(most, instance, price)) ++spoilt;
  }));
  EXPECT_GT(coarse, 0);
  EXPECT_GT(spoilt, 0);
}

TEST(BudgetBound, OnCoarseGridsEliminationNeverFindsTooLittle) {
  never_finds_too_little(three_that_meet);
}

TEST(BudgetBound, NorWhereThereAreConcatenations) {
  never_finds_too_little([] { return dense_block(7); });
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

/// Whether sets that are multiplied like this can be eliminated. A layer is what it reads and what it makes.
bool eliminated(std::size_t sets, const std::vector<std::pair<std::vector<std::size_t>, std::vector<std::size_t>>>& layers) {
  BudgetProblem problem;
  for (std::size_t s = 0; s < sets; ++s) {
    problem.choices.push_back({});
    problem.choices.back().order = s;
    problem.choices.back().values = {1, 2, 3};
  }
  const auto extent = [](const std::vector<std::size_t>& of) {
    Extent made;
    for (const std::size_t set : of) made.terms.push_back({set, 1});
    return made;
  };
  for (const auto& [reads, makes] : layers) problem.cost.layers.push_back({extent(reads), extent(makes), 1, {}});
  const Instance instance = budget::instance_of(problem);
  return Elimination(instance).possible();
}

TEST(BudgetBound, ARingIsEliminatedAndFourThatAllMeetAreNot) {
  EXPECT_TRUE(eliminated(6, {{{0}, {1}}, {{1}, {2}}, {{2}, {3}}, {{3}, {4}}, {{4}, {5}}, {{5}, {0}}}));
  EXPECT_FALSE(eliminated(4, {{{0}, {1}}, {{0}, {2}}, {{0}, {3}}, {{1}, {2}}, {{1}, {3}}, {{2}, {3}}}));
}

TEST(BudgetBound, BlocksWithConcatenationsAreEliminated) {
  // A U: what goes down is read again on the way up.
  EXPECT_TRUE(eliminated(7, {{{0}, {1}}, {{1}, {2}}, {{2}, {3}}, {{1, 3}, {4}}, {{4}, {5}}, {{0, 5}, {6}}}));
  // Two Inception modules: of four branches side by side, two are narrowed before.
  const std::vector<std::size_t> first{1, 3, 5, 6}, second{7, 9, 11, 12};
  EXPECT_TRUE(eliminated(14, {{{0}, {1}},
                              {{0}, {2}},
                              {{2}, {3}},
                              {{0}, {4}},
                              {{4}, {5}},
                              {{0}, {6}},
                              {first, {7}},
                              {first, {8}},
                              {{8}, {9}},
                              {first, {10}},
                              {{10}, {11}},
                              {first, {12}},
                              {second, {13}}}));
  // Where a set reads a concatenation that it is part of, that is not convex in its length; of two sets it can be multiplied out.
  EXPECT_TRUE(eliminated(2, {{{0, 1}, {1}}}));
  EXPECT_FALSE(eliminated(4, {{{0, 1, 2, 3}, {0, 1, 2, 3}}}));
}

}  // namespace
}  // namespace prunec
