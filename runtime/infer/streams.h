// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/trace/channel_graph.h"

namespace prunec::infer {

struct NormRole {
  bool prunable = false;      ///< some of its channels can be removed
  bool scored = true;         ///< the draft can rank its channels, as of a layer that no norm follows it cannot beside norms
  bool depthwise = false;     ///< it scales what a depthwise convolution makes
  std::size_t stream = 0;     ///< index into Streams::streams
  std::string whole_because;  ///< a clause: why (some of) its channels stay; empty: all can go
  std::string whole_at;       ///< the layer that holds them; may be empty
};

/// Norms that share channels, by way of others too.
struct Stream {
  std::vector<std::size_t> norms;  ///< in execution order
  bool uniform = true;             ///< every channel lies in all of them
  bool prunable = false;           ///< some of its channels can be removed by the scales of a norm
};

struct Streams {
  std::vector<NormRole> norms;  ///< by norm of the graph
  std::vector<Stream> streams;  ///< in execution order
  bool by_filters = false;      ///< no norm has a scale: layers are ranked by their filters
};

/// What the graph couples, and what of it can go while grouped convolutions keep their groups.
Streams read_streams(const ChannelGraph& graph);

}  // namespace prunec::infer
