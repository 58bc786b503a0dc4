// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ATen/core/Tensor.h>
#include <variant>

#include "compiler/plan/plan.h"
#include "runtime/solve/channel_row.h"

namespace prunec {

/// Where each pool draws the line. A vote lies below it when it is less than `values`, or equal and not behind `last_equal`.
struct Thresholds {
  at::Tensor values;      ///< float64 [pools]
  at::Tensor wanted;      ///< int64 [pools]: how many votes are to go, by the ratio; 0 for an absolute threshold
  at::Tensor last_equal;  ///< int64 [pools]: the index of the last vote that goes although it equals the threshold; -1: none does

  /// scores: float64 [n]; places: int64 [n], the index of the (first) vote behind each; pools: int64 [n]. Returns bool [n].
  at::Tensor below(const at::Tensor& scores, const at::Tensor& places, const at::Tensor& pools) const;
};

/// The classical threshold of each pool, sorted[floor(size x ratio)], or the absolute one given, for all. `exact` lets as many votes go as
/// the ratio asks for, equal ones in the order of execution and then of the channels.
Thresholds thresholds_of(const at::Tensor& values, const ChannelRow& row, std::int64_t pools, const std::variant<Ratio, Threshold>& amount);

}  // namespace prunec
