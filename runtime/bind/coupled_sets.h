// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <vector>

#include "runtime/bind/bound_plan.h"
#include "runtime/channels/channel_classes.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// Groups the classes of the graph that lie in the same norms, equally often, in the same other parameters and in the same parts of what is
/// cut into parts, into sets, in execution order. So each of those keeps a channel as long as each set does. Every member is carried until
/// a plan has its say; classes that lie in no norm are in no set.
std::vector<CoupledSet> coupled_sets(const ChannelGraph& graph, const ChannelClasses& classes);

/// Where the channels that one vote of a member speaks of lie in its norm: a member votes `per_channel` times, `vote` counts from 0.
std::vector<std::size_t> positions_of_vote(const SetMember& member, std::size_t vote);

/// For each class the first pin that holds one of its channels, or null. The pins are the graph's own.
std::vector<const Pin*> first_pins(const ChannelGraph& graph, const ChannelClasses& classes);

}  // namespace prunec
