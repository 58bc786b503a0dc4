// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Budgets: which channels go so that the model uses no more than a share of what it used.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/diag/outcome.h"
#include "runtime/bind/bound_plan.h"
#include "runtime/solve/budget/choices.h"
#include "runtime/solve/budget/optimise.h"
#include "runtime/solve/scores.h"
#include "runtime/solve/solution.h"

namespace prunec {

struct BudgetSolution {
  Solution solution;
  std::vector<Units> kept;     ///< by set; see NetworkCost
  Cost limit = 0;              ///< what the budget allows
  Cost before = 0, after = 0;  ///< what the model uses
  double kept_score = 0;       ///< share of the scores of all channels, 0 to 1; 1 when they are all zero
  std::optional<double> gap;   ///< no choice within the budget keeps more than this share more; none for measured time
};

/// Ranks the channels once, on the scores' device, and then solves any number of budgets. Where `rank per` divides the scores into pools,
/// those of a pool count in units of their mean: a pool of small scores is not emptied first.
class BudgetSolver {
 public:
  /// `cost` counts the sets of the bound plan; see NetworkCost.
  BudgetSolver(const BoundPlan& bound, const ChannelGraph& graph, const Scores& scores, CostModel cost);

  Cost full_cost() const { return optimiser_->full_cost(); }

  /// Within each cell of a set the weakest channels go, the first of those that are equal. Error: P0606.
  Outcome<BudgetSolution> solve(const Budget& budget) const;

 private:
  Solution solution_for(const std::vector<Units>& kept) const;

  const BoundPlan& bound_;
  std::vector<std::vector<double>> scores_;       ///< by set, by channel; empty where nobody votes
  std::vector<std::vector<std::int64_t>> ranks_;  ///< the same: place in the order of removal of its cell
  std::vector<std::size_t> pool_sizes_;
  std::vector<std::size_t> votes_;  ///< by set: voters
  double all_value_ = 0;
  std::vector<Obstacle> obstacles_;
  std::optional<BudgetOptimiser> optimiser_;
};

}  // namespace prunec
