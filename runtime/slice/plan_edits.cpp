// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/slice/plan_edits.h"

#include <algorithm>
#include <range/v3/range/conversion.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>
#include <set>

#include "runtime/model/module_path.h"
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

namespace {

/// Of the graph what does not belong to these modules.
ChannelGraph without(ChannelGraph graph, const std::vector<std::string>& modules) {
  const std::set<std::string> going(modules.begin(), modules.end());
  const auto goes = [&](const std::string& name) {
    const std::vector<std::string> chain = chain_of(name);
    return std::any_of(chain.begin(), chain.end(), [&](const std::string& module) { return going.contains(module); });
  };
  std::erase_if(graph.axes, [&](const ParameterAxis& axis) { return goes(axis.tensor); });
  std::erase_if(graph.depthwise, [&](const DepthwiseLayer& layer) { return goes(layer.path); });
  std::erase_if(graph.grouped, [&](const GroupedConvolution& layer) { return goes(layer.path); });
  std::erase_if(graph.widths, [&](const WidthArgument& width) { return goes(width.place.module); });
  std::erase_if(graph.splits, [&](const WidthSplit& split) { return goes(split.place.module); });
  std::erase_if(graph.shuffles, [&](const Shuffle& shuffle) { return goes(shuffle.layer); });
  std::erase_if(graph.reads, [&](const ConcatRead& read) { return goes(read.layer); });
  return graph;
}

Diagnostic left_empty(const ParameterAxis& axis) {
  Diagnostic diagnostic{Code::kP0706, "`" + axis.tensor + "` would keep nothing along axis " + std::to_string(axis.axis)};
  diagnostic.place = LayerPlace{axis.tensor};
  diagnostic.notes.push_back({{}, "all channels that lie there go, and the layer does not go with them"});
  diagnostic.help = "keep some of the channels around it with `keep at least 1` or `skip`";
  return diagnostic;
}

Outcome<Edits> edits_of(const ChannelGraph& graph, const std::vector<bool>& removed) {
  Edits edits;
  Diagnostics diagnostics;
  for (const ParameterAxis& axis : graph.axes) {
    std::vector<std::int64_t> kept = kept_positions(axis.ids, removed);
    if (kept.empty() && !axis.ids.empty()) diagnostics.push_back(left_empty(axis));
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

}  // namespace

Outcome<Edits> plan_edits(const ChannelGraph& graph, const std::vector<bool>& removed) {
  std::vector<std::string> modules;
  for (const Branch& branch : graph.branches) {
    if (kept_positions(branch.outputs, removed).empty()) modules.push_back(branch.path);
  }
  auto edits = modules.empty() ? edits_of(graph, removed) : edits_of(without(graph, modules), removed);
  if (edits) edits->modules = std::move(modules);
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
