// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/infer/streams.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>

#include "runtime/bind/coupled_sets.h"
#include "runtime/bind/declared_couplings.h"
#include "runtime/bind/group_cells.h"
#include "runtime/trace/parameter_key.h"

namespace prunec::infer {

namespace {

std::size_t leader_of(std::vector<std::size_t>& leaders, std::size_t norm) {
  while (leaders[norm] != norm) norm = leaders[norm] = leaders[leaders[norm]];
  return norm;
}

/// The channels that depthwise convolutions make.
std::unordered_set<ChannelId> made_by_depthwise(const ChannelGraph& graph) {
  std::unordered_set<std::string> layers;
  for (const DepthwiseLayer& layer : graph.depthwise) layers.insert(layer.path);
  std::unordered_set<ChannelId> made;
  std::vector<bool> seen(graph.channel_count, false);
  for (const ParameterAxis& axis : graph.axes) {
    const bool depthwise = layers.contains(owner_of(axis.tensor));
    for (const ChannelId id : axis.ids) {
      if (id == kNoChannel || seen[id]) continue;
      seen[id] = true;
      if (depthwise) made.insert(id);
    }
  }
  return made;
}

void note(NormRole& role, std::string reason, std::string at) {
  if (!role.whole_because.empty()) return;
  role.whole_because = std::move(reason);
  role.whole_at = std::move(at);
}

/// Why no channel of the set can go, in the norms of the set; whether that is so.
bool stays_whole(CoupledSet& set, const std::vector<const Pin*>& pins, const GroupCells& cells, std::vector<NormRole>& roles) {
  const auto pinned = std::find_if(set.classes.begin(), set.classes.end(), [&](std::size_t c) { return pins[c] != nullptr; });
  const std::string uneven = cells.divide(set);
  if (pinned == set.classes.end() && uneven.empty()) return false;
  for (const SetMember& member : set.members) {
    if (pinned != set.classes.end()) {
      note(roles[member.norm], "a channel " + pins[*pinned]->reason, pins[*pinned]->layer);
    } else {
      note(roles[member.norm], uneven, "");
    }
  }
  return true;
}

}  // namespace

Streams read_streams(const ChannelGraph& graph) {
  const ChannelClasses classes = classes_of(graph);
  const auto pins = first_pins(graph, classes);
  const GroupCells cells(layers_that_keep_groups(graph, {}), classes);
  Streams result;
  result.by_filters = std::none_of(graph.norms.begin(), graph.norms.end(), [](const NormSite& norm) { return norm.has_scale(); });
  result.norms.resize(graph.norms.size());
  std::vector<std::size_t> leaders(graph.norms.size());
  std::iota(leaders.begin(), leaders.end(), std::size_t{0});
  std::vector<bool> partly(graph.norms.size(), false);
  for (CoupledSet& set : coupled_sets(graph, classes)) {
    const std::size_t first = set.members.front().norm;
    for (const SetMember& member : set.members) {
      const std::size_t a = leader_of(leaders, first), b = leader_of(leaders, member.norm);
      leaders[std::max(a, b)] = std::min(a, b);
      if (set.width * member.per_channel != graph.norms[member.norm].ids.size()) partly[member.norm] = true;
    }
    if (stays_whole(set, pins, cells, result.norms)) continue;
    for (const SetMember& member : set.members) {
      const bool scored = result.by_filters || graph.norms[member.norm].has_scale();
      result.norms[member.norm].prunable |= scored;
      if (!scored) note(result.norms[member.norm], "no norm follows, so that only `score weight` can rank its channels", "");
    }
  }
  const auto depthwise = made_by_depthwise(graph);
  std::vector<std::size_t> stream_of(graph.norms.size(), graph.norms.size());
  for (std::size_t norm = 0; norm < graph.norms.size(); ++norm) {
    std::size_t& stream = stream_of[leader_of(leaders, norm)];
    if (stream == graph.norms.size()) {
      stream = result.streams.size();
      result.streams.emplace_back();
    }
    NormRole& role = result.norms[norm];
    role.stream = stream;
    const auto& ids = graph.norms[norm].ids;
    role.scored = result.by_filters || graph.norms[norm].has_scale();
    role.depthwise = !ids.empty() && depthwise.contains(ids.front());
    Stream& mine = result.streams[stream];
    mine.norms.push_back(norm);
    mine.uniform = mine.uniform && !partly[norm];
    mine.prunable = mine.prunable || role.prunable;
  }
  return result;
}

}  // namespace prunec::infer
