// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/trace/channel_graph.h"

namespace prunec::test {

/// For each norm of a graph, the number of the first one that it shares channels with, by way of others too.
std::vector<std::size_t> streams(const ChannelGraph& graph);

/// A plan that prunes every norm of a graph and ties those that share channels: right by construction, with a policy of one's choice.
ConstraintPlan plan_for(const ChannelGraph& graph, Policy policy);

}  // namespace prunec::test
