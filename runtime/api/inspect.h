// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "runtime/api/runtime.h"

namespace prunec {

/// See `Runtime::inspect`.
Outcome<Inspection> run_inspect(const InspectRequest& request);

}  // namespace prunec
