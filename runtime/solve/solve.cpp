// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/solve.h"

#include <ATen/ATen.h>
#include <algorithm>

#include "runtime/solve/channel_row.h"
#include "runtime/solve/kept_width.h"
#include "runtime/solve/quota.h"
#include "runtime/solve/removal_rank.h"
#include "runtime/solve/thresholds.h"
#include "runtime/solve/vanishing.h"
#include "runtime/solve/votes.h"

namespace prunec {

namespace {

/// How many channels each cell of a set loses, after rounding. Notes the sets that would have lost all.
std::vector<std::int64_t> removals_per_cell(const BoundPlan& bound, const Scores& scores, const ChannelRow& row, const Verdict& verdict,
                                            Solution& solution) {
  at::Tensor counts = at::zeros({static_cast<std::int64_t>(bound.sets.size())}, row.set_of.options());
  counts = counts.index_add(0, row.set_of, verdict.wished.to(at::kLong)).cpu();
  std::vector<std::size_t> kept;
  for (std::size_t s = 0; s < bound.sets.size(); ++s)
    kept.push_back(bound.sets[s].width - static_cast<std::size_t>(counts.const_data_ptr<std::int64_t>()[s]));
  const std::vector<bool> vanishes = vanishing_sets(
      bound, kept, [&](std::size_t s) { return verdict.scores.slice(0, row.begins[s], row.begins[s + 1]).max().item<double>(); });
  std::vector<bool> has_voters(bound.sets.size(), false);
  for (const VoterRange& voter : scores.voters) has_voters[voter.set] = true;
  std::vector<std::int64_t> removals;
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    const CoupledSet& set = bound.sets[s];
    const bool may_lose = set.kept_because.empty() && has_voters[s];
    solution.sets[s].rescued = may_lose && kept[s] == 0 && !vanishes[s];
    const std::size_t staying = vanishes[s] ? 0 : kept_width(set, kept[s]);
    removals.push_back(may_lose ? static_cast<std::int64_t>((set.width - staying) / set.cell_count) : 0);
  }
  return removals;
}

template <typename T>
std::vector<T> stretch(const at::Tensor& host_row, std::int64_t begin, std::int64_t end) {
  const T* data = host_row.const_data_ptr<T>();
  return {data + begin, data + end};
}

std::vector<PoolSolution> describe_pools(const Scores& scores, const ChannelRow& row, const Thresholds& thresholds) {
  const at::Tensor places = at::arange(scores.values.numel(), row.vote_pool.options());
  const at::Tensor below = thresholds.below(scores.values, places, row.vote_pool);
  const at::Tensor equal = at::logical_and(scores.values == thresholds.values.index_select(0, row.vote_pool), at::logical_not(below));
  const auto counted = [&](const at::Tensor& which) {
    return at::zeros_like(thresholds.wanted).index_add(0, row.vote_pool, which.to(at::kLong)).cpu();
  };
  const at::Tensor lines = thresholds.values.cpu(), wanted = thresholds.wanted.cpu();
  const at::Tensor sizes = counted(at::ones_like(places)), belows = counted(below), equals = counted(equal);
  const auto number = [](const at::Tensor& list, std::size_t i) {
    return static_cast<std::size_t>(list.const_data_ptr<std::int64_t>()[i]);
  };
  std::vector<PoolSolution> pools;
  for (std::size_t i = 0; i < static_cast<std::size_t>(lines.numel()); ++i) {
    pools.push_back({lines.const_data_ptr<double>()[i], number(sizes, i), number(wanted, i), number(belows, i), number(equals, i)});
  }
  return pools;
}

/// Moves the row's findings to the sets.
void hand_out(const BoundPlan& bound, const ChannelRow& row, const Verdict& verdict, const at::Tensor& removed, Solution& solution) {
  const at::Tensor scores = verdict.scores.cpu(), wished = verdict.wished.cpu(), named = verdict.named_by.cpu(), gone = removed.cpu();
  const at::Tensor voters = row.voters.cpu();
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    SetSolution& set = solution.sets[s];
    const std::int64_t begin = row.begins[s], end = row.begins[s + 1];
    set.threshold = solution.pools[bound.sets[s].pool].threshold;
    const bool has_voters = begin < end && voters.const_data_ptr<double>()[begin] > 0;
    if (has_voters) set.scores = stretch<double>(scores, begin, end);
    const bool* wishes = wished.const_data_ptr<bool>();
    set.wished.assign(wishes + begin, wishes + end);
    const bool* flags = gone.const_data_ptr<bool>();
    set.removed.assign(flags + begin, flags + end);
    if (!has_voters || bound.sets[s].policy != Policy::kQuota) continue;
    for (const std::int64_t vote : stretch<std::int64_t>(named, begin, end))
      set.named_by.push_back(vote < 0 ? SetSolution::kNotNamed : static_cast<std::size_t>(vote));
  }
}

}  // namespace

Solution solve(const BoundPlan& bound, const Scores& scores, const std::variant<Ratio, Threshold>& amount) {
  const ChannelRow row = lay_out(bound, scores);
  const Thresholds thresholds = thresholds_of(scores.values, row, static_cast<std::int64_t>(bound.pools.size()), amount);
  const Quota quota(bound, scores, row);
  const Verdict verdict = count_votes(bound, scores, row, thresholds, quota);

  Solution solution;
  solution.pools = describe_pools(scores, row, thresholds);
  solution.sets.resize(bound.sets.size());
  const std::vector<std::int64_t> removals = removals_per_cell(bound, scores, row, verdict, solution);
  const at::Tensor counts = at::tensor(removals, at::kLong).to(row.set_of.device());
  at::Tensor precedence = at::logical_not(verdict.wished).to(at::kLong);
  if (quota.is_asked_for()) precedence = at::where(quota.concerned(), quota.precedence(counts), precedence);
  const at::Tensor removed = removal_rank(row, verdict.scores, precedence) < counts.index_select(0, row.set_of);
  solution.pool_size = static_cast<std::size_t>(scores.values.numel());
  solution.pool_removed = static_cast<std::size_t>(removed.index_select(0, row.voter_channel).sum().item<std::int64_t>());
  hand_out(bound, row, verdict, removed, solution);
  return solution;
}

}  // namespace prunec
