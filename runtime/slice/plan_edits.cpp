// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/slice/plan_edits.h"

#include <range/v3/range/conversion.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

namespace prunec {

namespace {

namespace views = ranges::views;

bool stays(ChannelId id, const std::vector<bool>& removed) {
  return id == kNoChannel || !removed[id];
}

/// The positions whose channel stays (or goes).
std::vector<std::int64_t> positions(const std::vector<ChannelId>& ids, const std::vector<bool>& removed, bool staying) {
  return views::iota(std::int64_t{0}, static_cast<std::int64_t>(ids.size())) |
         views::filter([&](std::int64_t i) { return stays(ids[static_cast<std::size_t>(i)], removed) == staying; }) |
         ranges::to<std::vector>();
}

}  // namespace

std::vector<bool> removed_channels(const BoundPlan& bound, const Solution& solution) {
  std::vector<bool> class_removed(bound.class_count, false);
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    for (std::size_t i = 0; i < bound.sets[s].width; ++i) class_removed[bound.sets[s].classes[i]] = solution.removed[s][i];
  }
  return bound.class_of | views::transform([&](std::size_t c) -> bool { return class_removed[c]; }) | ranges::to<std::vector<bool>>();
}

Edits plan_edits(const ChannelGraph& graph, const std::vector<bool>& removed) {
  Edits edits;
  for (const ParameterAxis& axis : graph.axes) {
    std::vector<std::int64_t> kept = positions(axis.ids, removed, true);
    if (kept.size() < axis.ids.size()) edits.tensors.push_back({axis.tensor, axis.axis, std::move(kept)});
  }
  for (const DepthwiseLayer& layer : graph.depthwise) {
    const std::size_t kept = positions(layer.ids, removed, true).size();
    if (kept == layer.ids.size()) continue;
    edits.attributes.push_back({layer.path, "groups", static_cast<std::int64_t>(layer.ids.size()), static_cast<std::int64_t>(kept)});
  }
  return edits;
}

std::vector<Mask> plan_masks(const ChannelGraph& graph, const std::vector<bool>& removed) {
  std::vector<Mask> masks;
  for (const NormSite& norm : graph.norms) {
    const std::vector<std::int64_t> gone = positions(norm.ids, removed, false);
    if (gone.empty()) continue;
    masks.push_back({norm.scale, gone});
    if (!norm.shift.empty()) masks.push_back({norm.shift, gone});
  }
  return masks;
}

}  // namespace prunec
