// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Why a budget cannot be met. Inner to this folder.
#pragma once

#include <vector>

#include "runtime/solve/budget/choice.h"

namespace prunec::budget {

/// A smallest set of statements that together keep the cost above `limit`: with any one of them away, and none but these, it could be met.
/// Empty when one unit of each set costs too much already. Ascending.
std::vector<StatementId> conflict_of(const BudgetProblem& problem, Cost limit);

}  // namespace prunec::budget
