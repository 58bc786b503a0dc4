// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// From checked rules to the plan of one strategy.
#pragma once

#include <string_view>

#include "compiler/check/check.h"
#include "compiler/plan/plan.h"

namespace prunec {

/// Resolves the strategy, which must exist: its ancestors' statements first, then its own; the nearest amount replaces the others.
/// Only the sites that it uses come along.
ConstraintPlan lower(const CheckedRules& rules, std::string_view strategy);

}  // namespace prunec
