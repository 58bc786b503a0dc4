// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "compiler/diag/diagnostic.h"
#include "runtime/bind/bound_plan.h"
#include "runtime/bind/declaration.h"
#include "runtime/channels/channel_classes.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// Finds the paths that `keep at least 0` lets vanish, and adds them to the plan, whose sets are bound. A path goes only whole, so each of
/// its sets has to be named, be free of other bounds, and lie nowhere else. Error: P0513 for a statement that names something else.
Diagnostics add_removable_paths(const Declaration& declaration, const ChannelGraph& graph, const ChannelClasses& classes, BoundPlan& bound);

}  // namespace prunec
