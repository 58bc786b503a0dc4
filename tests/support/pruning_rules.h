// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What a solution must fulfil, read off the graph and the plan alone. Shares nothing with the solver or with what binds plans.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "runtime/solve/scores.h"
#include "tests/support/pruning_case.h"

namespace prunec::test {

/// The kinds of rules that `removed` breaks: "coupling", "pin", "skip", "unpruned", "last channel", "divisible", "keep at least",
/// "remove at most", "groups".
///   removed: by channel id
std::set<std::string> broken_rules(const PruningCase& pruning, const std::vector<bool>& removed);

/// What is left of the resource, counted tensor by tensor.
std::int64_t counted(const PruningCase& pruning, Resource resource, const std::vector<bool>& removed);

/// By set of the bound plan, which channels go: the classical rules written out as loops over plain lists.
std::vector<std::vector<bool>> plainly_solved(const BoundPlan& bound, const Scores& scores, const std::variant<Ratio, Threshold>& amount);

}  // namespace prunec::test
