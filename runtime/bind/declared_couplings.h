// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "compiler/diag/outcome.h"
#include "runtime/bind/declaration.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// The graph as the rules have it: with what they couple beyond it, groups that go whole (`groups drop`) and norms of equal width that a
/// tie holds together `even if unrelated`, and without what shuffles couple when they are to be replaced (`shuffles select`) and what holds
/// norms to the concatenations that they select from (`concat-select`). Error: P0512 when such norms differ in width.
Outcome<ChannelGraph> with_declared_couplings(const Declaration& declaration, const ChannelGraph& graph);

/// The convolutions whose groups all stay. The last `groups` statement that speaks of a convolution decides; without one they stay.
std::vector<const GroupedConvolution*> layers_that_keep_groups(const ChannelGraph& graph, const Declaration& declaration);

}  // namespace prunec
