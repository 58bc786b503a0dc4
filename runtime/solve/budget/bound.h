// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// How much any solution can keep. Inner to this folder.
#pragma once

#include <optional>

#include "runtime/solve/budget/elimination.h"
#include "runtime/solve/budget/point.h"

namespace prunec::budget {

/// An upper bound on the value of every choice whose cost is at most `limit`, from a point that should be near the best. None without an
/// elimination: measured tables have no shape to rely on.
std::optional<double> upper_bound(const std::optional<Elimination>& elimination, const Point& point, Cost limit);

}  // namespace prunec::budget
