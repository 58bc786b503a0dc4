// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The scores that compete: |gamma| of every channel of every voter, in one pool on one device.
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

/// One voter's stretch of the pool.
struct VoterRange {
  std::size_t set = 0;  ///< index into BoundPlan::sets
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Scores {
  at::Tensor values;               ///< float64 [pool], |gamma|, voters one after another, each in the order of its set's channels
  std::vector<VoterRange> voters;  ///< in execution order within each set
};

/// Collects |gamma| (network slimming, Liu et al. 2017) of the voters of all sets that may lose channels. Errors: P0601, P0603.
Outcome<Scores> measure(const BoundPlan& bound, const ChannelGraph& graph, const Model& model, c10::Device device);

}  // namespace prunec
