// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What a network costs, by the units that its coupled sets keep.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/diag/outcome.h"
#include "runtime/bind/bound_plan.h"
#include "runtime/latency/latency.h"
#include "runtime/solve/budget/cost_model.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// Shapes of parameters, by state_dict key.
using ParameterShapes = std::map<std::string, std::vector<std::int64_t>>;

/// Extents count the sets of the bound plan; a unit of a set is one channel of each of its cells. Where the channels of a set lie unevenly
/// on an axis, the fewest positions that a channel has are counted as going with it, so that the real cost is never higher.
class NetworkCost {
 public:
  /// All must outlive this.
  NetworkCost(const ChannelGraph& graph, const BoundPlan& bound, const ParameterShapes& shapes);

  /// Multiply-accumulates for one input. `costs`: of the graph.
  CostModel macs(const std::vector<LayerCost>& costs) const;
  /// Elements of these parameters.
  CostModel parameters(const std::vector<std::string>& keys) const;
  /// Channels of all norms of the sets, as the report counts them.
  CostModel channels() const;
  /// Picoseconds of the layers that were measured. `path` of the table is for messages. Error: P0554 for a table of another model.
  Outcome<CostModel> latency(const LatencyTable& table, const std::string& path) const;

 private:
  using Axis = std::pair<std::string, std::int64_t>;

  Extent extent_of(const std::vector<ChannelId>& ids) const;
  Extent extent_of_group(const GroupedConvolution& layer) const;
  bool leaves_groups_even(const GroupedConvolution& layer, const std::vector<ChannelId>& ids, std::size_t set) const;
  Extent extent_of(const std::string& tensor, std::size_t axis) const;
  /// The elements of a parameter, times `factor`.
  CostLayer elements_of(const std::string& tensor, Cost factor) const;

  const BoundPlan& bound_;
  const ParameterShapes& shapes_;
  std::map<Axis, const ParameterAxis*> axes_;
  std::map<std::string, const GroupedConvolution*> grouped_;  ///< by weight
  struct Place {
    std::size_t set = 0, channel = 0;
  };
  std::vector<const Place*> place_of_;  ///< by channel id; null: it stays
  std::vector<Place> places_;           ///< by class
};

}  // namespace prunec
