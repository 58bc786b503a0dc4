// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// Where a selection of channels by number can stand in place of what couples channels.
#pragma once

#include <algorithm>
#include <optional>
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

/// What holds the channels of a norm to those of the concatenation that it reads.
inline std::vector<Coupling> keep_couplings(const ConcatRead& read) {
  Coupling coupling{"concatenated before they are read by `" + read.operation + "`", read.layer, {}};
  for (std::size_t i = 0; i < read.inputs.size(); ++i) {
    if (read.inputs[i] != kNoChannel) coupling.pairs.emplace_back(read.inputs[i], read.outputs[i]);
  }
  if (coupling.pairs.empty()) return {};
  return {std::move(coupling)};
}

/// And what holds those for which it reads no layer's channels.
inline std::optional<Pin> keep_pin(const ConcatRead& read) {
  Pin pin{"is for a position where `" + read.layer + "` reads no channel that can go", read.layer, {}};
  for (std::size_t i = 0; i < read.inputs.size(); ++i) {
    if (read.inputs[i] == kNoChannel) pin.ids.push_back(read.outputs[i]);
  }
  if (pin.ids.empty()) return std::nullopt;
  return pin;
}

inline void drop_couplings(ChannelGraph& graph, const std::vector<Coupling>& couplings) {
  for (const Coupling& coupling : couplings) {
    const auto at = std::find(graph.couplings.begin(), graph.couplings.end(), coupling);
    if (at != graph.couplings.end()) graph.couplings.erase(at);
  }
}

/// The graph with these shuffles replaced by selections, so that their couplings are not needed.
///   chosen: by index into `graph.shuffles`
inline ChannelGraph select_shuffles(ChannelGraph graph, const std::vector<bool>& chosen) {
  for (std::size_t i = 0; i < graph.shuffles.size(); ++i) {
    if (!chosen[i] || graph.shuffles[i].selected) continue;
    graph.shuffles[i].selected = true;
    drop_couplings(graph, keep_couplings(graph.shuffles[i]));
  }
  return graph;
}

/// The graph with a selection before each of these norms. What they read has to stay whole.
///   chosen: by index into `graph.reads`
inline ChannelGraph select_reads(ChannelGraph graph, const std::vector<bool>& chosen) {
  for (std::size_t i = 0; i < graph.reads.size(); ++i) {
    ConcatRead& read = graph.reads[i];
    if (!chosen[i] || read.selected) continue;
    read.selected = true;
    drop_couplings(graph, keep_couplings(read));
    if (const auto pin = keep_pin(read)) std::erase(graph.pins, *pin);
    std::vector<ChannelId> ids = read.inputs;
    std::erase(ids, kNoChannel);
    if (!ids.empty()) graph.pins.push_back({"is one of those that `" + read.layer + "` selects its own from", read.layer, std::move(ids)});
  }
  return graph;
}

}  // namespace prunec
