// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "runtime/api/runtime.h"

namespace prunec {

/// The arrows of the runtime in order: read, trace, propagate, bind, measure, solve, slice, verify, write. See `Runtime::apply`.
Outcome<ApplyResult> run_apply(const ApplyRequest& request);

/// The same up to the decisions. See `Runtime::decide`.
Outcome<Report> run_decide(const ApplyRequest& request);

/// The same up to binding. See `Runtime::check`.
Diagnostics run_check(const CheckRequest& request);

}  // namespace prunec
