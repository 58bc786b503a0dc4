// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <unordered_set>

#include "runtime/trace/channel_graph.h"

namespace prunec {

/// The weights whose axis 0 holds channels of which none lies in a norm: the layers of such channels can mask them themselves.
std::unordered_set<std::string> bare_layers(const ChannelGraph& graph);

/// Takes bare layers off the list of sites whose channels cannot all go.
void drop_pinned_bare_layers(ChannelGraph& graph);

}  // namespace prunec
