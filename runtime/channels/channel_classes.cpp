// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/channels/channel_classes.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

#include "runtime/channels/union.h"

namespace prunec {

ChannelClasses classes_of(const ChannelGraph& graph) {
  Union sets(graph.channel_count);
  for (const Coupling& coupling : graph.couplings) {
    for (const auto& [a, b] : coupling.pairs) sets.join(a, b);
  }
  ChannelClasses classes;
  for (std::size_t id = 0; id < graph.channel_count; ++id) {
    const std::size_t leader = sets.find(id);
    classes.class_of.push_back(leader == id ? classes.count++ : classes.class_of[leader]);
  }
  return classes;
}

std::vector<const Coupling*> chain_between(const ChannelGraph& graph, ChannelId from, ChannelId to) {
  struct Step {
    ChannelId previous;
    const Coupling* coupling;
  };
  std::unordered_multimap<ChannelId, Step> edges;
  for (const Coupling& coupling : graph.couplings) {
    for (const auto& [a, b] : coupling.pairs) {
      edges.emplace(a, Step{b, &coupling});
      edges.emplace(b, Step{a, &coupling});
    }
  }
  std::unordered_map<ChannelId, Step> reached{{from, {from, nullptr}}};
  std::deque<ChannelId> queue{from};
  while (!queue.empty() && !reached.contains(to)) {
    const ChannelId at = queue.front();
    queue.pop_front();
    for (auto [edge, end] = edges.equal_range(at); edge != end; ++edge) {
      const auto& [next, coupling] = edge->second;
      if (reached.try_emplace(next, Step{at, coupling}).second) queue.push_back(next);
    }
  }
  std::vector<const Coupling*> chain;
  for (ChannelId at = to; reached.contains(at) && at != from; at = reached.at(at).previous)
    chain.insert(chain.begin(), reached.at(at).coupling);
  return chain;
}

}  // namespace prunec
