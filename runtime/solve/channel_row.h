// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <vector>

#include "runtime/bind/bound_plan.h"
#include "runtime/solve/scores.h"

namespace prunec {

/// All sets' channels in one row, set after set, so that one operation serves every set. On the scores' device.
struct ChannelRow {
  std::vector<std::int64_t> begins;  ///< by set; one more at the end
  at::Tensor set_of;                 ///< int64 [channels]
  at::Tensor cell_of;                ///< int64 [channels]: cells of all sets are numbered one after another
  at::Tensor cell_begins;            ///< int64 [cells]: number of channels in all cells before
  at::Tensor voter_channel;          ///< int64 [votes]: the channel that each vote speaks of
  at::Tensor vote_pool;              ///< int64 [votes]: the pool in which it competes
  at::Tensor pool_of;                ///< int64 [channels]
  at::Tensor voters;                 ///< float64 [channels]: number of votes
  std::vector<at::Tensor> turns;     ///< int64 each: the first vote of every set's channels, then their second, and so on

  std::int64_t count() const { return begins.back(); }
};

ChannelRow lay_out(const BoundPlan& bound, const Scores& scores);

}  // namespace prunec
