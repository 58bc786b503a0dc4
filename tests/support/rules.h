// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include "compiler/plan/plan.h"

namespace prunec::test {

/// Compiles a strategy of a rule text, whose two header lines are added. Throws when the text has a mistake.
ConstraintPlan plan_of(const std::string& rules, const std::string& strategy = "s");

}  // namespace prunec::test
