// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/quota.h"

#include <ATen/ATen.h>
#include <algorithm>
#include <limits>

#include "runtime/solve/order.h"

namespace prunec {

Quota::Quota(const BoundPlan& bound, const Scores& scores, const ChannelRow& row) : values_(scores.values), row_(row) {
  std::vector<std::int64_t> voter_of, set_of_voter, voters_of_set(bound.sets.size(), 0), concerned, set_of_cell;
  for (const VoterRange& voter : scores.voters) {
    voter_of.insert(voter_of.end(), voter.end - voter.begin, static_cast<std::int64_t>(set_of_voter.size()));
    set_of_voter.push_back(static_cast<std::int64_t>(voter.set));
    if (bound.sets[voter.set].policy == Policy::kQuota) ++voters_of_set[voter.set];
  }
  is_asked_for_ = std::any_of(voters_of_set.begin(), voters_of_set.end(), [](std::int64_t voters) { return voters > 0; });
  if (!is_asked_for_) return;
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    concerned.push_back(voters_of_set[s] > 0 ? 1 : 0);
    set_of_cell.insert(set_of_cell.end(), bound.sets[s].cell_count, static_cast<std::int64_t>(s));
  }
  const auto on_device = [&](const std::vector<std::int64_t>& list) { return at::tensor(list, at::kLong).to(values_.device()); };
  concerned_ = on_device(concerned).index_select(0, row.set_of) == 1;
  voter_of_ = on_device(voter_of);
  set_of_voter_ = on_device(set_of_voter);
  voters_of_set_ = on_device(voters_of_set);
  set_of_cell_ = on_device(set_of_cell);
}

at::Tensor Quota::named(const at::Tensor& below) const {
  const at::Tensor counts = at::zeros_like(set_of_voter_).index_add(0, voter_of_, below.to(at::kLong));
  const at::Tensor least = at::zeros_like(voters_of_set_).scatter_reduce(0, set_of_voter_, counts, "amin", /*include_self=*/false);
  return named_in(row_.set_of, at::floor_divide(least, voters_of_set_.clamp_min(1)).masked_fill(voters_of_set_ == 0, 0));
}

at::Tensor Quota::precedence(const at::Tensor& removals) const {
  const at::Tensor voters = voters_of_set_.clamp_min(1);
  const auto named_by_each = [&](const at::Tensor& count) { return named_in(row_.cell_of, count.index_select(0, set_of_cell_)) >= 0; };
  const at::Tensor first = named_by_each(at::floor_divide(removals, voters));
  const at::Tensor second = named_by_each(at::floor_divide(removals + voters - 1, voters));
  return 2 - first.to(at::kLong) - at::logical_or(first, second).to(at::kLong);
}

at::Tensor Quota::named_in(const at::Tensor& segments, const at::Tensor& quota) const {
  at::Tensor named_by = at::full_like(row_.set_of, -1);
  for (std::size_t turn = 0; turn < row_.turns.size(); ++turn) {
    const at::Tensor channels = row_.voter_channel.index_select(0, row_.turns[turn]);
    const at::Tensor gone = named_by.index_select(0, channels) >= 0;
    const at::Tensor votes = values_.index_select(0, row_.turns[turn]).masked_fill(gone, std::numeric_limits<double>::infinity());
    const at::Tensor segment = segments.index_select(0, channels);
    const at::Tensor rank = rank_within(segment, votes, quota.size(0));
    const at::Tensor names = at::logical_and(rank < quota.index_select(0, segment), at::logical_not(gone));
    named_by.index_add_(0, channels, names.to(at::kLong) * (static_cast<std::int64_t>(turn) + 1));
  }
  return named_by;
}

}  // namespace prunec
