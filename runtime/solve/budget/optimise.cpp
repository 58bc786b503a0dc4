// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/optimise.h"

#include <algorithm>
#include <utility>

#include "runtime/solve/budget/bound.h"
#include "runtime/solve/budget/climb.h"
#include "runtime/solve/budget/conflict.h"
#include "runtime/solve/budget/elimination.h"
#include "runtime/solve/budget/exchange.h"
#include "runtime/solve/budget/price_curve.h"

namespace prunec {

namespace budget {

namespace {

constexpr Cost kImprovedBudgets = 100;           // whole percents of the full cost: what people ask for
constexpr std::size_t kMostSetsToImprove = 500;  // with more sets one step of one of them weighs too little

struct Waypoint {
  Rungs rungs;
  Cost cost = 0;
  double value = 0;
};

/// Those that keep more than all cheaper ones, cheapest first.
std::vector<Waypoint> frontier(std::vector<Waypoint> points) {
  std::stable_sort(points.begin(), points.end(),
                   [](const Waypoint& a, const Waypoint& b) { return a.cost != b.cost ? a.cost < b.cost : a.value > b.value; });
  std::vector<Waypoint> kept;
  for (Waypoint& point : points) {
    if (kept.empty() || point.value > kept.back().value) kept.push_back(std::move(point));
  }
  return kept;
}

Waypoint waypoint(const Point& point) {
  return {point.rungs(), point.cost(), point.value()};
}

std::vector<Waypoint> waypoints_of(const Instance& instance, const std::optional<Elimination>& elimination, Cost full_cost) {
  std::vector<Waypoint> points;
  for (const Point& point : price_curve(instance, elimination)) points.push_back(waypoint(point));
  points = frontier(std::move(points));
  if (instance.ladders.size() > kMostSetsToImprove) return points;
  const std::vector<Waypoint> curve = points;
  for (Cost percent = 1; percent < kImprovedBudgets; ++percent) {
    const Cost limit = full_cost / kImprovedBudgets * percent + full_cost % kImprovedBudgets * percent / kImprovedBudgets;
    const auto after = std::upper_bound(curve.begin(), curve.end(), limit, [](Cost cost, const Waypoint& w) { return cost < w.cost; });
    if (after == curve.begin()) continue;
    Point point(instance, std::prev(after)->rungs);
    improve(point, limit);
    points.push_back(waypoint(point));
  }
  return frontier(std::move(points));
}

}  // namespace

}  // namespace budget

struct BudgetOptimiser::Prepared {
  BudgetProblem problem;
  budget::Instance instance;
  std::optional<budget::Elimination> elimination;  ///< none where costs are measured
  budget::Rungs tops;
  Cost full_cost = 0;
  std::vector<budget::Waypoint> waypoints;  ///< the first is the cheapest choice that there is

  explicit Prepared(BudgetProblem given) : problem(std::move(given)), instance(budget::instance_of(problem)) {
    if (!instance.tabled) elimination.emplace(instance);
    for (const budget::Ladder& ladder : instance.ladders) tops.push_back(ladder.units.size() - 1);
    full_cost = budget::Point(instance, tops).cost();
    waypoints = budget::waypoints_of(instance, elimination, full_cost);
  }

  /// The way from waypoint to waypoint does not depend on the budget, which only ends it. So more budget never keeps less: what is kept
  /// grows along the way, and a waypoint is gone to only when it keeps no less than the way so far, filled up to the waypoint's cost.
  budget::Point follow(Cost limit) const {
    budget::Point point(instance);
    for (const budget::Waypoint& next : waypoints) {
      if (next.cost > limit) break;
      if (next.cost > point.cost()) budget::climb(point, next.cost - 1);
      budget::Point filled = point;
      budget::fill(filled, next.cost - 1);
      if (next.value >= filled.value()) point = budget::Point(instance, next.rungs);
    }
    budget::climb(point, limit);
    budget::fill(point, limit);
    return point;
  }
};

BudgetOptimiser::BudgetOptimiser(BudgetProblem problem) : prepared_(std::make_unique<const Prepared>(std::move(problem))) {}
BudgetOptimiser::~BudgetOptimiser() = default;
BudgetOptimiser::BudgetOptimiser(BudgetOptimiser&&) noexcept = default;

Cost BudgetOptimiser::least_cost() const {
  return budget::Point(prepared_->instance).cost();
}
Cost BudgetOptimiser::full_cost() const {
  return prepared_->full_cost;
}

std::variant<WidthSolution, OutOfReach> BudgetOptimiser::solve(Cost budget) const {
  if (least_cost() > budget) return OutOfReach{least_cost(), budget::conflict_of(prepared_->problem, budget)};
  const budget::Instance& instance = prepared_->instance;
  const budget::Point point = budget >= full_cost() ? budget::Point(instance, prepared_->tops) : prepared_->follow(budget);
  WidthSolution solution;
  solution.kept.resize(instance.ladders.size());
  for (std::size_t s = 0; s < instance.ladders.size(); ++s) {
    solution.kept[instance.choice_of[s]] = instance.ladders[s].units[point.rung(s)];
  }
  solution.cost = point.cost();
  solution.value = point.value();
  solution.bound = budget::upper_bound(prepared_->elimination, point, budget);
  return solution;
}

std::optional<double> WidthSolution::gap() const {
  if (!bound) return std::nullopt;
  return *bound > 0 ? (*bound - value) / *bound : 0.0;
}

}  // namespace prunec
