// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Small budget problems at random, for RapidCheck.
#pragma once

#include <rapidcheck.h>

#include "runtime/solve/budget/choice.h"

namespace prunec::test {

struct RandomShape {
  std::size_t most_sets = 6;
  std::size_t most_units = 9;
  bool tables = false;  ///< some layers cost by a table, with costs that fall in places
};

/// Layers on one set, on two, on the same set twice and on concatenations; values that are often equal or zero; floors and steps with
/// statements of their own; sets of one unit.
rc::Gen<BudgetProblem> random_problem(const RandomShape& shape = {});

/// The cost with so many units kept, worked out from the definition alone.
Cost plain_cost(const CostModel& model, const std::vector<Units>& kept);

/// The value of the strongest `units`.
double plain_value(const Choice& choice, Units units);

/// The allowed numbers of units, ascending, worked out from the definition alone.
std::vector<Units> plain_allowed(const Choice& choice);

}  // namespace prunec::test
