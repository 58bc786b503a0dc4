// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <vector>

#include "runtime/trace/channel_graph.h"

namespace prunec {

/// Channel ids that the graph makes equal, directly or by way of others.
struct ChannelClasses {
  std::vector<std::size_t> class_of;  ///< by id; classes are numbered by their smallest id
  std::size_t count = 0;
};

ChannelClasses classes_of(const ChannelGraph& graph);

/// The couplings that lead from one id to another of the same class: a shortest chain, in order.
std::vector<const Coupling*> chain_between(const ChannelGraph& graph, ChannelId from, ChannelId to);

}  // namespace prunec
