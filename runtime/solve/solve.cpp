// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/solve.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <cmath>
#include <limits>

#include "runtime/solve/order.h"
#include "runtime/solve/quota.h"

namespace prunec {

namespace {

/// All sets' channels in one row, so that one operation serves every set.
struct Channels {
  std::vector<std::int64_t> begins;  ///< by set; one more at the end
  at::Tensor set_of;                 ///< int64 [channels]
  at::Tensor voter_channel;          ///< int64 [pool]: the channel that each score votes on
  at::Tensor voters;                 ///< float64 [channels]: number of votes
};

Channels lay_out(const BoundPlan& bound, const Scores& scores) {
  Channels channels;
  std::vector<std::int64_t> set_of;
  channels.begins.push_back(0);
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    set_of.insert(set_of.end(), bound.sets[s].width, static_cast<std::int64_t>(s));
    channels.begins.push_back(static_cast<std::int64_t>(set_of.size()));
  }
  std::vector<std::int64_t> voter_channel;
  for (const VoterRange& voter : scores.voters) {
    for (std::size_t i = 0; i < voter.end - voter.begin; ++i)
      voter_channel.push_back(channels.begins[voter.set] + static_cast<std::int64_t>(i));
  }
  const auto device = scores.values.device();
  channels.set_of = at::tensor(set_of, at::kLong).to(device);
  channels.voter_channel = at::tensor(voter_channel, at::kLong).to(device);
  channels.voters = at::zeros({static_cast<std::int64_t>(set_of.size())}, scores.values.options());
  channels.voters.index_add_(0, channels.voter_channel, at::ones_like(scores.values));
  return channels;
}

double threshold_of(const at::Tensor& values, const std::variant<Ratio, Threshold>& amount) {
  if (const auto* absolute = std::get_if<Threshold>(&amount)) return absolute->value;
  const auto size = static_cast<double>(values.numel());
  const auto rank = static_cast<std::int64_t>(std::floor(size * std::get<Ratio>(amount).fraction));
  return std::get<0>(at::sort(values))[std::min(rank, values.numel() - 1)].item<double>();
}

at::Tensor reduce(const Channels& channels, const at::Tensor& values, const char* reduction) {
  const at::Tensor start = at::zeros_like(channels.voters);
  return start.scatter_reduce(0, channels.voter_channel, values, reduction, /*include_self=*/false);
}

/// One score per channel under a policy. `any` removes a channel when its smallest vote is below the threshold, `all` when its largest
/// is; under `quota` the mean only orders the channels.
at::Tensor score(const Channels& channels, const at::Tensor& values, Policy policy) {
  switch (policy) {
    case Policy::kMax:
    case Policy::kAll:
      return reduce(channels, values, "amax");
    case Policy::kMin:
    case Policy::kAny:
      return reduce(channels, values, "amin");
    case Policy::kSum:
      return reduce(channels, values, "sum");
    case Policy::kL2:
      return reduce(channels, values * values, "sum").sqrt();
    case Policy::kMean:
    case Policy::kQuota:
      break;
  }
  return reduce(channels, values, "sum") / channels.voters.clamp_min(1);
}

/// The score of every channel, each under its own set's policy.
at::Tensor scores_by_policy(const BoundPlan& bound, const Channels& channels, const at::Tensor& values) {
  at::Tensor result = score(channels, values, Policy::kMean);
  for (const Policy policy : {Policy::kMax, Policy::kMin, Policy::kSum, Policy::kL2, Policy::kAny, Policy::kAll}) {
    std::vector<std::int64_t> mine;
    for (const CoupledSet& set : bound.sets) mine.push_back(set.policy == policy ? 1 : 0);
    if (std::find(mine.begin(), mine.end(), 1) == mine.end()) continue;
    const at::Tensor chosen = at::tensor(mine, at::kLong).to(values.device()).index_select(0, channels.set_of) == 1;
    result = at::where(chosen, score(channels, values, policy), result);
  }
  return result;
}

/// Replaces the wishes of the sets under `quota`.
void apply_quotas(const BoundPlan& bound, const Scores& scores, const Channels& channels, double threshold, at::Tensor& wished) {
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    if (bound.sets[s].policy != Policy::kQuota) continue;
    std::vector<at::Tensor> votes;
    for (const VoterRange& voter : scores.voters) {
      if (voter.set != s) continue;
      votes.push_back(scores.values.narrow(0, static_cast<std::int64_t>(voter.begin), static_cast<std::int64_t>(voter.end - voter.begin)));
    }
    if (votes.empty()) continue;
    wished.narrow(0, channels.begins[s], channels.begins[s + 1] - channels.begins[s]).copy_(quota_removals(at::stack(votes), threshold));
  }
}

