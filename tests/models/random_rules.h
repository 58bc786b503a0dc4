// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <random>
#include <string>

#include "runtime/trace/channel_graph.h"

namespace prunec::test {

/// Rules for a network, as a text without its two header lines: some norms pruned, some not, some skipped; ties written by hand that cover
/// what the graph couples, or `tie from graph`; policies, carried norms, labels, bounds, multiples, groups, shuffles, ranks, scores and
/// amounts. The strategy is `s`. Right by construction, but for what only the solver can tell.
std::string random_rules(const ChannelGraph& graph, std::mt19937& random);

}  // namespace prunec::test
