// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "compiler/diag/diagnostic.h"
#include "runtime/slice/edits.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// Adds what has to change in the model's code: numbers that say how many channels there are, sizes of parts, selections in place of
/// shuffles and before norms. Error: P0706 when one place in the code would have to say two things, or a part would be left empty.
Diagnostics plan_widths(const ChannelGraph& graph, const std::vector<bool>& removed, Edits& edits);

}  // namespace prunec
