// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "compiler/diag/outcome.h"
#include "runtime/bind/declaration.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// The graph, with what the rules couple beyond it: groups that go whole (`groups drop`), and norms of equal width that a tie holds
/// together `even if unrelated`. Error: P0512 when such norms differ in width.
Outcome<ChannelGraph> with_declared_couplings(const Declaration& declaration, const ChannelGraph& graph);

/// The convolutions whose groups all stay. The last `groups` statement that speaks of a convolution decides; without one they stay.
std::vector<const GroupedConvolution*> layers_that_keep_groups(const ChannelGraph& graph, const Declaration& declaration);

}  // namespace prunec
