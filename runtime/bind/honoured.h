// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "compiler/diag/diagnostic.h"
#include "compiler/plan/plan.h"

namespace prunec {

/// Refuses what this build does not honour, statement by statement, so that none is ever ignored. Error: P0511.
Diagnostics refuse_unhonoured(const ConstraintPlan& plan);

}  // namespace prunec
