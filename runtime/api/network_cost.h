// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "compiler/diag/outcome.h"
#include "compiler/plan/plan.h"
#include "runtime/bind/bound_plan.h"
#include "runtime/latency/latency.h"
#include "runtime/model/model.h"
#include "runtime/solve/budget/cost_model.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// What the model uses of a resource, by what its sets keep.
///   latency: the table, for Resource::kLatency; null when there is none. `latency_path` is for messages.
/// Errors: P0802 for latency without a table, P0554.
Outcome<CostModel> cost_of(const Model& model, const ChannelGraph& graph, const BoundPlan& bound, Resource resource,
                           const LatencyTable* latency, const std::string& latency_path);

}  // namespace prunec
