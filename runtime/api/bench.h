// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "runtime/api/runtime.h"

namespace prunec {

/// See `Runtime::bench`. Errors: P0854, P0501 to P0504, P0853.
Outcome<LatencyTable> run_bench(const BenchRequest& request);

}  // namespace prunec
