// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "runtime/bind/bound_plan.h"
#include "runtime/report/report.h"
#include "runtime/slice/edits.h"
#include "runtime/solve/solution.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// The parts of a report that follow from what was decided: channels, edits, attributes, reached share, threshold.
///   removed: by channel id
void describe_solution(const ChannelGraph& graph, const BoundPlan& bound, const Solution& solution, const std::vector<bool>& removed,
                       const Edits& edits, Report& report);

}  // namespace prunec
