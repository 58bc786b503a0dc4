// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "compiler/diag/diagnostic.h"
#include "runtime/bind/bound_plan.h"
#include "runtime/solve/solution.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// What a user would not expect of a solution: that nothing goes (P0602), that a layer nearly vanished (P0604), that equal scores made the
/// threshold spare what the ratio asks for (P0605).
Diagnostics remarks_on(const Solution& solution, const BoundPlan& bound, const ChannelGraph& graph);

/// The same for a budget: that nothing goes (P0602), that a layer keeps as little as a layer can (P0604).
Diagnostics remarks_on_budget(const Solution& solution, const BoundPlan& bound, const ChannelGraph& graph, const Origin& budget);

}  // namespace prunec
