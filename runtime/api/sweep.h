// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "runtime/api/runtime.h"

namespace prunec {

/// See `Runtime::sweep`. Errors: those of `apply` up to the solution.
Outcome<Sweep> run_sweep(const SweepRequest& request);

}  // namespace prunec
