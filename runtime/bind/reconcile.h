// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "compiler/diag/diagnostic.h"
#include "runtime/bind/bound_plan.h"
#include "runtime/bind/declaration.h"
#include "runtime/bind/site_match.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// Holds the declared ties against the graph's own coupling, both ways. The graph disposes: channels that it couples must be in one tie
/// (P0506), and a tie must hold only what shares channels (P0507).
///   sets: every set of the graph with at least one site that the plan prunes or ties
Diagnostics reconcile(const Declaration& declaration, const std::vector<CoupledSet>& sets, const ChannelGraph& graph,
                      const SiteMatcher& matcher);

}  // namespace prunec
