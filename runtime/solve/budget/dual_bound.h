// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// How much any solution can keep, where the sets can be eliminated. Inner to this folder.
#pragma once

#include "runtime/solve/budget/elimination.h"
#include "runtime/solve/budget/point.h"

namespace prunec::budget {

/// An upper bound on the value of every choice whose cost is at most `limit`: at any price no such choice keeps more than the most of
/// value - price x cost, and price x limit (Lagrangian duality). The price of the least bound is looked for. `point` should be near the
/// best. Not a good one when there is too much to do: then all that there is is the bound.
double dual_bound(const Elimination& elimination, const Point& point, Cost limit);

}  // namespace prunec::budget
