// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What convolutions in groups ask of the channels around them.
#pragma once

#include <string>
#include <vector>

#include "runtime/bind/bound_plan.h"
#include "runtime/channels/channel_classes.h"
#include "runtime/trace/channel_graph.h"

namespace prunec {

/// Under `groups drop`: the inputs and outputs of each group are one.
Coupling one_per_group(const GroupedConvolution& layer);

/// Under `groups keep`: every group keeps as many inputs as the others, and as many outputs.
class GroupCells {
 public:
  /// `layers`: those that keep all their groups. Both must outlive this.
  GroupCells(const std::vector<const GroupedConvolution*>& layers, const ChannelClasses& classes);

  /// Divides the set's channels into cells of which each must lose as many as the others.
  /// Returns a clause saying why there is no such division, so that the set must stay whole, as one cell; empty when there is one.
  std::string divide(CoupledSet& set) const;

 private:
  /// One side of a layer and a group of it.
  struct Place {
    std::size_t side = 0;
    std::size_t group = 0;

    friend auto operator<=>(const Place&, const Place&) = default;
  };
  struct Side {
    const GroupedConvolution* layer = nullptr;
    const std::vector<ChannelId>* ids = nullptr;
  };

  /// The first side whose groups would not lose the same number when one channel of every cell goes; none: all would.
  const Side* unbalanced(const std::vector<std::vector<Place>>& cells) const;
  bool is_even(std::vector<Place>::const_iterator begin, std::vector<Place>::const_iterator end) const;

  std::vector<Side> sides_;
  std::vector<std::vector<Place>> places_;  ///< by class, sorted; without sides on which the class lies in every group alike
};

}  // namespace prunec
