// SPDX-FileCopyrightText: 2026 The prunec authors
// SPDX-License-Identifier: Apache-2.0

/// What widths cost: a sum over layers of a product of two axis lengths, or of a measured table over them. Whole numbers throughout
/// (multiply-accumulates, parameters, channels; picoseconds for latency), so sums are exact in any order. Plain data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace prunec {

using Cost = std::int64_t;
/// A number of kept units of a set. A unit is what goes or stays as one: a channel, or under `groups keep` one channel of each group.
using Units = std::int64_t;

/// The share of a set in the length of an axis: so many positions for each kept unit.
struct ExtentTerm {
  std::size_t set = 0;
  std::int64_t positions = 1;

  friend bool operator==(const ExtentTerm&, const ExtentTerm&) = default;
};

/// The length of an axis. A concatenation lies on several sets; what no set holds is constant.
struct Extent {
  std::int64_t constant = 0;
  std::vector<ExtentTerm> terms;

  friend bool operator==(const Extent&, const Extent&) = default;
};

/// Measured costs over a grid of axis lengths, interpolated bilinearly, flat below the first and linear above the last.
struct CostTable {
  std::vector<std::int64_t> inputs, outputs;  ///< ascending, at least one each
  std::vector<Cost> costs;                    ///< [inputs x outputs]

  friend bool operator==(const CostTable&, const CostTable&) = default;
};

/// `factor` x input x output, which covers every kind of layer:
///   dense      factor positions x kernel, input and output as they are
///   depthwise  input 1
///   grouped    input the length of one group: constant when whole groups go, one position a unit when each group loses as many
///   channels   input 1, output the axis, factor 1
/// With a table, what that gives for the two lengths.
struct CostLayer {
  Extent input, output;
  Cost factor = 1;
  std::optional<CostTable> table;

  friend bool operator==(const CostLayer&, const CostLayer&) = default;
};

struct CostModel {
  Cost constant = 0;
  std::vector<CostLayer> layers;

  friend bool operator==(const CostModel&, const CostModel&) = default;
};

/// A table whose costs nowhere fall as a length grows: each is raised to the largest one at no greater lengths. Measured times of some
/// widths lie below those of narrower ones; the solver never promises such a gain.
CostTable never_falling(CostTable table);

/// The table at these lengths, rounded to a whole number.
Cost look_up(const CostTable& table, std::int64_t input, std::int64_t output);

/// The cost when these numbers of units are kept, by set. Tables are taken as they are.
Cost cost_of(const CostModel& model, const std::vector<Units>& kept);

/// The cost of the layer at these lengths.
Cost layer_cost(const CostLayer& layer, std::int64_t input, std::int64_t output);

}  // namespace prunec
