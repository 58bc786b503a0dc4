// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/solve/budget/network_cost.h"

#include <algorithm>
#include <limits>
#include <set>

namespace prunec {

namespace {

constexpr std::size_t kNoSet = static_cast<std::size_t>(-1);

std::size_t cell_of(const CoupledSet& set, std::size_t channel) {
  return set.cells.empty() ? 0 : set.cells[channel];
}

}  // namespace

NetworkCost::NetworkCost(const ChannelGraph& graph, const BoundPlan& bound, const ParameterShapes& shapes)
    : bound_(bound), shapes_(shapes), place_of_(graph.channel_count, nullptr), places_(bound.class_count, {kNoSet, 0}) {
  for (const ParameterAxis& axis : graph.axes) axes_[{axis.tensor, axis.axis}] = &axis;
  for (const GroupedConvolution& layer : graph.grouped) grouped_[layer.weight] = &layer;
  for (std::size_t s = 0; s < bound.sets.size(); ++s) {
    const std::vector<std::size_t>& classes = bound.sets[s].classes;
    for (std::size_t i = 0; i < classes.size(); ++i) places_[classes[i]] = {s, i};
  }
  for (std::size_t id = 0; id < graph.channel_count; ++id) {
    const Place& place = places_[bound.class_of[id]];
    if (place.set != kNoSet) place_of_[id] = &place;
  }
}

Extent NetworkCost::extent_of(const std::vector<ChannelId>& ids) const {
  std::map<std::size_t, std::vector<std::int64_t>> positions;  // by set, by channel
  Extent extent;
  for (const ChannelId id : ids) {
    const Place* place = id == kNoChannel ? nullptr : place_of_[id];
    ++extent.constant;
    if (place == nullptr) continue;
    auto& counts = positions.try_emplace(place->set, bound_.sets[place->set].width, 0).first->second;
    ++counts[place->channel];
  }
  for (const auto& [s, counts] : positions) {
    const CoupledSet& set = bound_.sets[s];
    std::vector<std::int64_t> fewest(set.cell_count, std::numeric_limits<std::int64_t>::max());
    for (std::size_t i = 0; i < set.width; ++i) fewest[cell_of(set, i)] = std::min(fewest[cell_of(set, i)], counts[i]);
    std::int64_t of_unit = 0;
    for (const std::int64_t in_cell : fewest) of_unit += in_cell;
    if (of_unit == 0) continue;
    extent.terms.push_back({s, of_unit});
    extent.constant -= of_unit * static_cast<std::int64_t>(set.width / set.cell_count);
  }
  return extent;
}

/// Whether every group of the layer keeps as many of `ids` as the others when a unit of the set goes; else whole groups go.
bool NetworkCost::leaves_groups_even(const GroupedConvolution& layer, const std::vector<ChannelId>& ids, std::size_t set) const {
  std::vector<std::size_t> leader(bound_.sets[set].cell_count, kNoSet);  // the first channel of each cell, together one unit
  for (std::size_t i = bound_.sets[set].width; i-- > 0;) leader[cell_of(bound_.sets[set], i)] = i;
  const auto groups = static_cast<std::size_t>(layer.groups);
  std::vector<std::size_t> lost(groups, 0);
  for (std::size_t p = 0; p < ids.size(); ++p) {
    const Place* place = ids[p] == kNoChannel ? nullptr : place_of_[ids[p]];
    if (place == nullptr || place->set != set) continue;
    if (leader[cell_of(bound_.sets[set], place->channel)] == place->channel) ++lost[p / (ids.size() / groups)];
  }
  return std::adjacent_find(lost.begin(), lost.end(), std::not_equal_to<>()) == lost.end();
}

/// The axis of the weight that spans one group only.
Extent NetworkCost::extent_of_group(const GroupedConvolution& layer) const {
  const std::vector<ChannelId>& across = layer.transposed ? layer.outputs : layer.inputs;
  const Extent all = extent_of(across);
  Extent one;
  one.constant = static_cast<std::int64_t>(across.size()) / layer.groups;
  for (const ExtentTerm& term : all.terms) {
    if (!leaves_groups_even(layer, across, term.set)) continue;
    const std::int64_t in_group = term.positions / layer.groups;
    one.terms.push_back({term.set, in_group});
    one.constant -= in_group * static_cast<std::int64_t>(bound_.sets[term.set].width / bound_.sets[term.set].cell_count);
  }
  return one;
}

Extent NetworkCost::extent_of(const std::string& tensor, std::size_t axis) const {
  const auto grouped = grouped_.find(tensor);
  if (grouped != grouped_.end() && axis == 1) return extent_of_group(*grouped->second);
  const auto placed = axes_.find({tensor, static_cast<std::int64_t>(axis)});
  if (placed != axes_.end()) return extent_of(placed->second->ids);
  return {shapes_.at(tensor)[axis], {}};
}

CostLayer NetworkCost::elements_of(const std::string& tensor, Cost factor) const {
  CostLayer layer{{1, {}}, {1, {}}, factor, {}};
  const std::size_t axes = shapes_.at(tensor).size();
  for (std::size_t axis = 0; axis < axes; ++axis) {
    Extent extent = extent_of(tensor, axis);
    if (extent.terms.empty()) {
      layer.factor *= extent.constant;
    } else if (layer.output.terms.empty()) {
      layer.output = std::move(extent);
    } else if (layer.input.terms.empty()) {
      layer.input = std::move(extent);
    } else {
      layer.factor *= shapes_.at(tensor)[axis];
    }
  }
  return layer;
}

CostModel NetworkCost::macs(const std::vector<LayerCost>& costs) const {
  CostModel model;
  for (const LayerCost& cost : costs) model.layers.push_back(elements_of(cost.weight, cost.positions));
  return model;
}

CostModel NetworkCost::parameters(const std::vector<std::string>& keys) const {
  CostModel model;
  for (const std::string& key : keys) model.layers.push_back(elements_of(key, 1));
  return model;
}

CostModel NetworkCost::channels() const {
  CostModel model;
  for (std::size_t s = 0; s < bound_.sets.size(); ++s) {
    std::int64_t positions = 0;
    for (const SetMember& member : bound_.sets[s].members)
      positions += static_cast<std::int64_t>(member.per_channel * bound_.sets[s].cell_count);
    model.layers.push_back({{1, {}}, {0, {{s, positions}}}, 1, {}});
  }
  return model;
}

Outcome<CostModel> NetworkCost::latency(const LatencyTable& table, const std::string& path) const {
  CostModel model;
  for (const LayerLatency& measured : table.layers) {
    const auto shape = shapes_.find(measured.weight);
    const bool fits = shape != shapes_.end() && shape->second.size() >= 2 && shape->second[0] == measured.table.outputs.back() &&
                      shape->second[1] == measured.table.inputs.back();
    if (!fits) {
      Diagnostic other{Code::kP0554, "the latency table is of another model: `" + measured.weight + "` does not fit", FilePlace{path}};
      other.help = "measure this one: `prunec bench MODEL --table FILE`";
      return other;
    }
    model.layers.push_back({extent_of(measured.weight, 1), extent_of(measured.weight, 0), 1, measured.table});
  }
  return model;
}

}  // namespace prunec
