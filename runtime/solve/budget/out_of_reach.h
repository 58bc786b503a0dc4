// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "compiler/plan/plan.h"
#include "runtime/solve/budget/choices.h"
#include "runtime/solve/budget/optimise.h"

namespace prunec {

/// "multiply-accumulates", as in "30% of the multiply-accumulates".
std::string name_of(Resource resource);

/// P0606: which budget could be met, and the statements in conflict.
Diagnostic out_of_reach(const Budget& budget, const OutOfReach& beyond, Cost full_cost, const std::vector<Obstacle>& obstacles);

}  // namespace prunec
