// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// The problem as the solver works on it: sets in execution order, each a ladder of allowed widths. Inner to this folder.
#pragma once

#include <cstddef>
#include <vector>

#include "runtime/solve/budget/choice.h"

namespace prunec::budget {

/// The allowed numbers of kept units, ascending, and what each keeps. Values are sums of the strongest, so they are concave in the units.
struct Ladder {
  std::vector<Units> units;
  std::vector<double> values;
};

/// One layer that a set lies on, with its share in the two extents.
struct Touch {
  std::size_t layer = 0;
  std::int64_t input = 0, output = 0;
};

struct Instance {
  std::vector<std::size_t> choice_of;  ///< by set: its index in the problem
  std::vector<Ladder> ladders;
  CostModel cost;  ///< extents count the sets of this instance
  std::vector<std::vector<Touch>> touches;
  std::vector<std::vector<std::size_t>> neighbours;  ///< by set: those it shares a layer with; filled only when `tabled`
  bool tabled = false;  ///< some cost is a table: then a wider neighbour can make a step cheaper, which products never do
};

/// Whether a floor or step that a statement gave is in force.
using InForce = std::vector<bool>;

Ladder ladder_of(const Choice& choice);
Instance instance_of(const BudgetProblem& problem);

/// The least allowed number of units when only these statements hold (an empty list: all of them).
Units least_units(const Choice& choice, const InForce& in_force = {});

}  // namespace prunec::budget
