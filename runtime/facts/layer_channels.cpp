// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/facts/layer_channels.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace prunec {

std::vector<LayerChannels> layer_channels(const ChannelGraph& graph) {
  std::unordered_map<std::string, std::size_t> norm_of_scale;
  for (std::size_t norm = 0; norm < graph.norms.size(); ++norm) {
    if (graph.norms[norm].has_scale()) norm_of_scale.emplace(graph.norms[norm].scale, norm);
  }
  std::vector<LayerChannels> layers;
  std::unordered_set<std::string> known;
  std::vector<bool> seen(graph.channel_count, false);
  for (const ParameterAxis& axis : graph.axes) {
    const auto norm = norm_of_scale.find(axis.tensor);
    if (norm != norm_of_scale.end()) {
      const NormSite& site = graph.norms[norm->second];
      if (known.insert(site.path).second) layers.push_back({site.path, norm->second, site.ids});
    } else if (std::any_of(axis.ids.begin(), axis.ids.end(), [&](ChannelId id) { return id != kNoChannel && !seen[id]; })) {
      // A channel lies first on the axis of the layer that makes it, and then on those that scale or read it.
      std::string path = owner_of(axis.tensor);
      if (known.insert(path).second) layers.push_back({std::move(path), std::nullopt, axis.ids});
    }
    for (const ChannelId id : axis.ids) {
      if (id != kNoChannel) seen[id] = true;
    }
  }
  return layers;
}

}  // namespace prunec
