// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "runtime/trace/propagation.h"

namespace prunec {

/// The modules that a run could have done without, had all of their channels been gone. `propagation` has seen the whole trace.
std::vector<Branch> branches_of(const OpTrace& trace, const Propagation& propagation);

}  // namespace prunec
