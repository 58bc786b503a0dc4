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

/// One voter's scores, as the solver had them.
struct VoterScores {
  std::size_t set = 0;         ///< index into BoundPlan::sets
  std::vector<double> scores;  ///< by channel of the set
};

/// Reads the reasons off a finished solution. Nothing is decided here: what was removed is the solution's, and what the votes alone would
/// have removed is told beside it.
///   scores: the voters of all sets, in execution order within each set
///   modules: the paths of all modules
Decisions decide(const ConstraintPlan& plan, const ChannelGraph& graph, const std::vector<std::string>& modules, const BoundPlan& bound,
                 const std::vector<VoterScores>& scores, const Solution& solution);

/// What the votes are worth under a policy, by channel. Under `any` and `all` the smallest and the largest decide; under `quota` the mean
/// orders the channels.
std::vector<double> scores_under(Policy policy, const std::vector<Voter>& voters);

/// The channels that each of n voters names in its turn: its floor(min count / n) weakest among those still there. Returns, by voter,
/// sorted channels.
std::vector<std::vector<std::size_t>> named_under_quota(const std::vector<Voter>& voters, double threshold);

}  // namespace prunec
