// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget_solver.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "runtime/solve/budget/out_of_reach.h"
#include "runtime/solve/channel_row.h"
#include "runtime/solve/removal_rank.h"
#include "runtime/solve/votes.h"

namespace prunec {

namespace {

template <typename T>
std::vector<std::vector<T>> by_set(const ChannelRow& row, const at::Tensor& values) {
  const at::Tensor host = values.cpu().contiguous();
  const T* data = host.const_data_ptr<T>();
  std::vector<std::vector<T>> sets;
  for (std::size_t s = 0; s + 1 < row.begins.size(); ++s) sets.emplace_back(data + row.begins[s], data + row.begins[s + 1]);
  return sets;
}

/// The mean score of each pool, where there are several; else ones.
std::vector<double> pool_scales(const BoundPlan& bound, const std::vector<std::vector<double>>& scores) {
  std::vector<double> sums(bound.pools.size(), 0), counts(bound.pools.size(), 0);
  if (bound.pools.size() < 2) return std::vector<double>(bound.pools.size(), 1);
  for (std::size_t s = 0; s < scores.size(); ++s) {
    sums[bound.sets[s].pool] += std::accumulate(scores[s].begin(), scores[s].end(), 0.0);
    counts[bound.sets[s].pool] += static_cast<double>(scores[s].size());
  }
  for (std::size_t p = 0; p < sums.size(); ++p) sums[p] = sums[p] > 0 ? sums[p] / counts[p] : 1;
  return sums;
}

/// One unit takes the channels of the same rank, one from each cell.
std::vector<double> unit_values(const CoupledSet& set, const std::vector<double>& scores, const std::vector<std::int64_t>& ranks,
                                double scale) {
  if (scores.empty()) return {};
  std::vector<double> values(set.width / set.cell_count, 0);
  for (std::size_t i = 0; i < scores.size(); ++i) values[static_cast<std::size_t>(ranks[i])] += scores[i] / scale;
  return values;
}

}  // namespace

BudgetSolver::BudgetSolver(const BoundPlan& bound, const ChannelGraph& graph, const Scores& scores, CostModel cost)
    : bound_(bound), pool_sizes_(bound.pools.size(), 0), votes_(bound.sets.size(), 0) {
  const ChannelRow row = lay_out(bound, scores);
  const at::Tensor by_policy = scores_by_policy(bound, scores, row);
  ranks_ = by_set<std::int64_t>(row, removal_rank(row, by_policy, at::zeros_like(row.set_of)));
  scores_ = by_set<double>(row, by_policy);
  for (const VoterRange& voter : scores.voters) {
    ++votes_[voter.set];
    pool_sizes_[bound.sets[voter.set].pool] += voter.end - voter.begin;
  }
  for (std::size_t s = 0; s < scores_.size(); ++s) {
    if (votes_[s] == 0) scores_[s].clear();
  }
  const std::vector<double> scales = pool_scales(bound, scores_);
  std::vector<std::vector<double>> values;
  for (std::size_t s = 0; s < scores_.size(); ++s) {
    values.push_back(unit_values(bound.sets[s], scores_[s], ranks_[s], scales[bound.sets[s].pool]));
    all_value_ += std::accumulate(values.back().begin(), values.back().end(), 0.0);
  }
  Choices choices = choices_of(bound, graph, values);
  obstacles_ = std::move(choices.obstacles);
  optimiser_.emplace(BudgetProblem{std::move(choices.choices), std::move(cost)});
}

Outcome<BudgetSolution> BudgetSolver::solve(const Budget& budget) const {
  // Shares are decimal fractions, which binary ones only approach: a whole number is not to be missed by that.
  const auto limit = static_cast<Cost>(std::floor(static_cast<double>(full_cost()) * budget.fraction + 1e-6));
  auto result = optimiser_->solve(limit);
  if (const auto* beyond = std::get_if<OutOfReach>(&result)) return out_of_reach(budget, *beyond, full_cost(), obstacles_);
  const auto& widths = std::get<WidthSolution>(result);
  BudgetSolution solution;
  solution.solution = solution_for(widths.kept);
  solution.kept = widths.kept;
  solution.limit = limit;
  solution.before = full_cost();
  solution.after = widths.cost;
  solution.kept_score = all_value_ > 0 ? std::min(1.0, widths.value / all_value_) : 1.0;
  solution.gap = widths.gap();
  return solution;
}

Solution BudgetSolver::solution_for(const std::vector<Units>& kept) const {
  Solution solution;
  for (const std::size_t size : pool_sizes_) {
    solution.pools.push_back({});
    solution.pools.back().size = size;
    solution.pool_size += size;
  }
  for (std::size_t s = 0; s < bound_.sets.size(); ++s) {
    const CoupledSet& set = bound_.sets[s];
    const auto going = static_cast<std::int64_t>(set.width / set.cell_count) - kept[s];
    SetSolution one;
    one.scores = scores_[s];
    for (const std::int64_t rank : ranks_[s]) one.removed.push_back(rank < going);
    one.wished = one.removed;
    one.threshold = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < one.scores.size(); ++i) {
      if (!one.removed[i]) one.threshold = std::min(one.threshold, one.scores[i]);
    }
    if (one.scores.empty()) one.threshold = 0;
    solution.pool_removed += votes_[s] * static_cast<std::size_t>(going) * set.cell_count;
    solution.sets.push_back(std::move(one));
  }
  return solution;
}

}  // namespace prunec
