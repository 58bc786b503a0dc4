// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// A plan in words.
#pragma once

#include <string>

#include "compiler/plan/plan.h"

namespace prunec {

/// One line for the plan, then one sentence a statement, each behind its place in the rule file.
std::string describe(const ConstraintPlan& plan);

}  // namespace prunec
