// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What the rules for operations share: the channel map of every value so far, and the graph that they build.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "runtime/model/op_trace.h"
#include "runtime/trace/channel_graph.h"
#include "runtime/trace/channel_map.h"

namespace prunec {

/// Channels that a reshape has taken apart into blocks, and that go on as one block, whose channels stand for those of all. `all` holds
/// them one by one, moved along, in case that they are put together again.
struct TakenApart {
  Shuffle shuffle;  ///< as far as it is known
  ChannelMap all;
  std::vector<std::int64_t> shape;  ///< of the value before
};

class Propagation {
 public:
  /// `bare`: the weights of layers whose filters mask channels, since no norm does.
  Propagation(const OpTrace& trace, const std::unordered_set<std::string>& bare);

  const TensorValue& value(ValueId id) const { return trace_.values[id]; }
  /// Undefined when the value carries no channels.
  const ChannelMap& map(ValueId id) const { return maps_[id]; }
  void set(ValueId id, ChannelMap map) { maps_[id] = std::move(map); }
  /// The shape of a value without channels, with 1 where it only repeats one number as often as another tensor is wide.
  const std::vector<std::int64_t>& content_shape(ValueId id) const;
  void set_content_shape(ValueId id, std::vector<std::int64_t> shape) { contents_.insert_or_assign(id, std::move(shape)); }

  /// The run made the value of nothing but zeros.
  bool is_all_zero(ValueId id) const { return all_zero_.contains(id); }
  void set_all_zero(ValueId id) { all_zero_.insert(id); }

  /// The value is a concatenation, what operations that keep every channel in its place made of one, or a selection from one.
  bool is_concatenation(ValueId id) const { return concatenations_.contains(id); }
  void follow_concatenation(const Operation& operation);

  /// Null when the value holds no channels that were taken apart.
  const TakenApart* taken_apart(ValueId id) const;
  void set_taken_apart(ValueId id, TakenApart apart) { apart_.insert_or_assign(id, std::move(apart)); }
  /// How many operations read the value, the model's outputs counted as one each.
  int uses(ValueId id) const { return uses_[id]; }

  std::vector<ChannelId> new_channels(std::int64_t count);

  /// States which channels lie on an axis of a parameter. One that was used before makes both lists equal.
  void place(ValueId parameter, std::int64_t axis, const std::vector<ChannelId>& ids, const Operation& operation);
  /// States that a layer reads an axis of a parameter at positions that are no channels: so it has to stay whole.
  void place_fixed(ValueId parameter, std::int64_t axis, const Operation& operation);
  /// Makes two lists of the same length equal, position by position.
  void couple(const std::vector<ChannelId>& a, const std::vector<ChannelId>& b, std::string what, const Operation& operation);
  void pin(std::vector<ChannelId> ids, std::string reason, const Operation& operation);
  void pin(const ChannelMap& map, std::string reason, const Operation& operation);
  /// Pins everything that the operation reads; its results carry no channels.
  void pin_inputs(const Operation& operation, const std::string& reason);
  /// A layer that sums over channels is exact only if removed ones are zero: pins those that are not.
  void require_zero(const ChannelMap& map, const Operation& operation);

  /// The channels along one axis of a map. Where they change along another one too, all that share a place on this one become equal.
  std::vector<ChannelId> along(const ChannelMap& map, std::int64_t axis, const Operation& operation);
  /// States that an argument of the operation says how many channels there are.
  void add_width(const Operation& operation, std::string argument, std::int64_t element, std::vector<ChannelId> ids, bool from_end = false,
                 std::vector<ChannelId> computed_of = {});
  void add_split(WidthSplit split) { graph_.splits.push_back(std::move(split)); }
  void add_couplings(std::vector<Coupling> couplings);
  void add_shuffle(Shuffle shuffle) { graph_.shuffles.push_back(std::move(shuffle)); }

  /// The channels of a norm that reads these from a concatenation: its own, held to what it reads.
  std::vector<ChannelId> read_concatenation(const std::string& norm, const std::vector<ChannelId>& ids, const Operation& operation);

  bool is_bare(ValueId weight) const { return bare_.contains(value(weight).name); }
  void add_norm(NormSite norm);
  void add_cost(const std::string& weight, std::int64_t positions) { graph_.costs.push_back({weight, positions}); }
  /// Each path once.
  void add_depthwise(DepthwiseLayer layer);
  /// One whose weight was used before makes the channels of both uses equal.
  void add_grouped(GroupedConvolution layer, const Operation& operation);

  void pin_outputs();
  ChannelGraph take();

 private:
  void add_other_runs();

  const OpTrace& trace_;
  const std::unordered_set<std::string>& bare_;
  std::vector<ChannelMap> maps_;
  std::vector<int> uses_;
  std::unordered_map<ValueId, TakenApart> apart_;
  std::unordered_set<ValueId> all_zero_;
  std::unordered_set<ValueId> concatenations_;
  std::unordered_map<ValueId, std::vector<std::int64_t>> contents_;
  ChannelGraph graph_;
  std::unordered_set<std::string> norms_;                             ///< scales of the graph's norms
  std::map<std::pair<std::string, std::int64_t>, std::size_t> axes_;  ///< index into the graph's axes
  std::set<std::pair<std::string, std::int64_t>> fixed_axes_;
};

using Rule = void (*)(Propagation&, const Operation&);
using RuleTable = std::unordered_map<std::string_view, Rule>;

/// Each file of rules adds its own.
void add_combination_rules(RuleTable& table);
void add_convolution_rules(RuleTable& table);
void add_weighted_rules(RuleTable& table);
void add_elementwise_rules(RuleTable& table);
void add_movement_rules(RuleTable& table);
void add_part_rules(RuleTable& table);
void add_placement_rules(RuleTable& table);
void add_repetition_rules(RuleTable& table);
void add_reshape_rules(RuleTable& table);
void add_norm_rules(RuleTable& table);
void add_product_rules(RuleTable& table);
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
