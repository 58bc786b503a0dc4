// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/explain/decisions.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// For each norm of the graph, the statements of the plan that speak of it, in the plan's order. Those that say how much goes and skips by
/// count speak of no single norm.
std::vector<std::vector<StatementPlace>> statements_by_norm(const ConstraintPlan& plan, const ChannelGraph& graph,
                                                            const std::vector<std::string>& modules);

}  // namespace prunec
