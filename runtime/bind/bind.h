// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "compiler/diag/outcome.h"
#include "compiler/plan/plan.h"
#include "runtime/bind/bound_plan.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// Finds the plan's sites in the model and makes coupled sets of the graph's channels. Rules propose, the graph disposes: whatever the
/// two do not agree on is an error.
///   modules: the paths of all modules, for messages
/// Errors: P0505, P0506, P0507, P0509, P0510, P0511, P0512. Warning: P0508.
Outcome<BoundPlan> bind_plan(const ConstraintPlan& plan, const ChannelGraph& graph, const std::vector<std::string>& modules);

}  // namespace prunec
