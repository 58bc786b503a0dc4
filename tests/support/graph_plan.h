// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "compiler/plan/plan.h"
#include "runtime/trace/channel_graph.h"

namespace prunec::test {

/// A plan that prunes every norm of a graph and ties those that share channels: right by construction, with a policy of one's choice.
ConstraintPlan plan_for(const ChannelGraph& graph, Policy policy);

}  // namespace prunec::test
