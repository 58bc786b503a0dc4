// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/votes.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <vector>

namespace prunec {

namespace {

at::Tensor reduce(const ChannelRow& row, const at::Tensor& values, const char* reduction) {
  const at::Tensor start = at::zeros_like(row.voters);
  return start.scatter_reduce(0, row.voter_channel, values, reduction, /*include_self=*/false);
}

/// In the order of the votes on every device, so that the rounding is the same.
at::Tensor sum(const ChannelRow& row, const at::Tensor& values) {
  at::Tensor total = at::zeros_like(row.voters);
  for (const at::Tensor& turn : row.turns) total.index_add_(0, row.voter_channel.index_select(0, turn), values.index_select(0, turn));
  return total;
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
      return sum(row, values);
    case Policy::kL2:
      return sum(row, values * values).sqrt();
    case Policy::kMean:
    case Policy::kQuota:
      break;
  }
  return sum(row, values) / row.voters.clamp_min(1);
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

Verdict count_votes(const BoundPlan& bound, const Scores& scores, const ChannelRow& row, const Thresholds& thresholds, const Quota& quota) {
  const at::Tensor places = at::arange(scores.values.numel(), row.vote_pool.options());
  Verdict verdict;
  verdict.scores = scores_by_policy(bound, scores, row);
  const at::Tensor first_vote = at::zeros_like(row.set_of).scatter_reduce(0, row.voter_channel, places, "amin", /*include_self=*/false);
  verdict.wished = at::logical_and(thresholds.below(verdict.scores, first_vote, row.pool_of), row.voters > 0);
  verdict.named_by = at::full_like(row.set_of, -1);
  if (!quota.is_asked_for()) return verdict;
  verdict.named_by = quota.named(thresholds.below(scores.values, places, row.vote_pool));
  verdict.wished = at::where(quota.concerned(), verdict.named_by >= 0, verdict.wished);
  return verdict;
}

}  // namespace prunec
