// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/trace/bare_layers.h"

#include <algorithm>

#include "runtime/channels/channel_classes.h"

namespace prunec {

namespace {

/// By class, whether any of the given lists of ids has a channel of it.
template <typename List>
std::vector<bool> classes_with(const ChannelClasses& classes, const List& list) {
  std::vector<bool> found(classes.count, false);
  for (const auto& element : list) {
    for (const ChannelId id : element.ids) {
      if (id != kNoChannel) found[classes.class_of[id]] = true;
    }
  }
  return found;
}

bool touches(const std::vector<ChannelId>& ids, const std::vector<bool>& found, const ChannelClasses& classes) {
  return std::any_of(ids.begin(), ids.end(), [&](ChannelId id) { return id != kNoChannel && found[classes.class_of[id]]; });
}

}  // namespace

std::unordered_set<std::string> bare_layers(const ChannelGraph& graph) {
  const ChannelClasses classes = classes_of(graph);
  const std::vector<bool> in_norm = classes_with(classes, graph.norms);
  std::unordered_set<std::string> weights;
  for (const ParameterAxis& axis : graph.axes) {
    const bool is_whole = std::find(axis.ids.begin(), axis.ids.end(), kNoChannel) == axis.ids.end();
    if (axis.axis == 0 && is_whole && !touches(axis.ids, in_norm, classes)) weights.insert(axis.tensor);
  }
  return weights;
}

void drop_pinned_bare_layers(ChannelGraph& graph) {
  const ChannelClasses classes = classes_of(graph);
  const std::vector<bool> pinned = classes_with(classes, graph.pins);
  std::erase_if(graph.norms, [&](const NormSite& norm) { return !norm.has_scale() && touches(norm.ids, pinned, classes); });
}

}  // namespace prunec
