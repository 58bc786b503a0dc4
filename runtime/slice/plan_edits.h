// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/diag/outcome.h"
#include "runtime/bind/bound_plan.h"
#include "runtime/slice/edits.h"
#include "runtime/solve/solution.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// True for each channel id that goes.
std::vector<bool> removed_channels(const BoundPlan& bound, const Solution& solution);

/// Cuts the removed channels from every parameter axis on which they lie, and lessens what the model's code says about them: the group
/// counts of convolutions whose groups go, widths, sizes of parts. Branches of which nothing stays go as modules. Errors: P0705, P0706.
Outcome<Edits> plan_edits(const ChannelGraph& graph, const std::vector<bool>& removed);

/// Positions of a parameter that masking sets to zero: scale and shift of the removed channels of every norm.
struct Mask {
  std::string tensor;  ///< state_dict key
  std::vector<std::int64_t> positions;

  friend bool operator==(const Mask&, const Mask&) = default;
};
std::vector<Mask> plan_masks(const ChannelGraph& graph, const std::vector<bool>& removed);

}  // namespace prunec
