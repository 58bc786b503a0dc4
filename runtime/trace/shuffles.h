// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <vector>

#include "runtime/trace/channel_graph.h"

namespace prunec {

/// What holds the channels of a shuffle together while the shuffle stays as it is: those at the same place of every block go together.
inline std::vector<Coupling> keep_couplings(const Shuffle& shuffle) {
  Coupling coupling{"at the same place in every block of a channel shuffle", shuffle.layer, {}};
  const std::size_t block = shuffle.inputs.size() / static_cast<std::size_t>(shuffle.groups);
  for (std::size_t i = block; i < shuffle.inputs.size(); ++i) {
    const ChannelId a = shuffle.inputs[i % block], b = shuffle.inputs[i];
    if (a != b && a != kNoChannel && b != kNoChannel) coupling.pairs.emplace_back(a, b);
  }
  if (coupling.pairs.empty()) return {};
  return {std::move(coupling)};
}

/// The graph with these shuffles replaced by selections, so that their couplings are not needed.
///   chosen: by index into `graph.shuffles`
inline ChannelGraph select_shuffles(ChannelGraph graph, const std::vector<bool>& chosen) {
  for (std::size_t i = 0; i < graph.shuffles.size(); ++i) {
    if (!chosen[i] || graph.shuffles[i].selected) continue;
    graph.shuffles[i].selected = true;
    for (const Coupling& coupling : keep_couplings(graph.shuffles[i])) {
      const auto at = std::find(graph.couplings.begin(), graph.couplings.end(), coupling);
      if (at != graph.couplings.end()) graph.couplings.erase(at);
    }
  }
  return graph;
}

}  // namespace prunec
