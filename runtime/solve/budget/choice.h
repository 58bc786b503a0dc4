// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What may be chosen: how many units each coupled set keeps. Plain data.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "runtime/solve/budget/cost_model.h"

namespace prunec {

/// A number that stands for a statement of the plan, or for another reason that the caller knows.
using StatementId = std::size_t;

/// The set keeps at least so many units, because of a statement: `keep at least`, `remove at most`, `skip`, a pin.
struct Floor {
  Units least = 1;
  StatementId statement = 0;

  friend bool operator==(const Floor&, const Floor&) = default;
};

/// A coupled set. Keeping k units keeps the k most valuable ones; its full width is always allowed, and at least one unit stays.
struct Choice {
  std::size_t order = 0;       ///< place in the execution order, another for each set; settles ties
  std::vector<double> values;  ///< by unit, ascending, finite and not negative; at least one
  std::vector<Floor> floors;
  Units step = 1;  ///< kept numbers are multiples of it, or all
  std::optional<StatementId> step_because;

  friend bool operator==(const Choice&, const Choice&) = default;
};

struct BudgetProblem {
  std::vector<Choice> choices;
  CostModel cost;  ///< extents count `choices` by index

  friend bool operator==(const BudgetProblem&, const BudgetProblem&) = default;
};

}  // namespace prunec
