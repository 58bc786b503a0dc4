// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/trace/channel_graph.h"
#include "runtime/trace/parameter_key.h"

namespace prunec {

/// A layer whose channels are followed: the one that makes them, or a norm that scales them.
struct LayerChannels {
  std::string path;                 ///< module path
  std::optional<std::size_t> norm;  ///< index into ChannelGraph::norms; none: the layer makes the channels
  std::vector<ChannelId> ids;       ///< at each position of what the layer writes

  friend bool operator==(const LayerChannels&, const LayerChannels&) = default;
};

/// Every such layer once, in execution order.
std::vector<LayerChannels> layer_channels(const ChannelGraph& graph);

}  // namespace prunec
