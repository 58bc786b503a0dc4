// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What the rules share that treat every element alike.
#pragma once

#include "runtime/trace/propagation.h"

namespace prunec {

ValueId first_tensor(const Operation& operation);

/// Stores the result. Another view of the same data would not see that removed channels are no longer zero, so that pins them.
void store(Propagation& propagation, const Operation& operation, ChannelMap map);

}  // namespace prunec
