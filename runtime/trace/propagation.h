// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What the rules for operations share: the channel map of every value so far, and the graph that they build.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "runtime/model/op_trace.h"
#include "runtime/trace/channel_graph.h"
#include "runtime/trace/channel_map.h"

namespace prunec {

class Propagation {
 public:
  explicit Propagation(const OpTrace& trace) : trace_(trace), maps_(trace.values.size()) {}

  const TensorValue& value(ValueId id) const { return trace_.values[id]; }
  /// Undefined when the value carries no channels.
  const ChannelMap& map(ValueId id) const { return maps_[id]; }
  void set(ValueId id, ChannelMap map) { maps_[id] = std::move(map); }

  std::vector<ChannelId> new_channels(std::int64_t count);

  /// States which channels lie on an axis of a parameter. One that was used before makes both lists equal.
  void place(ValueId parameter, std::int64_t axis, const std::vector<ChannelId>& ids, const Operation& operation);
  /// Makes two lists of the same length equal, position by position.
  void couple(const std::vector<ChannelId>& a, const std::vector<ChannelId>& b, std::string what, const Operation& operation);
  void pin(std::vector<ChannelId> ids, std::string reason, const Operation& operation);
  void pin(const ChannelMap& map, std::string reason, const Operation& operation);
  /// Pins everything that the operation reads; its results carry no channels.
  void pin_inputs(const Operation& operation, const std::string& reason);
  /// A layer that sums over channels is exact only if removed ones are zero: pins those that are not.
  void require_zero(const ChannelMap& map, const Operation& operation);

  void add_norm(NormSite norm);
  void add_cost(const std::string& weight, std::int64_t positions) { graph_.costs.push_back({weight, positions}); }
  /// Each path once.
  void add_depthwise(DepthwiseLayer layer);
  /// One whose weight was used before makes the channels of both uses equal.
  void add_grouped(GroupedConvolution layer, const Operation& operation);

  void pin_outputs();
  ChannelGraph take() { return std::move(graph_); }

 private:
  const OpTrace& trace_;
  std::vector<ChannelMap> maps_;
  ChannelGraph graph_;
  std::unordered_set<std::string> norms_;                             ///< scales of the graph's norms
  std::map<std::pair<std::string, std::int64_t>, std::size_t> axes_;  ///< index into the graph's axes
};

using Rule = void (*)(Propagation&, const Operation&);
using RuleTable = std::unordered_map<std::string_view, Rule>;

/// Each file of rules adds its own.
void add_convolution_rules(RuleTable& table);
void add_weighted_rules(RuleTable& table);
void add_elementwise_rules(RuleTable& table);
void add_movement_rules(RuleTable& table);
void add_reduction_rules(RuleTable& table);

/// A non-negative axis.
inline std::int64_t wrap(std::int64_t axis, std::int64_t rank) {
  return axis < 0 ? axis + rank : axis;
}

/// The name of an operation as messages show it.
inline std::string quoted(const Operation& operation) {
  return "`" + operation.name + "`";
}

}  // namespace prunec
