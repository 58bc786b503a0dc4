// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Good points for every price of cost: the maxima of value - price x cost, one set at a time. Inner to this folder.
#pragma once

#include <optional>
#include <vector>

#include "runtime/solve/budget/elimination.h"
#include "runtime/solve/budget/point.h"

namespace prunec::budget {

/// Moves each set in turn to the width that is best at this price with the others as they are, until no set moves.
void settle(Point& point, double price);

/// Points settled at prices from the one where nothing is worth keeping down to the one where all is, closer together where the cost
/// changes much. Each price is entered from the cheaper and from the dearer side, since what is best for a set depends on the others; and
/// from what is best over all sets together, where that can be found.
std::vector<Point> price_curve(const Instance& instance, const std::optional<Elimination>& elimination);

}  // namespace prunec::budget
