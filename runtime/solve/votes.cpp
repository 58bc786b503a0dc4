// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/votes.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <vector>

#include "runtime/solve/quota.h"

namespace prunec {

namespace {

at::Tensor reduce(const ChannelRow& row, const at::Tensor& values, const char* reduction) {
  const at::Tensor start = at::zeros_like(row.voters);
  return start.scatter_reduce(0, row.voter_channel, values, reduction, /*include_self=*/false);
}

at::Tensor score(const ChannelRow& row, const at::Tensor& values, Policy policy) {
  switch (policy) {
    case Policy::kMax:
    case Policy::kAll:
      return reduce(row, values, "amax");
    case Policy::kMin:
    case Policy::kAny:
      return reduce(row, values, "amin");
    case Policy::kSum:
      return reduce(row, values, "sum");
    case Policy::kL2:
      return reduce(row, values * values, "sum").sqrt();
    case Policy::kMean:
    case Policy::kQuota:
      break;
  }
  return reduce(row, values, "sum") / row.voters.clamp_min(1);
}

/// Replaces the wishes of the sets under `quota`.
void apply_quotas(const BoundPlan& bound, const Scores& scores, const ChannelRow& row, const Thresholds& thresholds, Verdict& verdict) {
  const at::Tensor places = at::arange(scores.values.numel(), row.vote_pool.options());
  const at::Tensor below = thresholds.below(scores.values, places, row.vote_pool);
  for (std::size_t first = 0; first < scores.voters.size();) {
    const std::size_t set = scores.voters[first].set;
    std::size_t end = first;
    while (end < scores.voters.size() && scores.voters[end].set == set) ++end;
    if (bound.sets[set].policy == Policy::kQuota) {
      // A set's votes lie one after another, so they are a matrix already.
      const auto begin = static_cast<std::int64_t>(scores.voters[first].begin);
      const auto votes = static_cast<std::int64_t>(end - first);
      const auto width = static_cast<std::int64_t>(bound.sets[set].width);
      const auto matrix = [&](const at::Tensor& values) { return values.narrow(0, begin, votes * width).reshape({votes, width}); };
      const at::Tensor named = named_under_quota(matrix(scores.values), matrix(below));
      verdict.named_by.narrow(0, row.begins[set], width).copy_(named);
      verdict.wished.narrow(0, row.begins[set], width).copy_(named >= 0);
    }
    first = end;
  }
}

}  // namespace

at::Tensor scores_by_policy(const BoundPlan& bound, const Scores& scores, const ChannelRow& row) {
  at::Tensor result = score(row, scores.values, Policy::kMean);
  for (const Policy policy : {Policy::kMax, Policy::kMin, Policy::kSum, Policy::kL2, Policy::kAny, Policy::kAll}) {
    std::vector<std::int64_t> mine;
    for (const CoupledSet& set : bound.sets) mine.push_back(set.policy == policy ? 1 : 0);
    if (std::find(mine.begin(), mine.end(), 1) == mine.end()) continue;
    const at::Tensor chosen = at::tensor(mine, at::kLong).to(result.device()).index_select(0, row.set_of) == 1;
    result = at::where(chosen, score(row, scores.values, policy), result);
  }
  return result;
}

Verdict count_votes(const BoundPlan& bound, const Scores& scores, const ChannelRow& row, const Thresholds& thresholds) {
  const at::Tensor places = at::arange(scores.values.numel(), row.vote_pool.options());
  Verdict verdict;
  verdict.scores = scores_by_policy(bound, scores, row);
  const at::Tensor first_vote =
      at::zeros_like(row.set_of).scatter_reduce(0, row.voter_channel, places, "amin", /*include_self=*/false);
  verdict.wished = at::logical_and(thresholds.below(verdict.scores, first_vote, row.pool_of), row.voters > 0);
  verdict.named_by = at::full_like(row.set_of, -1);
  apply_quotas(bound, scores, row, thresholds, verdict);
  return verdict;
}

}  // namespace prunec
