// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "compiler/plan/plan.h"
#include "runtime/bind/bound_plan.h"
#include "runtime/explain/decisions.h"
#include "runtime/solve/solution.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// One vote on all channels of a set, as the solver had it.
struct VoterScores {
  std::size_t set = 0;         ///< index into BoundPlan::sets
  std::size_t member = 0;      ///< index into CoupledSet::members
  std::vector<double> scores;  ///< by channel of the set
};

/// Reads the reasons off a finished solution. Nothing is decided here: what was removed is the solution's, and what the votes alone would
/// have removed is told beside it.
///   votes: of all sets, in execution order within each set
///   modules: the paths of all modules
Decisions decide(const ConstraintPlan& plan, const ChannelGraph& graph, const std::vector<std::string>& modules, const BoundPlan& bound,
                 const std::vector<VoterScores>& votes, const Solution& solution);

}  // namespace prunec
