// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// How much any solution can keep, for costs of any shape. Inner to this folder.
#pragma once

#include "runtime/solve/budget/point.h"

namespace prunec::budget {

/// An upper bound on the value of every choice whose cost is at most `limit`, from a point that should be near the best. Not for measured
/// tables, which have no shape to rely on.
///
/// In the logarithms of the widths a sum of products with positive factors is convex, so it lies above its tangent at the point. With the
/// tangent in place of the cost, and each set's values under their concave hull, the relaxed problem falls apart into sets for each price
/// of cost; the best price gives the bound (Lagrangian duality). Sets that are never multiplied with another are taken as they are in
/// place of their logarithm, which is exact. Widths that cannot be part of anything better than the point, since their loss at that price
/// exceeds the gap, are then left out, and the hulls drawn again over the rest.
double tangent_bound(const Point& point, Cost limit);

}  // namespace prunec::budget
