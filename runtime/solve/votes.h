// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ATen/core/Tensor.h>

#include "runtime/bind/bound_plan.h"
#include "runtime/solve/channel_row.h"
#include "runtime/solve/quota.h"
#include "runtime/solve/scores.h"
#include "runtime/solve/thresholds.h"

namespace prunec {

/// What the votes alone come to, for all sets' channels in one row.
struct Verdict {
  at::Tensor scores;    ///< float64 [channels]: the votes under the set's policy; under `quota` their mean, which only orders the channels
  at::Tensor wished;    ///< bool [channels]: would go
  at::Tensor named_by;  ///< int64 [channels]: under `quota`, the vote that named it; else -1
};

/// `any` removes a channel when its smallest vote is below the threshold, `all` when its largest is, the others when their one score is;
/// under `quota`, see quota.h.
Verdict count_votes(const BoundPlan& bound, const Scores& scores, const ChannelRow& row, const Thresholds& thresholds, const Quota& quota);

/// The scores alone.
at::Tensor scores_by_policy(const BoundPlan& bound, const Scores& scores, const ChannelRow& row);

}  // namespace prunec
