// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/slice/plan_edits.h"

#include <range/v3/range/conversion.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

#include "runtime/slice/group_edits.h"
#include "runtime/slice/kept.h"
#include "runtime/slice/width_edits.h"

namespace prunec {

namespace {

namespace views = ranges::views;

/// The positions whose channel goes.
std::vector<std::int64_t> removed_positions(const std::vector<ChannelId>& ids, const std::vector<bool>& removed) {
  return views::iota(std::int64_t{0}, static_cast<std::int64_t>(ids.size())) |
         views::filter([&](std::int64_t i) { return !stays(ids[static_cast<std::size_t>(i)], removed); }) | ranges::to<std::vector>();
}

}  // namespace

std::vector<bool> removed_channels(const BoundPlan& bound, const Solution& solution) {
  std::vector<bool> class_removed(bound.class_count, false);
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    for (std::size_t i = 0; i < bound.sets[s].width; ++i) class_removed[bound.sets[s].classes[i]] = solution.sets[s].removed[i];
  }
  return bound.class_of | views::transform([&](std::size_t c) -> bool { return class_removed[c]; }) | ranges::to<std::vector<bool>>();
}

Outcome<Edits> plan_edits(const ChannelGraph& graph, const std::vector<bool>& removed) {
  Edits edits;
  Diagnostics diagnostics;
  for (const ParameterAxis& axis : graph.axes) {
    std::vector<std::int64_t> kept = kept_positions(axis.ids, removed);
    if (kept.size() < axis.ids.size()) edits.tensors.push_back({axis.tensor, axis.axis, std::move(kept)});
  }
  for (const DepthwiseLayer& layer : graph.depthwise) {
    const std::size_t kept = kept_positions(layer.ids, removed).size();
    if (kept == layer.ids.size()) continue;
    edits.attributes.push_back({layer.path, "groups", static_cast<std::int64_t>(layer.ids.size()), static_cast<std::int64_t>(kept)});
  }
  for (const GroupedConvolution& layer : graph.grouped) append(diagnostics, plan_groups(layer, removed, edits));
  append(diagnostics, plan_widths(graph, removed, edits));
  if (has_error(diagnostics)) return diagnostics;
  return edits;
}

std::vector<Mask> plan_masks(const ChannelGraph& graph, const std::vector<bool>& removed) {
  std::vector<Mask> masks;
  for (const NormSite& norm : graph.norms) {
    const std::vector<std::int64_t> gone = removed_positions(norm.ids, removed);
    if (gone.empty()) continue;
    masks.push_back({norm.scale, gone});
    if (!norm.shift.empty()) masks.push_back({norm.shift, gone});
  }
  return masks;
}

}  // namespace prunec
