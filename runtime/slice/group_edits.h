// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "compiler/diag/diagnostic.h"
#include "runtime/slice/edits.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// Adds what a convolution in groups needs beside the cut of its weight's axis 0: the other axis, and the number of groups.
/// Error: P0705 when the removed channels leave the groups unequal or half empty.
Diagnostics plan_groups(const GroupedConvolution& layer, const std::vector<bool>& removed, Edits& edits);

}  // namespace prunec