/// Each channel's place in its set's order of removal: those wished for first, then by score, then by index.
at::Tensor removal_rank(const Channels& channels, const at::Tensor& score, const at::Tensor& wished) {
  // Stable sorts, the weakest key first.
  at::Tensor order = ascending_order(score);
  for (const at::Tensor& key : {at::logical_not(wished).to(at::kLong), channels.set_of}) {
    order = order.index_select(0, ascending_order(key.index_select(0, order)));
  }
  const at::Tensor begins = at::tensor(channels.begins, at::kLong).to(score.device()).index_select(0, channels.set_of);
  at::Tensor rank = at::empty_like(order);
  rank.index_copy_(0, order, at::arange(order.numel(), order.options()));
  return rank - begins;
}

/// How many channels each set loses, after rounding. Notes the sets that would have lost all.
std::vector<std::int64_t> removal_counts(const BoundPlan& bound, const Channels& channels, const at::Tensor& wished, Solution& solution) {
  at::Tensor counts = at::zeros({static_cast<std::int64_t>(bound.sets.size())}, channels.set_of.options());
  counts = counts.index_add(0, channels.set_of, wished.to(at::kLong)).cpu();
  std::vector<std::int64_t> removed;
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    const CoupledSet& set = bound.sets[s];
    const auto kept = set.width - static_cast<std::size_t>(counts.const_data_ptr<std::int64_t>()[s]);
    const bool may_lose = set.kept_because.empty();
    if (may_lose && kept == 0) solution.rescued_sets.push_back(s);
    removed.push_back(may_lose ? static_cast<std::int64_t>(set.width - rounded_width(set.width, kept, set.multiple, set.rounding)) : 0);
  }
  return removed;
}

}  // namespace

std::size_t rounded_width(std::size_t width, std::size_t kept, std::size_t multiple, Rounding rounding) {
  const std::size_t below = kept / multiple * multiple;
  const std::size_t above = kept == below ? below : below + multiple;
  std::size_t target = above;
  if (rounding == Rounding::kDown) target = below;
  if (rounding == Rounding::kNearest) target = kept - below < above - kept ? below : above;
  // A set narrower than the multiple, or one that would vanish, keeps the least that there is.
  if (target == 0) target = multiple;
  return std::min(target, width);
}

Solution solve(const BoundPlan& bound, const Scores& scores, const std::variant<Ratio, Threshold>& amount) {
  const Channels channels = lay_out(bound, scores);
  Solution solution;
  solution.threshold = threshold_of(scores.values, amount);
  const at::Tensor score = scores_by_policy(bound, channels, scores.values);
  const at::Tensor has_voters = channels.voters > 0;
  at::Tensor wished = at::logical_and(score < solution.threshold, has_voters);
  apply_quotas(bound, scores, channels, solution.threshold, wished);

  const at::Tensor counts = at::tensor(removal_counts(bound, channels, wished, solution), at::kLong).to(score.device());
  const at::Tensor gone = removal_rank(channels, score, wished) < counts.index_select(0, channels.set_of);
  solution.pool_size = static_cast<std::size_t>(scores.values.numel());
  solution.pool_removed = static_cast<std::size_t>(gone.index_select(0, channels.voter_channel).sum().item<std::int64_t>());
  const at::Tensor on_host = gone.cpu().contiguous();
  const bool* flags = on_host.const_data_ptr<bool>();
  for (std::size_t s = 0; s < bound.sets.size(); ++s)
    solution.removed.emplace_back(flags + channels.begins[s], flags + channels.begins[s + 1]);
  return solution;
}

}  // namespace prunec
