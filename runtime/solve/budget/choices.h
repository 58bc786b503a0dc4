// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The sets of a bound plan as choices for the budget solver.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/bind/bound_plan.h"
#include "runtime/solve/budget/choice.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// What a StatementId stands for: a statement of the plan, or what keeps one set whole.
struct Obstacle {
  std::string keyword;             ///< of a statement; else empty
  std::optional<Origin> origin;    ///< of a statement
  std::vector<std::string> norms;  ///< the first norm of each set that it holds
  std::string clause;              ///< else: why the set stays whole
};

struct Choices {
  std::vector<Choice> choices;      ///< by set of the bound plan
  std::vector<Obstacle> obstacles;  ///< by StatementId
};

/// `unit_values`: by set the values of its units, ascending; empty where nobody votes.
Choices choices_of(const BoundPlan& bound, const ChannelGraph& graph, const std::vector<std::vector<double>>& unit_values);

}  // namespace prunec
