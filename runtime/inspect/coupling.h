// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <utility>
#include <vector>

#include "runtime/inspect/inspection.h"
#include "runtime/model/op_trace.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// The graph's coupled sets, in the order in which a plan's sets are numbered, with every reason for which channels of theirs are one.
std::vector<SetRow> set_rows(const ChannelGraph& graph);

/// Every reason and place once, in execution order.
std::vector<PinRow> pin_rows(const ChannelGraph& graph);

/// Operations on tensors that prunec has no rule for, those that pin most first.
std::vector<UnknownOperation> unknown_operations(const OpTrace& trace, const ChannelGraph& graph, bool (*has_rule)(const Operation&));

/// Channels of all norms, and how many of them could go at most: in every set that is not pinned, all but one.
std::pair<std::size_t, std::size_t> channels_and_removable(const ChannelGraph& graph);

}  // namespace prunec
