// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What competes: every vote on every channel, in one row on one device.
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>
#include <cstddef>
#include <string>
#include <vector>

#include "compiler/diag/outcome.h"
#include "runtime/bind/bound_plan.h"
#include "runtime/model/model.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// The stretch of the row that holds one vote of a voter on all channels of its set.
struct VoterRange {
  std::size_t set = 0;  ///< index into BoundPlan::sets
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t member = 0;  ///< index into CoupledSet::members
};

struct Scores {
  at::Tensor values;               ///< float64 [votes], one range after another, each in the order of its set's channels
  std::vector<VoterRange> voters;  ///< in execution order within each set
};

/// Collects the votes of all sets that may lose channels, by the plan's score: |gamma| (network slimming, Liu et al. 2017), or the L1 or L2
/// norm of the filter that makes the channel (Li et al. 2017), as they are or divided by the layer's largest, mean or Euclidean value.
/// Errors: P0601, P0603.
Outcome<Scores> measure(const BoundPlan& bound, const ChannelGraph& graph, const Model& model, c10::Device device);

}  // namespace prunec
